//! How far a wave is: answers that were mixed, against the staff numbers it was opened with.
//!
//! Answers that still wait in the inbox are not counted, so that watching a colleague press
//! "send" shows nothing (AN-13). Rounding and hiding stand in `server::progress`.

use surveys::{MunicipalityCode, UnitId, WaveId};

use super::{
    Store, StoreError,
    database::query,
    failure::{id, number},
};

/// Exact numbers of one unit; they are rounded before anybody sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitCount {
    /// The municipality.
    pub municipality: MunicipalityCode,
    /// The unit.
    pub unit: UnitId,
    /// Mixed answers.
    pub answers: u64,
    /// People the wave concerns.
    pub staff: u64,
    /// Codes that were made.
    pub codes: u64,
}

impl UnitCount {
    /// Returns for how many people no code has been made yet.
    #[must_use]
    pub fn lacking_codes(&self) -> u64 {
        self.staff.saturating_sub(self.codes)
    }
}

impl Store {
    /// Returns the counts of every unit of a wave.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unit_counts(&self, wave: &WaveId) -> Result<Vec<UnitCount>, StoreError> {
        let rows: Vec<(String, String, i64, i64, i64)> = query(
            "SELECT u.municipality, u.unit,
                (SELECT COUNT(*) FROM answers a WHERE a.wave = u.wave
                   AND a.municipality = u.municipality AND a.unit = u.unit),
                (SELECT CAST(COALESCE(SUM(s.staff), 0) AS BIGINT) FROM wave_staff s WHERE s.wave = u.wave
                   AND s.municipality = u.municipality AND s.unit = u.unit),
                (SELECT COUNT(*) FROM batches b JOIN codes c ON c.batch = b.batch
                   WHERE b.wave = u.wave AND b.municipality = u.municipality
                   AND b.unit = u.unit AND b.revoked = 0)
             FROM wave_units u WHERE u.wave = $1 ORDER BY u.municipality, u.unit",
        )
        .bind(wave.as_str())
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter()
            .map(|(municipality, unit, answers, staff, codes)| {
                Ok(UnitCount {
                    municipality: id("wave_units", municipality)?,
                    unit: id("wave_units", unit)?,
                    answers: number("answers", answers)?,
                    staff: number("wave_staff", staff)?,
                    codes: number("codes", codes)?,
                })
            })
            .collect()
    }
}

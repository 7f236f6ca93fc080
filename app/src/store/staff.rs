//! Staff numbers: whom a wave concerns. The register changes; a wave keeps its own copy.

use surveys::WaveId;
use surveys::network::FrameRow;

use super::{
    Store, StoreError,
    database::query,
    failure::{id, number},
};

type StaffRow = (String, String, String, i64);

impl Store {
    /// Takes staff numbers in; what a municipality had before is replaced as a whole.
    ///
    /// # Errors
    /// When a unit is unknown or the database fails.
    pub async fn record_staff(&self, numbers: Vec<FrameRow>) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                for entry in &numbers {
                    query("DELETE FROM staff WHERE municipality = $1")
                        .bind(entry.municipality.as_str())
                        .execute(&mut *tx)
                        .await?;
                }
                for entry in &numbers {
                    query(
                        "INSERT INTO staff (municipality, unit, role, staff)
                         VALUES ($1, $2, $3, $4)",
                    )
                    .bind(entry.municipality.as_str())
                    .bind(entry.unit.as_str())
                    .bind(entry.role.as_str())
                    .bind(i64::from(entry.staff))
                    .execute(&mut *tx)
                    .await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Returns the staff numbers of the register.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn staff(&self) -> Result<Vec<FrameRow>, StoreError> {
        let rows: Vec<StaffRow> = query(
            "SELECT municipality, unit, role, staff FROM staff ORDER BY municipality, unit, role",
        )
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(staff_number).collect()
    }

    /// Returns the staff numbers that a wave was opened with.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wave_staff(&self, wave: &WaveId) -> Result<Vec<FrameRow>, StoreError> {
        let rows: Vec<StaffRow> = query(
            "SELECT municipality, unit, role, staff FROM wave_staff WHERE wave = $1
             ORDER BY municipality, unit, role",
        )
        .bind(wave.as_str())
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(staff_number).collect()
    }
}

fn staff_number((municipality, unit, role, staff): StaffRow) -> Result<FrameRow, StoreError> {
    Ok(FrameRow {
        municipality: id("staff", municipality)?,
        unit: id("staff", unit)?,
        role: id("staff", role)?,
        staff: number("staff", staff)?,
    })
}

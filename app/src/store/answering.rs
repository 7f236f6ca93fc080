//! What the answering path asks of waves: one row at a time, however many waves and municipalities
//! there are.

use std::collections::BTreeSet;

use surveys::{MunicipalityCode, ReleaseNumber, RoleId, SurveyId, WaveId};

use super::waves::{CityRow, OpenLink, WaveCity, city};
use super::{
    Store, StoreError,
    database::query,
    failure::{id, number},
};

/// What a wave pins. It is given when the wave is set up, and nothing changes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// The survey.
    pub survey: SurveyId,
    /// Its release.
    pub release: ReleaseNumber,
    /// Staff groups it concerns; none means all.
    pub roles: BTreeSet<RoleId>,
}

impl Store {
    /// Returns what a wave pins.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pinned(&self, wave: &WaveId) -> Result<Option<Pinned>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        let row: Option<(String, i64)> = query("SELECT survey, release FROM waves WHERE wave = $1")
            .bind(wave.as_str())
            .fetch_optional(&mut connection)
            .await?;
        let Some((survey, release)) = row else {
            return Ok(None);
        };
        let roles: Vec<(String,)> = query("SELECT role FROM wave_roles WHERE wave = $1")
            .bind(wave.as_str())
            .fetch_all(&mut connection)
            .await?;
        let roles = roles.into_iter().map(|(role,)| id("wave_roles", role));
        Ok(Some(Pinned {
            survey: id("waves", survey)?,
            release: number("waves", release)?,
            roles: roles.collect::<Result<_, _>>()?,
        }))
    }

    /// Returns how a wave stands in a municipality.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wave_city(
        &self,
        wave: &WaveId,
        municipality: &MunicipalityCode,
    ) -> Result<Option<WaveCity>, StoreError> {
        let row: Option<CityRow> = query(
            "SELECT wave, municipality, state, opens, closes, grace_until, swept, small_group,
               mode, open_link
             FROM wave_municipalities WHERE wave = $1 AND municipality = $2",
        )
        .bind(wave.as_str())
        .bind(municipality.as_str())
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| Ok(city(row)?.1)).transpose()
    }

    /// Returns the waves that are open somewhere, by id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_waves(&self) -> Result<Vec<WaveId>, StoreError> {
        let rows: Vec<(String,)> = query(
            "SELECT DISTINCT wave FROM wave_municipalities WHERE state = 'open' ORDER BY wave",
        )
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter()
            .map(|(wave,)| id("wave_municipalities", wave))
            .collect()
    }

    /// Returns the wave and the municipality that an open link leads to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn behind_link(
        &self,
        link: OpenLink,
    ) -> Result<Option<(WaveId, MunicipalityCode)>, StoreError> {
        let row: Option<(String, String)> =
            query("SELECT wave, municipality FROM wave_municipalities WHERE open_link = $1")
                .bind(link.0.as_slice())
                .fetch_optional(&self.readers)
                .await?;
        row.map(|(wave, municipality)| {
            let table = "wave_municipalities";
            Ok((id(table, wave)?, id(table, municipality)?))
        })
        .transpose()
    }
}

//! Waves: one row for the network, one for each municipality with its state.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use surveys::{MunicipalityCode, ReleaseNumber, RoleId, SurveyId, UnitId, WaveId};

use super::{
    Batch, Store, StoreError,
    codes::insert_batch,
    database::{Connection, Reader, query},
    failure::{bytes, id, number, random_key},
};

/// A wave to be set up.
#[derive(Clone, Debug)]
pub struct NewWave {
    /// Its id, such as `2026-syksy`.
    pub id: WaveId,
    /// The survey.
    pub survey: SurveyId,
    /// The release that is pinned.
    pub release: ReleaseNumber,
    /// Whether the answers will be invented.
    pub simulated: bool,
    /// Staff groups it concerns; none means all.
    pub roles: BTreeSet<RoleId>,
    /// Units by municipality.
    pub units: BTreeMap<MunicipalityCode, BTreeSet<UnitId>>,
    /// The first day.
    pub opens: Date,
    /// The last day.
    pub closes: Date,
    /// How many answers are mixed at a time.
    pub mixing_size: u32,
    /// How it is answered.
    pub mode: Mode,
}

/// How a wave is answered, and with that who could link a person to answers (AN-1). It is given
/// when the wave is set up, and nothing changes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Mode A: one link for everybody. Each visit makes a code of its own, so a person can answer
    /// more than once.
    OpenLink,
    /// Mode B: the city hands out codes that hold once.
    #[default]
    Codes,
}

impl Mode {
    fn as_text(self) -> &'static str {
        match self {
            Mode::OpenLink => "A",
            Mode::Codes => "B",
        }
    }

    fn from_text(text: &str) -> Result<Self, StoreError> {
        match text {
            "A" => Ok(Mode::OpenLink),
            "B" => Ok(Mode::Codes),
            other => Err(StoreError::row(
                "wave_municipalities",
                format!("mode `{other}`"),
            )),
        }
    }
}

/// What the address of an open link carries. It is no secret: it leads to a wave in a municipality,
/// and tells nothing of who follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenLink(pub [u8; 16]);

/// A wave as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// Its id.
    pub id: WaveId,
    /// The survey.
    pub survey: SurveyId,
    /// The release that is pinned.
    pub release: ReleaseNumber,
    /// Whether the answers are invented.
    pub simulated: bool,
    /// Staff groups it concerns; none means all.
    pub roles: BTreeSet<RoleId>,
    /// Units by municipality.
    pub units: BTreeMap<MunicipalityCode, BTreeSet<UnitId>>,
    /// The municipalities' own rows.
    pub cities: BTreeMap<MunicipalityCode, WaveCity>,
}

/// A wave in one municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaveCity {
    /// Where it stands.
    pub state: WaveState,
    /// The first day.
    pub opens: Date,
    /// The last day.
    pub closes: Date,
    /// The last moment started questionnaires are accepted, once it is closed.
    pub grace_until: Option<Timestamp>,
    /// Whether the inbox is empty for good.
    pub swept: bool,
    /// Whether fewer answers came than are mixed at a time.
    pub small_group: bool,
    /// How it is answered.
    pub mode: Mode,
    /// The open link of mode A.
    pub open_link: Option<OpenLink>,
}

/// Where a wave stands in a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaveState {
    /// Set up; nobody can answer yet.
    Draft,
    /// Open for answers.
    Open,
    /// Closed; started questionnaires have a short grace.
    Closed,
    /// Closed for good: spent codes and marks are gone.
    Frozen,
}

impl WaveState {
    fn from_text(text: &str) -> Result<Self, StoreError> {
        match text {
            "draft" => Ok(WaveState::Draft),
            "open" => Ok(WaveState::Open),
            "closed" => Ok(WaveState::Closed),
            "frozen" => Ok(WaveState::Frozen),
            other => Err(StoreError::row(
                "wave_municipalities",
                format!("state `{other}`"),
            )),
        }
    }
}

impl WaveCity {
    /// Returns whether a questionnaire that was begun may still be sent.
    #[must_use]
    pub fn accepts_started(&self, now: Timestamp) -> bool {
        match self.state {
            WaveState::Open => true,
            WaveState::Closed => !self.swept && self.grace_until.is_some_and(|until| now <= until),
            WaveState::Draft | WaveState::Frozen => false,
        }
    }
}

impl Store {
    /// Sets a wave up as a draft, with a copy of the staff numbers of its units and roles.
    ///
    /// # Errors
    /// When the wave exists, or a unit or the release is unknown.
    pub async fn record_wave(&self, wave: NewWave) -> Result<(), StoreError> {
        self.write(move |tx| Box::pin(insert_wave(tx, wave))).await
    }

    /// Opens a wave in a municipality.
    ///
    /// # Errors
    /// When it is not a draft there.
    pub async fn open_wave(
        &self,
        wave: &WaveId,
        municipality: &MunicipalityCode,
    ) -> Result<(), StoreError> {
        let (wave, municipality) = (wave.clone(), municipality.clone());
        self.write(move |tx| {
            Box::pin(async move {
                let changed = query(
                    "UPDATE wave_municipalities SET state = 'open'
                     WHERE wave = $1 AND municipality = $2 AND state = 'draft'",
                )
                .bind(wave.as_str())
                .bind(municipality.as_str())
                .execute(tx)
                .await?;
                one_changed(changed.rows_affected(), "a draft", &wave, &municipality)
            })
        })
        .await
    }

    /// Closes a wave in a municipality; started questionnaires are accepted until `grace_until`.
    ///
    /// # Errors
    /// When it is not open there.
    pub async fn close_wave(
        &self,
        wave: &WaveId,
        municipality: &MunicipalityCode,
        grace_until: Timestamp,
    ) -> Result<(), StoreError> {
        let (wave, municipality) = (wave.clone(), municipality.clone());
        self.write(move |tx| {
            Box::pin(async move {
                let changed = query(
                    "UPDATE wave_municipalities SET state = 'closed', grace_until = $3
                     WHERE wave = $1 AND municipality = $2 AND state = 'open'",
                )
                .bind(wave.as_str())
                .bind(municipality.as_str())
                .bind(grace_until.as_second())
                .execute(tx)
                .await?;
                one_changed(changed.rows_affected(), "open", &wave, &municipality)
            })
        })
        .await
    }

    /// Returns one wave.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wave(&self, wave: &WaveId) -> Result<Option<Wave>, StoreError> {
        Ok(self.read_waves(wave.as_str()).await?.pop())
    }

    /// Returns all waves by id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waves(&self) -> Result<Vec<Wave>, StoreError> {
        self.read_waves(EVERY).await
    }

    async fn read_waves(&self, which: &str) -> Result<Vec<Wave>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        let rows: Vec<(String, String, i64, i64)> = query(
            "SELECT wave, survey, release, simulated FROM waves
             WHERE wave = $1 OR $1 = '' ORDER BY wave",
        )
        .bind(which)
        .fetch_all(&mut connection)
        .await?;
        let mut waves = BTreeMap::new();
        for (wave, survey, release, simulated) in rows {
            let row = Wave {
                id: id("waves", wave.clone())?,
                survey: id("waves", survey)?,
                release: number("waves", release)?,
                simulated: simulated != 0,
                roles: BTreeSet::new(),
                units: BTreeMap::new(),
                cities: BTreeMap::new(),
            };
            waves.insert(wave, row);
        }
        read_parts(&mut connection, which, &mut waves).await?;
        Ok(waves.into_values().collect())
    }
}

/// Stands for every wave where an id could stand; no id is empty.
const EVERY: &str = "";

async fn insert_wave(tx: &mut Connection, wave: NewWave) -> Result<(), StoreError> {
    let known: Option<(i64,)> = query("SELECT CAST(1 AS BIGINT) FROM waves WHERE wave = $1")
        .bind(wave.id.as_str())
        .fetch_optional(&mut *tx)
        .await?;
    if known.is_some() {
        return Err(StoreError::Refused(format!(
            "the wave `{}` exists already",
            wave.id
        )));
    }
    query("INSERT INTO waves (wave, survey, release, simulated) VALUES ($1, $2, $3, $4)")
        .bind(wave.id.as_str())
        .bind(wave.survey.as_str())
        .bind(i64::from(wave.release))
        .bind(i64::from(wave.simulated))
        .execute(&mut *tx)
        .await?;
    for role in &wave.roles {
        query("INSERT INTO wave_roles (wave, role) VALUES ($1, $2)")
            .bind(wave.id.as_str())
            .bind(role.as_str())
            .execute(&mut *tx)
            .await?;
    }
    for (municipality, units) in &wave.units {
        insert_city(tx, &wave, municipality, units).await?;
    }
    Ok(())
}

async fn insert_city(
    tx: &mut Connection,
    wave: &NewWave,
    municipality: &MunicipalityCode,
    units: &BTreeSet<UnitId>,
) -> Result<(), StoreError> {
    let link = match wave.mode {
        Mode::OpenLink => Some(random_key::<16>()?.to_vec()),
        Mode::Codes => None,
    };
    query(
        "INSERT INTO wave_municipalities
         (wave, municipality, mode, state, opens, closes, grace_until, swept, mixing_size,
          small_group, open_link)
         VALUES ($1, $2, $6, 'draft', $4, $5, NULL, 0, $3, 0, $7)",
    )
    .bind(wave.id.as_str())
    .bind(municipality.as_str())
    .bind(i64::from(wave.mixing_size))
    .bind(wave.opens.to_string())
    .bind(wave.closes.to_string())
    .bind(wave.mode.as_text())
    .bind(link)
    .execute(&mut *tx)
    .await?;
    for unit in units {
        query("INSERT INTO wave_units (wave, municipality, unit) VALUES ($1, $2, $3)")
            .bind(wave.id.as_str())
            .bind(municipality.as_str())
            .bind(unit.as_str())
            .execute(&mut *tx)
            .await?;
        if wave.mode == Mode::OpenLink {
            let batch = Batch {
                wave: wave.id.clone(),
                municipality: municipality.clone(),
                unit: unit.clone(),
            };
            insert_batch(tx, &batch).await?;
        }
    }
    query(
        "INSERT INTO wave_staff (wave, municipality, unit, role, staff)
         SELECT u.wave, s.municipality, s.unit, s.role, s.staff FROM staff s
         JOIN wave_units u ON u.municipality = s.municipality AND u.unit = s.unit
         WHERE u.wave = $1 AND u.municipality = $2
           AND (s.role IN (SELECT role FROM wave_roles WHERE wave = $1)
                OR NOT EXISTS (SELECT 1 FROM wave_roles WHERE wave = $1))",
    )
    .bind(wave.id.as_str())
    .bind(municipality.as_str())
    .execute(&mut *tx)
    .await?;
    Ok(())
}

/// Wave, municipality, state, first and last day, end of the grace, swept, small group, mode, link.
pub(super) type CityRow = (
    String,
    String,
    String,
    String,
    String,
    Option<i64>,
    i64,
    i64,
    String,
    Option<Vec<u8>>,
);

async fn read_parts(
    connection: &mut Reader,
    which: &str,
    waves: &mut BTreeMap<String, Wave>,
) -> Result<(), StoreError> {
    let roles: Vec<(String, String)> =
        query("SELECT wave, role FROM wave_roles WHERE wave = $1 OR $1 = ''")
            .bind(which)
            .fetch_all(&mut *connection)
            .await?;
    for (wave, role) in roles {
        if let Some(wave) = waves.get_mut(&wave) {
            wave.roles.insert(id("wave_roles", role)?);
        }
    }
    let cities: Vec<CityRow> = query(
        "SELECT wave, municipality, state, opens, closes, grace_until, swept, small_group, mode,
           open_link
         FROM wave_municipalities WHERE wave = $1 OR $1 = ''",
    )
    .bind(which)
    .fetch_all(&mut *connection)
    .await?;
    for row in cities {
        if let Some(wave) = waves.get_mut(&row.0) {
            let (municipality, city) = city(row)?;
            wave.cities.insert(municipality, city);
        }
    }
    let units: Vec<(String, String, String)> =
        query("SELECT wave, municipality, unit FROM wave_units WHERE wave = $1 OR $1 = ''")
            .bind(which)
            .fetch_all(&mut *connection)
            .await?;
    for (wave, municipality, unit) in units {
        let Some(wave) = waves.get_mut(&wave) else {
            continue;
        };
        wave.units
            .entry(id("wave_units", municipality)?)
            .or_default()
            .insert(id("wave_units", unit)?);
    }
    Ok(())
}

/// Reads a row of a wave in a municipality.
pub(super) fn city(
    (_, municipality, state, opens, closes, grace_until, swept, small_group, mode, link): CityRow,
) -> Result<(MunicipalityCode, WaveCity), StoreError> {
    let link = link.map(|link| bytes("wave_municipalities", link));
    let city = WaveCity {
        state: WaveState::from_text(&state)?,
        opens: date(&opens)?,
        closes: date(&closes)?,
        grace_until: grace_until.and_then(|second| Timestamp::from_second(second).ok()),
        swept: swept != 0,
        small_group: small_group != 0,
        mode: Mode::from_text(&mode)?,
        open_link: link.transpose()?.map(OpenLink),
    };
    Ok((id("wave_municipalities", municipality)?, city))
}

fn date(text: &str) -> Result<Date, StoreError> {
    text.parse()
        .map_err(|_| StoreError::row("wave_municipalities", format!("date `{text}`")))
}

fn one_changed(
    rows: u64,
    wanted: &str,
    wave: &WaveId,
    municipality: &MunicipalityCode,
) -> Result<(), StoreError> {
    if rows == 1 {
        Ok(())
    } else {
        Err(StoreError::Refused(format!(
            "the wave `{wave}` is not {wanted} in {municipality}"
        )))
    }
}

//! Waves, codes and links as commands: what a coordinator's page and the program both call.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use surveys::dataset::Origin;
use surveys::{MunicipalityCode, RoleId, SurveyId, UnitId, WaveId};

use crate::server::code::Code;
use crate::server::keys::{random_token, token_hash};
use crate::server::service::{Service, ServiceError, helsinki};
use crate::store::{
    Batch, CodeHash, Coordinator, Instrument, Mode, NewWave, OpenLink, UnitCount, Wave, WaveCity,
    WaveState,
};

/// How many answers are mixed at a time, unless a wave says otherwise (AN-10).
const MIXING_SIZE: u32 = 10;

/// Most codes made for a unit at once.
pub const MOST_CODES: u32 = 2_000;

/// How long a coordinator's one-time link holds.
const LINK_LIFE: SignedDuration = SignedDuration::from_mins(30);

/// A wave to be set up.
#[derive(Clone, Debug)]
pub struct WaveOrder {
    /// Its id.
    pub id: WaveId,
    /// The survey; its newest release is pinned.
    pub survey: SurveyId,
    /// The first day.
    pub opens: Date,
    /// The last day.
    pub closes: Date,
    /// Staff groups it concerns; none means all.
    pub roles: BTreeSet<RoleId>,
    /// Municipalities it concerns; none means all of the network.
    pub municipalities: BTreeSet<MunicipalityCode>,
    /// Units it concerns; none means all of those municipalities.
    pub units: BTreeSet<UnitId>,
    /// How it is answered.
    pub mode: Mode,
}

/// Codes of one unit, in random order; nobody can show them again.
#[derive(Clone, Debug)]
pub struct UnitCodes {
    /// The municipality.
    pub municipality: MunicipalityCode,
    /// The unit.
    pub unit: UnitId,
    /// The codes.
    pub codes: Vec<Code>,
}

impl Service {
    /// Sets a wave up as a draft.
    ///
    /// # Errors
    /// When the wave exists, the survey has no release, or units are lacking.
    pub async fn create_wave(&self, order: WaveOrder) -> Result<(), ServiceError> {
        let refused = |problem: String| Err(ServiceError::Refused(problem));
        let Some(network) = self.store.network().await? else {
            return refused("there is no network yet; import network.toml first".into());
        };
        let Some(release) = self.newest_release(&order.survey).cloned() else {
            return refused(format!(
                "no release of the survey `{}` is known",
                order.survey
            ));
        };
        if order.closes < order.opens {
            return refused(format!("{} is before {}", order.closes, order.opens));
        }
        for code in &order.municipalities {
            if !network
                .municipalities
                .iter()
                .any(|known| known.code == *code)
            {
                return refused(format!("{code} is not in the network"));
            }
        }
        let units = self.units_of(&order).await?;
        if units.is_empty() {
            return refused("the wave concerns no unit; import units first".into());
        }
        self.store
            .record_instrument(Instrument {
                survey: order.survey.clone(),
                release: release.number(),
                sha256: release.sha256().to_owned(),
                definition: release.to_json(),
            })
            .await?;
        let wave = NewWave {
            id: order.id,
            survey: order.survey,
            release: release.number(),
            simulated: network.origin == Origin::Simulated,
            roles: order.roles,
            units,
            opens: order.opens,
            closes: order.closes,
            mixing_size: MIXING_SIZE,
            mode: order.mode,
        };
        Ok(self.store.record_wave(wave).await?)
    }

    async fn units_of(
        &self,
        order: &WaveOrder,
    ) -> Result<BTreeMap<MunicipalityCode, BTreeSet<UnitId>>, ServiceError> {
        let mut units: BTreeMap<MunicipalityCode, BTreeSet<UnitId>> = BTreeMap::new();
        let mut unknown = order.units.clone();
        for unit in self.store.units().await? {
            unknown.remove(&unit.id);
            let town = order.municipalities.is_empty()
                || order.municipalities.contains(&unit.municipality);
            if town && (order.units.is_empty() || order.units.contains(&unit.id)) {
                units.entry(unit.municipality).or_default().insert(unit.id);
            }
        }
        match unknown.first() {
            Some(unit) => Err(ServiceError::Refused(format!("there is no unit `{unit}`"))),
            None => Ok(units),
        }
    }

    /// Opens a wave in every municipality where it is a draft.
    ///
    /// # Errors
    /// When there is no such wave, or it is a draft nowhere: it is open or has been closed.
    pub async fn open_wave(&self, wave: &WaveId) -> Result<(), ServiceError> {
        let found = self.wave(wave).await?;
        let drafts = cities_in(&found, WaveState::Draft);
        if drafts.is_empty() {
            let is_open = !cities_in(&found, WaveState::Open).is_empty();
            return Err(ServiceError::Refused(match is_open {
                true => format!("the wave `{wave}` is already open"),
                false => format!(
                    "the wave `{wave}` has been closed, and a closed wave is not opened again; \
                     create another one"
                ),
            }));
        }
        for municipality in drafts {
            self.store.open_wave(wave, &municipality).await?;
        }
        Ok(())
    }

    /// Closes a wave in every municipality where it is open, with a grace for started
    /// questionnaires; without one, what waits is mixed at once and the file is rewritten. Where
    /// it is closed already, what is due there is finished.
    ///
    /// # Errors
    /// When there is no such wave, it has not been opened, or it is closed already and its grace
    /// is not over.
    pub async fn close_wave(
        &self,
        wave: &WaveId,
        grace: SignedDuration,
    ) -> Result<(), ServiceError> {
        let found = self.wave(wave).await?;
        let open = cities_in(&found, WaveState::Open);
        for municipality in &open {
            self.close_wave_in(wave, municipality, grace).await?;
        }
        self.finish_closed().await?;
        if !open.is_empty() {
            return Ok(());
        }
        let found = self.wave(wave).await?;
        if cities_in(&found, WaveState::Draft).len() == found.cities.len() {
            return Err(ServiceError::Refused(format!(
                "the wave `{wave}` has not been opened, so there is nothing to close"
            )));
        }
        match in_grace(&found) {
            Some(waiting) => Err(ServiceError::Refused(waiting)),
            None => Ok(()),
        }
    }

    /// Mixes and ends every closed wave whose grace is over, as a running server does within a
    /// minute: whoever has the data folder need not start one for that.
    ///
    /// # Errors
    /// When the store fails; the next call goes on.
    pub async fn finish_closed(&self) -> Result<(), ServiceError> {
        self.store.sweep_closed(self.now()).await?;
        Ok(())
    }

    /// Closes a wave in one municipality; [`Service::keep_house`] sweeps it after the grace.
    ///
    /// # Errors
    /// When it is not open there.
    pub(crate) async fn close_wave_in(
        &self,
        wave: &WaveId,
        municipality: &MunicipalityCode,
        grace: SignedDuration,
    ) -> Result<(), ServiceError> {
        // A grace of nought is over at once: sweeping looks for moments that are past.
        let until = self.now() + grace - SignedDuration::from_secs(i64::from(grace.is_zero()));
        self.store.close_wave(wave, municipality, until).await?;
        self.store.mix_if_due(wave, municipality).await?;
        Ok(())
    }

    /// Makes codes for one unit or all units of a wave: `count` each, or as many as there are staff
    /// for whom there is no code yet; units without such staff get none. They are returned this
    /// once.
    ///
    /// # Errors
    /// When the wave or the unit is not known, the wave is closed, or too many or none at all are
    /// asked for.
    pub async fn make_codes(
        &self,
        wave: &WaveId,
        unit: Option<&UnitId>,
        count: Option<u32>,
    ) -> Result<Vec<UnitCodes>, ServiceError> {
        let chosen: Vec<(MunicipalityCode, UnitId)> = self
            .wave(wave)
            .await?
            .units
            .into_iter()
            .flat_map(|(code, units)| units.into_iter().map(move |it| (code.clone(), it)))
            .filter(|(_, it)| unit.is_none_or(|unit| unit == it))
            .collect();
        if chosen.is_empty() {
            let unit = unit.map_or("any unit", UnitId::as_str);
            return Err(ServiceError::Refused(format!(
                "the wave `{wave}` does not concern {unit}"
            )));
        }
        let counts = self.store.unit_counts(wave).await?;
        let mut made = Vec::new();
        let mut has_enough = false;
        for (municipality, unit) in chosen {
            let known = counts
                .iter()
                .find(|it| (&it.municipality, &it.unit) == (&municipality, &unit));
            has_enough |= known.is_some_and(|it| it.staff > 0 && it.codes >= it.staff);
            let lacking = known.map_or(0, UnitCount::lacking_codes);
            let count = count.unwrap_or_else(|| u32::try_from(lacking).unwrap_or(u32::MAX));
            if count == 0 {
                continue;
            }
            if count > MOST_CODES {
                return Err(ServiceError::Refused(format!(
                    "{count} codes for `{unit}` are too many at once; make at most {MOST_CODES}"
                )));
            }
            let batch = Batch {
                wave: wave.clone(),
                municipality: municipality.clone(),
                unit: unit.clone(),
            };
            let codes = self.record_codes(batch, count).await?;
            made.push(UnitCodes {
                municipality,
                unit,
                codes,
            });
        }
        if made.is_empty() {
            let why = match has_enough && count.is_none() {
                true => {
                    "no codes were made: there are as many as there are staff already; ask for a \
                     count to make more"
                }
                false => {
                    "no codes were made: 0 were asked for, or the register has no staff there; \
                     ask for at least 1"
                }
            };
            return Err(ServiceError::Refused(why.into()));
        }
        Ok(made)
    }

    /// Fresh random codes need no shuffling: their order says nothing (AN-5).
    async fn record_codes(&self, batch: Batch, count: u32) -> Result<Vec<Code>, ServiceError> {
        let mut codes = Vec::new();
        for _ in 0..count {
            codes.push(fresh_code()?);
        }
        let hashes = codes.iter().map(|code| self.keys.code_hash(code)).collect();
        self.store.record_codes(batch, hashes).await?;
        Ok(codes)
    }

    /// Returns the wave and the municipality that an open link leads to.
    pub(crate) async fn behind_link(
        &self,
        link: OpenLink,
    ) -> Result<Option<(Wave, MunicipalityCode)>, ServiceError> {
        let Some((wave, municipality)) = self.store.behind_link(link).await? else {
            return Ok(None);
        };
        Ok(Some((self.wave(&wave).await?, municipality)))
    }

    /// Makes the code of a visit over an open link. It is handed to whoever visits and opens their
    /// draft later; from here on it is a code like those a city hands out.
    pub(crate) async fn visit_code(&self, batch: Batch) -> Result<(Code, CodeHash), ServiceError> {
        let code = fresh_code()?;
        let hash = self.keys.code_hash(&code);
        self.store.record_visit_code(batch, hash).await?;
        Ok((code, hash))
    }

    /// Makes a one-time link token for a coordinator: it holds 30 minutes, once.
    ///
    /// # Errors
    /// When the municipality is not in the network or the store fails.
    pub async fn invite(&self, coordinator: Coordinator) -> Result<String, ServiceError> {
        if let Coordinator::Municipality(code) = &coordinator {
            let network = self.store.network().await?;
            if !network.is_some_and(|it| it.has(code)) {
                return Err(ServiceError::Refused(format!(
                    "{code} is not in the network"
                )));
            }
        }
        let token = random_token().map_err(|error| ServiceError::Refused(error.to_string()))?;
        let expires: Timestamp = self.now() + LINK_LIFE;
        self.store
            .record_invitation(token_hash(&token), coordinator, expires)
            .await?;
        Ok(token)
    }
}

fn cities_in(wave: &Wave, state: WaveState) -> Vec<MunicipalityCode> {
    let cities = wave.cities.iter();
    cities
        .filter(|(_, city)| city.state == state)
        .map(|(code, _)| code.clone())
        .collect()
}

/// Returns the last day on which a wave that is closed took answers: its last day, or an earlier one
/// on which it was closed by hand.
pub(crate) fn last_day(city: &WaveCity) -> Date {
    let ended = city.grace_until.map(|at| at.to_zoned(helsinki()).date());
    ended.map_or(city.closes, |ended| ended.min(city.closes))
}

/// Says until when questionnaires that were begun are waited for, where a wave is closed and its
/// answers are not mixed yet.
pub(super) fn in_grace(wave: &Wave) -> Option<String> {
    let waiting = wave
        .cities
        .iter()
        .filter(|(_, city)| city.state == WaveState::Closed && !city.swept);
    let (code, until) = waiting
        .filter_map(|(code, city)| Some((code, city.grace_until?)))
        .max_by_key(|(_, until)| *until)?;
    // The minute is told in which it is over for certain.
    let over = (until + SignedDuration::from_mins(1)).to_zoned(helsinki());
    Some(format!(
        "the wave `{}` is closed in {code}, but questionnaires that were begun are still taken; \
         wait until {} (Finnish time) and do this again",
        wave.id,
        over.strftime("%Y-%m-%d %H:%M")
    ))
}

fn fresh_code() -> Result<Code, ServiceError> {
    let mut bytes = [0; 15];
    getrandom::fill(&mut bytes)
        .map_err(|error| ServiceError::Refused(format!("no random numbers: {error}")))?;
    Ok(Code::from_random(bytes))
}

//! What every handler and every command works with: store, keys, catalogue, released surveys.

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use surveys::{Catalog, MunicipalityCode, Release, ReleaseNumber, SurveyId, WaveId};
use tokio::sync::Semaphore;

use crate::server::code::{Code, ReturnCode};
use crate::server::config::ConfigError;
use crate::server::folder::{DataFolder, FolderError};
use crate::server::keys::Keys;
use crate::store::{
    CodeHash, Pinned, ReturnHash, Store, StoreError, StoreOptions, Wave, WaveState,
};

/// Started questionnaires are accepted this long after closing (DU-10).
pub const GRACE: SignedDuration = SignedDuration::from_mins(15);

/// Where wall time comes from; tests hand in their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What the program brings along: the catalogue and released surveys.
#[derive(Clone, Debug)]
pub struct Stock {
    /// Staff groups, municipalities, scales, frameworks.
    pub catalog: Catalog,
    /// Releases that new waves may use; those that waves have used are in the store as well.
    pub releases: Vec<Release>,
}

/// Why the service cannot do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The data folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The store failed or refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A release in the store cannot be read.
    #[error("release {release} of `{survey}` in the store cannot be read: {problem}")]
    Release {
        /// The survey.
        survey: SurveyId,
        /// The release.
        release: ReleaseNumber,
        /// Why.
        problem: String,
    },
    /// What was asked for does not fit what is there.
    #[error("{0}")]
    Refused(String),
}

/// The service over one data folder.
pub struct Service {
    pub(crate) folder: DataFolder,
    pub(crate) store: Store,
    pub(crate) keys: Keys,
    pub(crate) catalog: Catalog,
    releases: BTreeMap<(SurveyId, ReleaseNumber), Arc<Release>>,
    /// What waves pin, once somebody has asked: nothing changes it.
    pinned: RwLock<BTreeMap<WaveId, Arc<Pinned>>>,
    /// Bounds the slow hash, which takes memory (LO-3).
    pub(crate) hashing: Semaphore,
    clock: Clock,
}

impl Service {
    /// Opens the service over a data folder.
    ///
    /// # Errors
    /// When the folder, a key, the database or a release in it cannot be used.
    pub async fn open(folder: DataFolder, stock: Stock) -> Result<Service, ServiceError> {
        Self::open_with(
            folder,
            stock,
            Arc::new(Timestamp::now),
            StoreOptions::default(),
        )
        .await
    }

    /// Opens the service with a clock and store options of the caller's own, as tests do.
    ///
    /// # Errors
    /// As [`Service::open`].
    pub async fn open_with(
        folder: DataFolder,
        stock: Stock,
        clock: Clock,
        options: StoreOptions,
    ) -> Result<Service, ServiceError> {
        // The keys first: they tell a new folder from one that has lost a key.
        let has_database = folder.place().has_database().await?;
        let keys = folder.keys(has_database)?;
        let store = Store::open(&folder.database()?, options).await?;
        let mut releases = BTreeMap::new();
        for kept in store.instruments().await? {
            let problem = |problem: String| ServiceError::Release {
                survey: kept.survey.clone(),
                release: kept.release,
                problem,
            };
            let release =
                Release::read(&kept.definition).map_err(|error| problem(error.to_string()))?;
            if release.sha256() != kept.sha256 {
                return Err(problem(format!("its digest is not {}", kept.sha256)));
            }
            releases.insert((kept.survey, kept.release), Arc::new(release));
        }
        for release in stock.releases {
            let key = (release.survey().id.clone(), release.number());
            releases.entry(key).or_insert_with(|| Arc::new(release));
        }
        Ok(Service {
            folder,
            store,
            keys,
            catalog: stock.catalog,
            releases,
            pinned: RwLock::default(),
            hashing: Semaphore::new(2),
            clock,
        })
    }

    /// Returns the store, for reading and for tests.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Returns the hash that the store knows a code by.
    #[must_use]
    pub fn code_hash(&self, code: &Code) -> CodeHash {
        self.keys.code_hash(code)
    }

    /// Returns the hash that the store knows an answer by for the holder of its return code.
    #[must_use]
    pub fn return_hash(&self, code: &ReturnCode) -> ReturnHash {
        self.keys.return_hash(code)
    }

    /// Returns the present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Returns today's date where the municipalities are.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now().to_zoned(helsinki()).date()
    }

    /// Returns the address that people reach the service at: `public_url`, else where it listens.
    ///
    /// # Errors
    /// When others than this machine could reach it without https.
    pub fn public_url(&self) -> Result<String, ConfigError> {
        let config = self.folder.config();
        config.public(config.listen)
    }

    /// Returns every release there is, by survey and number.
    pub fn releases(&self) -> impl Iterator<Item = &Arc<Release>> {
        self.releases.values()
    }

    /// Returns the newest release of a survey.
    #[must_use]
    pub fn newest_release(&self, survey: &SurveyId) -> Option<&Arc<Release>> {
        self.releases
            .values()
            .rev()
            .find(|release| release.survey().id == *survey)
    }

    /// Returns the release that a wave pins.
    ///
    /// # Errors
    /// When it is not there, which a wave's foreign key prevents.
    pub(crate) fn release_of(&self, wave: &Wave) -> Result<Arc<Release>, ServiceError> {
        self.release(&wave.survey, wave.release)
    }

    /// Returns a release that a wave pins.
    ///
    /// # Errors
    /// When it is not there, which a wave's foreign key prevents.
    pub(crate) fn release(
        &self,
        survey: &SurveyId,
        release: ReleaseNumber,
    ) -> Result<Arc<Release>, ServiceError> {
        let found = self.releases.get(&(survey.clone(), release)).cloned();
        found.ok_or_else(|| {
            ServiceError::Refused(format!(
                "release {release} of `{survey}` is not in this program"
            ))
        })
    }

    /// Returns what a wave pins, or says that there is no such wave.
    pub(crate) async fn pinned(&self, wave: &WaveId) -> Result<Arc<Pinned>, ServiceError> {
        // A thread that panicked in here has left a map of what holds for ever all the same.
        let known = || self.pinned.read().unwrap_or_else(|it| it.into_inner());
        if let Some(pinned) = known().get(wave) {
            return Ok(Arc::clone(pinned));
        }
        let Some(found) = self.store.pinned(wave).await? else {
            return Err(no_wave(wave));
        };
        let mut known = self.pinned.write().unwrap_or_else(|it| it.into_inner());
        let pinned = known.entry(wave.clone()).or_insert(Arc::new(found));
        Ok(Arc::clone(pinned))
    }

    /// Returns a wave, or says that there is none.
    pub(crate) async fn wave(&self, wave: &WaveId) -> Result<Wave, ServiceError> {
        let found = self.store.wave(wave).await?;
        found.ok_or_else(|| no_wave(wave))
    }

    /// Does what time asks for: opens and closes waves by date, sweeps and later freezes closed
    /// ones, deletes what has been kept long enough. Invented waves lie in invented time, so their dates move nothing.
    ///
    /// # Errors
    /// When the store fails; the next call goes on.
    pub async fn keep_house(&self) -> Result<(), ServiceError> {
        // Where several servers stand before one database, one of them does it.
        let Some(turn) = self.store.turn_to_keep_house().await? else {
            return Ok(());
        };
        let kept = self.keep_house_now().await;
        turn.end().await;
        kept
    }

    async fn keep_house_now(&self) -> Result<(), ServiceError> {
        let (now, today) = (self.now(), self.today());
        for wave in self
            .store
            .waves()
            .await?
            .iter()
            .filter(|wave| !wave.simulated)
        {
            for (municipality, city) in &wave.cities {
                self.follow_dates(
                    wave,
                    municipality,
                    city.state,
                    (city.opens, city.closes),
                    today,
                )
                .await?;
            }
        }
        self.store.sweep_closed(now).await?;
        self.delete_what_is_old(now, today).await
    }

    /// Keeps the operator's times (PD-4).
    async fn delete_what_is_old(&self, now: Timestamp, today: Date) -> Result<(), ServiceError> {
        let kept = self.folder.config().retention;
        self.store.delete_old_drafts(now, kept.draft_days).await?;
        let frozen = SignedDuration::from_hours(24 * i64::from(kept.freeze_days));
        self.store.freeze_ended(now - frozen).await?;
        // A date before the first one there is leaves every answer where it is.
        let years = i64::from(kept.answer_years).years();
        let oldest = today.checked_sub(years).unwrap_or(Date::MIN);
        self.store.delete_old_answers(oldest).await?;
        self.store.delete_old_sign_ins(now).await?;
        Ok(())
    }

    async fn follow_dates(
        &self,
        wave: &Wave,
        municipality: &MunicipalityCode,
        state: WaveState,
        (opens, closes): (Date, Date),
        today: Date,
    ) -> Result<(), ServiceError> {
        match state {
            WaveState::Draft if opens <= today && today <= closes => {
                self.store.open_wave(&wave.id, municipality).await?;
            }
            WaveState::Open if closes < today => {
                self.store
                    .close_wave(&wave.id, municipality, self.now() + GRACE)
                    .await?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// The clocks on the walls of the municipalities.
pub(super) fn helsinki() -> TimeZone {
    TimeZone::get("Europe/Helsinki").unwrap_or(TimeZone::UTC)
}

fn no_wave(wave: &WaveId) -> ServiceError {
    ServiceError::Refused(format!("there is no wave `{wave}`"))
}

//! What a running server knows beside the service: how it is reached and what it has counted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use surveys::dataset::Origin;
use surveys::{MunicipalityCode, WaveId};

use crate::server::admission::Admission;
use crate::server::limits::Limits;
use crate::server::peers::Peers;
use crate::server::sent_count::SentCount;
use crate::server::service::{Service, ServiceError};
use crate::store::{UnitCount, WaveState};

/// State of a running server, shared by all handlers.
pub(crate) type Shared = Arc<App>;

/// A running server.
pub(crate) struct App {
    /// Store, keys, catalogue.
    pub(crate) service: Service,
    /// The address people type, without a slash at the end.
    pub(crate) public_url: String,
    /// Whether every answer here is invented.
    pub(crate) simulated: bool,
    /// How many requests are being worked on.
    pub(crate) admission: Admission,
    /// How often things were done, by sender and by draft.
    pub(crate) limits: Limits,
    /// Answers that were kept, for the log.
    pub(crate) sent: SentCount,
    /// Released figures of role groups.
    pub(crate) peers: Peers,
    /// Where a mixing is to come soon.
    pub(crate) to_be_mixed: Mutex<BTreeSet<(WaveId, MunicipalityCode)>>,
    counted: Mutex<BTreeMap<WaveId, (Date, Vec<UnitCount>)>>,
}

impl App {
    /// Prepares a server over a service.
    pub(crate) async fn new(service: Service, public_url: String) -> Result<App, ServiceError> {
        let network = service.store.network().await?;
        Ok(App {
            service,
            public_url,
            simulated: network.is_some_and(|network| network.origin == Origin::Simulated),
            admission: Admission::default(),
            limits: Limits::new(),
            sent: SentCount::new(),
            peers: Peers::default(),
            to_be_mixed: Mutex::new(BTreeSet::new()),
            counted: Mutex::new(BTreeMap::new()),
        })
    }

    /// Returns whether cookies travel over https.
    pub(crate) fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Returns counts of a wave and the day they are of: an open wave is counted once a day
    /// (DC-11), so that nobody sees a single answer come in.
    pub(crate) async fn counts(
        &self,
        wave: &crate::store::Wave,
    ) -> Result<(Date, Vec<UnitCount>), ServiceError> {
        let today = self.service.today();
        let is_open = wave
            .cities
            .values()
            .any(|city| city.state == WaveState::Open);
        let known = self
            .counted
            .lock()
            .ok()
            .and_then(|all| all.get(&wave.id).cloned());
        if let Some((day, mut counts)) = known
            && day == today
            && is_open
        {
            // How many codes there are is the coordinator's own doing and always fresh.
            for (count, fresh) in counts
                .iter_mut()
                .zip(self.service.store.unit_counts(&wave.id).await?)
            {
                count.codes = fresh.codes;
            }
            return Ok((day, counts));
        }
        let counts = self.service.store.unit_counts(&wave.id).await?;
        if let Ok(mut all) = self.counted.lock() {
            all.insert(wave.id.clone(), (today, counts.clone()));
        }
        Ok((today, counts))
    }
}

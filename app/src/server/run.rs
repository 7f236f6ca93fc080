//! Serving: listen, keep house, end well.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use super::config::ConfigError;
use super::help;
use super::patience::{Patient, Peer};
use super::router;
use super::service::{Service, ServiceError};
use super::state::{App, Shared};
use crate::store::Coordinator;

/// How long running requests may take once the end is asked for (DU-11).
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// The same once the disk has failed: they are refused, and whoever starts the server again waits.
const LAST_REFUSALS: Duration = Duration::from_secs(1);

/// How often closed waves and old drafts are looked after.
const HOUSE: Duration = Duration::from_secs(60);

/// Why serving ended, or never began.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {problem}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the operating system said.
        problem: std::io::Error,
    },
    /// The configuration is not safe.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The service failed.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The connection loop ended.
    #[error("serving ended: {0}")]
    Io(#[from] std::io::Error),
    /// The disk failed; nothing may be written any more by this process (DU-8).
    #[error("the database cannot be trusted any more; stop and look at the disk")]
    Broken,
}

/// What a server says once it listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// Where it listens.
    pub listening: SocketAddr,
    /// The address people type.
    pub public_url: String,
    /// The token of the first coordinator's link, where nobody has been let in yet.
    pub first_link: Option<String>,
}

/// Serves until SIGTERM or Ctrl-C; `greet` is called once connections are taken.
///
/// # Errors
/// When it cannot listen, the configuration is not safe, or the disk fails.
pub async fn serve(
    service: Service,
    listen: Option<SocketAddr>,
    greet: impl FnOnce(&Greeting),
) -> Result<(), ServeError> {
    let address = listen.unwrap_or(service.folder.config().listen);
    let listener = TcpListener::bind(address)
        .await
        .map_err(|problem| ServeError::Listen { address, problem })?;
    let listening = listener.local_addr()?;
    let public_url = service.folder.config().public(listening)?;
    service
        .store
        .mix_all_due()
        .await
        .map_err(ServiceError::from)?;
    service.keep_house().await?;
    let nobody = service
        .store
        .has_no_coordinator()
        .await
        .map_err(ServiceError::from)?;
    let first_link = if nobody {
        Some(service.invite(Coordinator::Network).await?)
    } else {
        None
    };
    let releases = service.releases().map(AsRef::as_ref);
    help::check_all(&service.folder, &service.catalog, releases);
    let app = Arc::new(App::new(service, public_url.clone()).await?);
    greet(&Greeting {
        listening,
        public_url,
        first_link,
    });
    let house = tokio::spawn(keep_house(Arc::clone(&app)));
    let ended = run(listener, app).await;
    house.abort();
    ended
}

async fn run(listener: TcpListener, app: Shared) -> Result<(), ServeError> {
    let store = app.service.store.clone();
    let (stop, stopping) = tokio::sync::watch::channel(false);
    let service = router::router(app).into_make_service_with_connect_info::<Peer>();
    let mut heard = stopping.clone();
    let serving = axum::serve(Patient::new(listener), service).with_graceful_shutdown(async move {
        // An end of the channel is an end as well.
        let _ = heard.wait_for(|stop| *stop).await;
    });
    let mut serving = std::pin::pin!(std::future::IntoFuture::into_future(serving));
    let is_broken = tokio::select! {
        ended = &mut serving => return Ok(ended?),
        () = store.broken() => true,
        () = asked_to_end() => false,
    };
    let _ = stop.send(true);
    if is_broken {
        // Whoever was sending hears that it was not kept, and gets back what was typed.
        let _ = tokio::time::timeout(LAST_REFUSALS, serving).await;
        return Err(ServeError::Broken);
    }
    // Slow clients do not hold the end up; what was acknowledged is on the disk.
    match tokio::time::timeout(LAST_REQUESTS, serving).await {
        Ok(ended) => Ok(ended?),
        Err(_) => Ok(()),
    }
}

async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // Without a handler the operating system ends the process, which the store survives.
    let _ = tokio::signal::ctrl_c().await;
}

async fn keep_house(app: Shared) {
    let mut tick = tokio::time::interval(HOUSE);
    loop {
        tick.tick().await;
        if let Some(answers) = app.sent.due(std::time::Instant::now()) {
            tracing::info!(answers, "sent in the last minutes");
        }
        if let Err(error) = app.service.keep_house().await {
            tracing::warn!(%error, "keeping house is put off");
        }
    }
}

/// Returns the service as a router that a test calls without a network.
///
/// # Errors
/// When the store fails.
pub async fn in_process(
    service: Service,
    public_url: &str,
) -> Result<(axum::Router, Arc<InProcess>), ServiceError> {
    let app = Arc::new(App::new(service, public_url.to_owned()).await?);
    Ok((router::router(Arc::clone(&app)), Arc::new(InProcess(app))))
}

/// A service behind a router in the same process.
pub struct InProcess(Shared);

impl InProcess {
    /// Returns the service.
    #[must_use]
    pub fn service(&self) -> &Service {
        &self.0.service
    }
}

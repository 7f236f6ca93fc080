//! `icteko handbook preview`: drafts in the browser of whoever writes, made anew after each save.
//!
//! It listens on this computer only and answers to its own names only, so that no page of the web
//! can read a draft through the writer's browser. Every page is a draft, marked and not indexed.

mod shelf;
mod watch;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use clap::Args;
use tokio::net::TcpListener;

use crate::arguments::Said;
use crate::failure::Failure;
use crate::output;
use crate::stock::in_runtime;
use shelf::{Answer, Shelf};
use watch::Watcher;

/// Options of `handbook preview`.
#[derive(Debug, Args)]
pub(crate) struct Preview {
    /// The folder with findings of one release.
    #[arg(long, value_name = "FOLDER")]
    findings: PathBuf,
    /// The handbook's folder; `handbook` in the data folder when absent.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Port on this computer; 0 takes a free one.
    #[arg(long, default_value_t = 8089)]
    port: u16,
    #[command(flatten)]
    said: Said,
}

/// How long a page waits to be told of a change before it asks again.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a page may load: its own style and faces, and the script that waits for changes.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

#[derive(Clone)]
struct Shared {
    shelf: Arc<Shelf>,
    watcher: Watcher,
}

/// Serves drafts until it is asked to end.
pub(crate) fn run(data: &Path, options: &Preview) -> Result<(), Failure> {
    let folder = options
        .folder
        .clone()
        .unwrap_or_else(|| data.join("handbook"));
    let shelf = Shelf::open(
        data,
        folder.clone(),
        options.findings.clone(),
        options.said.language,
    )?;
    let watcher = Watcher::start(vec![folder, options.findings.clone()]);
    in_runtime(async {
        let listener = TcpListener::bind(("127.0.0.1", options.port))
            .await
            .map_err(|error| Failure::Sentence(format!("port {}: {error}", options.port)))?;
        let address = listener.local_addr().map_err(Failure::new)?;
        // A reader that has gone away is no reason to stop serving.
        let _ = output::bytes(format!("ready: http://{address}/\n").as_bytes());
        let shared = Shared {
            shelf: Arc::new(shelf),
            watcher,
        };
        tokio::select! {
            served = axum::serve(listener, router(shared)) => served.map_err(Failure::new),
            ended = tokio::signal::ctrl_c() => ended.map_err(Failure::new),
        }
    })
}

fn router(shared: Shared) -> Router {
    Router::new()
        .route(handbook::RELOAD_PATH, get(script))
        .route("/_preview/changes", get(changes))
        .fallback(page)
        .layer(middleware::from_fn(guarded))
        .with_state(shared)
}

/// Refuses foreign names for this computer, and says of every answer that it is nobody else's.
async fn guarded(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST);
    let name = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = name.rsplit_once(':').map_or(name, |(name, _)| name);
    if !matches!(name, "127.0.0.1" | "localhost") {
        return (
            StatusCode::FORBIDDEN,
            "preview answers to 127.0.0.1 and localhost only\n",
        )
            .into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(
        "x-robots-tag",
        HeaderValue::from_static("noindex, nofollow"),
    );
    response
}

async fn script() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")],
        handbook::RELOAD,
    )
}

#[derive(serde::Deserialize)]
struct Since {
    since: u64,
}

/// Answers as soon as something has changed since, or after a while.
async fn changes(State(shared): State<Shared>, Query(Since { since }): Query<Since>) -> String {
    let mut watcher = shared.watcher;
    let _ = tokio::time::timeout(PATIENCE, watcher.other_than(since)).await;
    watcher.now().to_string()
}

async fn page(State(shared): State<Shared>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let generation = shared.watcher.now();
    let answer = tokio::task::spawn_blocking(move || shared.shelf.answer(&path, generation)).await;
    match answer {
        Ok(Answer::File(kind, bytes)) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Ok(Answer::Problems(html)) => {
            let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
            (StatusCode::UNPROCESSABLE_ENTITY, kind, html).into_response()
        }
        Ok(Answer::Elsewhere(to)) => axum::response::Redirect::to(&to).into_response(),
        Ok(Answer::Nothing) => (StatusCode::NOT_FOUND, "no such page\n").into_response(),
        Err(error) => {
            let text = format!("the draft could not be made: {error}\n");
            (StatusCode::UNPROCESSABLE_ENTITY, text).into_response()
        }
    }
}

//! Files that come with the program: style sheets, scripts and the browser build, under addresses
//! that name their content.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

use crate::components::document::SHEETS;
use crate::error::AppError;
use crate::pages::BrowserBuild;

static PUBLIC: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/public");

/// The first digits of the digest over all files: a changed file has a new address.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut digest = Sha256::new();
    add(&PUBLIC, &mut digest);
    for sheet in &*SHEETS {
        digest.update(sheet.text.as_bytes());
    }
    data_encoding::HEXLOWER.encode(&digest.finalize()[..8])
});

fn add(folder: &Dir<'_>, digest: &mut Sha256) {
    for file in folder.files() {
        digest.update(file.path().to_string_lossy().as_bytes());
        digest.update(file.contents());
    }
    for inner in folder.dirs() {
        add(inner, digest);
    }
}

/// Returns where the browser build is served, if the program was built with it.
pub(crate) fn browser_build() -> Option<BrowserBuild> {
    PUBLIC.get_file("pkg/app_bg.wasm")?;
    Some(BrowserBuild {
        script: address("pkg/app.js"),
        module: address("pkg/app_bg.wasm"),
    })
}

/// Returns where a file of `public/` is served, or the folder `style`.
pub(crate) fn address(path: &str) -> String {
    format!("/static/{}/{path}", *VERSION)
}

/// Serves a file; an address of another version is gone.
pub(crate) async fn file(
    Path((version, path)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let sheet = path.strip_prefix("style/");
    let sheet = sheet.and_then(|name| SHEETS.iter().find(|it| it.file == name));
    let contents = match sheet {
        Some(sheet) => sheet.text.as_bytes(),
        None => PUBLIC.get_file(&path).ok_or(AppError::NotFound)?.contents(),
    };
    if version != *VERSION {
        return Err(AppError::NotFound);
    }
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(content_type(&path)),
        ),
        (header::CACHE_CONTROL, forever),
    ];
    Ok((headers, contents).into_response())
}

/// Returns the type of a file by the end of its name.
pub(crate) fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "txt" | "xml" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

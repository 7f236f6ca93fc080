//! Writes every page in every state and language as HTML files, to be looked at.
//!
//! ```text
//! cargo run -p e2e --bin gallery -- FOLDER
//! ```

use std::path::PathBuf;

use e2e::gallery::Scene;
use surveys::Lang;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "gallery".into()));
    std::fs::create_dir_all(&folder)?;
    let scene = Scene::load();
    for sample in Lang::ALL.into_iter().flat_map(|lang| scene.samples(lang)) {
        std::fs::write(folder.join(format!("{}.html", sample.name)), sample.html)?;
    }
    Ok(())
}

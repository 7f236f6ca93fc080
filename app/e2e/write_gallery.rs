//! Writes every page in every state and language as HTML files, to be looked at.
//!
//! ```text
//! cargo run -p app --example gallery -- FOLDER
//! ```

mod gallery;
mod gallery_coordinator;
mod gallery_states;

use std::path::PathBuf;

use surveys::Lang;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "gallery".into()));
    std::fs::create_dir_all(&folder)?;
    let scene = gallery::Scene::load();
    for sample in Lang::ALL.into_iter().flat_map(|lang| scene.samples(lang)) {
        std::fs::write(folder.join(format!("{}.html", sample.name)), sample.html)?;
    }
    Ok(())
}

//! The source tree in memory: path to text. What the program carries, and what lies over it.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, include_dir};
use surveys::definition::SourceFile;

static CONTENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");
static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/locales");
static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/theme");
/// Files beside the folders.
const SINGLE: [(&str, &str); 5] = [
    ("handbook.toml", include_str!("../handbook.toml")),
    ("terms.toml", include_str!("../terms.toml")),
    ("cards.toml", include_str!("../cards.toml")),
    ("targets.toml", include_str!("../targets.toml")),
    ("sources.bib", include_str!("../sources.bib")),
];

/// Files by their path below the handbook's folder, with `/`.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: BTreeMap<String, Arc<SourceFile>>,
}

impl Sources {
    /// Returns the common text that the program carries.
    #[must_use]
    pub fn embedded() -> Sources {
        static EMBEDDED: OnceLock<Sources> = OnceLock::new();
        EMBEDDED.get_or_init(Sources::unpacked).clone()
    }

    fn unpacked() -> Sources {
        let mut sources = Sources::default();
        for (name, text) in SINGLE {
            sources.insert(name, text.to_owned());
        }
        for (name, dir) in [
            ("content", &CONTENT),
            ("locales", &LOCALES),
            ("theme", &THEME),
        ] {
            sources.insert_dir(name, dir);
        }
        sources
    }

    /// Reads every text file below a folder.
    ///
    /// # Errors
    /// When a file cannot be read or is not UTF-8.
    pub fn read(folder: &Path) -> io::Result<Sources> {
        let mut sources = Sources::default();
        let mut open = vec![folder.to_owned()];
        while let Some(dir) = open.pop() {
            for entry in std::fs::read_dir(&dir)? {
                let entry = entry?;
                let path = entry.path();
                // A link to a folder is not followed: it could lead in a circle.
                if entry.file_type()?.is_dir() {
                    open.push(path);
                } else if let Some(name) = text_name(folder, &path) {
                    let text = std::fs::read_to_string(&path).map_err(|error| {
                        io::Error::new(error.kind(), format!("{}: {error}", path.display()))
                    })?;
                    sources.insert(&name, text);
                }
            }
        }
        Ok(sources)
    }

    /// Lays other sources over these: a file of the same path takes the place of ours.
    #[must_use]
    pub fn with(mut self, over: Sources) -> Sources {
        self.files.extend(over.files);
        self
    }

    /// Adds a file or takes its place.
    pub fn insert(&mut self, name: &str, text: String) {
        let file = SourceFile {
            name: name.to_owned(),
            text: text.replace("\r\n", "\n"),
        };
        self.files.insert(name.to_owned(), Arc::new(file));
    }

    /// Returns a file.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Arc<SourceFile>> {
        self.files.get(name)
    }

    /// Returns all files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        self.files.values()
    }

    fn insert_dir(&mut self, name: &str, dir: &Dir<'_>) {
        for file in dir.files() {
            let path = format!("{name}/{}", file.path().display()).replace('\\', "/");
            if let Some(text) = file.contents_utf8() {
                self.insert(&path, text.to_owned());
            }
        }
        for inner in dir.dirs() {
            self.insert_dir(name, inner);
        }
    }
}

/// The path inside the folder, for the kinds of files that are sources.
fn text_name(folder: &Path, path: &Path) -> Option<String> {
    let kinds = ["toml", "md", "ftl", "css", "bib"];
    let kind = path.extension()?.to_str()?;
    let inside = path.strip_prefix(folder).ok()?;
    let parts: Option<Vec<&str>> = inside.iter().map(std::ffi::OsStr::to_str).collect();
    kinds.contains(&kind).then(|| parts.map(|p| p.join("/")))?
}

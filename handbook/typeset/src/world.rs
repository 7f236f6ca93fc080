//! All that the typesetter may see: one template, one book, the given faces. No file, no clock.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

const TEMPLATE: &str = include_str!("book.typ");

pub(crate) struct Closed {
    library: LazyHash<Library>,
    names: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Source,
    book: (FileId, Bytes),
}

fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("the names of the two files are plain");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

impl Closed {
    pub(crate) fn new(json: String, faces: &[&'static [u8]]) -> Closed {
        let fonts: Vec<Font> = faces
            .iter()
            .flat_map(|face| Font::iter(Bytes::new(*face)))
            .collect();
        // Row headings of tables are behind this feature.
        let features = [Feature::A11yExtras].into_iter().collect();
        Closed {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            names: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: Source::new(file("book.typ"), TEMPLATE.to_owned()),
            book: (file("book.json"), Bytes::from_string(json)),
        }
    }
}

impl World for Closed {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.names
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            Ok(self.main.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let (book, bytes) = &self.book;
        if id == *book {
            Ok(bytes.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

//! SPSS system files (`.sav`, and `.zsav` packed with zlib): variables with their words, then cases.
//!
//! The format is that of PSPP's developer's guide, "System File Format": a header, records that
//! describe the variables (`dictionary`), and cases of places of eight bytes,
//! plain, as bytecodes, or as bytecodes in zlib blocks (`cases`). A file is hostile
//! until parsed: every length is checked against what is there, and unpacked data have a limit.
//! Files that R's haven or Python's pyreadstat write are read back in the tests.

mod bytes;
mod cases;
mod dictionary;
mod letters;

use bytes::Input;
pub use cases::{Cases, SpssValue};
use dictionary::Dictionary;

/// Why a file cannot be read, with the place in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("byte {offset}: {problem}")]
pub struct SpssError {
    /// Bytes before the place.
    pub offset: usize,
    /// What is wrong and what to do.
    pub problem: String,
}

/// A variable and its words.
#[derive(Clone, Debug, PartialEq)]
pub struct SpssVariable {
    /// The long name where it has one, else the short one.
    pub name: String,
    /// What it asks; empty where nothing is said.
    pub label: String,
    /// Whether its values are texts.
    pub is_text: bool,
    /// Words of single values, in the order of the file.
    pub value_labels: Vec<(SpssValue, String)>,
    /// Values that the file declares as missing.
    pub missing: Vec<MissingValues>,
    /// Places of eight bytes that it takes in a case, from the first one on, each with the bytes
    /// that count.
    segments: Vec<Segment>,
}

/// Values that a file declares as missing.
#[derive(Clone, Debug, PartialEq)]
pub enum MissingValues {
    /// One number.
    Number(f64),
    /// All numbers from the first to the second.
    Range(f64, f64),
    /// One text.
    Text(String),
}

/// Neighbouring places of a case that hold a number or a part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    first_place: usize,
    places: usize,
    bytes: usize,
}

/// A file whose variables are known and whose cases can be walked through.
pub struct SpssFile<'b> {
    dictionary: Dictionary,
    data: Input<'b>,
}

impl<'b> SpssFile<'b> {
    /// Reads what stands before the cases.
    ///
    /// # Errors
    /// When the bytes are no SPSS system file, are cut, or contradict themselves.
    pub fn open(bytes: &'b [u8]) -> Result<Self, SpssError> {
        let mut data = Input::new(bytes);
        let dictionary = Dictionary::read(&mut data)?;
        Ok(SpssFile { dictionary, data })
    }

    /// Returns the variables in the order of the file.
    #[must_use]
    pub fn variables(&self) -> &[SpssVariable] {
        &self.dictionary.variables
    }

    /// Returns the cases from the first one on.
    ///
    /// # Errors
    /// When packed data cannot be unpacked.
    pub fn cases(&self) -> Result<Cases<'_>, SpssError> {
        Cases::new(&self.dictionary, self.data.clone())
    }
}

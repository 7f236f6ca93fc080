//! How a text file is written down: its letters and what stands between its columns.
//!
//! A spreadsheet set to Finnish writes semicolons, an old one writes Latin-1. What is between the
//! columns shows itself in the header; letters cannot be told for sure, so a job has to name them
//! where they are not UTF-8.

use std::borrow::Cow;
use std::path::Path;

use crate::AnalysisError;

/// The letters of a text file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    #[default]
    Utf8,
    /// Latin-1, with the quotes, dashes and euro sign that Windows adds (Windows-1252).
    Latin1,
}

impl Encoding {
    /// Every encoding with the name it has in a job file.
    pub const ALL: [(&'static str, Encoding); 2] =
        [("utf-8", Encoding::Utf8), ("latin-1", Encoding::Latin1)];
}

const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Returns the text without a byte-order mark, in UTF-8.
///
/// # Errors
/// When the file is empty, UTF-16, no text at all, or in other letters than was said; the message
/// names the first place.
pub(crate) fn text<'b>(
    file: &Path,
    bytes: &'b [u8],
    encoding: Encoding,
) -> Result<Cow<'b, [u8]>, AnalysisError> {
    let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(AnalysisError::data(file, "the file is empty"));
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") || bytes.contains(&0) {
        let problem = "line 1: this is UTF-16 or no text at all; save the file as CSV in UTF-8";
        return Err(AnalysisError::data(file, problem));
    }
    Ok(match encoding {
        Encoding::Utf8 => match std::str::from_utf8(bytes) {
            Ok(_) => Cow::Borrowed(bytes),
            Err(error) => return Err(other_letters(file, bytes, error.valid_up_to())),
        },
        Encoding::Latin1 => Cow::Owned(
            encoding_rs::WINDOWS_1252
                .decode(bytes)
                .0
                .into_owned()
                .into(),
        ),
    })
}

/// Says where the first letter stands that is not UTF-8.
fn other_letters(file: &Path, bytes: &[u8], place: usize) -> AnalysisError {
    let before = &bytes[..place];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n');
    let start = start.map_or(0, |end| end + 1);
    let separator = separator(bytes);
    let fields = before[start..].iter().filter(|byte| **byte == separator);
    let header = bytes.split(|byte| *byte == b'\n').next();
    let mut names = header.unwrap_or_default().split(|byte| *byte == separator);
    let name = names
        .nth(fields.count())
        .and_then(|name| str::from_utf8(name).ok());
    let name = name.map(|name| name.trim().trim_matches('"'));
    let column = name.map_or_else(String::new, |name| format!(" column `{name}`:"));
    let problem = format!(
        "line {line}:{column} the text is not UTF-8; save the file as UTF-8, or say that it is \
         Latin-1 (`encoding = \"latin-1\"` under [data] of a job, `--encoding latin-1` for a draft)"
    );
    AnalysisError::data(file, problem)
}

/// Returns what stands between the columns: of comma, semicolon and tab the one that the header
/// has most of outside quotes, and a comma where it has none.
pub(crate) fn separator(text: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (_, count) in counts.iter_mut().filter(|(separator, _)| separator == byte) {
                    *count += 1;
                }
            }
        }
    }
    // The first of equals: a comma.
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let found = counts.iter().find(|(_, count)| *count == most);
    found.map_or(b',', |(separator, _)| *separator)
}

/// Returns the word for a separator that is worth a note.
pub(crate) fn separator_name(separator: u8) -> Option<&'static str> {
    match separator {
        b';' => Some("semicolons"),
        b'\t' => Some("tabs"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_shows_what_stands_between_the_columns() {
        assert_eq!(separator(b"a,b,c\n1;2;3;4;5\n"), b',');
        assert_eq!(separator(b"a;\"b, c, d\";e\r\n"), b';');
        assert_eq!(separator(b"a\tb"), b'\t');
        assert_eq!(separator(b"alone\n"), b',');
    }

    #[test]
    fn latin_letters_become_ours_and_a_mark_is_no_letter() {
        let path = Path::new("x.csv");
        let latin = text(path, b"J\xE4rvi \x80", Encoding::Latin1).unwrap();
        assert_eq!(&*latin, "Järvi €".as_bytes());
        assert_eq!(
            &*text(path, b"\xEF\xBB\xBFa", Encoding::Utf8).unwrap(),
            b"a"
        );
    }
}

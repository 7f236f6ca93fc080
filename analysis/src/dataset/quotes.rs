//! Quotation marks that swallow rows.
//!
//! An open answer that begins with a quotation mark opens a quoted text. If nothing closes it,
//! every row up to the end of the file becomes part of that one text; if the mark of a later
//! answer closes it, the rows between do. A CSV reader is content with both.

use std::path::Path;

use csv::ByteRecord;

use crate::AnalysisError;

/// Text with fewer separators in a line than this is no row: prose has commas, too.
const FEWEST_SEPARATORS: usize = 2;

/// A quotation mark that nothing closes.
#[derive(Debug, PartialEq, Eq)]
struct Unclosed {
    /// Lines of the row before its own.
    lines: u64,
    /// The place of its field.
    field: usize,
}

/// Refuses a row that ends inside of quotes, which only the last one can.
///
/// `row` is everything from its first byte on, `line` where that stands.
pub(super) fn refuse_unclosed(
    file: &Path,
    header: &[String],
    separator: u8,
    line: u64,
    row: &[u8],
) -> Result<(), AnalysisError> {
    let Some(Unclosed { lines, field }) = unclosed(row, separator) else {
        return Ok(());
    };
    let line = line + lines;
    let column = header
        .get(field)
        .map_or_else(String::new, |name| format!(" column `{name}`:"));
    let problem = format!(
        "line {line}:{column} quotation mark opened on line {line} is never closed, so everything \
         after it would be one text; close it, or write it twice inside of quotes"
    );
    Err(AnalysisError::data(file, problem))
}

/// Goes through a row as the reader does: a mark counts at the beginning of a field only, and two
/// inside of quotes are one of the text.
fn unclosed(row: &[u8], separator: u8) -> Option<Unclosed> {
    #[derive(PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted,
        Mark,
    }
    let (mut at, mut field, mut lines) = (At::Start, 0, 0);
    let mut opened = Unclosed { lines, field };
    for byte in row {
        lines += u64::from(*byte == b'\n');
        at = match (at, byte) {
            (At::Quoted, b'"') => At::Mark,
            (At::Mark, b'"') | (At::Quoted, _) => At::Quoted,
            (At::Start, b'"') => {
                opened = Unclosed { lines, field };
                At::Quoted
            }
            (_, b'\n' | b'\r') => {
                field = 0;
                At::Start
            }
            (_, byte) if *byte == separator => {
                field += 1;
                At::Start
            }
            _ => At::Plain,
        };
    }
    (at == At::Quoted).then_some(opened)
}

/// Returns a sentence about quoted text that holds whole lines with as many separators as the
/// header: they look like rows, and a mark is probably missing.
pub(super) fn swallowed(
    header: &[String],
    separator: u8,
    line: u64,
    record: &ByteRecord,
) -> Option<String> {
    let separators = header.len().saturating_sub(1);
    if separators < FEWEST_SEPARATORS || !record.as_slice().contains(&b'\n') {
        return None;
    }
    let is_row =
        |text: &&[u8]| text.iter().filter(|byte| **byte == separator).count() == separators;
    let mut fields = header.iter().zip(record.iter());
    fields.find_map(|(name, field)| {
        // The first and the last line are parts of the row itself.
        let mut lines: Vec<&[u8]> = field.split(|byte| *byte == b'\n').skip(1).collect();
        lines.pop();
        let rows = lines.iter().filter(|line| is_row(line)).count();
        let rows = match rows {
            0 => return None,
            1 => "a line that looks like a row".to_owned(),
            rows => format!("{rows} lines that look like rows"),
        };
        Some(format!(
            "line {line}: column `{name}`: the quoted text holds {rows}; is a quotation mark not \
             closed?"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_that_is_never_closed_is_found_with_its_field_and_line() {
        let at = |lines, field| Some(Unclosed { lines, field });
        for (row, expected) in [
            ("1,2,\"three", at(0, 2)),
            ("1,\"t\nwo\",\"three\n4,5,6\n", at(1, 2)),
            ("1,\"two \"\"", at(0, 1)),
            ("\n\"1,2", at(1, 0)),
            ("1,\"two\"\"\",3", None),
            ("1,tw\"o,3", None),
            ("1,\"two\" and \",3", None),
            ("1,\"two\"", None),
        ] {
            assert_eq!(unclosed(row.as_bytes(), b','), expected, "{row}");
        }
    }

    #[test]
    fn prose_is_no_row() {
        let header = ["id", "a", "text"].map(str::to_owned);
        let said =
            |text: &str| swallowed(&header, b',', 2, &ByteRecord::from(vec!["1", "2", text]));
        assert_eq!(said("one, two, three"), None);
        assert_eq!(said("one\ntwo, three\nfour"), None);
        assert!(
            said("one\n2,3,x\n3,4,")
                .unwrap()
                .contains("a line that looks")
        );
    }
}

//! A CSV file, piece by piece: each piece ends with a line.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use memchr::{memchr, memchr_iter, memchr3, memrchr};

use super::block::{Block, Column};
use super::codes::{ItemCodes, KeyCodes};
use super::ids::{self, Ids};
use super::{Counted, Wanted, workers};
use crate::dataset::cells::{Cell, own_code};
use crate::dataset::csv_file::{CsvText, separator_note, unknown_columns};
use crate::dataset::plan::{Plan, Reading as How};
use crate::dataset::text_form::separator;

/// About so many bytes are taken at a time.
const PIECE: usize = 1 << 22;

const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Counts the answers of a file.
pub(super) fn counted<'w>(file: &Path, wanted: &'w Wanted<'_>) -> Option<Counted<'w>> {
    let mut pieces = Pieces {
        file: File::open(file).ok()?,
        rest: Vec::new(),
        is_done: false,
    };
    let mut first = Vec::new();
    pieces.next(&mut first)?.then_some(())?;
    if first.starts_with(MARK) {
        first.drain(..MARK.len());
    }
    let end = memchr(b'\n', &first)? + 1;
    let header = CsvText::open(file, &first[..end]).ok()?;
    let columns = places(&header, wanted.plan)?;
    let separator = separator(&first[..end]);
    let mut notes = Vec::from_iter(unknown_columns(file, &header.header, wanted.plan));
    notes.extend(separator_note(file, separator));
    // The header is gone; what is left of the first piece goes back to the front.
    first.drain(..end);
    first.append(&mut pieces.rest);
    pieces.rest = first;
    let pieces = Mutex::new(pieces);
    let rows = AtomicU64::new(0);
    let ids = Ids::default();
    let reducer = workers(usize::MAX, &wanted.counting, |reducer| {
        let mut piece = Vec::new();
        let mut reader = Reader::new(wanted.plan, &columns, separator);
        let mut block = Block::new(wanted.plan);
        while pieces.lock().ok()?.next(&mut piece)? {
            block.clear();
            let read = reader.read(&piece, &mut block)?;
            block.filled(read)?;
            ids.add(&block.ids)?;
            rows.fetch_add(read as u64, Ordering::Relaxed);
            wanted.count(&block, reducer);
        }
        Some(())
    })?;
    (rows.into_inner() > 0 && ids.are_all_different()).then_some(Counted { reducer, notes })
}

/// A file that is handed out in pieces.
struct Pieces {
    file: File,
    /// The beginning of the next piece.
    rest: Vec<u8>,
    is_done: bool,
}

impl Pieces {
    /// Puts the next piece into the buffer, whole lines only; says whether there was one. Nothing
    /// where the file cannot be read, or holds what no plain text holds.
    fn next(&mut self, piece: &mut Vec<u8>) -> Option<bool> {
        piece.clear();
        piece.append(&mut self.rest);
        while !self.is_done {
            let before = piece.len();
            let wanted = PIECE.saturating_sub(before).max(PIECE / 4);
            let read = (&self.file).take(wanted as u64).read_to_end(piece).ok()?;
            self.is_done = read < wanted;
            if memchr(b'\n', &piece[before..]).is_some() {
                break;
            }
        }
        if !self.is_done {
            let end = memrchr(b'\n', piece)? + 1;
            self.rest.extend_from_slice(&piece[end..]);
            piece.truncate(end);
        } else if piece.last().is_some_and(|last| *last != b'\n') {
            piece.push(b'\n');
        }
        let is_plain = memchr(0, piece).is_none() && is_with_whole_line_ends(piece);
        is_plain.then_some(!piece.is_empty())
    }
}

/// Returns whether every carriage return belongs to a line end: alone it ends a line, too.
fn is_with_whole_line_ends(piece: &[u8]) -> bool {
    memchr_iter(b'\r', piece).all(|place| piece.get(place + 1) == Some(&b'\n'))
}

/// What a column of the file is.
#[derive(Clone, Copy)]
enum Place {
    Column(usize),
    Id,
    Aside,
}

/// Returns what every column of the file is.
fn places(header: &CsvText<'_>, plan: &Plan) -> Option<Vec<Place>> {
    let mut variables = plan.codebook.variables.iter();
    if !variables.all(|variable| header.place_of(&variable.name).is_some()) {
        return None;
    }
    let columns = plan.columns.iter().map(|column| column.name.as_str());
    let known: BTreeMap<&str, usize> = columns.zip(0..).collect();
    let of_plan = |name: &String| match plan.answer_id.as_ref() == Some(name) {
        true => Place::Id,
        false => {
            let found = known.get(name.as_str()).copied();
            found.map_or(Place::Aside, Place::Column)
        }
    };
    Some(header.header.iter().map(of_plan).collect())
}

/// Reads pieces.
struct Reader<'p> {
    separator: u8,
    columns: Vec<Reading<'p>>,
}

/// How a column of the file is read.
enum Reading<'p> {
    Aside,
    Id,
    Key(usize, KeyCodes<'p>),
    Item(usize, Box<ItemCodes<'p>>),
}

impl<'p> Reader<'p> {
    fn new(plan: &'p Plan, columns: &[Place], separator: u8) -> Self {
        let reading = |place: &Place| match *place {
            Place::Aside => Reading::Aside,
            Place::Id => Reading::Id,
            Place::Column(index) => match &plan.columns[index] {
                column if matches!(column.reading, How::Words) => Reading::Aside,
                column => match ItemCodes::new(column) {
                    Some(codes) => Reading::Item(index, Box::new(codes)),
                    None => Reading::Key(index, KeyCodes::new(column)),
                },
            },
        };
        Reader {
            separator,
            columns: columns.iter().map(reading).collect(),
        }
    }

    /// Reads whole lines into the block; returns how many answers there were. Nothing where a
    /// line has another number of fields, or a quote is not plain.
    fn read(&mut self, piece: &[u8], block: &mut Block) -> Option<usize> {
        let separator = self.separator;
        let last = self.columns.len().checked_sub(1)?;
        for column in &mut self.columns {
            if let Reading::Key(_, codes) = column {
                codes.clear();
            }
        }
        let empty = own_code(surveys::Missing::LeftEmpty);
        let mut rest = piece;
        let mut rows = 0;
        while let Some(first) = rest.first() {
            if matches!(first, b'\n' | b'\r') {
                // A line with nothing on it is no answer.
                rest = &rest[1..];
                continue;
            }
            let line = rest;
            for (place, column) in self.columns.iter_mut().enumerate() {
                let ends_here = |byte: u8| match place == last {
                    true => byte == b'\n' || byte == b'\r',
                    false => byte == separator,
                };
                if let Reading::Item(index, codes) = column {
                    let Column::Item(values) = &mut block.columns[*index] else {
                        return None;
                    };
                    // One digit or nothing is what nearly all cells of items are.
                    match rest {
                        [digit @ b'0'..=b'9', end, ..] if ends_here(*end) => {
                            values.push(codes.of_whole(i64::from(*digit - b'0')));
                            rest = &rest[2..];
                        }
                        [end, ..] if ends_here(*end) => {
                            values.push(empty);
                            rest = &rest[1..];
                        }
                        _ => {
                            let text = field(&mut rest, separator, ends_here)?;
                            let text = std::str::from_utf8(text).ok()?;
                            values.push(codes.of(&Cell::Text(text)));
                        }
                    }
                    continue;
                }
                let text = field(&mut rest, separator, ends_here)?;
                match column {
                    Reading::Key(index, known) => {
                        if let Column::Key { codes, labels } = &mut block.columns[*index] {
                            codes.push(known.of_text(text, labels));
                        }
                    }
                    Reading::Id => {
                        let text = std::str::from_utf8(text).ok()?;
                        block.ids.push(ids::number(&Cell::Text(text)));
                    }
                    _ => {}
                }
            }
            // Separators alone: not plain enough to be taken for an answer.
            if line.len() - rest.len() <= last + 1 {
                return None;
            }
            rows += 1;
        }
        Some(rows)
    }
}

/// Takes the next field and the byte that ends it.
fn field<'t>(
    rest: &mut &'t [u8],
    separator: u8,
    ends_here: impl Fn(u8) -> bool,
) -> Option<&'t [u8]> {
    let text = *rest;
    if let Some(quoted) = text.strip_prefix(b"\"") {
        let end = memchr(b'"', quoted)?;
        let (field, after) = (&quoted[..end], &quoted[end + 1..]);
        // A line break or a quote inside of quotes is read by those who know all of CSV.
        let is_plain = memchr(b'\n', field).is_none() && ends_here(*after.first()?);
        *rest = after.get(1..)?;
        return is_plain.then_some(field);
    }
    let end = memchr3(separator, b'\n', b'\r', text)?;
    *rest = &text[end + 1..];
    ends_here(text[end]).then(|| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODEBOOK: &str = r#"{
        "schema": 1, "origin": "simulated",
        "missing": [{"code": 9, "meaning": "dont_know"}],
        "variables": [
            {"name": "town", "kind": "municipality"},
            {"name": "a", "kind": "scale", "values": [{"value": 0}, {"value": 5}]},
            {"name": "b", "kind": "scale", "reversed": true, "values": [{"value": 0}, {"value": 5}]}
        ]
    }"#;

    /// Reads lines of `id,town,a,b`; returns towns and items.
    fn read(lines: &str) -> Option<(Vec<String>, Vec<i8>, Vec<i8>)> {
        let plan = Plan::parse(CODEBOOK.as_bytes(), Path::new("codebook.json")).unwrap();
        let columns = [
            Place::Aside,
            Place::Column(0),
            Place::Column(1),
            Place::Column(2),
        ];
        let mut reader = Reader::new(&plan, &columns, b',');
        let mut block = Block::new(&plan);
        let rows = reader.read(lines.as_bytes(), &mut block)?;
        block.filled(rows)?;
        let key = block.key(0);
        let town = |code: &u32| key.labels.get(*code as usize).cloned().unwrap_or_default();
        let towns = key.codes.iter().map(town).collect();
        Some((towns, block.item(1).to_vec(), block.item(2).to_vec()))
    }

    #[test]
    fn plain_lines_are_read() {
        let (towns, a, b) =
            read("1,oulu,0,1\n2, oulu ,9,\r\n\n\"3\",\"Åbo, city\",\"5\",9\n").unwrap();
        assert_eq!(towns, ["oulu", "oulu", "Åbo, city"]);
        assert_eq!((a, b), (vec![0, -93, 5], vec![4, -92, -93]));
    }

    #[test]
    fn what_is_not_plain_is_left_to_others() {
        for lines in [
            "1,oulu,0\n",
            "1,oulu,0,1,2\n",
            ",,,\n",
            "1,oulu,6,1\n",
            "1,oulu,2.5,1\n",
            "1,oulu,often,1\n",
            "1,all,1,1\n",
            "1,\"ou\nlu\",1,1\n",
            "1,\"ou\"\"lu\",1,1\n",
            "1,\"oulu,1,1\n",
        ] {
            assert!(read(lines).is_none(), "{lines}");
        }
    }

    #[test]
    fn a_lonely_carriage_return_is_noticed() {
        assert!(is_with_whole_line_ends(b"a\r\nb\r\n"));
        assert!(!is_with_whole_line_ends(b"a\rb\n"));
    }
}

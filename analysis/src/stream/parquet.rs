//! A Parquet file, row group by row group.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};

use super::block::{Block, Column};
use super::codes::{BAD_ITEM, BAD_KEY, ItemCodes, KeyCodes};
use super::ids::{self, BAD_ID, Ids, NO_ID};
use super::pages::{self, Coding, Kind};
use super::{Counted, Wanted, workers};
use crate::dataset::MISSING_KEY;
use crate::dataset::cells::{Cell, own_code};
use crate::dataset::csv_file::unknown_columns;
use crate::dataset::plan::{Plan, Reading};

/// A column of the plan in the file.
struct Place {
    column: usize,
    kind: Kind,
    is_optional: bool,
}

/// Counts the answers of a file.
pub(super) fn counted<'w>(file: &Path, wanted: &'w Wanted<'_>) -> Option<Counted<'w>> {
    let reader = open(file)?;
    let metadata = reader.metadata();
    if metadata.file_metadata().num_rows() < 1 {
        return None;
    }
    let (places, id) = places(&reader, wanted.plan)?;
    let ids = Ids::default();
    let groups = metadata.num_row_groups();
    let next = AtomicUsize::new(0);
    let counted = workers(groups, &wanted.counting, |reducer| {
        // Each its own: the place in an open file is shared by its copies.
        let reader = open(file)?;
        let mut block = Block::new(wanted.plan);
        loop {
            let group = next.fetch_add(1, Ordering::Relaxed);
            if group >= groups {
                return Some(());
            }
            let group = reader.get_row_group(group).ok()?;
            block.clear();
            for ((index, place), column) in places.iter().enumerate().zip(&mut block.columns) {
                if let Some(place) = place {
                    read(group.as_ref(), place, index, wanted.plan, column)?;
                }
            }
            if let Some(place) = &id {
                read_ids(group.as_ref(), place, &mut block.ids)?;
            }
            block.filled(usize::try_from(group.metadata().num_rows()).ok()?)?;
            ids.add(&block.ids)?;
            wanted.count(&block, reducer);
        }
    })?;
    ids.are_all_different().then_some(())?;
    let header: Vec<String> = names(&reader).map(str::to_owned).collect();
    Some(Counted {
        reducer: counted,
        notes: Vec::from_iter(unknown_columns(file, &header, wanted.plan)),
    })
}

/// Returns the names of all columns.
fn names(reader: &SerializedFileReader<File>) -> impl Iterator<Item = &str> {
    let schema = reader
        .metadata()
        .file_metadata()
        .schema_descr()
        .root_schema();
    schema.get_fields().iter().map(|field| field.name())
}

fn open(file: &Path) -> Option<SerializedFileReader<File>> {
    SerializedFileReader::new(File::open(file).ok()?).ok()
}

/// Finds every column of the plan that is read, and the ids; all columns of the codebook must be
/// there.
fn places(
    reader: &SerializedFileReader<File>,
    plan: &Plan,
) -> Option<(Vec<Option<Place>>, Option<Place>)> {
    let schema = reader.metadata().file_metadata().schema_descr();
    let names: BTreeSet<&str> = names(reader).collect();
    let mut variables = plan.codebook.variables.iter();
    if !variables.all(|variable| names.contains(variable.name.as_str())) {
        return None;
    }
    let mut known = BTreeMap::new();
    for (place, column) in schema.columns().iter().enumerate() {
        known.entry(column.name()).or_insert((place, column));
    }
    let place = |name: &str| {
        let (column, found) = known.get(name).copied()?;
        Some(Place {
            column,
            kind: Kind::of(found)?,
            is_optional: found.max_def_level() > 0,
        })
    };
    let mut columns = Vec::new();
    for column in &plan.columns {
        columns.push(match column.reading {
            Reading::Words => None,
            _ => Some(place(&column.name)?),
        });
    }
    let id = match &plan.answer_id {
        Some(name) => Some(place(name)?),
        None => None,
    };
    Some((columns, id))
}

fn read_ids(group: &dyn RowGroupReader, place: &Place, ids: &mut Vec<u64>) -> Option<()> {
    let mut pages = group.get_column_page_reader(place.column).ok()?;
    let mut coding = Coding {
        code: &mut ids::number,
        empty: NO_ID,
        bad: BAD_ID,
    };
    pages::column(
        pages.as_mut(),
        place.kind,
        place.is_optional,
        &mut coding,
        ids,
    )
}

fn read(
    group: &dyn RowGroupReader,
    place: &Place,
    index: usize,
    plan: &Plan,
    column: &mut Column,
) -> Option<()> {
    let mut pages = group.get_column_page_reader(place.column).ok()?;
    let (kind, is_optional) = (place.kind, place.is_optional);
    match column {
        Column::Aside => Some(()),
        Column::Item(values) => {
            let codes = ItemCodes::new(&plan.columns[index])?;
            let mut coding = Coding {
                code: &mut |cell| match cell {
                    Cell::Whole(number) => codes.of_whole(*number),
                    other => codes.of(other),
                },
                empty: own_code(surveys::Missing::LeftEmpty),
                bad: BAD_ITEM,
            };
            pages::column(pages.as_mut(), kind, is_optional, &mut coding, values)
        }
        Column::Key { codes, labels } => {
            let mut known = KeyCodes::new(&plan.columns[index]);
            let mut coding = Coding {
                code: &mut |cell| match cell {
                    Cell::Text(text) => known.of_text(text.as_bytes(), labels),
                    other => known.of(other, labels),
                },
                empty: MISSING_KEY,
                bad: BAD_KEY,
            };
            pages::column(pages.as_mut(), kind, is_optional, &mut coding, codes)
        }
    }
}

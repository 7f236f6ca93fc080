//! The inner loops: a strip of rows at a time, column by column, so that everything a strip needs
//! stays in the processor's nearest memory.

use std::ops::Range;

use surveys::{Declined, Missing};

use super::plan::{Counting, DimensionCount, NOT_ASKED, REASONS, TOO_FEW, span};
use super::{Rows, Slots};
use crate::dataset::ScaleEnds;
use crate::score::{FIRST_MISSING, LAST_MISSING, missing_code};

/// Rows of a strip.
const STRIP: usize = 2048;

/// What is known of the rows of a strip in one dimension.
struct Strip {
    valid: Vec<u16>,
    sum: Vec<i32>,
    /// First counter of the row's group in a table of codes, for rows that are complete or not.
    base: Vec<u32>,
    /// Slot of each cell of the item that is being counted.
    slot: Vec<u8>,
}

impl Strip {
    fn new() -> Self {
        Strip {
            valid: vec![0; STRIP],
            sum: vec![0; STRIP],
            base: vec![0; STRIP],
            slot: vec![0; STRIP],
        }
    }
}

/// Counts rows whose groups are known. One dimension after the other: its tables stay near while
/// all rows go by.
pub(super) fn count(
    counting: &Counting,
    rows: &Rows<'_>,
    cell_of_row: &[u32],
    scores: &mut [Slots],
    codes: &mut [Slots],
) {
    let mut strip = Strip::new();
    let mut rest = codes;
    for (dimension, scores) in counting.dimensions.iter().zip(scores) {
        let of_dimension = dimension.items.len().min(rest.len());
        let (tables, others) = rest.split_at_mut(of_dimension);
        rest = others;
        let scoring = Scoring::new(dimension);
        let complete = u16::try_from(dimension.items.len()).unwrap_or(u16::MAX);
        for (cells, part) in strips(rows.len, cell_of_row) {
            let items = dimension
                .items
                .iter()
                .map(|item| &rows.items[*item][part.clone()]);
            add_up(&mut strip, items.clone(), cells.len());
            scoring.count(&strip, items.clone(), cells, scores);
            for ((item, place), table) in items.zip(&dimension.items).zip(&mut *tables) {
                set_bases(&mut strip, table.width(), complete, cells);
                count_codes(&mut strip, item, counting.items[*place], table);
            }
        }
    }
    // No row has so many valid items: none is taken for complete.
    strip.valid.fill(0);
    for (item, table) in counting.lone.iter().zip(rest) {
        for (cells, part) in strips(rows.len, cell_of_row) {
            set_bases(&mut strip, table.width(), u16::MAX, cells);
            count_codes(
                &mut strip,
                &rows.items[*item][part],
                counting.items[*item],
                table,
            );
        }
    }
}

/// Returns the strips of so many rows: their groups, and which rows they are.
fn strips(rows: usize, cell_of_row: &[u32]) -> impl Iterator<Item = (&[u32], Range<usize>)> {
    let starts = (0..rows).step_by(STRIP);
    starts.map(move |start| {
        let part = start..(start + STRIP).min(rows);
        (&cell_of_row[part.clone()], part)
    })
}

/// Adds up the items of every row.
fn add_up<'i>(strip: &mut Strip, items: impl Iterator<Item = &'i [i8]>, len: usize) {
    let (valid, sum) = (&mut strip.valid[..len], &mut strip.sum[..len]);
    valid.fill(0);
    sum.fill(0);
    for item in items {
        for (value, (valid, sum)) in item.iter().zip(valid.iter_mut().zip(sum.iter_mut())) {
            let is_valid = *value > LAST_MISSING;
            *valid += u16::from(is_valid);
            *sum += if is_valid { i32::from(*value) } else { 0 };
        }
    }
}

/// The missing rule of a dimension, ready for many rows.
struct Scoring<'d> {
    dimension: &'d DimensionCount,
    /// Valid items that a score needs, by the number of items that count as the base.
    needed: Vec<u16>,
    /// The first slot of the scores made of so many valid items.
    first: Vec<usize>,
}

impl<'d> Scoring<'d> {
    fn new(dimension: &'d DimensionCount) -> Self {
        let valid = 0..=dimension.items.len();
        Scoring {
            dimension,
            needed: dimension.needed(),
            first: valid.map(|valid| dimension.first_slot(valid)).collect(),
        }
    }

    fn count<'i>(
        &self,
        strip: &Strip,
        items: impl Iterator<Item = &'i [i8]> + Clone,
        cells: &[u32],
        scores: &mut Slots,
    ) {
        let low = i32::from(self.dimension.ends.low);
        let width = scores.width();
        // Who has that many has a score whatever the base is.
        let enough = self.needed.last().copied().unwrap_or(0);
        let all = self.dimension.items.len();
        let rows = cells.iter().zip(&strip.valid).zip(&strip.sum).enumerate();
        let slots = rows.map(|(row, ((cell, valid), sum))| {
            let unscored = match *valid >= enough || usize::from(*valid) == all {
                true => None,
                false => self.unscored(*valid, items.clone().map(|item| item[row])),
            };
            let slot = unscored.unwrap_or_else(|| {
                let above_low = *sum - i32::from(*valid) * low;
                self.first[usize::from(*valid)] + above_low as usize
            });
            *cell as usize * width + slot
        });
        scores.count(slots);
    }

    /// Returns the slot of a person without a score.
    fn unscored(&self, valid: u16, cells: impl Iterator<Item = i8>) -> Option<usize> {
        let not_asked_code = missing_code(Missing::NotAsked);
        let not_my_work_code = missing_code(Missing::Declined(Declined::NotMyWork));
        let (mut not_asked, mut not_my_work) = (0, 0);
        for cell in cells {
            not_asked += usize::from(cell == not_asked_code);
            not_my_work += usize::from(cell == not_my_work_code);
        }
        let all = self.dimension.items.len();
        let base = match self.dimension.is_of_applicable() {
            true => all - not_asked - not_my_work,
            false => all,
        };
        match valid >= self.needed[base] {
            _ if not_asked == all => Some(NOT_ASKED),
            true => None,
            false => Some(TOO_FEW),
        }
    }
}

/// A table of codes has the rows with a missing item of the dimension first, then complete ones.
fn set_bases(strip: &mut Strip, width: usize, complete: u16, cells: &[u32]) {
    let half = width as u32 / 2;
    let rows = strip.base.iter_mut().zip(&strip.valid).zip(cells);
    for ((base, valid), cell) in rows {
        *base = (*cell * 2 + u32::from(*valid == complete)) * half;
    }
}

fn count_codes(strip: &mut Strip, item: &[i8], ends: ScaleEnds, table: &mut Slots) {
    // Scales lie within -90 to 127, so that a value has at most 5 + 217 slots before it.
    let to_value = (REASONS as i16 - ends.low) as u8;
    let to_reason = FIRST_MISSING.wrapping_neg() as u8;
    for (slot, value) in strip.slot.iter_mut().zip(item) {
        let shift = if *value > LAST_MISSING {
            to_value
        } else {
            to_reason
        };
        *slot = (*value as u8).wrapping_add(shift);
    }
    let places = strip.base.iter().zip(&strip.slot[..item.len()]);
    table.count(places.map(|(base, slot)| *base as usize + usize::from(*slot)));
}

/// Returns the value or reason that a slot stands for.
pub(super) fn code_of(slot: usize, ends: ScaleEnds) -> i8 {
    let (slot, reasons) = (slot as i32, REASONS as i32);
    let code = if slot < reasons {
        slot + i32::from(FIRST_MISSING)
    } else {
        slot - reasons + i32::from(ends.low)
    };
    debug_assert!(code <= i32::from(ends.low) + i32::from(span(ends)));
    code as i8
}

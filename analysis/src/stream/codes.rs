//! What a cell becomes: looked up where it was seen before, and asked of the codebook otherwise.

use std::collections::HashMap;

use crate::dataset::MISSING_KEY;
use crate::dataset::ScaleEnds;
use crate::dataset::cells::{self, Cell};
use crate::dataset::plan::{ColumnPlan, Reading};

/// A cell of an item that the codebook does not know; no scale and no reason has this code.
pub(super) const BAD_ITEM: i8 = i8::MIN;

/// A key that the codebook does not know.
pub(super) const BAD_KEY: u32 = MISSING_KEY - 1;

/// The values of an item, by the number in the file.
pub(super) struct ItemCodes<'p> {
    plan: &'p ColumnPlan,
    ends: ScaleEnds,
    reversed: bool,
    small: [i8; 256],
}

impl<'p> ItemCodes<'p> {
    /// Looks every number that the codebook knows up beforehand; none for a key column.
    pub(super) fn new(plan: &'p ColumnPlan) -> Option<Self> {
        let Reading::Item { ends, reversed } = plan.reading else {
            return None;
        };
        let mut codes = ItemCodes {
            plan,
            ends,
            reversed,
            small: [BAD_ITEM; 256],
        };
        let known = (ends.low..=ends.high).chain(plan.missing.keys().copied());
        for number in known {
            if let Ok(small) = i8::try_from(number) {
                codes.small[usize::from(small as u8)] = codes.of(&Cell::Whole(number.into()));
            }
        }
        Some(codes)
    }

    /// Returns the value of a whole number.
    #[inline]
    pub(super) fn of_whole(&self, number: i64) -> i8 {
        match i8::try_from(number) {
            Ok(small) => self.small[usize::from(small as u8)],
            Err(_) => self.of(&Cell::Whole(number)),
        }
    }

    /// Returns the value of any cell.
    pub(super) fn of(&self, cell: &Cell<'_>) -> i8 {
        cells::item(self.plan, self.ends, self.reversed, cell).unwrap_or(BAD_ITEM)
    }
}

/// The codes of a key column in one block, by what stands in the file.
pub(super) struct KeyCodes<'p> {
    plan: &'p ColumnPlan,
    known: HashMap<Vec<u8>, u32>,
    /// What was looked up last, by a few letters of it: most columns have few labels.
    recent: Vec<Option<(Vec<u8>, u32)>>,
}

const RECENT: usize = 64;

impl<'p> KeyCodes<'p> {
    pub(super) fn new(plan: &'p ColumnPlan) -> Self {
        KeyCodes {
            plan,
            known: HashMap::new(),
            recent: vec![None; RECENT],
        }
    }

    /// Starts a new block.
    pub(super) fn clear(&mut self) {
        self.known.clear();
        self.recent.fill(None);
    }

    /// Returns the code of a text; a new one is added to the labels.
    #[inline]
    pub(super) fn of_text(&mut self, text: &[u8], labels: &mut Vec<String>) -> u32 {
        let [first, last] = match text {
            [] => [0, 0],
            [first, .., last] => [*first, *last],
            [only] => [*only; 2],
        };
        let place = text.len() * 5 + usize::from(first) * 3 + usize::from(last) * 7;
        let place = place % RECENT;
        if let Some((known, code)) = &self.recent[place]
            && known == text
        {
            return *code;
        }
        let code = match self.known.get(text) {
            Some(code) => *code,
            None => {
                let code = match std::str::from_utf8(text) {
                    Ok(text) => self.of(&Cell::Text(text), labels),
                    Err(_) => BAD_KEY,
                };
                self.known.insert(text.to_owned(), code);
                code
            }
        };
        self.recent[place] = Some((text.to_owned(), code));
        code
    }

    /// Returns the code of any cell.
    pub(super) fn of(&mut self, cell: &Cell<'_>, labels: &mut Vec<String>) -> u32 {
        let Reading::Key { allowed } = &self.plan.reading else {
            return BAD_KEY;
        };
        match cells::key(self.plan, allowed.as_ref(), cell) {
            Ok(None) => MISSING_KEY,
            Ok(Some(text)) => {
                // Two texts of a file can be one label, as with blanks around it.
                if let Some(code) = self.known.get(text.as_bytes()) {
                    return *code;
                }
                let code = u32::try_from(labels.len()).unwrap_or(BAD_KEY);
                self.known.insert(text.as_bytes().to_owned(), code);
                labels.push(text.into_owned());
                code
            }
            Err(_) => BAD_KEY,
        }
    }
}

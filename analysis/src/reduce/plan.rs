//! What is counted, and how wide the tables are.

use surveys::{MissingRule, ShareBase};

use crate::dataset::ScaleEnds;
use crate::score::needed;

/// Number of reasons for a missing value; their codes come before the values.
pub(super) const REASONS: usize = 5;

/// What a reducer counts. Items are named by their place in [`super::Rows`].
pub(crate) struct Counting {
    /// How many key columns make the groups.
    pub(crate) keys: usize,
    /// The scale of every item.
    pub(crate) items: Vec<ScaleEnds>,
    /// What is scored from several items.
    pub(crate) dimensions: Vec<DimensionCount>,
    /// Items that are counted without a dimension.
    pub(crate) lone: Vec<usize>,
    /// Whether items are counted by code; scores alone need less.
    pub(crate) codes: bool,
}

/// A dimension whose scores are counted.
pub(crate) struct DimensionCount {
    /// Its items.
    pub(crate) items: Vec<usize>,
    /// When a person gets a score.
    pub(crate) rule: MissingRule,
    /// The widest ends of its items' scales.
    pub(crate) ends: ScaleEnds,
}

/// What a score slot means: people without a score come first, then sums by number of valid items.
pub(super) const NOT_ASKED: usize = 0;
pub(super) const TOO_FEW: usize = 1;
const SCORED: usize = 2;

impl Counting {
    /// Returns the item of every code table, in their order.
    pub(super) fn code_tables(&self) -> impl Iterator<Item = usize> {
        let of_dimensions = self
            .dimensions
            .iter()
            .flat_map(|dimension| &dimension.items);
        let all = of_dimensions.chain(&self.lone).copied();
        all.filter(|_| self.codes)
    }

    /// Returns how many codes an item has: the reasons for no value, then its values.
    pub(super) fn code_slots(&self, item: usize) -> usize {
        REASONS + usize::from(span(self.items[item])) + 1
    }
}

impl DimensionCount {
    /// Returns the first slot of the scores made of so many valid items.
    pub(super) fn first_slot(&self, valid: usize) -> usize {
        SCORED + usize::from(span(self.ends)) * valid * valid.saturating_sub(1) / 2 + valid
    }

    /// Returns how many slots a group needs.
    pub(super) fn score_slots(&self) -> usize {
        self.first_slot(self.items.len() + 1)
    }

    /// Returns how many valid items a score needs, by the number of items that count as the base.
    pub(super) fn needed(&self) -> Vec<u16> {
        let items = u16::try_from(self.items.len()).unwrap_or(u16::MAX);
        (0..=items).map(|base| needed(&self.rule, base)).collect()
    }

    /// Returns whether a person who answered every item has a score.
    pub(super) fn is_met_by_all(&self) -> bool {
        let items = u16::try_from(self.items.len()).unwrap_or(u16::MAX);
        needed(&self.rule, items) <= items
    }

    /// Returns whether items that are not the person's work, or were not asked, leave the base.
    pub(super) fn is_of_applicable(&self) -> bool {
        self.rule.of == ShareBase::Applicable
    }
}

/// Returns how far apart the ends are.
pub(super) fn span(ends: ScaleEnds) -> u16 {
    ends.high.abs_diff(ends.low)
}

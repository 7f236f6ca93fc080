//! What one respondent is shown: which sections and items, in which order, and how far they are.
//!
//! An item is shown when its section and its own role filter admit the position and its condition
//! holds; unknown hides. Conditions look at shown, earlier items only, so one pass in display
//! order settles everything. An answer that became hidden is kept while the person edits and left
//! out of what is submitted.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Answer, Block, Item, ItemId, Localized, Position, ResponseScale, Section, SectionId, Survey,
};

/// The pages one respondent is shown.
#[derive(Clone, Debug)]
pub struct Assessment<'a> {
    /// Pages with at least one item, in order.
    pub pages: Vec<Page<'a>>,
    shown: BTreeSet<&'a ItemId>,
    answered: usize,
}

/// One section as one respondent sees it.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// The section.
    pub section: &'a Section,
    /// Its pieces in order.
    pub blocks: Vec<PageBlock<'a>>,
}

/// A piece of a page.
#[derive(Clone, Debug)]
pub enum PageBlock<'a> {
    /// One item on its own.
    Item(&'a Item),
    /// Likert items under one stem.
    Matrix {
        /// Identity of the matrix.
        id: &'a ItemId,
        /// The common stem.
        stem: &'a Localized,
        /// The common scale.
        scale: &'a ResponseScale,
        /// The shown rows, at least one.
        items: Vec<&'a Item>,
    },
}

/// How far a respondent is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Shown items with an answer, declined ones included.
    pub answered: usize,
    /// Shown items that take an answer.
    pub total: usize,
}

impl<'a> Assessment<'a> {
    /// Selects what a person in this position is shown after these answers.
    #[must_use]
    pub fn new(
        survey: &'a Survey,
        position: &Position,
        answers: &BTreeMap<ItemId, Answer>,
    ) -> Assessment<'a> {
        let items: BTreeMap<&ItemId, &Item> =
            survey.items.iter().map(|item| (&item.id, item)).collect();
        let mut selection = Selection {
            items,
            position,
            answers,
            visible_answers: BTreeMap::new(),
            shown: BTreeSet::new(),
        };
        let mut pages = Vec::new();
        for section in &survey.sections {
            if !section.roles.admits(position) {
                continue;
            }
            let blocks: Vec<_> = section
                .blocks
                .iter()
                .filter_map(|block| selection.block(survey, block))
                .collect();
            if !blocks.is_empty() {
                pages.push(Page { section, blocks });
            }
        }
        Assessment {
            pages,
            shown: selection.shown,
            answered: selection.visible_answers.len(),
        }
    }

    /// Returns every shown item in display order, text to read included.
    pub fn items(&self) -> impl Iterator<Item = &'a Item> + '_ {
        self.pages.iter().flat_map(Page::items)
    }

    /// Returns whether the item is shown.
    #[must_use]
    pub fn shows(&self, item: &ItemId) -> bool {
        self.shown.contains(item)
    }

    /// Returns how far the respondent is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress {
            answered: self.answered,
            total: self.items().filter(|item| item.takes_answer()).count(),
        }
    }

    /// Returns the page of a section, if the respondent gets it.
    #[must_use]
    pub fn page(&self, section: &SectionId) -> Option<&Page<'a>> {
        self.pages.iter().find(|page| page.section.id == *section)
    }

    /// Returns the answers that are submitted: those to hidden items are left out.
    #[must_use]
    pub fn submitted(&self, answers: &BTreeMap<ItemId, Answer>) -> BTreeMap<ItemId, Answer> {
        answers
            .iter()
            .filter(|(item, _)| self.shows(item))
            .map(|(item, answer)| (item.clone(), answer.clone()))
            .collect()
    }
}

impl<'a> Page<'a> {
    /// Returns the items of the page in display order, text to read included.
    pub fn items(&self) -> impl Iterator<Item = &'a Item> + '_ {
        self.blocks.iter().flat_map(|block| {
            match block {
                PageBlock::Item(item) => std::slice::from_ref(item),
                PageBlock::Matrix { items, .. } => items.as_slice(),
            }
            .iter()
            .copied()
        })
    }
}

struct Selection<'a, 'p> {
    items: BTreeMap<&'a ItemId, &'a Item>,
    position: &'p Position,
    answers: &'p BTreeMap<ItemId, Answer>,
    visible_answers: BTreeMap<ItemId, Answer>,
    shown: BTreeSet<&'a ItemId>,
}

impl<'a> Selection<'a, '_> {
    fn block(&mut self, survey: &'a Survey, block: &'a Block) -> Option<PageBlock<'a>> {
        match block {
            Block::Item { item } => self.item(item).map(PageBlock::Item),
            Block::Matrix {
                id,
                stem,
                scale,
                items,
            } => {
                let scale = survey.scale(scale)?;
                let items: Vec<_> = items.iter().filter_map(|item| self.item(item)).collect();
                (!items.is_empty()).then_some(PageBlock::Matrix {
                    id,
                    stem,
                    scale,
                    items,
                })
            }
        }
    }

    fn item(&mut self, id: &ItemId) -> Option<&'a Item> {
        let item = *self.items.get(id)?;
        let admitted = item.roles.admits(self.position);
        let holds = item.show_if.as_ref().is_none_or(|condition| {
            condition.holds(self.position, &self.visible_answers) == Some(true)
        });
        if !(admitted && holds) {
            return None;
        }
        self.shown.insert(&item.id);
        if item.takes_answer()
            && let Some(answer) = self.answers.get(id)
        {
            self.visible_answers.insert(id.clone(), answer.clone());
        }
        Some(item)
    }
}

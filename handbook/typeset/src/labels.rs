//! Places that links lead to: each label once, and none that leads nowhere.
//!
//! The template would stop at a label that stands twice, and at a link whose place a draft left out.

use std::collections::BTreeMap;

use crate::document::{Block, Document};

/// Empties labels that have been used before and returns those that are left.
pub(crate) fn settle(document: &mut Document) -> BTreeMap<String, bool> {
    let mut labels = BTreeMap::new();
    blocks(&mut document.cover, &mut labels);
    blocks(&mut document.body, &mut labels);
    labels
}

fn blocks(all: &mut [Block], labels: &mut BTreeMap<String, bool>) {
    for block in all {
        match block {
            Block::Heading { label, .. } | Block::Figure { label, .. } => once(label, labels),
            Block::Table(table) => once(&mut table.label, labels),
            Block::Terms { items } => {
                for item in items {
                    once(&mut item.label, labels);
                }
            }
            Block::List { items, .. } => items.iter_mut().for_each(|item| blocks(item, labels)),
            Block::Lead { content }
            | Block::ForeignBlocks { content, .. }
            | Block::Note { content, .. }
            | Block::Quote { content } => blocks(content, labels),
            Block::Paragraph { .. } | Block::Code { .. } | Block::Rule | Block::Register { .. } => {
            }
        }
    }
}

fn once(label: &mut String, labels: &mut BTreeMap<String, bool>) {
    if !label.is_empty() && labels.insert(label.clone(), true).is_some() {
        label.clear();
    }
}

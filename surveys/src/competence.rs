//! Scores by competence of a framework: the finer lines of a profile.
//!
//! A competence is the place in a framework that items measure. Its score is the mean of its items
//! in a dimension, by the same function and the plain missing rule, so one item is enough where
//! there is only one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::score::{item_value, score};
use crate::{
    Answer, Assessment, Catalog, Dimension, FrameworkRef, Item, ItemId, Localized, MissingRule,
    NoScore, Score, Survey,
};

/// A person's score in one competence of a dimension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompetenceScore {
    /// The competence.
    pub competence: FrameworkRef,
    /// Its title in the framework.
    pub title: Localized,
    /// The mean of its items, or why there is none.
    pub score: Result<Score, NoScore>,
}

/// Scores the competences of a dimension that were asked, in the order of their first items.
///
/// Items that map to no competence of the catalogue have no line of their own.
#[must_use]
pub fn competence_scores(
    survey: &Survey,
    catalog: &Catalog,
    dimension: &Dimension,
    assessment: &Assessment<'_>,
    answers: &BTreeMap<ItemId, Answer>,
) -> Vec<CompetenceScore> {
    let items: Vec<&Item> = dimension
        .items
        .iter()
        .filter_map(|id| survey.item(id))
        .collect();
    let mut places: Vec<&FrameworkRef> = Vec::new();
    for place in items.iter().flat_map(|item| &item.maps) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
        .into_iter()
        .filter_map(|place| {
            let competence = catalog
                .framework(&place.framework)?
                .competence(&place.competence)?;
            let values: Vec<_> = items
                .iter()
                .filter(|item| item.maps.contains(place))
                .map(|item| item_value(survey, Some(item), assessment, answers))
                .collect();
            Some(CompetenceScore {
                competence: place.clone(),
                title: competence.title.clone(),
                score: score(&values, &MissingRule::default()),
            })
        })
        .filter(|line| line.score != Err(NoScore::NotAsked))
        .collect()
}

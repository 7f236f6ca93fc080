//! Targets, gaps and next steps: what stands on the respondent's own profile.
//!
//! The target of a position is the highest over role and duties; a kind of employment has none
//! of its own, so a substitute has the target of the job stood in for. A gap is signed: target
//! minus score. Next steps are chosen by rule, so the same answers always get the same ones.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::competence::{CompetenceScore, competence_scores};
use crate::score::{NoScore, Score, dimension_score};
use crate::{
    Answer, Assessment, Catalog, Dimension, DimensionId, DimensionKind, ItemId, Level, Localized,
    Position, Survey, TargetLevel,
};

/// How many next steps a profile offers.
pub const MOST_NEXT_STEPS: usize = 3;

/// Target against score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// The level the position is meant to reach.
    pub target: TargetLevel,
    /// The person's score.
    pub score: f64,
}

impl Gap {
    /// Returns target minus score; positive means need.
    #[must_use]
    pub fn value(&self) -> f64 {
        f64::from(self.target.0) - self.score
    }

    /// Returns the positive part of the gap.
    #[must_use]
    pub fn shortfall(&self) -> f64 {
        self.value().max(0.0)
    }
}

/// The own result of one respondent: everything the page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Competence areas that were asked, in the survey's order.
    pub areas: Vec<ProfileDimension>,
    /// Indices such as support that were asked, in the survey's order.
    pub indices: Vec<ProfileDimension>,
    /// At most three next steps, the most useful first.
    pub next_steps: Vec<NextStep>,
    /// Whether the targets are start values that a city has yet to decide.
    pub proposal: bool,
}

/// One dimension of a profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProfileDimension {
    /// The dimension.
    pub dimension: DimensionId,
    /// Its name in work language.
    pub title: Localized,
    /// One sentence on what it covers.
    pub gist: Option<Localized>,
    /// Lowest and highest step of its scale.
    pub range: (Level, Level),
    /// The score, or why there is none.
    pub score: Result<Score, NoScore>,
    /// The step the score stands on.
    pub step: Option<Level>,
    /// The target of the position; absent is no target, not nought.
    pub target: Option<TargetLevel>,
    /// Target against score, where there are both.
    pub gap: Option<Gap>,
    /// Its competences that were asked; each has the dimension's target.
    pub competences: Vec<CompetenceScore>,
}

/// One thing to do next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextStep {
    /// The dimension it belongs to.
    pub dimension: DimensionId,
    /// The dimension's name.
    pub title: Localized,
    /// What to do.
    pub text: Localized,
    /// Why it is offered.
    pub reason: NextStepReason,
}

/// Why a next step is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NextStepReason {
    /// The score is below the target.
    BelowTarget,
    /// No score is below its target: a strength to keep and to pass on.
    Strength,
}

/// Returns the targets of a position: the highest over role and duties, by dimension.
#[must_use]
pub fn target_levels(
    survey: &Survey,
    catalog: &Catalog,
    position: &Position,
) -> BTreeMap<DimensionId, TargetLevel> {
    let mut targets: BTreeMap<DimensionId, TargetLevel> = BTreeMap::new();
    for profile in profiles(survey, catalog, position) {
        for (dimension, target) in &profile.targets {
            targets
                .entry(dimension.clone())
                .and_modify(|highest| *highest = (*highest).max(*target))
                .or_insert(*target);
        }
    }
    targets
}

fn profiles<'a>(
    survey: &'a Survey,
    catalog: &'a Catalog,
    position: &'a Position,
) -> impl Iterator<Item = &'a crate::RoleProfile> {
    std::iter::once(&position.role)
        .chain(&position.duties)
        .filter_map(|role| catalog.group_of(role))
        .filter_map(|group| survey.profile_of(&group.id))
}

impl Profile {
    /// Makes the profile of one respondent.
    #[must_use]
    pub fn new(
        survey: &Survey,
        catalog: &Catalog,
        position: &Position,
        answers: &BTreeMap<ItemId, Answer>,
    ) -> Profile {
        let assessment = Assessment::new(survey, position, answers);
        let targets = target_levels(survey, catalog, position);
        let of_kind = |kind: DimensionKind| -> Vec<ProfileDimension> {
            survey
                .dimensions
                .iter()
                .filter(|dimension| dimension.kind == kind)
                .map(|dimension| {
                    let score = dimension_score(survey, dimension, &assessment, answers);
                    let target = targets.get(&dimension.id).copied();
                    ProfileDimension {
                        competences: competence_scores(
                            survey,
                            catalog,
                            dimension,
                            &assessment,
                            answers,
                        ),
                        ..profile_dimension(survey, dimension, score, target)
                    }
                })
                .filter(|dimension| dimension.score != Err(NoScore::NotAsked))
                .collect()
        };
        let areas = of_kind(DimensionKind::Competence);
        Profile {
            next_steps: next_steps(survey, &areas),
            areas,
            indices: of_kind(DimensionKind::Index),
            proposal: profiles(survey, catalog, position).any(|profile| profile.proposal),
        }
    }
}

fn profile_dimension(
    survey: &Survey,
    dimension: &Dimension,
    score: Result<Score, NoScore>,
    target: Option<TargetLevel>,
) -> ProfileDimension {
    let range = survey.dimension_range(dimension);
    ProfileDimension {
        dimension: dimension.id.clone(),
        title: dimension.title.clone(),
        gist: dimension.gist.clone(),
        range,
        step: score.ok().map(|score| score.step(range)),
        gap: score.ok().zip(target).map(|(score, target)| Gap {
            target,
            score: score.value,
        }),
        score,
        target,
        competences: Vec::new(),
    }
}

/// Chooses at most three next steps.
///
/// Below target: areas by size of the gap, largest first, equal gaps in the survey's order. Each
/// area gives its first step, then each its second and so on, until there are three. Nobody below
/// target: the areas with the highest scores, each with its last step, as strengths to pass on.
#[must_use]
pub fn next_steps(survey: &Survey, areas: &[ProfileDimension]) -> Vec<NextStep> {
    let mut below: Vec<_> = areas
        .iter()
        .filter_map(|area| area.gap.map(|gap| (gap.shortfall(), area)))
        .filter(|(shortfall, _)| *shortfall > 0.0)
        .collect();
    below.sort_by(|(left, _), (right, _)| right.total_cmp(left));
    if !below.is_empty() {
        let below: Vec<_> = below
            .into_iter()
            .take(MOST_NEXT_STEPS)
            .map(|(_, area)| area)
            .collect();
        return (0..MOST_NEXT_STEPS)
            .flat_map(|round| below.iter().map(move |area| (round, *area)))
            .filter_map(|(round, area)| {
                let text = steps_of(survey, area).get(round)?;
                Some(next_step(area, text, NextStepReason::BelowTarget))
            })
            .take(MOST_NEXT_STEPS)
            .collect();
    }
    let mut strong: Vec<_> = areas
        .iter()
        .filter_map(|area| area.score.ok().map(|score| (score.value, area)))
        .collect();
    strong.sort_by(|(left, _), (right, _)| right.total_cmp(left));
    strong
        .into_iter()
        .filter_map(|(_, area)| {
            let text = steps_of(survey, area).last()?;
            Some(next_step(area, text, NextStepReason::Strength))
        })
        .take(MOST_NEXT_STEPS)
        .collect()
}

fn steps_of<'a>(survey: &'a Survey, area: &ProfileDimension) -> &'a [Localized] {
    survey
        .dimension(&area.dimension)
        .map_or(&[], |dimension| dimension.next_steps.as_slice())
}

fn next_step(area: &ProfileDimension, text: &Localized, reason: NextStepReason) -> NextStep {
    NextStep {
        dimension: area.dimension.clone(),
        title: area.title.clone(),
        text: text.clone(),
        reason,
    }
}

//! Role cards (`cards.toml`) and target levels (`targets.toml`): records that lists are made from.
//!
//! Roles and groups are the catalogue's; a card for every role, and no card for any other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;
use surveys::definition::{Place, SourceFile};
use surveys::{Catalog, Lang, Role, RoleGroup};
use toml::Spanned;

use crate::memo::Memo;
use crate::problem::{DidYouMean, Located, Problem};
use crate::section::short_digest;
use crate::settings::{from_toml, place};
use crate::sources::Sources;

const FILE: &str = "cards.toml";
const TARGETS: &str = "targets.toml";

/// All cards, and the target level of each group by area.
#[derive(Debug, Default)]
pub(crate) struct Cards {
    cards: Vec<Card>,
    /// Levels 1 to 4 by group and area; a group without a level for an area has no target there.
    pub(crate) targets: BTreeMap<String, BTreeMap<String, u8>>,
}

#[derive(Debug)]
struct Card {
    role: String,
    place: Place,
    fi: Wording,
    sv: Wording,
    en: Wording,
}

/// A card in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wording {
    /// What the work asks for.
    pub(crate) tasks: [String; 3],
    /// What to begin with.
    pub(crate) steps: [String; 3],
    /// Whom to ask.
    pub(crate) ask: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    card: Vec<RawCard>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCard {
    role: Spanned<String>,
    of: Spanned<String>,
    fi: Wording,
    sv: Wording,
    en: Wording,
}

impl Wording {
    fn digest(&self) -> String {
        let all: Vec<&str> = self
            .tasks
            .iter()
            .chain(&self.steps)
            .chain([&self.ask])
            .flat_map(|text| text.split_whitespace())
            .collect();
        short_digest(&all.join(" "))
    }
}

impl Cards {
    /// Reads cards and targets; a book without the files has none.
    pub(crate) fn read(sources: &Sources, memo: &Memo, problems: &mut Vec<Located>) -> Arc<Cards> {
        let (cards, targets) = (sources.get(FILE), sources.get(TARGETS));
        let files: Vec<_> = cards.into_iter().chain(targets).collect();
        memo.read(FILE, &files, problems, |problems| {
            Cards::read_files(cards, targets, problems)
        })
    }

    fn read_files(
        cards: Option<&Arc<SourceFile>>,
        targets: Option<&Arc<SourceFile>>,
        problems: &mut Vec<Located>,
    ) -> Cards {
        let targets = targets.and_then(|file| from_toml(file, &file.text, 0, problems));
        let raw = cards.and_then(|file| {
            let raw: Raw = from_toml(file, &file.text, 0, problems)?;
            Some((file, raw))
        });
        let mut cards = Vec::new();
        if let Some((file, raw)) = raw {
            for card in raw.card {
                let digest = card.fi.digest();
                if *card.of.get_ref() != digest {
                    let problem = Problem::StaleTranslation { digest };
                    problems.push(Located::new(problem, place(file, card.of.span())));
                }
                cards.push(Card {
                    place: place(file, card.role.span()),
                    role: card.role.into_inner(),
                    fi: card.fi,
                    sv: card.sv,
                    en: card.en,
                });
            }
        }
        Cards {
            cards,
            targets: targets.unwrap_or_default(),
        }
    }

    /// Returns the card of a role.
    pub(crate) fn get(&self, role: &str, lang: Lang) -> Option<&Wording> {
        let card = self.cards.iter().find(|card| card.role == role)?;
        Some(match lang {
            Lang::Fi => &card.fi,
            Lang::Sv => &card.sv,
            Lang::En => &card.en,
        })
    }

    /// A book that has cards has one for each role of the catalogue.
    pub(crate) fn check(&self, catalog: &Catalog, problems: &mut Vec<Located>) {
        let known: BTreeSet<&str> = catalog.roles.iter().map(|role| role.id.as_str()).collect();
        let mut seen = BTreeSet::new();
        for card in &self.cards {
            let id = card.role.clone();
            let problem = if !known.contains(id.as_str()) {
                let near = DidYouMean::among(&id, known.iter().copied());
                Problem::UnknownRole { id, near }
            } else if !seen.insert(card.role.as_str()) {
                Problem::DuplicateId { id }
            } else {
                continue;
            };
            problems.push(Located::new(problem, card.place.clone()));
        }
        for role in known.iter().filter(|_| !self.cards.is_empty()) {
            if !seen.contains(role) {
                let role = (*role).to_owned();
                problems.push(Located::of_file(Problem::MissingCard { role }, FILE));
            }
        }
    }
}

/// Roles in the order of the catalogue's groups; those without a group come last.
pub(crate) fn by_group(catalog: &Catalog) -> Vec<(Option<&RoleGroup>, Vec<&Role>)> {
    let groups = catalog.role_groups.iter().map(Some).chain([None]);
    groups
        .map(|group| (group, roles_of(catalog, group)))
        .filter(|(_, roles)| !roles.is_empty())
        .collect()
}

fn roles_of<'a>(catalog: &'a Catalog, group: Option<&RoleGroup>) -> Vec<&'a Role> {
    let id = group.map(|group| &group.id);
    let roles = catalog.roles.iter();
    roles.filter(|role| role.group.as_ref() == id).collect()
}

//! The variables of our own export: names, labels, values, scoring and targets.

use std::collections::BTreeSet;

use super::{Column, ItemRev};
use crate::dataset::{
    CODEBOOK_SCHEMA, CodeValue, Codebook, DimensionSpec, ItemRef, MissingCode, OpenLink, Origin,
    TargetSpec, ValueLabel, Variable, VariableKind,
};
use crate::release::Release;
use crate::{
    Catalog, Declined, DimensionKind, Item, ItemId, ItemKind, Labels, Lang, Localized, Missing,
    RoleKind,
};

/// Number in `<var>_missing` where the text was given.
pub(super) const TEXT_GIVEN: i16 = 0;

pub(super) fn all(releases: &[Release], catalog: &Catalog) -> Vec<(Column, Variable)> {
    let mut found = background(releases, catalog);
    for item in items(releases) {
        found.extend(columns_of(releases, item));
    }
    found
}

pub(super) fn codebook(
    releases: &[Release],
    catalog: &Catalog,
    origin: Origin,
    variables: Vec<Variable>,
) -> Codebook {
    let title = releases.last().map(|it| Labels::from(&it.survey().title));
    Codebook {
        schema: CODEBOOK_SCHEMA,
        origin,
        open_link: OpenLink::new(),
        title: title.unwrap_or_default(),
        releases: releases.iter().map(Release::reference).collect(),
        missing: missing_codes(),
        variables,
        dimensions: dimensions(releases),
        targets: targets(releases, catalog),
    }
}

/// Every item in every revision, each in its latest form: items of the latest release in its
/// order, then what only earlier ones have.
fn items(releases: &[Release]) -> Vec<&Item> {
    let mut seen: BTreeSet<(&ItemId, u32)> = BTreeSet::new();
    releases
        .iter()
        .rev()
        .flat_map(|release| &release.survey().items)
        .filter(|item| seen.insert((&item.id, item.rev)))
        .collect()
}

fn columns_of(releases: &[Release], item: &Item) -> Vec<(Column, Variable)> {
    let this = ItemRev {
        id: item.id.clone(),
        rev: item.rev,
    };
    let name = column_name(item);
    let label = Labels::from(&item.text);
    match &item.kind {
        ItemKind::Info => Vec::new(),
        ItemKind::Likert { scale } => {
            let mut column = of_item(item, name, VariableKind::Scale, label);
            let scales = releases
                .iter()
                .rev()
                .filter_map(|it| it.survey().scale(scale));
            column.values = scales
                .take(1)
                .flat_map(|scale| &scale.steps)
                .map(|step| value_label(i16::from(step.value.0), Labels::from(&step.text)))
                .collect();
            column.reversed = item.reversed;
            vec![(Column::Value(this), column)]
        }
        ItemKind::Single { .. } => {
            let mut column = of_item(item, name, VariableKind::Single, label);
            column.values = options(releases, &this)
                .into_iter()
                .map(|(value, text)| value_label(value, Labels::from(text)))
                .collect();
            vec![(Column::Value(this), column)]
        }
        ItemKind::Multi { .. } => options(releases, &this)
            .into_iter()
            .map(|(value, text)| {
                let label = joined(&item.text, text);
                let name = format!("{name}_{value}");
                let mut column = of_item(item, name, VariableKind::Multi, label);
                column.values = vec![
                    value_label(0, labels("ei valittu", "inte valt", "not chosen")),
                    value_label(1, labels("valittu", "valt", "chosen")),
                ];
                (Column::Option(this.clone(), value), column)
            })
            .collect(),
        ItemKind::LongText { .. } => {
            let missing_name = format!("{name}_missing");
            let text = of_item(item, name, VariableKind::Text, label.clone());
            let mut missing = of_item(item, missing_name, VariableKind::Single, label);
            missing.values = vec![value_label(
                TEXT_GIVEN,
                labels("teksti annettu", "text har getts", "text was given"),
            )];
            vec![
                (Column::Text(this.clone()), text),
                (Column::TextMissing(this), missing),
            ]
        }
    }
}

/// The first revision has the item's own column name; a later one is a column of its own.
fn column_name(item: &Item) -> String {
    match item.rev {
        0 | 1 => item.var.to_string(),
        rev => format!("{}_rev{rev}", item.var),
    }
}

/// Options over all releases by value; a retired option keeps its words.
fn options<'a>(releases: &'a [Release], item: &ItemRev) -> Vec<(i16, &'a Localized)> {
    let mut found: Vec<(i16, &Localized)> = Vec::new();
    for release in releases.iter().rev() {
        let same = release
            .survey()
            .item(&item.id)
            .filter(|it| it.rev == item.rev);
        for option in same.map_or(&[][..], Item::options) {
            if found.iter().all(|(value, _)| *value != option.value) {
                found.push((option.value, &option.text));
            }
        }
    }
    found.sort_by_key(|(value, _)| *value);
    found
}

fn background(releases: &[Release], catalog: &Catalog) -> Vec<(Column, Variable)> {
    use VariableKind as Kind;
    let roles = |kind| -> Vec<ValueLabel> {
        let of_kind = catalog.roles_of_kind(kind);
        of_kind
            .map(|role| text_label(role.id.as_str(), Labels::from(&role.name)))
            .collect()
    };
    let towns = catalog.municipalities.iter();
    let towns = towns.map(|it| text_label(it.code.as_str(), Labels::from(&it.name)));
    let groups = catalog.role_groups.iter();
    let groups = groups.map(|it| text_label(it.id.as_str(), Labels::from(&it.name)));
    let languages = Lang::ALL.iter();
    let languages =
        languages.map(|it| text_label(it.tag(), labels(it.endonym(), it.endonym(), it.endonym())));
    let numbers = releases.iter().map(|it| {
        let number = it.number().to_string();
        let number_value = i16::try_from(it.number()).unwrap_or(i16::MAX);
        value_label(number_value, labels(&number, &number, &number))
    });
    #[rustfmt::skip]
    let table = [
        (Column::Answer, "answer", Kind::AnswerId, labels("vastauksen numero", "svarets nummer", "number of the answer"), vec![]),
        (Column::Wave, "wave", Kind::Wave, labels("kyselykierros", "enkätomgång", "wave"), vec![]),
        (Column::Municipality, "municipality", Kind::Municipality, labels("kunta", "kommun", "municipality"), towns.collect()),
        (Column::Unit, "unit", Kind::Unit, labels("yksikkö", "enhet", "unit"), vec![]),
        (Column::Role, "role", Kind::Role, labels("tehtävä", "uppgift", "role"), roles(RoleKind::Role)),
        (Column::RoleGroup, "role_group", Kind::Background, labels("tehtäväryhmä", "uppgiftsgrupp", "role group"), groups.collect()),
        (Column::Duties, "duties", Kind::Duties, labels("lisätehtävät", "tilläggsuppgifter", "duties"), roles(RoleKind::Duty)),
        (Column::Employment, "employment", Kind::Background, labels("palvelussuhde", "anställning", "employment"), roles(RoleKind::Employment)),
        (Column::Language, "language", Kind::Background, labels("vastauskieli", "svarsspråk", "language of the answer"), languages.collect()),
        (Column::Release, "release", Kind::Single, labels("kyselyn julkaisu", "enkätens utgåva", "release of the survey"), numbers.collect()),
    ];
    table
        .into_iter()
        .map(|(column, name, kind, label, values)| {
            let mut variable = plain(name.to_owned(), kind, label);
            variable.values = values;
            (column, variable)
        })
        .collect()
}

fn dimensions(releases: &[Release]) -> Vec<DimensionSpec> {
    let Some(survey) = releases.last().map(Release::survey) else {
        return Vec::new();
    };
    let variables = |items: &[ItemId]| {
        let items = items.iter().filter_map(|id| survey.item(id));
        items.map(column_name).collect()
    };
    survey
        .dimensions
        .iter()
        .map(|dimension| DimensionSpec {
            id: dimension.id.to_string(),
            label: Labels::from(&dimension.title),
            variables: variables(&dimension.items),
            missing: dimension.missing,
            competence: dimension.kind == DimensionKind::Competence,
        })
        .collect()
}

/// Targets by role and by duty: a person's target is the highest over both.
fn targets(releases: &[Release], catalog: &Catalog) -> Vec<TargetSpec> {
    let Some(survey) = releases.last().map(Release::survey) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for role in &catalog.roles {
        let profile = catalog
            .group_of(&role.id)
            .and_then(|group| survey.profile_of(&group.id));
        for (dimension, target) in profile.iter().flat_map(|profile| &profile.targets) {
            found.push(TargetSpec {
                role: role.id.to_string(),
                dimension: dimension.to_string(),
                target: f64::from(target.0),
            });
        }
    }
    found
}

fn missing_codes() -> Vec<MissingCode> {
    [
        (
            Missing::NotAsked,
            labels("ei kysytty", "inte frågat", "not asked"),
        ),
        (
            Missing::LeftEmpty,
            labels("jätetty tyhjäksi", "lämnat tomt", "left empty"),
        ),
        (
            Missing::Declined(Declined::DontKnow),
            labels("en osaa sanoa", "kan inte säga", "don't know"),
        ),
        (
            Missing::Declined(Declined::NotMyWork),
            labels(
                "ei kuulu työhöni",
                "hör inte till mitt arbete",
                "not my work",
            ),
        ),
        (
            Missing::Declined(Declined::PreferNotToSay),
            labels("en halua vastata", "vill inte svara", "prefer not to say"),
        ),
    ]
    .into_iter()
    .map(|(meaning, label)| MissingCode {
        code: meaning.code(),
        meaning,
        label,
    })
    .collect()
}

fn of_item(item: &Item, name: String, kind: VariableKind, label: Labels) -> Variable {
    Variable {
        item: Some(ItemRef {
            id: item.id.to_string(),
            rev: item.rev,
        }),
        maps: item.maps.iter().map(ToString::to_string).collect(),
        ..plain(name, kind, label)
    }
}

fn plain(name: String, kind: VariableKind, label: Labels) -> Variable {
    Variable {
        name,
        kind,
        label,
        values: Vec::new(),
        reversed: false,
        missing: None,
        item: None,
        maps: Vec::new(),
    }
}

fn value_label(value: i16, label: Labels) -> ValueLabel {
    ValueLabel {
        value: CodeValue::Number(value),
        label,
    }
}

fn text_label(value: &str, label: Labels) -> ValueLabel {
    ValueLabel {
        value: CodeValue::Text(value.to_owned()),
        label,
    }
}

fn labels(fi: &str, sv: &str, en: &str) -> Labels {
    let texts = [(Lang::Fi, fi), (Lang::Sv, sv), (Lang::En, en)];
    Labels(texts.map(|(lang, text)| (lang, text.to_owned())).into())
}

fn joined(question: &Localized, option: &Localized) -> Labels {
    let texts = Lang::ALL.map(|lang| {
        (
            lang,
            format!("{} – {}", question.get(lang), option.get(lang)),
        )
    });
    Labels(texts.into())
}

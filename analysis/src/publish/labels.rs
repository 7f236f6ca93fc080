//! Words for the keys of tables, from the codebook.

use std::collections::BTreeMap;

use findings::{ALL, RawTable, dim};
use surveys::dataset::{CodeValue, Variable, VariableKind};
use surveys::{Labels, Lang};

use super::{families, terms};
use crate::Dataset;
use crate::estimate::{FAMILY, REASONS, TEST};
use crate::grouping::dim_name;

/// Words by dimension and key.
pub(super) type Words = BTreeMap<String, BTreeMap<String, Labels>>;

/// Returns words for every key of the tables; a key without words in the codebook stands for
/// itself.
pub(super) fn labels(data: &Dataset, tables: &[RawTable]) -> Words {
    let known = known(data);
    let mut words = Words::new();
    for table in tables {
        for (column, name) in table.dims.iter().enumerate() {
            let words = words.entry(name.clone()).or_default();
            for row in &table.rows {
                let key = &row.keys[column];
                if !words.contains_key(key) {
                    // The other one of two is one of those that stand before it.
                    let named = match (name.as_str(), column.checked_sub(1)) {
                        (dim::WITH, Some(before)) => &table.dims[before],
                        _ => name,
                    };
                    let label = known.get(named).and_then(|known| known.get(key)).cloned();
                    let label = match name == FAMILY {
                        true => Some(families::words(table, row, &known)),
                        false => label,
                    };
                    if let Some(label) = label.or_else(|| fallback(name, key)) {
                        words.insert(key.clone(), label);
                    }
                }
            }
        }
    }
    let is_spread = |table: &RawTable| {
        [dim::ITEM, dim::LEVEL]
            .iter()
            .all(|name| table.dims.iter().any(|dim| dim == name))
    };
    if tables.iter().any(is_spread) {
        words
            .entry(dim::LEVEL.to_owned())
            .or_default()
            .extend(levels_by_item(&data.codebook().variables));
    }
    words
}

/// Returns the words of every scale step under `item:level`, since the same step can mean "alone"
/// in one item and "disagree" in another.
fn levels_by_item(variables: &[Variable]) -> BTreeMap<String, Labels> {
    variables
        .iter()
        .filter(|variable| is_answered(variable.kind))
        .flat_map(|variable| {
            values(variable).map(|(key, label)| (format!("{}:{key}", variable.name), label.clone()))
        })
        .filter(|(_, label)| !label.0.is_empty())
        .collect()
}

/// Returns whether a column of this kind can be a row of the distributions.
fn is_answered(kind: VariableKind) -> bool {
    matches!(
        kind,
        VariableKind::Scale | VariableKind::Single | VariableKind::Multi
    )
}

fn known(data: &Dataset) -> Words {
    let codebook = data.codebook();
    let mut words = Words::new();
    for dimension in &codebook.dimensions {
        add(&mut words, dim::AREA, &dimension.id, &dimension.label);
    }
    for variable in &codebook.variables {
        if is_answered(variable.kind) {
            add(&mut words, dim::ITEM, &variable.name, &variable.label);
        }
        if variable.kind != VariableKind::Scale {
            let name = dim_name(variable);
            for (key, label) in values(variable) {
                add(&mut words, &name, &key, label);
            }
        }
    }
    for (key, reason) in REASONS {
        let mut codes = codebook.missing.iter();
        if let Some(code) = codes.find(|code| code.meaning == reason) {
            add(&mut words, dim::LEVEL, key, &code.label);
        }
    }
    for (key, label) in levels(&codebook.variables) {
        add(&mut words, dim::LEVEL, &key, &label);
    }
    words
}

fn add(words: &mut Words, name: &str, key: &str, label: &Labels) {
    if !label.0.is_empty() {
        words
            .entry(name.to_owned())
            .or_default()
            .insert(key.to_owned(), label.clone());
    }
}

fn values(variable: &Variable) -> impl Iterator<Item = (String, &Labels)> {
    variable.values.iter().map(|value| match &value.value {
        CodeValue::Number(number) => (number.to_string(), &value.label),
        CodeValue::Text(text) => (text.clone(), &value.label),
    })
}

/// Returns the words of scale steps that mean the same in every item; a step that means "alone" in
/// one item and "disagree" in another has no words of its own.
fn levels(variables: &[Variable]) -> BTreeMap<String, Labels> {
    let mut found: BTreeMap<String, Option<Labels>> = BTreeMap::new();
    for variable in variables
        .iter()
        .filter(|variable| variable.kind == VariableKind::Scale)
    {
        for (key, label) in values(variable) {
            let same = found.entry(key).or_insert_with(|| Some(label.clone()));
            if same.as_ref() != Some(label) {
                *same = None;
            }
        }
    }
    found
        .into_iter()
        .filter_map(|(key, label)| Some((key, label?)))
        .collect()
}

fn fallback(name: &str, key: &str) -> Option<Labels> {
    let words = |fi: &str, sv: &str, en: &str| {
        let all = [(Lang::Fi, fi), (Lang::Sv, sv), (Lang::En, en)];
        Labels(
            all.into_iter()
                .map(|(lang, text)| (lang, text.to_owned()))
                .collect(),
        )
    };
    let own = match name {
        _ if key == ALL => Some(["kaikki", "alla", "all"].map(str::to_owned)),
        dim::TERM => terms::term(key),
        TEST => terms::test(key),
        _ => terms::key(name, key),
    };
    match own {
        Some([fi, sv, en]) => Some(words(&fi, &sv, &en)),
        // A step of a scale can have words of its own item.
        None if name == dim::LEVEL => None,
        None => Some(words(key, key, key)),
    }
}

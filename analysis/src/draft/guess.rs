//! What a column is for, by its name in Finnish, Swedish or English and by what stands in it.

use surveys::dataset::VariableKind;

use super::seen::ColumnSeen;

/// Names of columns that every survey has.
const NAMES: [(VariableKind, &[&str]); 7] = [
    (
        VariableKind::AnswerId,
        &[
            "id",
            "answer",
            "answer_id",
            "response_id",
            "respondent",
            "vastaaja",
            "vastaajanro",
            "vastausnumero",
            "vastaus_id",
            "svar",
            "svarsnummer",
            "respondent_id",
        ],
    ),
    (
        VariableKind::Wave,
        &[
            "wave",
            "year",
            "round",
            "aalto",
            "kierros",
            "vuosi",
            "kyselykierros",
            "omgang",
            "omgång",
            "ar",
            "år",
        ],
    ),
    (
        VariableKind::Municipality,
        &[
            "municipality",
            "city",
            "town",
            "kunta",
            "kaupunki",
            "kommun",
            "stad",
            "kuntakoodi",
        ],
    ),
    (
        VariableKind::Unit,
        &[
            "unit",
            "school",
            "yksikko",
            "yksikkö",
            "koulu",
            "toimipaikka",
            "enhet",
            "skola",
        ],
    ),
    (
        VariableKind::Role,
        &[
            "role",
            "job",
            "rooli",
            "tehtava",
            "tehtävä",
            "ammatti",
            "roll",
            "befattning",
            "uppgift",
            "yrke",
        ],
    ),
    (
        VariableKind::PersonCode,
        &[
            "person",
            "person_code",
            "code",
            "koodi",
            "tunnus",
            "henkilökoodi",
            "kod",
            "personkod",
        ],
    ),
    (
        VariableKind::Text,
        &[
            "open",
            "comment",
            "comments",
            "avoin",
            "kommentti",
            "kommentar",
            "fritext",
        ],
    ),
];

/// Longer texts are sentences.
const LONGEST_GROUP: usize = 60;
/// So many groups can still be compared.
const MOST_GROUPS: usize = 60;

/// Returns what a name says that a column is for.
pub(super) fn by_name(name: &str) -> Option<VariableKind> {
    let name = name.to_lowercase();
    let known = NAMES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()));
    known.map(|(kind, _)| *kind)
}

/// Returns what a column that is no scale is for.
pub(super) fn kind(column: &ColumnSeen, notes: &mut Vec<String>) -> VariableKind {
    let name = &column.name;
    if let Some(kind) = by_name(name) {
        return match kind {
            // A number for each answer is there once; what repeats is something else.
            VariableKind::AnswerId if !is_unique(column) => {
                notes.push(format!(
                    "column `{name}`: values repeat, so it is taken for a code that links waves"
                ));
                VariableKind::PersonCode
            }
            kind => kind,
        };
    }
    if column.filled == 0 {
        notes.push(format!("column `{name}` is empty and is left aside"));
        return VariableKind::Text;
    }
    let is_number = |value: &String| value.replace(',', ".").parse::<f64>().is_ok();
    if column.values.keys().all(is_number) && column.labels.is_empty() {
        if column.has_more || column.values.len() > MOST_GROUPS {
            notes.push(format!(
                "column `{name}`: numbers of no scale, left aside as text; describe them in \
                 another way if they make groups"
            ));
            return VariableKind::Text;
        }
        return VariableKind::Background;
    }
    let is_short = column.longest <= LONGEST_GROUP;
    let repeats = !column.has_more
        && column.values.len() <= MOST_GROUPS
        && (column.values.len() as u64) * 2 <= column.filled.max(2);
    match is_short && repeats || !column.labels.is_empty() {
        true => VariableKind::Background,
        false => VariableKind::Text,
    }
}

fn is_unique(column: &ColumnSeen) -> bool {
    column.values.values().all(|rows| *rows == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_three_languages_say_what_a_column_is_for() {
        assert_eq!(by_name("Kaupunki"), Some(VariableKind::Municipality));
        assert_eq!(by_name("skola"), Some(VariableKind::Unit));
        assert_eq!(by_name("wave"), Some(VariableKind::Wave));
        assert_eq!(by_name("tieto_1"), None);
    }
}

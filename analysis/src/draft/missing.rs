//! What a code for no value means, by its words.

use surveys::dataset::MissingCode;
use surveys::{Declined, Lang, Missing};

use super::seen::ColumnSeen;
use super::words;

/// Beginnings of words, in lower case, by what they mean. The first that is found counts.
const MEANINGS: [(Missing, &[&str]); 4] = [
    (
        Missing::Declined(Declined::NotMyWork),
        &[
            "ei koske",
            "ei kuulu",
            "ei sovellu",
            "not appl",
            "does not apply",
            "not my",
            "berör inte",
            "hör inte",
            "inte aktuell",
        ],
    ),
    (
        Missing::Declined(Declined::PreferNotToSay),
        &["en halua", "prefer not", "refus", "vill inte", "kieltäyty"],
    ),
    (
        Missing::NotAsked,
        &["ei kysytty", "not asked", "inte fråga", "inte ställ"],
    ),
    (
        Missing::LeftEmpty,
        &[
            "ei vastan",
            "tyhjä",
            "no answer",
            "left empty",
            "missing",
            "inget svar",
            "obesvara",
        ],
    ),
];

/// Describes a code of a column; without words it is taken for "don't know", which a draft's note
/// asks to check.
pub(super) fn described(column: &ColumnSeen, code: i16, language: Lang) -> MissingCode {
    let label = column.label_of(&code.to_string()).unwrap_or_default();
    MissingCode {
        code,
        meaning: meaning(label),
        label: words(language, label),
    }
}

fn meaning(label: &str) -> Missing {
    let label = label.to_lowercase();
    let found = MEANINGS
        .iter()
        .find(|(_, starts)| starts.iter().any(|start| label.contains(start)));
    found.map_or(Missing::Declined(Declined::DontKnow), |(meaning, _)| {
        *meaning
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_what_a_code_means() {
        assert_eq!(
            meaning("Ei koske minua"),
            Missing::Declined(Declined::NotMyWork)
        );
        assert_eq!(
            meaning("Vill inte svara"),
            Missing::Declined(Declined::PreferNotToSay)
        );
        assert_eq!(meaning("Ei vastannut"), Missing::LeftEmpty);
        assert_eq!(
            meaning("En osaa sanoa"),
            Missing::Declined(Declined::DontKnow)
        );
    }
}

//! Gates before publishing: every kind of problem belongs to one, and each is told in plain words,
//! passed or not, with the place of its first fault.

use std::fmt::Write as _;

use surveys::Lang;

use crate::problem::{Located, Problem};

/// What has to be in order before an edition is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gate {
    Files,
    Translations,
    Markup,
    Figures,
    References,
    Accessible,
    Findings,
}

impl Gate {
    const ALL: [Gate; 7] = [
        Gate::Files,
        Gate::Translations,
        Gate::Markup,
        Gate::Figures,
        Gate::References,
        Gate::Accessible,
        Gate::Findings,
    ];

    /// Its name in Finnish, else in English.
    fn name(self, lang: Lang) -> &'static str {
        let (fi, en) = match self {
            Gate::Files => (
                "Tiedostot ja asetukset ovat kunnossa",
                "Files and settings are in order",
            ),
            Gate::Translations => (
                "Käännökset ja kaupunkien tekstit ovat ajan tasalla",
                "Translations and texts of cities are up to date",
            ),
            Gate::Markup => (
                "Tekstin merkinnät ovat oikein",
                "The text is marked up as it should be",
            ),
            Gate::Figures => (
                "Luvut, kuviot ja taulukot löytyvät tuloksista",
                "Figures, charts and tables are in the findings",
            ),
            Gate::References => (
                "Viittaukset, sanat, lähteet ja kortit löytyvät",
                "References, words, sources and cards are there",
            ),
            Gate::Accessible => (
                "Tekstivastineet ja otsikot ovat kunnossa",
                "Text alternatives and headings are in order",
            ),
            Gate::Findings => (
                "Tulostiedostot kuuluvat yhteen",
                "The findings files belong together",
            ),
        };
        match lang {
            Lang::Fi => fi,
            Lang::Sv | Lang::En => en,
        }
    }

    fn of(problem: &Problem) -> Gate {
        use Problem as P;
        match problem {
            P::Syntax { .. }
            | P::BadField { .. }
            | P::WrongSchema { .. }
            | P::MissingHead
            | P::MissingFile { .. }
            | P::UnlistedFile
            | P::NotReplaceable { .. }
            | P::HiddenText { .. }
            | P::BadValue { .. }
            | P::DuplicateId { .. }
            | P::BadEditionId { .. }
            | P::BadEdition { .. }
            | P::NothingToCorrect { .. }
            | P::AlreadyThere { .. }
            | P::NotWritten { .. }
            | P::MissingNotice { .. }
            | P::MissingWord { .. }
            | P::UnusedWord { .. }
            | P::BadWords { .. } => Gate::Files,
            P::MissingTranslation { .. }
            | P::StaleTranslation { .. }
            | P::StaleOverride { .. }
            | P::DiffersFromSource { .. }
            | P::MissingCityText { .. }
            | P::MissingOwnText { .. }
            | P::OtherFigures { .. } => Gate::Translations,
            P::RawHtml
            | P::TooDeep { .. }
            | P::NestedSlot
            | P::BadLink { .. }
            | P::UnknownDirective { .. }
            | P::WrongForm { .. }
            | P::InlineFigure { .. }
            | P::BadParameter { .. }
            | P::RepeatedParameter { .. }
            | P::UnknownParameter { .. }
            | P::UnknownWord { .. } => Gate::Markup,
            P::UnknownTable { .. }
            | P::MissingFinding { .. }
            | P::UnknownKey { .. }
            | P::MissingParameter { .. }
            | P::UnsuitableForm { .. }
            | P::DuplicateFigure { .. } => Gate::Figures,
            P::UnknownSlot { .. }
            | P::UnknownReference { .. }
            | P::UnknownTerm { .. }
            | P::UnknownRole { .. }
            | P::MissingCard { .. }
            | P::UnknownSource { .. }
            | P::UncitedSource { .. }
            | P::BadSources { .. } => Gate::References,
            P::HeadingOrder { .. }
            | P::MissingAlt { .. }
            | P::MissingMessage
            | P::NotPrintable { .. } => Gate::Accessible,
            P::BadFindings { .. }
            | P::UnknownCity { .. }
            | P::RepeatedFindings { .. }
            | P::MixedFindings { .. }
            | P::NoFindings => Gate::Findings,
        }
    }
}

/// Returns the gates as a table in plain words, one line each, with the first fault of those that do
/// not let an edition through: in Finnish, else in English.
#[must_use]
pub fn gates(problems: &[Located], lang: Lang) -> String {
    let (passed, stopped, faulty) = match lang {
        Lang::Fi => ("läpi", "EI  ", "vikoja"),
        Lang::Sv | Lang::En => ("pass", "STOP", "faults"),
    };
    let mut out = String::new();
    for gate in Gate::ALL {
        let name = gate.name(lang);
        let mut faults = problems
            .iter()
            .filter(|located| Gate::of(&located.problem) == gate);
        match faults.next() {
            None => {
                let _ = writeln!(out, "{passed}    {name}");
            }
            Some(first) => {
                let count = 1 + faults.count();
                let _ = writeln!(out, "{stopped}    {name} – {faulty} {count}");
                let _ = writeln!(out, "        {}", first.told(lang).one_line());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gate_is_told_and_a_fault_with_its_place() {
        let passed = gates(&[], Lang::Fi);
        assert_eq!(passed.lines().count(), Gate::ALL.len());
        assert!(
            passed.lines().all(|line| line.starts_with("läpi ")),
            "{passed}"
        );
        let fault = |problem| Located::of_file(problem, "content/fi/a.md");
        let text = gates(
            &[fault(Problem::RawHtml), fault(Problem::NestedSlot)],
            Lang::Fi,
        );
        assert_eq!(text.matches("EI ").count(), 1, "{text}");
        assert!(text.contains("vikoja 2"), "{text}");
        assert!(text.contains("content/fi/a.md"), "{text}");
        let english = gates(&[fault(Problem::RawHtml)], Lang::En);
        assert!(
            english.contains("STOP    The text is marked up"),
            "{english}"
        );
        assert!(english.contains("HTML is not allowed"), "{english}");
    }
}

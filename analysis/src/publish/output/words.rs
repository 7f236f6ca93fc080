//! Words of summaries, workbooks and pictures, from Fluent files: complete in every language.

use findings::dim;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use surveys::Lang;

use super::{OutFigure, Outcome, Whom};

/// The words of one language.
pub(super) struct Words {
    pub(super) lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// Returns the words of a language.
    pub(super) fn of(lang: Lang) -> Words {
        let text = match lang {
            Lang::Fi => include_str!("../../../locales/fi.ftl"),
            Lang::Sv => include_str!("../../../locales/sv.ftl"),
            Lang::En => include_str!("../../../locales/en.ftl"),
        };
        let tag = lang.tag().parse().expect("fi, sv and en are language tags");
        let mut bundle = FluentBundle::new(vec![tag]);
        // The marks around what is filled in would stand in file names and cells.
        bundle.set_use_isolating(false);
        let (resource, _) = parsed(text);
        bundle
            .add_resource(resource)
            .expect("a test holds that no key stands in a file twice");
        Words { lang, bundle }
    }

    /// Returns the words for a key.
    pub(super) fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// Returns the words for a key, filled in.
    pub(super) fn with(&self, key: &str, given: &[(&str, &str)]) -> String {
        self.filled(key, None, given)
    }

    /// Returns the words for a key and a number of things: `$count` chooses the form, `$n` is the
    /// number as it is written.
    pub(super) fn counted(&self, key: &str, count: u64, given: &[(&str, &str)]) -> String {
        self.filled(key, Some(count), given)
    }

    fn filled(&self, key: &str, count: Option<u64>, given: &[(&str, &str)]) -> String {
        let mut arguments = FluentArgs::new();
        if let Some(count) = count {
            arguments.set("count", FluentValue::from(count));
            arguments.set("n", charts::number::whole(count, self.lang));
        }
        for (name, value) in given {
            arguments.set(*name, (*value).to_owned());
        }
        let message = self.bundle.get_message(key);
        let Some(pattern) = message.as_ref().and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let words = self
            .bundle
            .format_pattern(pattern, Some(&arguments), &mut errors);
        words.into_owned()
    }

    fn known(&self, key: &str) -> Option<String> {
        self.bundle.has_message(key).then(|| self.get(key))
    }

    /// Returns what an outcome is called.
    pub(super) fn title(&self, outcome: &Outcome<'_>) -> String {
        let wave = [("wave", outcome.wave)];
        match &outcome.whom {
            Whom::Network => self.with("title-network", &wave),
            Whom::Researcher if outcome.wave.is_empty() => self.get("title-working-all"),
            Whom::Researcher => self.with("title-working", &wave),
            Whom::City(code) => {
                let name = outcome.label(dim::MUNICIPALITY, code, self.lang);
                self.with("title-city", &[("wave", outcome.wave), ("name", name)])
            }
        }
    }

    /// Returns the word for a dimension; a question of somebody else's survey keeps its own name.
    pub(super) fn dimension(&self, name: &str) -> String {
        let known = self.known(&format!("dim-{name}"));
        known.unwrap_or_else(|| name.to_owned())
    }

    /// Returns what a table holds; a table without words of its own is called by its id.
    pub(super) fn table(&self, id: &str) -> String {
        for (prefix, key) in [
            ("city.", "table-of-cities"),
            ("network.", "table-of-network"),
            ("unit.", "table-of-units"),
        ] {
            if let Some(rest) = id.strip_prefix(prefix) {
                return self.with(key, &[("table", &self.table(rest))]);
            }
        }
        if let Some(known) = self.known(&format!("table-{}", id.replace('.', "-"))) {
            return known;
        }
        // A table of groups compared has the name of their column at its end.
        if let Some((what, column)) = id.rsplit_once('.') {
            let key = format!("table-{}-by", what.replace('.', "-"));
            if self.bundle.has_message(&key) {
                return self.with(&key, &[("column", &self.dimension(column))]);
            }
        }
        id.to_owned()
    }

    /// Returns the heading of a column of keys: what a level is depends on the table.
    pub(super) fn heading(&self, table: &str, name: &str) -> String {
        let own = match (part(table), name) {
            ("area.quantile", dim::LEVEL) => "dim-level-quantile",
            ("area.levels", dim::LEVEL) => "dim-level-band",
            ("item.missing", dim::LEVEL) => "dim-level-reason",
            ("text.theme", dim::LEVEL) => "dim-level-theme",
            ("text.theme", dim::ITEM) => "dim-item-text",
            _ => return self.dimension(name),
        };
        self.get(own)
    }

    /// Returns the heading of the numbers that the figures of a table are made of.
    pub(super) fn counted_things(&self, table: &str) -> String {
        self.get(match part(table) {
            "response.rate" => "column-n-staff",
            "break_off" => "column-n-cells",
            "area.mixed_change" | "area.slope" => "column-n-answers",
            _ => "column-n",
        })
    }

    /// Returns what stands in place of a figure.
    pub(super) fn note(&self, figure: OutFigure<'_>) -> String {
        match figure {
            OutFigure::Undefined(reason) => self.reason(reason.text()),
            other => self.get(&format!("note-{}", other.note())),
        }
    }

    /// Returns why there is no figure; a reason without words of its own stands as it is.
    pub(super) fn reason(&self, reason: &str) -> String {
        let parts = reason.split(|letter: char| !letter.is_ascii_alphanumeric());
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let known = self.known(&format!("reason-{}", parts.join("-")));
        known.unwrap_or_else(|| reason.to_owned())
    }

    /// Returns a scale in words.
    pub(super) fn scale(&self, ends: [f64; 2]) -> String {
        let [from, to] = ends.map(|end| charts::number::decimal(end, 0, self.lang));
        self.with("scale-of", &[("from", &from), ("to", &to)])
    }
}

/// Returns the id that a table has without saying whose it is.
fn part(table: &str) -> &str {
    let mut part = table;
    for prefix in ["city.", "network.", "unit."] {
        part = part.strip_prefix(prefix).unwrap_or(part);
    }
    part
}

fn parsed(text: &str) -> (FluentResource, usize) {
    match FluentResource::try_new(text.to_owned()) {
        Ok(resource) => (resource, 0),
        Err((resource, errors)) => (resource, errors.len()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn text(lang: Lang) -> &'static str {
        match lang {
            Lang::Fi => include_str!("../../../locales/fi.ftl"),
            Lang::Sv => include_str!("../../../locales/sv.ftl"),
            Lang::En => include_str!("../../../locales/en.ftl"),
        }
    }

    /// Returns the keys of a file with what each is given.
    fn keys(lang: Lang) -> BTreeSet<(String, Vec<String>)> {
        let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
        for line in text(lang).lines().filter(|line| !line.starts_with('#')) {
            let starts = line.starts_with(|letter: char| letter.is_ascii_lowercase());
            if let (true, Some((key, _))) = (starts, line.split_once(" = ")) {
                found.push((key.to_owned(), BTreeSet::new()));
            }
            if let Some((_, names)) = found.last_mut() {
                let given = line
                    .split("{ $")
                    .skip(1)
                    .filter_map(|rest| rest.split(' ').next());
                names.extend(given.map(str::to_owned));
            }
        }
        let count = found.len();
        let keys: BTreeSet<_> = found
            .into_iter()
            .map(|(key, names)| (key, names.into_iter().collect()))
            .collect();
        assert_eq!(keys.len(), count, "a key of {} is there twice", lang.tag());
        keys
    }

    #[test]
    fn every_language_has_the_same_keys_with_the_same_places() {
        let finnish = keys(Lang::Fi);
        assert!(finnish.len() > 80);
        for lang in Lang::ALL {
            assert_eq!(parsed(text(lang)).1, 0, "{} is no Fluent file", lang.tag());
            assert_eq!(keys(lang), finnish, "{}", lang.tag());
        }
    }

    #[test]
    fn one_thing_and_many_read_as_a_person_would_say_it() {
        let check = |lang, count, expected: &str| {
            let words = Words::of(lang).counted("gap-short", count, &[("list", "X")]);
            assert_eq!(words, expected);
        };
        check(
            Lang::Fi,
            1,
            "Tavoite jää selvästi saavuttamatta yhdellä osa-alueella: X.",
        );
        check(
            Lang::Fi,
            3,
            "Tavoite jää selvästi saavuttamatta 3 osa-alueella: X.",
        );
        check(
            Lang::Sv,
            1,
            "Det är tydligt att målet inte nås i ett område: X.",
        );
        check(
            Lang::En,
            2,
            "The target is clearly not reached in 2 areas: X.",
        );
    }

    #[test]
    fn every_reason_has_words_and_a_new_one_stands_for_itself() {
        use findings::Undefined;
        for lang in Lang::ALL {
            let words = Words::of(lang);
            for reason in [
                Undefined::NoAnswers,
                Undefined::OneAnswer,
                Undefined::TwoAnswers,
                Undefined::ThreeAnswers,
                Undefined::ZeroVariance,
                Undefined::OneItem,
                Undefined::NoTarget,
                Undefined::NotAsked,
                Undefined::FrameUnknown,
                Undefined::FrameTooSmall,
                Undefined::OneGroup,
                Undefined::AllTied,
                Undefined::ItemsChanged,
                Undefined::NotLinked,
                Undefined::FewMentions,
                Undefined::FewAreas,
            ] {
                assert_ne!(words.reason(reason.text()), reason.text());
            }
            assert_eq!(words.reason("something new"), "something new");
        }
    }
}

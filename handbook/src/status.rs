//! How far the text is: what is stale or missing in each language, and what each city has written.
//!
//! What is stale hangs on a text that has changed since a person read the two against each other.
//! Where that earlier text can be found by its digest, the change is told word by word.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use surveys::Lang;

use crate::book::Book;
use crate::memo::Memo;
use crate::own::OwnPath;
use crate::problem::{Located, Problem, gather};
use crate::section;
use crate::slots;
use crate::sources::Sources;
use crate::worddiff;

/// What the common text is called among the cities' slugs.
const COMMON: &str = "common";

/// How far the text of every edition is.
#[derive(Debug)]
pub struct Status {
    /// One for the common text and for each city, in each language.
    pub rows: Vec<Row>,
    /// What has to be read again, with its place.
    pub stale: Vec<Stale>,
    /// What has to be written, with the place of the text it belongs to.
    pub missing: Vec<Located>,
}

/// The text of one edition in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// `common`, which is also the text of the network's edition, or a city's slug.
    pub text: String,
    /// The language.
    pub lang: Lang,
    /// Sections: all of the common text, the city's own of a city.
    pub sections: usize,
    /// Texts to read again.
    pub stale: usize,
    /// Texts to write.
    pub missing: usize,
    /// Slots in which the common default stands; the common text has none of its own.
    pub unfilled: Option<Vec<String>>,
    slots: usize,
}

/// A text that hangs on another which has changed.
#[derive(Debug)]
pub struct Stale {
    /// Where, and what to write once it has been read again.
    pub problem: Located,
    /// Id of the section, or name of the file that has no sections.
    pub accept: String,
    /// What changed in the text it hangs on, word by word, where the earlier text was found.
    pub change: Option<String>,
}

/// Finds out how far the text is. Of the cities those with texts are told, and those given.
/// `earlier` are older source trees, such as those of published editions, to tell changes from.
///
/// # Errors
/// When the settings of the book cannot be read; what else is wrong is told by
/// [`check`](crate::check()).
pub fn status(
    sources: &Sources,
    cities: &BTreeSet<String>,
    earlier: &[Sources],
) -> Result<Status, Vec<Located>> {
    let mut problems = Vec::new();
    let Some(book) = Book::read(sources, &Memo::default(), &mut problems) else {
        return Err(problems);
    };
    let (mut stale, mut missing) = (Vec::new(), Vec::new());
    for located in gather(problems) {
        match located.problem {
            Problem::StaleTranslation { .. } | Problem::StaleOverride { .. } => {
                stale.push(looked_up(located, sources, earlier));
            }
            Problem::MissingTranslation { .. } | Problem::MissingCityText { .. } => {
                missing.push(located);
            }
            _ => {}
        }
    }
    let mut slugs: BTreeSet<&str> = book.slots.slugs();
    slugs.extend(book.own.slugs());
    slugs.extend(cities.iter().map(String::as_str));
    let mut rows = Vec::new();
    for slug in std::iter::once(None).chain(slugs.into_iter().map(Some)) {
        for lang in &book.settings.languages {
            rows.push(row(&book, slug, *lang, &stale, &missing));
        }
    }
    Ok(Status {
        rows,
        stale,
        missing,
    })
}

fn row(book: &Book, slug: Option<&str>, lang: Lang, stale: &[Stale], missing: &[Located]) -> Row {
    let is_here = |name: &str| {
        Whose::of(name)
            == Whose {
                slug,
                lang: Some(lang),
            }
    };
    let is_missing = |located: &&Located| match &located.problem {
        Problem::MissingTranslation { file, lang: of, .. } => {
            // A slot has no file of its own; its place is that of the translation.
            let place = &located.place.file.name;
            let owner = Whose::of(if file.ends_with(".md") { file } else { place });
            owner.slug == slug && *of == lang.tag()
        }
        Problem::MissingCityText { file, .. } => is_here(file),
        _ => false,
    };
    let unfilled = slug.map(|slug| book.slots.unfilled(slug, lang));
    Row {
        text: slug.unwrap_or(COMMON).to_owned(),
        lang,
        sections: match slug {
            None => book
                .sections(lang)
                .filter(|s| s.written_in() == Some(lang.tag()))
                .count(),
            Some(slug) => book.own.of(slug, lang).count(),
        },
        stale: stale
            .iter()
            .filter(|stale| is_here(&stale.problem.place.file.name))
            .count(),
        missing: missing.iter().filter(is_missing).count(),
        unfilled: unfilled.map(|names| names.into_iter().map(str::to_owned).collect()),
        slots: book.slots.names_in(Lang::Fi).count(),
    }
}

/// Whose text a file is, and in which language; files in all languages at once have none.
#[derive(PartialEq, Eq)]
struct Whose<'a> {
    slug: Option<&'a str>,
    lang: Option<Lang>,
}

impl<'a> Whose<'a> {
    fn of(name: &'a str) -> Whose<'a> {
        if let Some(own) = OwnPath::of(name) {
            return Whose {
                slug: Some(own.slug),
                lang: Some(own.lang),
            };
        }
        if let Some((slug, lang)) = slots::city_file(name) {
            return Whose {
                slug: Some(slug),
                lang: Some(lang),
            };
        }
        let tag = name
            .strip_prefix("content/")
            .and_then(|rest| rest.split('/').next());
        Whose {
            slug: None,
            lang: tag.and_then(Lang::from_tag),
        }
    }
}

/// Adds what changed, if the text it was read against is found among the earlier ones.
fn looked_up(problem: Located, sources: &Sources, earlier: &[Sources]) -> Stale {
    let place = &problem.place;
    let name = place.file.name.as_str();
    let id = |path: &str| {
        let file = sources.get(path)?;
        Some(section::read(file, &mut Vec::new())?.id)
    };
    let source = match (&problem.problem, OwnPath::of(name)) {
        // An own section hangs on the common text, its translations on the city's Finnish one.
        (Problem::StaleTranslation { .. }, Some(own)) => Some(own.in_language(Lang::Fi)),
        (_, Some(own)) => Some(own.common(Lang::Fi)),
        (_, None) => name
            .splitn(3, '/')
            .nth(2)
            .map(|rest| format!("content/fi/{rest}")),
    };
    let accept = match OwnPath::of(name) {
        Some(own) => id(&own.common(Lang::Fi)),
        None => source.as_deref().and_then(id),
    };
    let change = source.as_deref().and_then(|source| {
        if source.ends_with("slots.toml") {
            return slots::change(place, sources, earlier);
        }
        let given = place.file.text.get(place.span.clone())?.trim_matches('"');
        let now = section::text_of(sources, source)?;
        let then = earlier
            .iter()
            .filter_map(|tree| section::text_of(tree, source))
            .find(|text| text.digest == given)?;
        worddiff::words(&then.words, &now.words)
    });
    Stale {
        accept: accept.unwrap_or_else(|| name.to_owned()),
        problem,
        change,
    }
}

impl Status {
    /// Whether nothing has to be read again or written.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        self.stale.is_empty() && self.missing.is_empty()
    }

    /// Returns the status as a plain table, with what is stale or missing below it: in Finnish, else
    /// in English.
    #[must_use]
    pub fn table(&self, lang: Lang) -> String {
        let words = Words::of(lang);
        let text = |row: &Row| match row.text.as_str() {
            COMMON => words.common.to_owned(),
            slug => slug.to_owned(),
        };
        let mut lines = vec![words.head.map(str::to_owned)];
        lines.extend(self.rows.iter().map(|row| {
            let filled = row.unfilled.as_ref().map(|open| row.slots - open.len());
            [
                text(row),
                row.lang.tag().to_owned(),
                row.sections.to_string(),
                row.stale.to_string(),
                row.missing.to_string(),
                filled.map_or_else(
                    || "-".to_owned(),
                    |filled| format!("{filled}/{}", row.slots),
                ),
            ]
        }));
        let widths: [usize; 6] = std::array::from_fn(|at| {
            let widths = lines.iter().map(|line| line[at].chars().count());
            widths.max().unwrap_or(0)
        });
        let mut out = String::new();
        for line in &lines {
            let cells = line.iter().zip(widths).enumerate();
            let cells = cells.map(|(at, (cell, wide))| match at {
                0 | 1 => format!("{cell:wide$}"),
                _ => format!("{cell:>wide$}"),
            });
            let _ = writeln!(out, "{}", cells.collect::<Vec<_>>().join("  "));
        }
        self.write_stale(lang, words, &mut out);
        for located in &self.missing {
            let line = located.told(lang).one_line();
            let _ = writeln!(out, "\n{}: {line}", words.missing);
        }
        self.write_unfilled(words, &mut out);
        out
    }

    /// Returns in one line how much there is to read again and to write.
    #[must_use]
    pub fn sum(&self, lang: Lang) -> String {
        let (stale, missing) = (self.stale.len(), self.missing.len());
        match lang {
            Lang::Fi => format!("luettava uudelleen {stale}, kirjoitettava {missing}"),
            Lang::Sv | Lang::En => format!("{stale} to read again, {missing} to write"),
        }
    }

    fn write_stale(&self, lang: Lang, words: &Words, out: &mut String) {
        for stale in &self.stale {
            let line = stale.problem.told(lang).one_line();
            let _ = writeln!(out, "\n{}: {line}", words.stale);
            let change = stale.change.as_deref().unwrap_or(words.unknown);
            let _ = writeln!(out, "  {}: {change}", words.change);
            let accept = &stale.accept;
            let _ = writeln!(out, "  {}: icteko handbook accept {accept}", words.accept);
        }
    }

    /// Names the slots that stand open, once where they are the same in every language.
    fn write_unfilled(&self, words: &Words, out: &mut String) {
        let mut told: Vec<(&str, &[String])> = Vec::new();
        for row in &self.rows {
            let Some(open) = row.unfilled.as_deref().filter(|open| !open.is_empty()) else {
                continue;
            };
            if told.contains(&(row.text.as_str(), open)) {
                continue;
            }
            told.push((&row.text, open));
            let _ = writeln!(
                out,
                "\n{}, {} ({}): {}",
                words.default,
                row.text,
                row.lang.tag(),
                open.join(", ")
            );
        }
    }
}

/// What the table says beside ids and problems.
struct Words {
    head: [&'static str; 6],
    common: &'static str,
    stale: &'static str,
    change: &'static str,
    unknown: &'static str,
    accept: &'static str,
    missing: &'static str,
    default: &'static str,
}

impl Words {
    fn of(lang: Lang) -> &'static Words {
        match lang {
            Lang::Fi => &FINNISH,
            Lang::Sv | Lang::En => &ENGLISH,
        }
    }
}

const FINNISH: Words = Words {
    head: [
        "teksti",
        "kieli",
        "kohtia",
        "vanhentuneita",
        "puuttuu",
        "paikkoja täytetty",
    ],
    common: "yhteinen",
    stale: "vanhentunut",
    change: "muutos",
    unknown: "ei tiedossa, koska tekstiä, johon tätä on verrattu, ei ole missään julkaistussa \
              painoksessa eikä kansiossa --earlier",
    accept: "kun olet lukenut tekstin",
    missing: "puuttuu",
    default: "yhteinen oletusteksti",
};

const ENGLISH: Words = Words {
    head: [
        "text",
        "language",
        "sections",
        "stale",
        "missing",
        "slots filled",
    ],
    common: "common",
    stale: "stale",
    change: "change",
    unknown: "not known: the text it was read against is in no published edition and not in \
              --earlier",
    accept: "once read",
    missing: "missing",
    default: "common default",
};

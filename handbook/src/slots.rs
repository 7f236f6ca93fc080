//! Slots: named places in the common text that a city may fill, with a common default.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use surveys::Lang;
use surveys::definition::{Place, SourceFile};
use toml::Spanned;

use crate::directive::Kind;
use crate::markdown;
use crate::memo::Memo;
use crate::own::OwnPath;
use crate::problem::{DidYouMean, Located, Problem};
use crate::section::short_digest;
use crate::settings::{from_toml, place};
use crate::sources::Sources;
use crate::tree::Block;
use crate::worddiff;

/// Texts by language and name: the defaults, and those of each city.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    defaults: BTreeMap<Lang, BTreeMap<String, Vec<Block>>>,
    cities: BTreeMap<(String, Lang), BTreeMap<String, Vec<Block>>>,
}

/// A file of texts: name to Markdown, and for translations the digests of what they translate.
struct SlotFile {
    texts: BTreeMap<String, Spanned<String>>,
    of: BTreeMap<String, String>,
}

impl Slots {
    /// Reads all slot files, in the languages that the settings name, and checks them against the
    /// Finnish defaults.
    pub(crate) fn read(
        sources: &Sources,
        settings: &Arc<SourceFile>,
        languages: &[Lang],
        memo: &Memo,
        problems: &mut Vec<Located>,
    ) -> Arc<Slots> {
        let defaults = |file: &&Arc<SourceFile>| file.name.ends_with("/slots.toml");
        let of_cities = |file: &&Arc<SourceFile>| file.name.starts_with("cities/");
        let files = sources.iter().filter(|f| defaults(f) || of_cities(f));
        let files: Vec<_> = std::iter::once(settings).chain(files).collect();
        memo.read("slots", &files, problems, |problems| {
            Slots::read_files(sources, languages, problems)
        })
    }

    fn read_files(sources: &Sources, languages: &[Lang], problems: &mut Vec<Located>) -> Slots {
        let mut slots = Slots::default();
        let mut source = BTreeMap::new();
        for lang in languages {
            let name = format!("content/{}/slots.toml", lang.tag());
            let Some(file) = sources.get(&name) else {
                let problem = Problem::MissingFile { file: name.clone() };
                problems.push(Located::of_file(problem, &name));
                continue;
            };
            let Some(read) = read_file(file, problems) else {
                continue;
            };
            if *lang == Lang::Fi {
                source = read.texts.clone();
            } else {
                check_translation(file, &read, &source, *lang, problems);
            }
            slots.defaults.insert(*lang, parse(file, &read, problems));
        }
        slots.read_cities(sources, languages, problems);
        slots
    }

    fn read_cities(&mut self, sources: &Sources, languages: &[Lang], problems: &mut Vec<Located>) {
        for file in sources.iter() {
            let Some((slug, lang)) = city_file(&file.name) else {
                let is_own = OwnPath::of(&file.name).is_some();
                if file.name.starts_with("cities/") && !is_own {
                    problems.push(Located::new(Problem::UnlistedFile, place(file, 0..0)));
                }
                continue;
            };
            let Some(read) = read_file(file, problems) else {
                continue;
            };
            for (name, text) in &read.texts {
                if !self.is_known(name) {
                    let near = DidYouMean::among(name, self.names());
                    let name = name.clone();
                    let problem = Problem::UnknownSlot { name, near };
                    problems.push(Located::new(problem, place(file, text.span())));
                }
            }
            let texts = parse(file, &read, problems);
            self.cities.insert((slug.to_owned(), lang), texts);
        }
        self.check_cities(languages, problems);
    }

    /// What a city has written in one language it must have written in all.
    fn check_cities(&self, languages: &[Lang], problems: &mut Vec<Located>) {
        for slug in self.slugs() {
            let text = |lang: Lang| self.cities.get(&(slug.to_owned(), lang));
            let written = languages.iter().filter_map(|lang| text(*lang));
            let names: BTreeSet<&String> = written.flat_map(BTreeMap::keys).collect();
            for lang in languages {
                let file = format!("cities/{slug}/slots.{}.toml", lang.tag());
                let here = text(*lang);
                for name in &names {
                    if here.is_none_or(|here| !here.contains_key(*name)) {
                        let (slot, name) = ((*name).clone(), file.clone());
                        let problem = Problem::MissingCityText { file: name, slot };
                        problems.push(Located::of_file(problem, &file));
                    }
                }
            }
        }
    }

    /// Returns every text, the cities' own among them.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &[Block]> {
        let all = self.defaults.values().chain(self.cities.values());
        all.flat_map(|texts| texts.values().map(Vec::as_slice))
    }

    /// Returns the cities that have files.
    pub(crate) fn slugs(&self) -> BTreeSet<&str> {
        self.cities.keys().map(|(slug, _)| slug.as_str()).collect()
    }

    /// Returns the slots that a city has not filled: there the common default stands.
    pub(crate) fn unfilled(&self, slug: &str, lang: Lang) -> Vec<&str> {
        self.names_in(Lang::Fi)
            .filter(|name| !self.is_filled_by(slug, lang, name))
            .collect()
    }

    pub(crate) fn names_in(&self, lang: Lang) -> impl Iterator<Item = &str> {
        let texts = self.defaults.get(&lang);
        texts
            .into_iter()
            .flat_map(|texts| texts.keys().map(String::as_str))
    }

    /// Whether a city has written a text of its own for a slot.
    pub(crate) fn is_filled_by(&self, slug: &str, lang: Lang, name: &str) -> bool {
        let texts = self.cities.get(&(slug.to_owned(), lang));
        texts.is_some_and(|texts| texts.contains_key(name))
    }

    pub(crate) fn is_known(&self, name: &str) -> bool {
        self.defaults.values().any(|texts| texts.contains_key(name))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.defaults
            .values()
            .flat_map(|texts| texts.keys().map(String::as_str))
    }

    /// Returns the text of a slot: the city's own, else the common default.
    pub(crate) fn text(&self, name: &str, city: Option<&str>, lang: Lang) -> &[Block] {
        let own = city
            .and_then(|slug| self.cities.get(&(slug.to_owned(), lang)))
            .and_then(|texts| texts.get(name));
        own.or_else(|| self.defaults.get(&lang)?.get(name))
            .map_or(&[], Vec::as_slice)
    }
}

/// `cities/vantaa/slots.sv.toml` to city and language.
pub(crate) fn city_file(name: &str) -> Option<(&str, Lang)> {
    let (slug, file) = name.strip_prefix("cities/")?.split_once('/')?;
    let tag = file.strip_prefix("slots.")?.strip_suffix(".toml")?;
    Some((slug, Lang::from_tag(tag)?))
}

fn read_file(file: &Arc<SourceFile>, problems: &mut Vec<Located>) -> Option<SlotFile> {
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Entry {
        Text(String),
        Digests(BTreeMap<String, String>),
    }
    let entries: BTreeMap<String, Spanned<Entry>> = from_toml(file, &file.text, 0, problems)?;
    let mut read = SlotFile {
        texts: BTreeMap::new(),
        of: BTreeMap::new(),
    };
    for (name, entry) in entries {
        let span = entry.span();
        match entry.into_inner() {
            Entry::Text(text) => {
                read.texts.insert(name, Spanned::new(span, text));
            }
            // Places inside are lost here; the text's own place serves as well.
            Entry::Digests(digests) if name == "of" => read.of = digests,
            Entry::Digests(_) => {
                let problem = Problem::BadValue {
                    value: name,
                    expected: "a text; write the whole name in quotes".to_owned(),
                };
                problems.push(Located::new(problem, place(file, span)));
            }
        }
    }
    Some(read)
}

fn check_translation(
    file: &Arc<SourceFile>,
    read: &SlotFile,
    source: &BTreeMap<String, Spanned<String>>,
    lang: Lang,
    problems: &mut Vec<Located>,
) {
    for (name, text) in source {
        let digest = short_digest(text.get_ref());
        let Some(translated) = read.texts.get(name) else {
            let problem = Problem::MissingTranslation {
                lang: lang.tag(),
                file: format!("the slot `{name}`"),
                digest,
            };
            problems.push(Located::new(problem, place(file, 0..0)));
            continue;
        };
        let given = read.of.get(name);
        if given != Some(&digest) {
            let problem = Problem::StaleTranslation { digest };
            problems.push(Located::new(problem, place(file, translated.span())));
        }
    }
    for (name, text) in &read.texts {
        if !source.contains_key(name) {
            let near = DidYouMean::among(name, source.keys().map(String::as_str));
            let name = name.clone();
            let problem = Problem::UnknownSlot { name, near };
            problems.push(Located::new(problem, place(file, text.span())));
        }
    }
}

/// What changed in the Finnish default behind a translated one that stands at a place, where the
/// text it was read against is among the earlier ones.
pub(crate) fn change(at: &Place, sources: &Sources, earlier: &[Sources]) -> Option<String> {
    let read = |file: &Arc<SourceFile>| read_file(file, &mut Vec::new());
    let finnish = "content/fi/slots.toml";
    let translation = read(&at.file)?;
    let (name, _) = translation
        .texts
        .iter()
        .find(|(_, text)| text.span() == at.span)?;
    let given = translation.of.get(name)?;
    let now = read(sources.get(finnish)?)?;
    let then = earlier
        .iter()
        .filter_map(|tree| read(tree.get(finnish)?)?.texts.remove(name))
        .find(|text| short_digest(text.get_ref()) == *given)?;
    worddiff::words(then.get_ref(), now.texts.get(name)?.get_ref())
}

/// Returns the slot file of a translation with the digests of the present Finnish texts.
pub(crate) fn with_digests(translation: &SourceFile, source: &SourceFile) -> Option<String> {
    let source: BTreeMap<String, toml::Value> = toml::from_str(&source.text).ok()?;
    let head = translation.text.split("\n[of]").next()?.trim_end();
    let mut text = format!("{head}\n\n[of]\n");
    for (name, value) in source {
        if let Some(finnish) = value.as_str() {
            text.push_str(&format!("\"{name}\" = \"{}\"\n", short_digest(finnish)));
        }
    }
    Some(text)
}

fn parse(
    file: &Arc<SourceFile>,
    read: &SlotFile,
    problems: &mut Vec<Located>,
) -> BTreeMap<String, Vec<Block>> {
    read.texts
        .iter()
        .map(|(name, text)| {
            let start = text.span().start + 1;
            let mut blocks = markdown::parse(file, text.get_ref(), start, problems);
            refuse_slots(&mut blocks, problems);
            (name.clone(), blocks)
        })
        .collect()
}

/// A slot inside a slot could hold itself.
fn refuse_slots(blocks: &mut Vec<Block>, problems: &mut Vec<Located>) {
    blocks.retain_mut(|block| match block {
        Block::Placed(directive) if directive.kind == Kind::Slot => {
            problems.push(Located::new(Problem::NestedSlot, directive.place.clone()));
            false
        }
        Block::List { items, .. } => {
            items
                .iter_mut()
                .for_each(|item| refuse_slots(item, problems));
            true
        }
        Block::Quote { content, .. } => {
            refuse_slots(content, problems);
            true
        }
        _ => true,
    });
}

//! The book: every section in every language, parsed once and checked against the Finnish source.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use surveys::Lang;
use surveys::definition::SourceFile;

use crate::card::Cards;
use crate::citation::Citations;
use crate::directive::{Directive, Kind};
use crate::list;
use crate::memo::Memo;
use crate::own::{self, Overrides};
use crate::problem::{DidYouMean, Located, Problem};
use crate::section::{self, Section};
use crate::settings::{self, ChapterEntry, Settings, place};
use crate::slots::Slots;
use crate::sources::Sources;
use crate::term::Terms;
use crate::tree;

/// All that is the same in every edition.
#[derive(Debug)]
pub(crate) struct Book {
    pub(crate) settings: Settings,
    /// Chapters in order, by language.
    pub(crate) chapters: BTreeMap<Lang, Vec<Chapter>>,
    pub(crate) slots: Arc<Slots>,
    /// Sections that cities have written themselves.
    pub(crate) own: Overrides,
    pub(crate) terms: Arc<Terms>,
    pub(crate) citations: Arc<Citations>,
    pub(crate) cards: Arc<Cards>,
}

/// A chapter in one language.
#[derive(Debug)]
pub(crate) struct Chapter {
    pub(crate) id: String,
    /// `4`, or `A` for an appendix.
    pub(crate) number: String,
    /// Title and first words.
    pub(crate) index: Arc<Section>,
    pub(crate) sections: Vec<Arc<Section>>,
}

impl Book {
    /// Reads the whole source tree, but for what is kept from before; none if its settings cannot
    /// be read.
    pub(crate) fn read(
        sources: &Sources,
        memo: &Memo,
        problems: &mut Vec<Located>,
    ) -> Option<Book> {
        let name = settings::FILE;
        let Some(file) = sources.get(name) else {
            let problem = Problem::MissingFile {
                file: name.to_owned(),
            };
            problems.push(Located::of_file(problem, name));
            return None;
        };
        let settings = settings::read(file, problems)?;
        let mut chapters = BTreeMap::new();
        let mut reader = Reader {
            sources,
            settings: &settings,
            memo,
            problems,
        };
        for lang in &settings.languages {
            let entries = settings.chapters.iter();
            let read = entries.filter_map(|entry| reader.chapter(entry, *lang));
            chapters.insert(*lang, read.collect());
        }
        let slots = Slots::read(sources, file, &settings.languages, memo, problems);
        own::check_replaceable(&settings, file, &chapters, problems);
        own::check_required(&settings, file, &slots, problems);
        let own = Overrides::read(sources, &settings, &chapters, problems);
        own.check_slots(&slots, &chapters, problems);
        let book = Book {
            own,
            cards: Cards::read(sources, memo, problems),
            terms: Terms::read(sources, memo, problems),
            citations: Citations::read(sources, file, &settings.languages, memo, problems),
            settings,
            chapters,
            slots,
        };
        book.check_ids(problems);
        book.check_names(problems);
        book.check_translations(problems);
        unlisted(sources, &book.settings, problems);
        Some(book)
    }

    /// Returns every section of a language with its chapter, in order.
    pub(crate) fn sections(&self, lang: Lang) -> impl Iterator<Item = &Section> {
        self.chapters
            .get(&lang)
            .into_iter()
            .flatten()
            .flat_map(|chapter| std::iter::once(&chapter.index).chain(&chapter.sections))
            .map(AsRef::as_ref)
    }

    fn check_ids(&self, problems: &mut Vec<Located>) {
        let mut seen = BTreeSet::new();
        for section in self.sections(Lang::Fi) {
            if !seen.insert(&section.id) {
                let id = section.id.clone();
                let problem = Problem::DuplicateId { id };
                problems.push(Located::new(problem, section.place.clone()));
            }
        }
    }

    /// Terms and sources are the same in every edition, so a wrong name is found without findings.
    fn check_names(&self, problems: &mut Vec<Located>) {
        let mut cited = BTreeSet::new();
        let mut see = |directive: &Directive| {
            let problem = match directive.kind {
                Kind::Term => self.unknown_term(&directive.target),
                Kind::Cite => {
                    cited.insert(directive.target.clone());
                    self.unknown_source(&directive.target)
                }
                Kind::List if directive.target == "terms" => {
                    self.unknown_group(list::group(directive))
                }
                _ => None,
            };
            problems.extend(problem.map(|p| Located::new(p, directive.place.clone())));
        };
        for lang in &self.settings.languages {
            for section in self.sections(*lang) {
                tree::directives(&section.blocks, &mut see);
            }
        }
        for section in self.own.all() {
            tree::directives(&section.blocks, &mut see);
        }
        for text in self.slots.texts() {
            tree::directives(text, &mut see);
        }
        for (key, place) in self.citations.places() {
            if !cited.contains(key) {
                let key = key.to_owned();
                problems.push(Located::new(Problem::UncitedSource { key }, place.clone()));
            }
        }
        for (id, place) in self.terms.iter().filter_map(|term| term.see.as_ref()) {
            let ids = || self.sections(Lang::Fi).map(|section| section.id.as_str());
            if !ids().any(|known| known == id) {
                let near = DidYouMean::among(id, ids());
                let id = id.clone();
                let problem = Problem::UnknownReference { id, near };
                problems.push(Located::new(problem, place.clone()));
            }
        }
    }

    fn unknown_term(&self, id: &str) -> Option<Problem> {
        let known = self.terms.iter().map(|term| term.id.as_str());
        self.terms.get(id).is_none().then(|| Problem::UnknownTerm {
            id: id.to_owned(),
            near: DidYouMean::among(id, known),
        })
    }

    fn unknown_group(&self, group: &str) -> Option<Problem> {
        let known: BTreeSet<&str> = self.terms.iter().map(|term| term.group.as_str()).collect();
        (!known.contains(group)).then(|| Problem::UnknownWord {
            name: "group".to_owned(),
            word: group.to_owned(),
            known: known.iter().copied().collect::<Vec<_>>().join(", "),
            near: DidYouMean::among(group, known.iter().copied()),
        })
    }

    fn unknown_source(&self, key: &str) -> Option<Problem> {
        let known = || self.citations.places().map(|(key, _)| key);
        let is_known = known().any(|known| known == key);
        (!is_known).then(|| Problem::UnknownSource {
            key: key.to_owned(),
            near: DidYouMean::among(key, known()),
        })
    }

    fn check_translations(&self, problems: &mut Vec<Located>) {
        let source: BTreeMap<&str, &Section> = self
            .sections(Lang::Fi)
            .map(|section| (file_key(section), section))
            .collect();
        for lang in self
            .settings
            .languages
            .iter()
            .filter(|lang| **lang != Lang::Fi)
        {
            for section in self.sections(*lang) {
                if let Some(source) = source.get(file_key(section)) {
                    check_translation(section, source, problems);
                }
            }
        }
    }
}

/// The path below the language's folder.
fn file_key(section: &Section) -> &str {
    let name = &section.place.file.name;
    name.splitn(3, '/').nth(2).unwrap_or(name)
}

pub(crate) fn check_translation(section: &Section, source: &Section, problems: &mut Vec<Located>) {
    if section.place.file.name == source.place.file.name {
        // A draft shows the Finnish text where there is no translation.
        return;
    }
    let same_place = (section.needs == source.needs) && (section.editions == source.editions);
    if section.id != source.id || !same_place {
        let expected = format!("id = \"{}\", needs = {:?}", source.id, source.needs);
        let problem = Problem::DiffersFromSource { expected };
        problems.push(Located::new(problem, section.place.clone()));
    }
    let (given, place) = match &section.of {
        Some((given, place)) => (given.as_str(), place.clone()),
        None => ("", section.place.clone()),
    };
    if given != source.digest {
        let digest = source.digest.clone();
        problems.push(Located::new(Problem::StaleTranslation { digest }, place));
    }
    if let Some(difference) = different_figures(section, source) {
        let problem = Problem::OtherFigures { difference };
        problems.push(Located::new(problem, section.place.clone()));
    }
}

/// Names what one of the two shows and the other does not.
///
/// Names of the city and repeats may differ, since languages build sentences in their own way.
fn different_figures(section: &Section, source: &Section) -> Option<String> {
    let shown = |section: &Section| {
        let mut shown = BTreeSet::new();
        tree::directives(&section.blocks, &mut |directive| {
            let signature = directive.signature();
            if !signature.starts_with("value:city.") {
                shown.insert(signature);
            }
        });
        shown
    };
    let (here, there) = (shown(section), shown(source));
    let more: Vec<String> = here.difference(&there).map(|s| format!("+{s}")).collect();
    let less: Vec<String> = there.difference(&here).map(|s| format!("-{s}")).collect();
    let all = [more, less].concat();
    (!all.is_empty()).then(|| all.join(" "))
}

/// Reads chapters and their sections.
struct Reader<'a> {
    sources: &'a Sources,
    settings: &'a Settings,
    memo: &'a Memo,
    problems: &'a mut Vec<Located>,
}

impl Reader<'_> {
    fn chapter(&mut self, entry: &ChapterEntry, lang: Lang) -> Option<Chapter> {
        let id = entry.id.get_ref();
        let index = self.section(id, "index", lang);
        let sections: Vec<Arc<Section>> = entry
            .sections
            .iter()
            .filter_map(|name| self.section(id, name.get_ref(), lang))
            .collect();
        Some(Chapter {
            id: id.clone(),
            number: entry.number.clone(),
            index: index?,
            sections,
        })
    }

    fn section(&mut self, chapter: &str, name: &str, lang: Lang) -> Option<Arc<Section>> {
        let path = |lang: Lang| format!("content/{}/{chapter}/{name}.md", lang.tag());
        if let Some(file) = self.sources.get(&path(lang)) {
            return read_section(file, self.memo, self.problems);
        }
        if lang == Lang::Fi || !self.settings.languages.contains(&Lang::Fi) {
            let file = path(lang);
            let problem = Problem::MissingFile { file: file.clone() };
            self.problems.push(Located::of_file(problem, &file));
            return None;
        }
        // Problems inside the Finnish file have been reported once already.
        let file = self.sources.get(&path(Lang::Fi))?;
        let source = read_section(file, self.memo, &mut Vec::new())?;
        let problem = Problem::MissingTranslation {
            lang: lang.tag(),
            file: path(lang),
            digest: source.digest.clone(),
        };
        let place = source.place.clone();
        self.problems.push(Located::new(problem, place));
        Some(source)
    }
}

fn read_section(
    file: &Arc<SourceFile>,
    memo: &Memo,
    problems: &mut Vec<Located>,
) -> Option<Arc<Section>> {
    let read = |problems: &mut Vec<Located>| section::read(file, problems).map(Arc::new);
    let section = memo.read(&file.name, &[file], problems, read);
    Option::clone(&section)
}

/// Finds content that no chapter names: it would be forgotten in silence.
fn unlisted(sources: &Sources, settings: &Settings, problems: &mut Vec<Located>) {
    for file in sources.iter() {
        let Some(rest) = file.name.strip_prefix("content/") else {
            continue;
        };
        let mut parts = rest.split('/').skip(1);
        let (chapter, name, more) = (parts.next(), parts.next(), parts.next());
        let is_listed = match (chapter, name) {
            (Some("slots.toml"), None) => true,
            (Some(chapter), Some(name)) => settings.chapters.iter().any(|entry| {
                let stem = name.strip_suffix(".md").unwrap_or("");
                let listed = entry.sections.iter().any(|s| s.get_ref() == stem);
                entry.id.get_ref() == chapter && (stem == "index" || listed)
            }),
            _ => false,
        };
        if !is_listed || more.is_some() {
            problems.push(Located::new(Problem::UnlistedFile, place(file, 0..0)));
        }
    }
}

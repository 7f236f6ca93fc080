//! A city's own sections: whole sections in place of the common ones.
//!
//! `cities/<slug>/<lang>/<chapter>/<section>.md` stands where `content/<lang>/<chapter>/<section>.md`
//! would. It states which version of the common text it took the place of, so that the city is told
//! to look again when that text changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use surveys::Lang;
use surveys::definition::SourceFile;

use crate::book::{Chapter, check_translation};
use crate::directive::Kind;
use crate::problem::{DidYouMean, Located, Problem};
use crate::section::{self, Own, Section};
use crate::settings::{Settings, place};
use crate::slots::Slots;
use crate::sources::Sources;
use crate::tree;

/// Own sections by city and language, then by id.
#[derive(Debug, Default)]
pub(crate) struct Overrides {
    sections: BTreeMap<(String, Lang), BTreeMap<String, Section>>,
}

/// The parts of an own section's path.
pub(crate) struct OwnPath<'a> {
    pub(crate) slug: &'a str,
    pub(crate) lang: Lang,
    /// Chapter and section, such as `support/local.md`.
    pub(crate) rest: &'a str,
}

impl<'a> OwnPath<'a> {
    /// Reads `cities/vantaa/sv/support/local.md`.
    pub(crate) fn of(name: &'a str) -> Option<OwnPath<'a>> {
        let mut parts = name.strip_prefix("cities/")?.splitn(3, '/');
        let (slug, tag, rest) = (parts.next()?, parts.next()?, parts.next()?);
        let lang = Lang::from_tag(tag)?;
        let is_section = rest.split('/').count() == 2 && rest.ends_with(".md");
        is_section.then_some(OwnPath { slug, lang, rest })
    }

    /// The path of the same section in another language.
    pub(crate) fn in_language(&self, lang: Lang) -> String {
        format!("cities/{}/{}/{}", self.slug, lang.tag(), self.rest)
    }

    /// The path of the common text.
    pub(crate) fn common(&self, lang: Lang) -> String {
        format!("content/{}/{}", lang.tag(), self.rest)
    }
}

impl Overrides {
    /// Reads all own sections and checks them against the common text and one another.
    pub(crate) fn read(
        sources: &Sources,
        settings: &Settings,
        chapters: &BTreeMap<Lang, Vec<Chapter>>,
        problems: &mut Vec<Located>,
    ) -> Overrides {
        let mut read = Overrides::default();
        for file in sources.iter() {
            let Some(path) = OwnPath::of(&file.name) else {
                continue;
            };
            let Some(common) = common(chapters, Lang::Fi, &path.common(Lang::Fi)) else {
                problems.push(Located::new(Problem::UnlistedFile, place(file, 0..0)));
                continue;
            };
            let shown = common_by_id(chapters, path.lang, &common.id).unwrap_or(common);
            let Some(own) = section::read_own(file, shown, problems) else {
                continue;
            };
            check(file, &own, common, settings, problems);
            let key = (path.slug.to_owned(), path.lang);
            let of_city = read.sections.entry(key).or_default();
            of_city.insert(common.id.clone(), own.section);
        }
        read.check_languages(&settings.languages, problems);
        read
    }

    /// What a city has written in one language it must have written in all, and the others are
    /// translations of its Finnish text.
    fn check_languages(&self, languages: &[Lang], problems: &mut Vec<Located>) {
        for (slug, id) in self.ids() {
            let section = |lang: Lang| self.sections.get(&(slug.to_owned(), lang))?.get(id);
            let Some(some) = Lang::ALL.into_iter().find_map(section) else {
                continue;
            };
            let finnish = section(Lang::Fi);
            for lang in languages {
                match (section(*lang), finnish) {
                    (Some(own), Some(finnish)) => check_translation(own, finnish, problems),
                    (Some(_), None) => {}
                    (None, Some(finnish)) => {
                        let path = OwnPath::of(&finnish.place.file.name);
                        let problem = Problem::MissingTranslation {
                            lang: lang.tag(),
                            file: path.map_or_else(String::new, |path| path.in_language(*lang)),
                            digest: finnish.digest.clone(),
                        };
                        problems.push(Located::new(problem, finnish.place.clone()));
                    }
                    (None, None) => {
                        let path = OwnPath::of(&some.place.file.name);
                        let file = path.map_or_else(String::new, |path| path.in_language(*lang));
                        let slot = id.to_owned();
                        let problem = Problem::MissingCityText { file, slot };
                        problems.push(Located::new(problem, some.place.clone()));
                    }
                }
            }
        }
    }

    /// A city's text for a slot that its own section no longer asks for would vanish in silence.
    pub(crate) fn check_slots(
        &self,
        slots: &Slots,
        chapters: &BTreeMap<Lang, Vec<Chapter>>,
        problems: &mut Vec<Located>,
    ) {
        for ((slug, lang), sections) in &self.sections {
            for (id, own) in sections {
                let kept = asked(own);
                let common = common_by_id(chapters, *lang, id);
                for slot in common.map(asked).unwrap_or_default().difference(&kept) {
                    if slots.is_filled_by(slug, *lang, slot) {
                        let (slot, section) = ((*slot).to_owned(), id.clone());
                        let problem = Problem::HiddenText { slot, section };
                        problems.push(Located::new(problem, own.place.clone()));
                    }
                }
            }
        }
    }

    /// Returns the section as an edition shows it: the city's own, else the common one.
    pub(crate) fn shown<'a>(
        &'a self,
        city: Option<&str>,
        lang: Lang,
        common: &'a Section,
    ) -> &'a Section {
        city.and_then(|slug| self.sections.get(&(slug.to_owned(), lang)))
            .and_then(|sections| sections.get(&common.id))
            .unwrap_or(common)
    }

    /// Returns the own sections of a city in a language.
    pub(crate) fn of(&self, slug: &str, lang: Lang) -> impl Iterator<Item = &Section> {
        let of_city = self.sections.get(&(slug.to_owned(), lang));
        of_city.into_iter().flat_map(BTreeMap::values)
    }

    /// Returns every own section.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Section> {
        self.sections.values().flat_map(BTreeMap::values)
    }

    /// Returns the cities that have own sections.
    pub(crate) fn slugs(&self) -> BTreeSet<&str> {
        self.sections
            .keys()
            .map(|(slug, _)| slug.as_str())
            .collect()
    }

    fn ids(&self) -> BTreeSet<(&str, &str)> {
        let all = self.sections.iter();
        all.flat_map(|((slug, _), sections)| {
            sections.keys().map(move |id| (slug.as_str(), id.as_str()))
        })
        .collect()
    }
}

/// Slots that a section asks for.
fn asked(section: &Section) -> BTreeSet<&str> {
    let mut slots = BTreeSet::new();
    tree::directives(&section.blocks, &mut |directive| {
        if directive.kind == Kind::Slot {
            slots.insert(directive.target.as_str());
        }
    });
    slots
}

fn common<'a>(
    chapters: &'a BTreeMap<Lang, Vec<Chapter>>,
    lang: Lang,
    path: &str,
) -> Option<&'a Section> {
    let sections = chapters
        .get(&lang)?
        .iter()
        .flat_map(|chapter| &chapter.sections);
    sections
        .map(AsRef::as_ref)
        .find(|section: &&Section| section.place.file.name == path)
}

fn common_by_id<'a>(
    chapters: &'a BTreeMap<Lang, Vec<Chapter>>,
    lang: Lang,
    id: &str,
) -> Option<&'a Section> {
    let sections = chapters
        .get(&lang)?
        .iter()
        .flat_map(|chapter| &chapter.sections);
    sections
        .map(AsRef::as_ref)
        .find(|section: &&Section| section.id == id)
}

fn check(
    file: &Arc<SourceFile>,
    own: &Own,
    common: &Section,
    settings: &Settings,
    problems: &mut Vec<Located>,
) {
    if let Some(problem) = refused(settings, &common.id) {
        problems.push(Located::new(problem, place(file, 0..0)));
    }
    if own.section.id != common.id {
        let expected = format!("id = \"{}\"", common.id);
        let problem = Problem::DiffersFromSource { expected };
        problems.push(Located::new(problem, own.section.place.clone()));
    }
    let (replaced, at) = &own.replaces;
    if *replaced != common.digest {
        let digest = common.digest.clone();
        problems.push(Located::new(Problem::StaleOverride { digest }, at.clone()));
    }
}

/// Says that a city cannot replace a section, where that is so.
pub(crate) fn refused(settings: &Settings, id: &str) -> Option<Problem> {
    let known: Vec<&str> = settings
        .replaceable
        .iter()
        .map(|id| id.get_ref().as_str())
        .collect();
    (!known.contains(&id)).then(|| Problem::NotReplaceable {
        id: id.to_owned(),
        known: match known.is_empty() {
            true => "–".to_owned(),
            false => known.join(", "),
        },
    })
}

/// Finds texts that every city has to write itself and that no city can: sections that cannot be
/// replaced, and slots that are not there.
pub(crate) fn check_required(
    settings: &Settings,
    file: &Arc<SourceFile>,
    slots: &Slots,
    problems: &mut Vec<Located>,
) {
    let replaceable = || settings.replaceable.iter().map(|id| id.get_ref().as_str());
    for id in &settings.required {
        let name = id.get_ref();
        if !slots.is_known(name) && !replaceable().any(|known| known == name) {
            let near = DidYouMean::among(name, replaceable().chain(slots.names()));
            let problem = Problem::UnknownReference {
                id: name.clone(),
                near,
            };
            problems.push(Located::new(problem, place(file, id.span())));
        }
    }
}

/// Finds texts that a city has to write itself and has not.
pub(crate) fn check_written(
    (own, slots): (&Overrides, &Slots),
    settings: &Settings,
    file: &Arc<SourceFile>,
    (slug, lang): (&str, Lang),
    problems: &mut Vec<Located>,
) {
    let edition = format!("{slug}/{}", lang.tag());
    for id in &settings.required {
        let name = id.get_ref();
        let is_section = own.of(slug, lang).any(|section| section.id == *name);
        if !is_section && !slots.is_filled_by(slug, lang, name) {
            let problem = Problem::MissingOwnText { id: name.clone() };
            let located = Located::new(problem, place(file, id.span()));
            problems.push(located.in_edition(&edition));
        }
    }
}

/// Finds ids in the settings that no section has.
pub(crate) fn check_replaceable(
    settings: &Settings,
    file: &Arc<SourceFile>,
    chapters: &BTreeMap<Lang, Vec<Chapter>>,
    problems: &mut Vec<Located>,
) {
    for id in &settings.replaceable {
        if common_by_id(chapters, Lang::Fi, id.get_ref()).is_none() {
            let ids = chapters.get(&Lang::Fi).into_iter().flatten();
            let ids = ids.flat_map(|chapter| chapter.sections.iter().map(|s| s.id.as_str()));
            let near = DidYouMean::among(id.get_ref(), ids);
            let id_text = id.get_ref().clone();
            let problem = Problem::UnknownReference { id: id_text, near };
            problems.push(Located::new(problem, place(file, id.span())));
        }
    }
}

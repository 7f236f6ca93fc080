//! What stands in an edition and under which number: sections that apply, figures, anchors.

use std::collections::{BTreeMap, BTreeSet};

use findings::Population;

use crate::book::Chapter;
use crate::directive::{Directive, Kind};
use crate::list;
use crate::problem::{Located, Problem};
use crate::section::{EditionKind, Section};
use crate::tree;
use crate::view::View;

/// The order of an edition.
pub(crate) struct Outline<'a> {
    pub(crate) chapters: Vec<Part<'a>>,
    /// Where references lead, by id.
    pub(crate) anchors: BTreeMap<String, Anchor>,
    /// Charts and tables by where they stand in the text.
    figures: BTreeMap<(String, usize), Numbered>,
    /// Keys of the sources that the text of this edition cites.
    pub(crate) cited: BTreeSet<String>,
    /// Sections by the words of the glossary they use: address and number.
    pub(crate) uses: BTreeMap<String, Vec<(String, String)>>,
    /// What collections put into the index, such as staff groups.
    pub(crate) index: Vec<Entry>,
}

/// A line of the index.
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) to: String,
    /// Number of the section it stands in.
    pub(crate) number: String,
}

/// A chapter with the sections that apply.
pub(crate) struct Part<'a> {
    pub(crate) chapter: &'a Chapter,
    /// Number, such as `4.1`, and section.
    pub(crate) sections: Vec<(String, &'a Section)>,
}

impl<'a> Part<'a> {
    /// Returns the chapter's first words and its sections, in reading order.
    pub(crate) fn read(&self) -> impl Iterator<Item = &'a Section> {
        let sections = self.sections.iter().map(|(_, section)| *section);
        std::iter::once(self.chapter.index.as_ref()).chain(sections)
    }
}

/// Where a reference leads.
#[derive(Clone, Debug)]
pub(crate) struct Anchor {
    pub(crate) page: String,
    pub(crate) fragment: String,
    /// What it is called where the author wrote no words.
    pub(crate) label: String,
}

/// A chart or table of the edition.
#[derive(Clone, Debug)]
pub(crate) struct Numbered {
    pub(crate) id: String,
    /// Such as `Kuvio 4.1`.
    pub(crate) label: String,
}

impl<'a> Outline<'a> {
    pub(crate) fn of(view: &View<'a>, problems: &mut Vec<Located>) -> Outline<'a> {
        let mut outline = Outline {
            chapters: Vec::new(),
            anchors: BTreeMap::new(),
            figures: BTreeMap::new(),
            cited: BTreeSet::new(),
            uses: BTreeMap::new(),
            index: Vec::new(),
        };
        let mut taken = BTreeSet::new();
        let chapters = view.book.chapters.get(&view.lang);
        for chapter in chapters.into_iter().flatten() {
            let page = format!("{}.html", chapter.id);
            outline.anchors.insert(
                chapter.index.id.clone(),
                Anchor {
                    page: page.clone(),
                    fragment: String::new(),
                    label: chapter_label(view, chapter),
                },
            );
            let mut counts = Counts::default();
            outline.number(
                view,
                &chapter.index,
                chapter,
                &mut counts,
                &mut taken,
                problems,
            );
            let mut sections = Vec::new();
            for section in chapter
                .sections
                .iter()
                .filter(|section| applies(view, section))
            {
                let slug = view.city().map(|city| city.slug.as_str());
                let section = view.book.own.shown(slug, view.lang, section);
                let number = format!("{}.{}", chapter.number, sections.len() + 1);
                outline.anchors.insert(
                    section.id.clone(),
                    Anchor {
                        page: page.clone(),
                        fragment: fragment(&section.id),
                        label: view.words.with("section", &[("number", &number)]),
                    },
                );
                outline.number(view, section, chapter, &mut counts, &mut taken, problems);
                sections.push((number, section));
            }
            outline.name(view, &chapter.index, &page, &chapter.number);
            for (number, section) in &sections {
                outline.name(view, section, &page, number);
            }
            outline.chapters.push(Part { chapter, sections });
        }
        outline
    }

    /// Notes what a section cites and names, and where the words and sources stand that it lists.
    fn name(&mut self, view: &View<'a>, section: &'a Section, page: &str, number: &str) {
        let is_index = !number.contains('.');
        let to = if is_index {
            page.to_owned()
        } else {
            format!("{page}#{}", fragment(&section.id))
        };
        for directive in all(view, section) {
            match directive.kind {
                Kind::Cite => {
                    self.cited.insert(directive.target.clone());
                }
                Kind::Term => {
                    let uses = self.uses.entry(directive.target.clone()).or_default();
                    let place = (to.clone(), number.to_owned());
                    if !uses.contains(&place) {
                        uses.push(place);
                    }
                }
                Kind::List => self.name_list(view, directive, page, number),
                _ => {}
            }
        }
    }

    fn name_list(&mut self, view: &View<'a>, directive: &Directive, page: &str, number: &str) {
        match directive.target.as_str() {
            "terms" => {
                for term in view.book.terms.of_group(list::group(directive), view.lang) {
                    let id = format!("term-{}", term.id);
                    let wording = term.wording(view.lang);
                    for name in std::iter::once(&wording.word).chain(&wording.also) {
                        self.index.push(Entry {
                            name: name.clone(),
                            to: format!("{page}#{id}"),
                            number: number.to_owned(),
                        });
                    }
                    self.add(list::term_anchor(&term.id), page, id, &wording.word);
                }
            }
            "sources" => {
                for source in view.book.citations.all(view.lang) {
                    let id = format!("source-{}", source.key);
                    self.add(list::source_anchor(&source.key), page, id, &source.short);
                }
            }
            "cards" => {
                for role in &view.request.catalog.roles {
                    let id = format!("card-{}", role.id.as_str());
                    let name = role.name.get(view.lang);
                    self.index.push(Entry {
                        name: name.to_owned(),
                        to: format!("{page}#{id}"),
                        number: number.to_owned(),
                    });
                    self.add(list::card_anchor(role.id.as_str()), page, id, name);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, key: String, page: &str, fragment: String, label: &str) {
        let anchor = Anchor {
            page: page.to_owned(),
            fragment,
            label: label.to_owned(),
        };
        self.anchors.insert(key, anchor);
    }

    /// Returns number and id of a chart or table.
    pub(crate) fn figure(&self, directive: &Directive) -> Option<&Numbered> {
        self.figures.get(&key(directive))
    }

    fn number(
        &mut self,
        view: &View<'a>,
        section: &'a Section,
        chapter: &Chapter,
        counts: &mut Counts,
        taken: &mut BTreeSet<String>,
        problems: &mut Vec<Located>,
    ) {
        for directive in placed(view, section) {
            let (count, word) = match directive.kind {
                Kind::Chart => (&mut counts.charts, "figure"),
                _ => (&mut counts.tables, "table"),
            };
            *count += 1;
            let number = format!("{}.{count}", chapter.number);
            let label = view.words.with(word, &[("number", &number)]);
            let id = own_id(directive, taken, view, problems);
            let anchor = Anchor {
                page: format!("{}.html", chapter.id),
                fragment: fragment(&id),
                label: label.clone(),
            };
            // The first figure of a table can also be referred to by the table's name.
            self.anchors
                .entry(directive.target.clone())
                .or_insert_with(|| anchor.clone());
            self.anchors.insert(id.clone(), anchor);
            self.figures.insert(key(directive), Numbered { id, label });
        }
    }
}

#[derive(Default)]
struct Counts {
    charts: usize,
    tables: usize,
}

fn own_id(
    directive: &Directive,
    taken: &mut BTreeSet<String>,
    view: &View<'_>,
    problems: &mut Vec<Located>,
) -> String {
    let given = directive.own("id");
    let base = given.map_or_else(|| directive.target.replace('.', "-"), |id| id.value.clone());
    if let Some(parameter) = given {
        let is_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let problem = if !base.bytes().all(is_name) {
            Some(Problem::BadValue {
                value: base.clone(),
                expected: "an id of a-z, 0-9 and hyphen".to_owned(),
            })
        } else if taken.contains(&base) {
            Some(Problem::DuplicateFigure { id: base.clone() })
        } else {
            None
        };
        if let Some(problem) = problem {
            let located = Located::new(problem, parameter.place.clone());
            problems.push(located.in_edition(&view.edition_name()));
        }
    }
    let mut id = base.clone();
    let mut count = 1;
    while !taken.insert(id.clone()) {
        count += 1;
        id = format!("{base}-{count}");
    }
    id
}

/// Charts and tables of a section.
fn placed<'a>(view: &View<'a>, section: &'a Section) -> Vec<&'a Directive> {
    let mut found = all(view, section);
    found.retain(|directive| matches!(directive.kind, Kind::Chart | Kind::Table));
    found
}

/// Directives of a section in reading order, those inside its slots included.
pub(crate) fn all<'a>(view: &View<'a>, section: &'a Section) -> Vec<&'a Directive> {
    let mut found = Vec::new();
    tree::directives(&section.blocks, &mut |directive| {
        found.push(directive);
        if directive.kind == Kind::Slot {
            let blocks = slot(view, &directive.target);
            tree::directives(blocks, &mut |inner| found.push(inner));
        }
    });
    found
}

/// The text of a slot in this edition.
pub(crate) fn slot<'a>(view: &View<'a>, name: &str) -> &'a [tree::Block] {
    let slug = view.city().map(|city| city.slug.as_str());
    view.book.slots.text(name, slug, view.lang)
}

/// Whether a section stands in this edition.
pub(crate) fn applies(view: &View<'_>, section: &Section) -> bool {
    let kind = match view.findings().population {
        Population::Network => EditionKind::Network,
        Population::City { .. } => EditionKind::City,
    };
    let is_for_kind = section.editions.is_empty() || section.editions.contains(&kind);
    is_for_kind
        && section
            .needs
            .iter()
            .all(|table| view.findings().table(table).is_some())
}

/// `Luku 4` or `Liite A`.
pub(crate) fn chapter_label(view: &View<'_>, chapter: &Chapter) -> String {
    let is_appendix = chapter.number.starts_with(|c: char| c.is_alphabetic());
    let word = if is_appendix { "appendix" } else { "chapter" };
    view.words.with(word, &[("number", &chapter.number)])
}

/// An id as the fragment of an address.
pub(crate) fn fragment(id: &str) -> String {
    id.replace('.', "-")
}

fn key(directive: &Directive) -> (String, usize) {
    let place = &directive.place;
    (place.file.name.clone(), place.span.start)
}

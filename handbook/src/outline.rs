//! What stands in an edition and under which number: sections that apply, figures, anchors.

use std::collections::{BTreeMap, BTreeSet};

use findings::Population;

use crate::book::Chapter;
use crate::directive::{Directive, Kind};
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
}

/// A chapter with the sections that apply.
pub(crate) struct Part<'a> {
    pub(crate) chapter: &'a Chapter,
    /// Number, such as `4.1`, and section.
    pub(crate) sections: Vec<(String, &'a Section)>,
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
            outline.chapters.push(Part { chapter, sections });
        }
        outline
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

/// Charts and tables of a section, those inside slots included.
fn placed<'a>(view: &View<'a>, section: &'a Section) -> Vec<&'a Directive> {
    let mut found = Vec::new();
    tree::directives(&section.blocks, &mut |directive| match directive.kind {
        Kind::Chart | Kind::Table => found.push(directive),
        Kind::Slot => {
            let blocks = slot(view, &directive.target);
            tree::directives(blocks, &mut |inner| {
                if matches!(inner.kind, Kind::Chart | Kind::Table) {
                    found.push(inner);
                }
            });
        }
        Kind::Value | Kind::Ref => {}
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

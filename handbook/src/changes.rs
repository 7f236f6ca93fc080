//! What the appendix of changes says: figures and text against the edition before, corrections.
//!
//! Pages and paper write the same lines and the same table.

use charts::{ChartTable, TableRow};

use crate::diff::{FigureChange, FigureKind, TextChange, TextKind, figure_changes};
use crate::directive::Kind;
use crate::lookup;
use crate::section::Section;
use crate::tree;
use crate::view::{View, date_in};

/// Rows of the table; the rest is counted.
const ROWS: usize = 40;

/// Lines and a table for one list of the appendix.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) lines: Vec<Line>,
    pub(crate) caption: String,
    pub(crate) table: Option<ChartTable>,
}

/// A line of words, and the ids that it leads to.
#[derive(Default)]
pub(crate) struct Line {
    pub(crate) words: String,
    pub(crate) ids: Vec<String>,
}

impl From<String> for Line {
    fn from(words: String) -> Line {
        Line {
            words,
            ids: Vec::new(),
        }
    }
}

/// Returns what a list of the appendix tells, or nothing where the name is no such list.
pub(crate) fn told(view: &View<'_>, list: &str) -> Option<Told> {
    match list {
        "changed-figures" => Some(figures(view)),
        "changed-text" => Some(texts(view)),
        "corrections" => Some(corrections(view)),
        _ => None,
    }
}

fn figures(view: &View<'_>) -> Told {
    let words = view.words;
    let before = view
        .request
        .previous
        .and_then(|previous| Some((previous, previous.findings.get(view.file.population())?)));
    let Some((previous, before)) = before else {
        return none_earlier(view);
    };
    let changes = figure_changes(before, view.findings());
    let count = |is_it: fn(&FigureKind) -> bool| {
        let found = changes.iter().filter(|change| is_it(&change.kind));
        charts::number::whole(found.count() as u64, view.lang)
    };
    let is_clear = |kind: &FigureKind| matches!(kind, FigureKind::Changed { is_clear: true, .. });
    let mut told = Told::default();
    told.lines.push(compared(view, &previous.edition));
    let counts = [
        ("clear", count(is_clear)),
        (
            "unclear",
            count(|kind| {
                matches!(
                    kind,
                    FigureKind::Changed {
                        is_clear: false,
                        ..
                    }
                )
            }),
        ),
        ("new", count(|kind| matches!(kind, FigureKind::New { .. }))),
        (
            "gone",
            count(|kind| matches!(kind, FigureKind::Gone { .. })),
        ),
        (
            "broken",
            count(|kind| matches!(kind, FigureKind::Broken { .. })),
        ),
    ];
    let counts: Vec<(&str, &str)> = counts.iter().map(|(key, n)| (*key, n.as_str())).collect();
    told.lines
        .push(words.with("changes-counts", &counts).into());
    let clear: Vec<&FigureChange> = changes
        .iter()
        .filter(|change| is_clear(&change.kind))
        .collect();
    if clear.is_empty() {
        return told;
    }
    told.caption = words.get("changes-caption");
    told.table = Some(ChartTable {
        columns: ["value", "changes-before", "changes-now"]
            .map(|key| words.get(key))
            .to_vec(),
        rows: clear
            .iter()
            .take(ROWS)
            .filter_map(|change| row(view, change))
            .collect(),
    });
    if let Some(more) = clear.len().checked_sub(ROWS).filter(|more| *more > 0) {
        let more = charts::number::whole(more as u64, view.lang);
        told.lines
            .push(words.with("changes-more", &[("count", &more)]).into());
    }
    told
}

fn row(view: &View<'_>, change: &FigureChange) -> Option<TableRow> {
    let FigureKind::Changed { before, after, .. } = &change.kind else {
        return None;
    };
    let table = view.findings().table(&change.table)?;
    let item = change.keys.iter().find(|(dim, _)| dim == "item");
    let keys = change
        .keys
        .iter()
        .map(|(dim, key)| match (dim.as_str(), item) {
            ("level", Some((_, item))) => view.level_label(item, key),
            _ => view.label(dim, key),
        });
    let keys: Vec<String> = keys.collect();
    Some(TableRow {
        header: format!("{}: {}", view.statistic(table.statistic()), keys.join(", ")),
        cells: [before, after]
            .map(|figure| lookup::written(view, table, figure.value).into())
            .to_vec(),
    })
}

fn texts(view: &View<'_>) -> Told {
    let words = view.words;
    let (Some(previous), Some(changes)) = (view.request.previous, view.texts) else {
        return none_earlier(view);
    };
    let mut told = Told::default();
    told.lines.push(compared(view, &previous.edition));
    let city = view.city().map(|city| city.slug.as_str());
    for change in changes {
        let is_here = change.city.is_none() || change.city.as_deref() == city;
        if is_here && change.lang == Some(view.lang) {
            told.lines.extend(changed_text(view, change));
        }
    }
    // Two slots of a section, or its common and its own text, are one change for the reader.
    told.lines.dedup_by(|a, b| a.words == b.words);
    if told.lines.len() == 1 {
        told.lines.push(words.get("text-same").into());
    }
    told
}

/// A line on a section, or on the section that shows a slot. What has gone has no title any more
/// and is called by its id.
fn changed_text(view: &View<'_>, change: &TextChange) -> Option<Line> {
    let (key, is_gone) = match change.kind {
        TextKind::New => ("text-new", false),
        TextKind::Gone => ("text-gone", true),
        TextKind::Changed(_) => ("text-changed", false),
    };
    let slot = change.id.strip_prefix("slot:");
    let is_it = |section: &&Section| match slot {
        Some(slot) => asks_for(section, slot),
        None => section.id == change.id,
    };
    let mut sections = view.book.sections(view.lang);
    let line = |key: &str, name: &str, ids| Line {
        words: view.words.with(key, &[("name", name)]),
        ids,
    };
    match sections.find(is_it) {
        Some(section) => {
            // A section whose slot came or went has changed.
            let key = if slot.is_some() { "text-changed" } else { key };
            Some(line(key, &section.title, vec![section.id.clone()]))
        }
        None => (is_gone && slot.is_none()).then(|| line(key, &change.id, Vec::new())),
    }
}

/// Whether a section shows a slot.
pub(crate) fn asks_for(section: &Section, slot: &str) -> bool {
    let mut asks = false;
    tree::directives(&section.blocks, &mut |directive| {
        asks |= directive.kind == Kind::Slot && directive.target == slot;
    });
    asks
}

fn corrections(view: &View<'_>) -> Told {
    let mut told = Told::default();
    for correction in view.corrections.values().rev() {
        let date = date_in(correction.date(), view.lang);
        told.lines.push(Line {
            words: format!("{date}: {}", correction.what(view.lang)),
            ids: correction
                .touches
                .iter()
                .map(|id| id.get_ref().clone())
                .collect(),
        });
    }
    if told.lines.is_empty() {
        told.lines.push(view.words.get("correction-none").into());
    }
    told
}

fn compared(view: &View<'_>, edition: &str) -> Line {
    view.words
        .with("changes-compared", &[("edition", edition)])
        .into()
}

fn none_earlier(view: &View<'_>) -> Told {
    Told {
        lines: vec![view.words.get("changes-none-earlier").into()],
        ..Told::default()
    }
}

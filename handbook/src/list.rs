//! Collections of the book: one place in the text, one part for each record of its data.
//!
//! A list stands alone in its paragraph; which records there are, and in which order, is the affair
//! of the data. Those of the appendix of changes come from `changes`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use charts::{ChartTable, TableCell, TableRow};
use surveys::Lang;

use crate::card;
use crate::changes::{self, Told};
use crate::citation::{Piece, Source};
use crate::directive::Directive;
use crate::html::{self, Writer, escape};
use crate::messages;
use crate::term::Term;
use crate::view::View;

/// What can be listed.
pub(crate) const TARGETS: [&str; 7] = [
    "terms",
    "sources",
    "cards",
    "targets",
    "changed-figures",
    "changed-text",
    "corrections",
];

/// The key of a term among the anchors of an edition; ids hold no colon.
pub(crate) fn term_anchor(id: &str) -> String {
    format!("term:{id}")
}

/// The key of a source among the anchors of an edition.
pub(crate) fn source_anchor(key: &str) -> String {
    format!("cite:{key}")
}

/// The key of a staff group's card among the anchors of an edition.
pub(crate) fn card_anchor(id: &str) -> String {
    format!("card:{id}")
}

/// The group that a list of terms names.
pub(crate) fn group(directive: &Directive) -> &str {
    directive.own("group").map_or("", |group| &group.value)
}

/// Writes a list; its name has been checked when the directive was read.
pub(crate) fn write(writer: &Writer<'_, '_>, directive: &Directive, out: &mut String) {
    if let Some(told) = changes::told(&writer.view, &directive.target) {
        return changed(writer, &told, &directive.target, out);
    }
    match directive.target.as_str() {
        "terms" => terms(writer, group(directive), out),
        "cards" => cards(writer, out),
        "targets" => targets(writer, out),
        _ => sources(writer, out),
    }
}

/// Lines and table of the appendix of changes.
fn changed(writer: &Writer<'_, '_>, told: &Told, id: &str, out: &mut String) {
    for line in &told.lines {
        let links: Vec<String> = line
            .ids
            .iter()
            .filter_map(|id| writer.link(id, ""))
            .collect();
        let links = match links.is_empty() {
            true => String::new(),
            false => format!(" ({})", links.join(", ")),
        };
        let _ = writeln!(out, "<p>{}{links}</p>", escape(&line.words));
    }
    if let Some(table) = &told.table {
        let table = html::table(table, &escape(&told.caption), id, "figures");
        let _ = writeln!(out, "{table}");
    }
}

fn terms(writer: &Writer<'_, '_>, group: &str, out: &mut String) {
    let book = writer.view.book;
    out.push_str("<dl class=\"terms\">\n");
    for term in book.terms.of_group(group, writer.view.lang) {
        let _ = writeln!(
            out,
            "<div id=\"term-{}\"><dt>{}</dt><dd>{}</dd></div>",
            term.id,
            heading(writer, term),
            meaning(writer, term)
        );
    }
    out.push_str("</dl>\n");
}

/// The word, other words for it, and the word in the other languages.
fn heading(writer: &Writer<'_, '_>, term: &Term) -> String {
    let lang = writer.view.lang;
    let wording = term.wording(lang);
    let mut out = format!("<dfn>{}</dfn>", escape(&wording.word));
    for also in &wording.also {
        let _ = write!(out, ", {}", escape(also));
    }
    let languages = &writer.view.book.settings.languages;
    let others = languages.iter().filter(|other| **other != lang);
    let others: Vec<String> = others
        .map(|other| {
            let wording = term.wording(*other);
            let words: Vec<&str> = std::iter::once(&wording.word)
                .chain(&wording.also)
                .map(String::as_str)
                .collect();
            let (tag, words) = (other.tag(), escape(&words.join(", ")));
            format!("<span lang=\"{tag}\">{words}</span>")
        })
        .collect();
    if !others.is_empty() {
        let _ = write!(
            out,
            " <span class=\"others\">({})</span>",
            others.join("; ")
        );
    }
    out
}

fn meaning(writer: &Writer<'_, '_>, term: &Term) -> String {
    let wording = term.wording(writer.view.lang);
    let mut out = escape(&wording.means);
    if let Some(avoid) = &wording.avoid {
        let words = writer.view.words.with("term-avoid", &[("words", avoid)]);
        let _ = write!(out, " {}", escape(&words));
    }
    if let Some((see, _)) = &term.see
        && let Some(link) = writer.link(see, "")
    {
        let words = escape(&writer.view.words.get("term-see"));
        let _ = write!(out, " {words} {link}.");
    }
    out
}

fn sources(writer: &Writer<'_, '_>, out: &mut String) {
    let lang = writer.view.lang;
    let cited = &writer.outline.cited;
    out.push_str("<ul class=\"sources\">\n");
    let all = writer.view.book.citations.all(lang);
    for source in all.iter().filter(|source| cited.contains(&source.key)) {
        let written = escape(&written_in(&writer.view, source));
        let _ = writeln!(
            out,
            "<li id=\"source-{}\">{}{written}</li>",
            source.key,
            listed(source, lang)
        );
    }
    out.push_str("</ul>\n");
}

/// A card for each staff group of the catalogue, under the group that shares its target levels.
fn cards(writer: &Writer<'_, '_>, out: &mut String) {
    let view = &writer.view;
    for (group, roles) in card::by_group(view.request.catalog) {
        let title = group.map_or_else(
            || view.words.get("card-others"),
            |group| group.name.get(view.lang).to_owned(),
        );
        let _ = writeln!(out, "<h3>{}</h3>", escape(&title));
        let facts: String = group
            .map_or_else(Vec::new, |group| facts(view, group.id.as_str()))
            .iter()
            .map(|words| format!("<p>{}</p>\n", escape(words)))
            .collect();
        for role in roles {
            let id = role.id.as_str();
            let Some(wording) = view.book.cards.get(id, view.lang) else {
                continue;
            };
            let name = escape(role.name.get(view.lang));
            let _ = writeln!(
                out,
                "<article class=\"card\" id=\"card-{id}\" aria-labelledby=\"card-{id}-name\">\n\
                 <h4 id=\"card-{id}-name\">{name}</h4>"
            );
            for (key, tag, lines) in [
                ("card-tasks", "ul", &wording.tasks),
                ("card-steps", "ol", &wording.steps),
            ] {
                let _ = write!(out, "<p>{}</p>\n<{tag}>", escape(&view.words.get(key)));
                for line in lines {
                    let _ = write!(out, "<li>{}</li>", escape(line));
                }
                let _ = writeln!(out, "</{tag}>");
            }
            let ask = view.words.with("card-ask", &[("whom", &wording.ask)]);
            let _ = writeln!(out, "<p>{}</p>\n{facts}</article>", escape(&ask));
        }
    }
}

/// What is the same on all cards of a group: target levels, and the largest gap of its answers.
pub(crate) fn facts(view: &View<'_>, group: &str) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(targets) = view.book.cards.targets.get(group) {
        let levels: Vec<String> = areas(view)
            .iter()
            .filter_map(|area| {
                Some(format!(
                    "{} {}",
                    view.label("area", area),
                    targets.get(area)?
                ))
            })
            .collect();
        let words = view
            .words
            .with("card-targets", &[("levels", &levels.join(", "))]);
        out.push(words);
    }
    out.extend(messages::of_group(view, group));
    out
}

/// Areas that any group has a target for, in the order of the book.
fn areas(view: &View<'_>) -> Vec<String> {
    let known: BTreeSet<&String> = view
        .book
        .cards
        .targets
        .values()
        .flat_map(|levels| levels.keys())
        .collect();
    let order = view.book.settings.order.get("area");
    let named = order
        .into_iter()
        .flatten()
        .filter(|area| known.contains(area));
    let rest = known
        .iter()
        .filter(|area| order.is_none_or(|order| !order.contains(area)));
    named.chain(rest.copied()).cloned().collect()
}

fn targets(writer: &Writer<'_, '_>, out: &mut String) {
    let table = target_table(&writer.view);
    let caption = escape(&writer.view.words.get("targets-caption"));
    let html = html::table(&table, &caption, "target-levels", "figures shaded");
    let _ = writeln!(out, "{html}");
}

/// Target levels by staff group and area; the table is the chart.
pub(crate) fn target_table(view: &View<'_>) -> ChartTable {
    let areas = areas(view);
    let mut columns = vec![view.dimension("role_group")];
    columns.extend(areas.iter().map(|area| view.label("area", area)));
    let groups = view.request.catalog.role_groups.iter();
    let rows = groups.filter_map(|group| {
        let levels = view.book.cards.targets.get(group.id.as_str())?;
        let cell = |area: &String| match levels.get(area) {
            Some(level) => TableCell {
                text: level.to_string(),
                shade: Some(*level),
            },
            None => view.words.get("no-target").into(),
        };
        Some(TableRow {
            header: group.name.get(view.lang).to_owned(),
            cells: areas.iter().map(cell).collect(),
        })
    });
    ChartTable {
        columns,
        rows: rows.collect(),
    }
}

/// A source as listed; its title is in the language it was written in.
fn listed(source: &Source, lang: Lang) -> String {
    let foreign = source.written.filter(|written| *written != lang);
    let marked = foreign.map_or_else(String::new, |other| format!(" lang=\"{}\"", other.tag()));
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => escape(text),
        Piece::Title(text) => format!("<cite{marked}>{}</cite>", escape(text)),
        Piece::Link { text, to } => {
            let (text, to) = (escape(text), escape(to));
            format!("<a href=\"{to}\" rel=\"noreferrer\">{text}</a>")
        }
    };
    source.full.iter().map(piece).collect()
}

/// In which language a source is written, where it is another than the book's; with a full stop
/// before it where the source ends in an address.
pub(crate) fn written_in(view: &View<'_>, source: &Source) -> String {
    let lang = view.lang;
    let key = match source.written.filter(|written| *written != lang) {
        None => return String::new(),
        Some(Lang::Fi) => "written-fi",
        Some(Lang::Sv) => "written-sv",
        Some(Lang::En) => "written-en",
    };
    let stop = match source.full.last() {
        Some(Piece::Link { .. }) => ".",
        _ => "",
    };
    format!("{stop} {}", view.words.get(key))
}

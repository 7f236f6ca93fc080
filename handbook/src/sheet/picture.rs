//! The situation of a population on one A4: who answered, main messages, own ratings against
//! targets, and the largest gap of each staff group.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use charts::{ChartTable, TableCell, TablePlace, TableRow};
use findings::ALL;

use super::first_figure;
use crate::front;
use crate::html::{escape, table};
use crate::lookup;
use crate::messages::{self, Largest};
use crate::outline::Outline;
use crate::view::View;

/// The section whose first chart shows ratings against targets.
const NEED: &str = "results.need";

pub(super) fn main(view: &View<'_>, outline: &Outline<'_>) -> String {
    let words = |key: &str| escape(&view.words.get(key));
    let mut out = format!(
        "<h1><span class=\"number\">{}</span> {}</h1>\n{}",
        words("picture"),
        escape(&view.population_name()),
        front::facts(view)
    );
    let messages = messages::of(view);
    if !messages.is_empty() {
        let _ = writeln!(
            out,
            "<section aria-labelledby=\"messages\">\n<h2 id=\"messages\">{}</h2>\n<ol class=\"messages\">",
            words("messages-title")
        );
        for message in &messages {
            let _ = writeln!(out, "<li>{}</li>", escape(&message.words));
        }
        out.push_str("</ol>\n</section>\n");
    }
    out.push_str("<div class=\"halves\">\n");
    let title = view.words.get("picture-need");
    if let Some(figure) = first_figure(
        view,
        outline,
        NEED,
        &title,
        &mut BTreeSet::new(),
        TablePlace::Below,
    ) {
        let _ = write!(
            out,
            "<section aria-labelledby=\"need\">\n<h2 id=\"need\">{}</h2>\n{figure}</section>\n",
            escape(&title)
        );
    }
    if let Some(groups) = groups(view) {
        let title = words("picture-groups");
        // The table can be scrolled, so it is a region of its own and needs a name of its own.
        let caption = format!(
            "{title}: {}, {}",
            words("stat-response_rate"),
            words("gap-largest")
        );
        let _ = write!(
            out,
            "<section aria-labelledby=\"groups\">\n<h2 id=\"groups\">{title}</h2>\n{}<p class=\"base\">{}</p>\n</section>\n",
            table(&groups, &caption, "groups-table", "figures"),
            words("withheld-note")
        );
    }
    let _ = writeln!(
        out,
        "</div>\n<p class=\"read\">{} <a href=\"index.html\">{}</a></p>",
        words("picture-read"),
        words("sheet-more")
    );
    out
}

/// Every staff group with its response rate and its largest clear gap.
fn groups(view: &View<'_>) -> Option<ChartTable> {
    let gaps = view.findings().table("area.gap")?;
    let dim = gaps.dims().iter().position(|dim| dim == "role_group")?;
    let rates = view.findings().table("response.rate");
    let rate = |group: &str| {
        let table = rates.filter(|table| *table.dims() == ["role_group"])?;
        let cell = table.cell(&[group])?;
        Some(lookup::cell_text(view, table, cell))
    };
    let mut keys = view.keys_of(gaps, dim);
    keys.push(ALL.to_owned());
    let rows = keys.iter().map(|group| {
        let gap = match messages::largest_of(view, group) {
            Some(Largest::Clear { area, value }) => {
                let given = [("area", area.as_str()), ("value", value.as_str())];
                view.words.with("gap-of", &given)
            }
            Some(Largest::NotClear) => view.words.get("gap-not-clear"),
            Some(Largest::Withheld) | None => view.words.get("withheld"),
        };
        let rate = rate(group).unwrap_or_else(|| view.words.get("withheld"));
        TableRow {
            header: view.label("role_group", group),
            cells: [rate, gap].map(TableCell::from).into(),
        }
    });
    Some(ChartTable {
        rows: rows.collect(),
        columns: vec![
            view.dimension("role_group"),
            view.words.get("stat-response_rate"),
            view.words.get("gap-largest"),
        ],
    })
}

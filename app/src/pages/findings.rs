//! Released findings as tables: labels, numbers of answers, intervals, withheld in words.

use findings::{ALL, Cell, Findings, Row, Table};
use leptos::prelude::*;

use super::{
    PageContext, address,
    findings_words::{cell_texts, dim_text, key_text, table_note, table_title, unit_text},
    words::Words,
};
use crate::components::{Shell, document};

/// Released findings of a wave.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingsPage {
    /// The wave's id.
    pub wave: String,
    /// The survey's name.
    pub survey: String,
    /// The municipality, or the network's name.
    pub place: String,
    /// The released file.
    pub findings: Findings,
}

/// Renders released findings.
#[must_use]
pub fn render_findings(page: &FindingsPage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let title = words.say_with(
        "findings-title",
        [
            ("wave", page.wave.as_str().into()),
            ("number", page.findings.release.into()),
        ],
    );
    document(ctx, Shell::coordinator(title.clone()), || {
        let tables = page
            .findings
            .tables
            .iter()
            .map(|table| figure_table(words, &page.findings, table))
            .collect_view();
        view! {
            <p class="crumb">
                <a href=address::wave(ctx.lang, &page.wave)>{page.wave.clone()}</a>
            </p>
            <p class="eyebrow">{page.place.clone()} " · " {page.survey.clone()}</p>
            <h1>{title}</h1>
            <p>{words.say("findings-self-rated")}</p>
            <p>{words.say("findings-withheld-why")}</p>
            <Contents words findings=page.findings.clone()/>
            {tables}
            <Provenance words findings=page.findings.clone()/>
        }
    })
}

/// Links to the tables of the page.
#[component]
fn Contents(words: Words, findings: Findings) -> impl IntoView {
    let entries = findings
        .tables
        .iter()
        .map(|table| {
            let href = format!("#{}", anchor(table.id()));
            view! { <li><a href=href>{table_title(words, table.id())}</a></li> }
        })
        .collect_view();
    view! {
        <nav class="contents no-print" aria-label=words.say("findings-contents")>
            <ul>{entries}</ul>
        </nav>
    }
}

/// Returns the id of a table's heading; full stops would not work in a link's target.
fn anchor(table: &str) -> String {
    format!("t-{}", table.replace('.', "-"))
}

/// One table: rows under the keys before the last, with figure, interval and number of answers.
fn figure_table(words: Words, findings: &Findings, table: &Table) -> impl IntoView + use<> {
    let heading = table_title(words, table.id());
    let id = anchor(table.id());
    let caption_id = format!("{id}-caption");
    let with_interval = table
        .rows()
        .iter()
        .any(|row| matches!(&row.cell, Cell::Shown(estimate) if estimate.low.is_some()));
    let columns = 3 + usize::from(with_interval);
    let last_dim = table.dims().last().cloned().unwrap_or_default();
    let bodies = groups(words, findings, table)
        .into_iter()
        .map(|group| body(words, table, group, with_interval, columns))
        .collect_view();
    view! {
        <section>
            <h2 id=id.clone()>{heading.clone()}</h2>
            <p class="small quiet">{table_note(words, table)}</p>
            <div class="table-wrap" role="region" aria-labelledby=caption_id.clone() tabindex="0">
                <table>
                    <caption id=caption_id.clone() class="unseen">{heading}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{dim_text(words, &last_dim)}</th>
                            <th scope="col" class="n">{unit_text(words, table)}</th>
                            {with_interval
                                .then(|| view! { <th scope="col" class="n">{words.say("column-interval")}</th> })}
                            <th scope="col" class="n">{words.say("column-n")}</th>
                        </tr>
                    </thead>
                    {bodies}
                </table>
            </div>
        </section>
    }
}

/// Rows of a table that share every key but the last.
struct Group {
    heading: Option<String>,
    rows: Vec<(String, Cell)>,
}

fn groups(words: Words, findings: &Findings, table: &Table) -> Vec<Group> {
    let mut groups: Vec<(Vec<String>, Group)> = Vec::new();
    // Files have rows by key; a reader looks for the total first.
    let mut rows: Vec<&Row> = table.rows().iter().collect();
    rows.sort_by_key(|row| row.keys.iter().map(|key| key != ALL).collect::<Vec<_>>());
    for row in rows {
        let Some((last, before)) = row.keys.split_last() else {
            continue;
        };
        let label = |place: usize, key: &str| {
            key_text(
                words,
                findings,
                table.dims().get(place).map_or("", String::as_str),
                key,
            )
        };
        let entry = (label(before.len(), last), row.cell.clone());
        if let Some((_, group)) = groups.iter_mut().find(|(keys, _)| keys == before) {
            group.rows.push(entry);
            continue;
        }
        let heading: Vec<String> = before
            .iter()
            .enumerate()
            .map(|(place, key)| label(place, key))
            .collect();
        let heading = (!heading.is_empty()).then(|| heading.join(" · "));
        groups.push((
            before.to_vec(),
            Group {
                heading,
                rows: vec![entry],
            },
        ));
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn body(
    words: Words,
    table: &Table,
    group: Group,
    with_interval: bool,
    columns: usize,
) -> impl IntoView + use<> {
    let class = if group.heading.is_some() {
        "of-group"
    } else {
        ""
    };
    let rows = group
        .rows
        .into_iter()
        .map(|(label, cell)| {
            let texts = cell_texts(words, table, &cell);
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td class="n">{texts.figure}</td>
                    {with_interval.then(|| view! { <td class="n">{texts.interval}</td> })}
                    <td class="n">{texts.n}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <tbody class=class>
            {group
                .heading
                .map(|heading| {
                    view! {
                        <tr>
                            <th scope="rowgroup" colspan=columns.to_string()>{heading}</th>
                        </tr>
                    }
                })}
            {rows}
        </tbody>
    }
}

/// What made the figures, so that anybody can ask for the same again.
#[component]
fn Provenance(words: Words, findings: Findings) -> impl IntoView {
    let made = findings.produced;
    view! {
        <h2>{words.say("findings-provenance")}</h2>
        <dl class="facts small">
            <dt>{words.say("findings-program")}</dt>
            <dd>{made.program}</dd>
            <dt>{words.say("findings-dataset")}</dt>
            <dd class="num">{short(&made.dataset_sha256)}</dd>
            <dt>{words.say("findings-job")}</dt>
            <dd class="num">{short(&made.job_sha256)}</dd>
            <dt>{words.say("findings-rule")}</dt>
            <dd>
                {words.say_with(
                    "findings-rule-text",
                    [
                        ("unit", findings.rule.min_unit.into()),
                        ("group", findings.rule.min_group.into()),
                    ],
                )}
            </dd>
        </dl>
    }
}

/// The first twelve digits of a digest: enough to compare by eye.
fn short(digest: &str) -> String {
    digest.chars().take(12).collect()
}

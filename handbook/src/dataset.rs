//! The figures of an edition as search engines and catalogues find them: a schema.org `Dataset` in
//! the head of the pages that lead to them.
//!
//! A data block is no script: browsers do not run it, and no policy of scripts asks about it.

use findings::Table;
use serde::Serialize;

use crate::csvw;
use crate::release;
use crate::view::View;

/// Pages that lead to the figures.
const PAGES: [&str; 2] = ["index.html", "tables.html"];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dataset<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    description: String,
    identifier: String,
    version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'a str>,
    creative_work_status: &'static str,
    in_language: Vec<&'static str>,
    is_accessible_for_free: bool,
    spatial_coverage: Place,
    variable_measured: Vec<String>,
    is_part_of: Book<'a>,
    distribution: Vec<Download>,
}

#[derive(Serialize)]
struct Place {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
}

#[derive(Serialize)]
struct Book<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Download {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    content_url: String,
    encoding_format: &'static str,
}

/// What the figures of an edition are called.
pub(crate) fn name(view: &View<'_>) -> String {
    let (book, place, wave) = (
        view.book.settings.title(view.lang),
        view.population_name(),
        view.wave(),
    );
    let given = [
        ("book", book),
        ("name", place.as_str()),
        ("wave", wave.as_str()),
    ];
    view.words.with("dataset-name", &given)
}

/// What they are about; invented figures say so here as well.
pub(crate) fn about(view: &View<'_>) -> String {
    let about = view.words.get("dataset-about");
    if view.is_simulated() {
        format!("{} {about}", view.words.get("simulated"))
    } else {
        about
    }
}

/// Edition and population.
pub(crate) fn identifier(view: &View<'_>) -> String {
    format!("{}/{}", view.request.edition, view.file.population())
}

/// Returns the data block for the head of a page; most pages have none.
pub(crate) fn block(view: &View<'_>, page: &str) -> String {
    if !PAGES.contains(&page) {
        return String::new();
    }
    let tables = release::named(view.findings());
    let mut variables: Vec<String> = tables
        .iter()
        .map(|(_, table)| csvw::title(view, table))
        .collect();
    variables.sort();
    variables.dedup();
    let dataset = Dataset {
        context: "https://schema.org",
        kind: "Dataset",
        name: name(view),
        description: about(view),
        identifier: identifier(view),
        version: view.request.edition,
        date_published: view.request.published,
        creative_work_status: if view.request.draft {
            "Draft"
        } else {
            "Published"
        },
        in_language: view
            .book
            .settings
            .languages
            .iter()
            .map(|l| l.tag())
            .collect(),
        is_accessible_for_free: true,
        spatial_coverage: Place {
            kind: "Place",
            name: view.population_name(),
        },
        variable_measured: variables,
        is_part_of: Book {
            kind: "Book",
            name: view.book.settings.title(view.lang),
            url: "index.html",
        },
        distribution: downloads(view, &tables),
    };
    let json = serde_json::to_string(&dataset).expect("a dataset holds nothing but text");
    // Nothing inside may end the block.
    let json = json.replace('<', "\\u003c");
    format!("<script type=\"application/ld+json\">{json}</script>\n")
}

/// The files, by their address from a page.
fn downloads(view: &View<'_>, tables: &[(String, &Table)]) -> Vec<Download> {
    let folder = format!("../{}", release::FOLDER);
    let file = |name: String, file: &str, encoding_format| Download {
        kind: "DataDownload",
        name,
        content_url: format!("{folder}/{file}"),
        encoding_format,
    };
    let mut all = vec![
        file(
            view.words.get("data-findings"),
            release::FINDINGS,
            "application/json",
        ),
        file(
            view.words.get("data-columns"),
            csvw::NAME,
            "application/csvm+json",
        ),
    ];
    let table = |(name, table): &(String, &Table)| file(csvw::title(view, table), name, "text/csv");
    all.extend(tables.iter().map(table));
    all
}

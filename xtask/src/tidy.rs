//! House rules that a compiler does not know: the dependency table, where SQL may stand, the
//! glossary of types, and nothing unfinished.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::step::{output, root};

/// Who may depend on whom inside the workspace (docs/ARCHITECTURE.md, "Who may depend on whom").
const MAY_USE: &[(&str, &[&str])] = &[
    ("surveys", &[]),
    ("exchange", &["surveys"]),
    ("findings", &["surveys"]),
    ("app", &["surveys", "findings", "exchange", "charts"]),
    ("analysis", &["surveys", "exchange", "findings", "charts"]),
    ("charts", &["surveys", "findings"]),
    ("typeset", &[]),
    (
        "handbook",
        &["surveys", "exchange", "findings", "charts", "typeset"],
    ),
    (
        "icteko",
        &[
            "surveys", "exchange", "findings", "app", "analysis", "charts", "handbook",
        ],
    ),
    ("pilot", &["surveys"]),
    (
        "e2e",
        &["surveys", "exchange", "findings", "app", "handbook"],
    ),
    ("xtask", &[]),
];

/// What a crate must never see, however far down its dependencies.
const MUST_NEVER_SEE: &[(&str, &[&str])] = &[
    ("surveys", &["tokio", "sqlx", "polars", "leptos"]),
    ("exchange", &["sqlx", "polars", "leptos"]),
    ("findings", &["polars", "pulldown-cmark", "plotters"]),
    ("app", &["polars", "pulldown-cmark", "typst"]),
    ("analysis", &["sqlx", "leptos"]),
    ("charts", &["polars", "leptos", "sqlx", "typst"]),
    ("typeset", &["tokio", "ureq", "rustls", "polars", "sqlx"]),
    ("handbook", &["polars", "sqlx", "leptos"]),
    ("xtask", &["polars", "sqlx", "leptos", "typst"]),
];

/// What stands once in the whole graph. A second `comemo` would keep caches of its own, and
/// emptying ours after each book would do nothing.
const ONCE: &[&str] = &["comemo"];

/// Types that carry the words of the domain; each stands in the glossary.
const GLOSSARY_TYPES: &[&str] = &[
    "Area",
    "Competence",
    "Item",
    "ResponseScale",
    "Level",
    "Role",
    "RoleProfile",
    "TargetLevel",
    "Survey",
    "Assessment",
    "Answer",
    "Response",
    "Missing",
    "Score",
    "Gap",
    "Municipality",
    "MunicipalityCode",
    "Unit",
    "WaveId",
    "Variable",
    "Codebook",
    "Estimate",
    "Finding",
    "Edition",
];

/// Checks everything and reports every fault at once.
pub(crate) fn run(_args: &[String]) -> Result<(), String> {
    let mut faults = Vec::new();
    dependency_table(&mut faults)?;
    let files = tracked_files()?;
    source_rules(&files, &mut faults);
    glossary(&files, &mut faults);
    links(&files, &mut faults);
    if faults.is_empty() {
        eprintln!("tidy: {} files, no fault", files.len());
        Ok(())
    } else {
        Err(format!(
            "{} faults\n  {}",
            faults.len(),
            faults.join("\n  ")
        ))
    }
}

fn dependency_table(faults: &mut Vec<String>) -> Result<(), String> {
    let text = output(
        Command::new("cargo")
            .args(["metadata", "--format-version", "1", "--locked"])
            .current_dir(root()),
    )?;
    let metadata: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let members: BTreeSet<&str> = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|package| package["source"].is_null())
        .filter_map(|package| package["name"].as_str())
        .collect();
    let graph = normal_dependencies(&metadata);
    faults.extend(edge_faults(&members, &graph));
    faults.extend(version_faults(&metadata));
    Ok(())
}

/// Returns normal dependencies (no build, no test) by package name.
fn normal_dependencies(metadata: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let name_of = |id: &Value| {
        metadata["packages"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|package| package["id"] == *id)
            .and_then(|package| package["name"].as_str())
            .map(str::to_owned)
    };
    let names: BTreeMap<String, String> = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|package| Some((package["id"].as_str()?.to_owned(), name_of(&package["id"])?)))
        .collect();
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for node in metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten()
    {
        let Some(name) = node["id"].as_str().and_then(|id| names.get(id)) else {
            continue;
        };
        let entry = graph.entry(name.clone()).or_default();
        for dependency in node["deps"].as_array().into_iter().flatten() {
            let is_normal = dependency["dep_kinds"]
                .as_array()
                .is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()));
            if let (true, Some(id)) = (is_normal, dependency["pkg"].as_str()) {
                entry.extend(names.get(id).cloned());
            }
        }
    }
    graph
}

fn version_faults(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array();
    let count = |name: &str| {
        let named = packages.into_iter().flatten();
        named.filter(|package| package["name"] == name).count()
    };
    let several = ONCE.iter().filter(|name| count(name) > 1);
    several
        .map(|name| format!("there are several versions of `{name}`; one has to stand alone"))
        .collect()
}

fn edge_faults(
    members: &BTreeSet<&str>,
    graph: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<String> {
    let mut faults = Vec::new();
    for member in members {
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| name == member) else {
            faults.push(format!("package `{member}` is not in the dependency table"));
            continue;
        };
        for used in graph.get(*member).into_iter().flatten() {
            if members.contains(used.as_str()) && !allowed.contains(&used.as_str()) {
                faults.push(format!(
                    "`{member}` may not use `{used}` (dependency table)"
                ));
            }
        }
    }
    for (member, banned) in MUST_NEVER_SEE {
        let mut seen = BTreeSet::new();
        let mut open = vec![(*member).to_owned()];
        while let Some(package) = open.pop() {
            for used in graph.get(&package).into_iter().flatten() {
                if seen.insert(used.clone()) {
                    open.push(used.clone());
                }
            }
        }
        for name in *banned {
            if seen.contains(*name) {
                faults.push(format!(
                    "`{member}` must never see `{name}`, not even far down"
                ));
            }
        }
    }
    faults
}

fn tracked_files() -> Result<Vec<PathBuf>, String> {
    let text = output(
        Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard"])
            .current_dir(root()),
    )?;
    let mut files: Vec<PathBuf> = text
        .lines()
        .map(PathBuf::from)
        .filter(|file| root().join(file).is_file())
        .collect();
    files.sort();
    Ok(files)
}

fn source_rules(files: &[PathBuf], faults: &mut Vec<String>) {
    // The words are put together here so that this file does not find itself.
    let unfinished = [
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("#[ig", "nore"),
        concat!("TO", "DO"),
    ];
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|end| end == "rs"))
    {
        let Ok(text) = fs::read_to_string(root().join(file)) else {
            continue;
        };
        if !text.trim_start().starts_with("//!") && !text.trim_start().starts_with("#![doc") {
            faults.push(format!(
                "{}: a module opens with `//!`: what it owns",
                file.display()
            ));
        }
        let may_hold_sql = file.starts_with("app/src/store") || file.starts_with("app/tests");
        for (number, line) in text.lines().enumerate() {
            let place = format!("{}:{}", file.display(), number + 1);
            for word in unfinished {
                if line.contains(word) {
                    faults.push(format!("{place}: unfinished: {}", line.trim()));
                }
            }
            if line.contains(concat!("sql", "x::")) && !may_hold_sql {
                faults.push(format!(
                    "{place}: SQL stands in app/src/store and nowhere else"
                ));
            }
        }
    }
}

fn glossary(files: &[PathBuf], faults: &mut Vec<String>) {
    let glossary = fs::read_to_string(root().join("docs/glossary.md")).unwrap_or_default();
    let mut code = String::new();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|end| end == "rs"))
    {
        code.push_str(&fs::read_to_string(root().join(file)).unwrap_or_default());
    }
    for name in GLOSSARY_TYPES {
        let exists = ["struct", "enum", "type", "text_id!"].iter().any(|kind| {
            code.contains(&format!("pub {kind} {name}"))
                || code.contains(&format!("    {name}, \"a"))
        });
        if !exists {
            faults.push(format!("the type `{name}` of the glossary does not exist"));
        }
        if !glossary.contains(&format!("`{name}`")) {
            faults.push(format!("docs/glossary.md does not explain `{name}`"));
        }
    }
}

/// Links between files of the repository must lead somewhere.
fn links(files: &[PathBuf], faults: &mut Vec<String>) {
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|end| end == "md"))
    {
        // Handbook text has its own directives and its own check.
        let others = [
            "handbook/content",
            "handbook/tests/problems",
            "surveys/instruments",
        ];
        if others.iter().any(|folder| file.starts_with(folder)) {
            continue;
        }
        let Ok(text) = fs::read_to_string(root().join(file)) else {
            continue;
        };
        let folder = root().join(file.parent().unwrap_or(Path::new("")));
        for (number, line) in text.lines().enumerate() {
            for target in line
                .split("](")
                .skip(1)
                .filter_map(|rest| rest.split(')').next())
            {
                let path = target.split('#').next().unwrap_or("");
                let is_local = !path.is_empty() && !path.contains(':') && !path.contains(' ');
                if is_local && !folder.join(path).exists() {
                    faults.push(format!(
                        "{}:{}: `{target}` leads nowhere",
                        file.display(),
                        number + 1
                    ));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_version_of_what_stands_alone_is_a_fault() {
        let one = serde_json::json!({"packages": [{"name": "comemo"}, {"name": "serde"}, {"name": "serde"}]});
        assert!(version_faults(&one).is_empty());
        let two = serde_json::json!({"packages": [{"name": "comemo"}, {"name": "comemo"}]});
        assert_eq!(version_faults(&two).len(), 1);
    }

    #[test]
    fn a_forbidden_edge_and_a_far_dependency_are_found() {
        let members = BTreeSet::from(["surveys", "findings", "handbook"]);
        let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut edge = |from: &str, to: &str| {
            graph.entry(from.into()).or_default().insert(to.into());
        };
        edge("findings", "handbook");
        edge("surveys", "serde");
        edge("serde", "tokio");
        let faults = edge_faults(&members, &graph);
        assert!(
            faults
                .iter()
                .any(|f| f.contains("`findings` may not use `handbook`")),
            "{faults:?}"
        );
        assert!(
            faults
                .iter()
                .any(|f| f.contains("`surveys` must never see `tokio`")),
            "{faults:?}"
        );
    }
}

//! From the text of a job file to a [`Job`], or to every problem it has.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use findings::Rule;
use toml::de::DeTable;

use super::factors;
use super::fields::{Fields, Notes, suggestion};
use super::forms;
use super::group_table;
use super::levels;
use super::{DataSource, JOB_SCHEMA, Job, JobProblem, JobStatistic, Output, WaveChoice};
use super::{compare, decide, design, profiles};
use crate::dataset::Encoding;

/// Reads a whole job.
pub(super) fn job(text: &str, file: &str, folder: &Path) -> Result<Job, Vec<JobProblem>> {
    let mut notes = Notes {
        file,
        text,
        problems: Vec::new(),
    };
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        syntax(&errors, &mut notes);
        return Err(notes.problems);
    }
    let start = 0..text.find('\n').unwrap_or(text.len());
    let mut fields = Fields::new("", start, Some(document.get_ref()));
    let job = fill(&mut fields, &mut notes, folder);
    fields.finish(&mut notes);
    notes
        .problems
        .sort_by_key(|problem| (problem.line, problem.column));
    match job {
        Some(job) if notes.problems.is_empty() => Ok(job),
        _ => Err(notes.problems),
    }
}

/// Notes what is not TOML: one problem in each of the first lines, since what stands behind a
/// mistake is often taken for another.
fn syntax(errors: &[toml::de::Error], notes: &mut Notes<'_>) {
    const SHOWN: usize = 5;
    let text = notes.text;
    if let Some(start) = text.find(|c: char| !c.is_whitespace() && c != '\u{feff}')
        && text[start..].starts_with('{')
    {
        let help = "name a codebook under [data]; `icteko analyse --help` shows a whole job";
        let message = "this is JSON, and a job file is TOML";
        return notes.note(start..start + 1, message, Some(help.to_owned()));
    }
    let mut by_line = BTreeMap::new();
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let line = text.get(..span.start).unwrap_or(text).matches('\n').count();
        by_line.entry(line).or_insert((span, error.message()));
    }
    let further = by_line.len().saturating_sub(SHOWN);
    for (place, (span, message)) in by_line.into_values().take(SHOWN).enumerate() {
        let is_last = further > 0 && place + 1 == SHOWN;
        let help = is_last.then(|| {
            format!("{further} more lines are not TOML; `icteko analyse --help` shows a whole job")
        });
        notes.note(span, format!("this is not TOML: {message}"), help);
    }
}

fn fill(fields: &mut Fields<'_, '_>, notes: &mut Notes<'_>, folder: &Path) -> Option<Job> {
    schema(fields, notes);
    let title = fields.text(notes, "title").map(|(title, _)| title);
    let data = data(fields.table(notes, "data"), notes, folder);
    let wave = wave(fields.table(notes, "wave"), notes);
    let mut groups = fields.table(notes, "groups");
    let by = groups.texts(notes, "by").unwrap_or_default();
    let by = by.into_iter().map(|(name, _)| name).collect();
    let unit = groups.truth(notes, "unit").is_some_and(|(unit, _)| unit);
    groups.finish(notes);
    let (output, confidence) = release(fields.table(notes, "release"), notes);
    let compare = compare::compare(fields.table(notes, "compare"), notes);
    let factors = factors::factors(fields.table(notes, "factors"), notes);
    let levels = levels::levels(fields.table(notes, "levels"), notes);
    let design = fields.table(notes, "design");
    let sampling = design::sampling(design, notes, data.as_ref());
    let forms = forms::read(fields.table(notes, "output"), notes);
    let (needs, themes) = (fields.table(notes, "needs"), fields.table(notes, "themes"));
    let places = [needs.span(), themes.span()];
    let themes_are_named = themes.is_present();
    let (needs, themes) = (decide::needs(needs, notes), decide::themes(themes, notes));
    let profiles = profiles::profiles(fields.table(notes, "profiles"), notes);
    let seed = seed(fields, notes);
    let statistics = statistics(fields, notes);
    let lacks = [
        (
            JobStatistic::Needs,
            needs.importance.is_empty(),
            NO_IMPORTANCE,
        ),
        (JobStatistic::Themes, !themes_are_named, NO_THEMES),
    ];
    for ((statistic, lacks, [message, help]), place) in lacks.into_iter().zip(places) {
        if lacks && statistics.contains(&statistic) {
            notes.note(place, message, Some(help.to_owned()));
        }
    }
    let tables = group_table::tables(fields.tables(notes, "table"), notes);
    if !tables.is_empty() {
        let has_frame = matches!(&data, Some(DataSource::File { frame: Some(_), .. }));
        refuse_beside_tables(fields, has_frame, notes);
    }
    Some(Job {
        title: title.unwrap_or_default(),
        data: data?,
        wave,
        by,
        unit,
        output,
        forms,
        confidence,
        compare,
        levels,
        factors,
        sampling,
        needs,
        profiles,
        themes,
        seed,
        statistics,
        tables,
    })
}

const NO_IMPORTANCE: [&str; 2] = [
    "`needs` is asked for, and no item says how important an area is",
    "add `[needs.importance]` with `dimension = \"column\"` for each area",
];
const NO_THEMES: [&str; 2] = [
    "`themes` is asked for, and none is described",
    "add `[themes]` with `column` and `[themes.words]`",
];

/// Returns where random numbers start; nothing said is a number too, so that every run is the
/// same.
fn seed(fields: &mut Fields<'_, '_>, notes: &mut Notes<'_>) -> u64 {
    match fields.whole(notes, "seed") {
        None => 1,
        Some((number, span)) => u64::try_from(number).unwrap_or_else(|_| {
            notes.note(span, "`seed` must not be negative", None);
            1
        }),
    }
}

/// A job with tables of groups says everything in them; what it says elsewhere would be ignored.
fn refuse_beside_tables(fields: &Fields<'_, '_>, has_frame: bool, notes: &mut Notes<'_>) {
    if let Some(span) = fields.place_of("data").filter(|_| has_frame) {
        notes.note(span, "`frame` has no meaning beside [[table]]", None);
    }
    for key in [
        "statistics",
        "groups",
        "wave",
        "release",
        "compare",
        "design",
        "levels",
        "output",
    ] {
        if let Some(span) = fields.place_of(key) {
            let help = Some("make two jobs of it".to_owned());
            notes.note(
                span,
                format!("`{key}` has no meaning beside [[table]]"),
                help,
            );
        }
    }
}

fn schema(fields: &mut Fields<'_, '_>, notes: &mut Notes<'_>) {
    match fields.whole(notes, "schema") {
        Some((JOB_SCHEMA, _)) => {}
        Some((other, span)) => {
            let message = format!("schema {other} is not known; this program reads {JOB_SCHEMA}");
            notes.note(span, message, None);
        }
        None => {
            let help = Some(format!("write `schema = {JOB_SCHEMA}` at the top"));
            notes.note(fields.span(), "the schema is missing or no number", help);
        }
    }
}

fn data(mut data: Fields<'_, '_>, notes: &mut Notes<'_>, folder: &Path) -> Option<DataSource> {
    let dataset = data.text(notes, "dataset");
    let file = data.text(notes, "file");
    let codebook = data.text(notes, "codebook");
    let frame = data.text(notes, "frame");
    let encoding = encoding(data.text(notes, "encoding"), dataset.is_some(), notes);
    let span = data.span();
    data.finish(notes);
    let at = |(path, _): (String, _)| folder.join(path);
    match (dataset, file, codebook) {
        (Some(dataset), None, None) if frame.is_none() => Some(DataSource::Folder(at(dataset))),
        (Some((_, span)), ..) => {
            let help = Some("a dataset folder brings its own codebook and frame".to_owned());
            notes.note(span, "`dataset` stands alone in [data]", help);
            None
        }
        (None, Some(file), Some(codebook)) => Some(DataSource::File {
            file: at(file),
            codebook: at(codebook),
            frame: frame.map(at),
            encoding,
        }),
        (None, Some((_, span)), None) => {
            let help = Some("add `codebook = \"codebook.json\"`".to_owned());
            notes.note(span, "a data file needs a codebook", help);
            None
        }
        (None, None, _) => {
            let help = Some("give `dataset`, or `file` and `codebook`".to_owned());
            notes.note(span, "[data] does not say where the answers are", help);
            None
        }
    }
}

fn encoding(
    named: Option<(String, std::ops::Range<usize>)>,
    of_folder: bool,
    notes: &mut Notes<'_>,
) -> Encoding {
    let Some((name, span)) = named else {
        return Encoding::default();
    };
    if of_folder {
        let help = Some("take `encoding` out; a dataset folder is UTF-8".to_owned());
        notes.note(span, "`encoding` is for a file of somebody else", help);
        return Encoding::default();
    }
    let known = Encoding::ALL.iter().find(|(known, _)| *known == name);
    known.map_or_else(
        || {
            let help = suggestion(&name, Encoding::ALL.iter().map(|(known, _)| *known));
            notes.note(span, format!("there is no encoding `{name}`"), help);
            Encoding::default()
        },
        |(_, encoding)| *encoding,
    )
}

fn wave(mut wave: Fields<'_, '_>, notes: &mut Notes<'_>) -> Option<WaveChoice> {
    let current = wave.text(notes, "current");
    let earlier = wave.texts(notes, "earlier").unwrap_or_default();
    let (present, span) = (wave.is_present(), wave.span());
    wave.finish(notes);
    if present && current.is_none() {
        notes.note(span, "[wave] must name the `current` wave", None);
    }
    let (current, _) = current?;
    for (name, span) in &earlier {
        if *name == current {
            notes.note(span.clone(), "the current wave is not an earlier one", None);
        }
    }
    let earlier = earlier.into_iter().map(|(name, _)| name).collect();
    Some(WaveChoice { current, earlier })
}

fn release(mut release: Fields<'_, '_>, notes: &mut Notes<'_>) -> (Output, f64) {
    let kind = release.text(notes, "kind");
    let number = release.whole(notes, "number");
    let confidence = release.number(notes, "confidence");
    let defaults = Rule::default();
    let mut least = |key, default| threshold(&mut release, notes, key, default);
    let min_unit = least("min_unit", defaults.min_unit);
    let min_group = least("min_group", defaults.min_group);
    let min_cities = least("min_cities", defaults.min_cities);
    let shown = release.texts(notes, "shown_by_name").unwrap_or_default();
    let shown_by_name = shown.into_iter().map(|(name, _)| name).collect();
    let (span, present) = (release.span(), release.is_present());
    release.finish(notes);
    let confidence = match confidence {
        Some((value, _)) if value > 0.0 && value < 1.0 => value,
        Some((_, span)) => {
            notes.note(
                span,
                "`confidence` must lie between 0 and 1",
                Some("write 0.95".to_owned()),
            );
            0.95
        }
        None => 0.95,
    };
    let output = match (present, kind) {
        (false, _) => Output::Working,
        (true, Some((kind, _))) if kind == "working" => Output::Working,
        (true, Some((kind, _))) if kind == "release" => Output::Release {
            number: release_number(number, span, notes),
            rule: Rule {
                min_unit,
                min_group,
                min_cities,
                shown_by_name,
            },
        },
        (true, Some((kind, span))) => {
            let help = suggestion(&kind, ["working", "release"].into_iter());
            notes.note(span, format!("`{kind}` is no kind of result"), help);
            Output::Working
        }
        (true, None) => {
            let help = Some("write `kind = \"release\"` or `kind = \"working\"`".to_owned());
            notes.note(span, "[release] does not say its kind", help);
            Output::Working
        }
    };
    (output, confidence)
}

fn threshold(
    release: &mut Fields<'_, '_>,
    notes: &mut Notes<'_>,
    key: &'static str,
    default: u64,
) -> u64 {
    match release.whole(notes, key) {
        None => default,
        Some((value, span)) => u64::try_from(value)
            .ok()
            .filter(|value| *value > 0)
            .unwrap_or_else(|| {
                notes.note(span, format!("`{key}` must be at least 1"), None);
                default
            }),
    }
}

fn release_number(
    number: Option<(i64, std::ops::Range<usize>)>,
    span: std::ops::Range<usize>,
    notes: &mut Notes<'_>,
) -> u32 {
    let (value, span) = number.unwrap_or((0, span));
    match u32::try_from(value) {
        Ok(number) if number > 0 => number,
        _ => {
            let help = Some("releases are numbered from 1".to_owned());
            notes.note(span, "a release needs a `number`", help);
            1
        }
    }
}

fn statistics(fields: &mut Fields<'_, '_>, notes: &mut Notes<'_>) -> BTreeSet<JobStatistic> {
    let all = || JobStatistic::ALL.iter().copied();
    let Some(names) = fields.texts(notes, "statistics") else {
        return JobStatistic::STANDARD.iter().copied().collect();
    };
    let mut chosen = BTreeSet::new();
    for (name, span) in names {
        match all().find(|(known, _)| *known == name) {
            Some((_, statistic)) => {
                if !chosen.insert(statistic) {
                    notes.note(span, format!("`{name}` is asked for twice"), None);
                }
            }
            None => {
                let help = suggestion(&name, all().map(|(known, _)| known));
                notes.note(span, format!("there is no statistic `{name}`"), help);
            }
        }
    }
    chosen
}

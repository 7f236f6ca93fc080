//! Importance against competence, a picture for everybody and one for each group.

use std::collections::BTreeMap;

use charts::{Figure, Frame, QuadrantRow, QuadrantSpec, Quarters};
use findings::{ALL, dim};
use surveys::Lang;

use super::{MOST_COLUMNS, document, figure, measured};
use crate::dataset::slug;
use crate::publish::output::words::Words;
use crate::publish::output::{OutFigure, OutTable, Outcome};
use crate::publish::terms;

const QUADRANT: &str = "quadrant";
const PLACE: &str = "place";
/// What is drawn from left to right, and from below upwards.
const AXES: [&str; 2] = ["competence", "importance"];
/// What a picture is called, in its id and in the name of its file.
const NAME: &str = "needs";

/// Returns the pictures of the areas in their quarters; none where they have no quarters.
pub(super) fn pictures(outcome: &Outcome<'_>, words: &Words) -> Vec<(String, String)> {
    let Some(table) = outcome.table("area.need.quadrant") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let everybody = Group {
        dim: None,
        name: NAME.to_owned(),
        whom: words.title(outcome),
    };
    found.extend(picture(outcome, words, table, &everybody));
    let not_a_group = [QUADRANT, PLACE];
    for place in table.group_dims() {
        let dim = table.dims[place].as_str();
        let keys = table.keys(place);
        if not_a_group.contains(&dim) || keys.len() > MOST_COLUMNS {
            continue;
        }
        for key in keys.into_iter().filter(|key| *key != ALL) {
            let label = outcome.label(dim, key, words.lang);
            let mut name = format!("{NAME}-{dim}-{}", slug(key));
            while found.iter().any(|(known, _)| *known == name) {
                name.push('x');
            }
            let group = Group {
                dim: Some((place, key)),
                name,
                whom: format!("{}, {label}", words.title(outcome)),
            };
            found.extend(picture(outcome, words, table, &group));
        }
    }
    found
}

/// Whom a picture is about.
struct Group<'k> {
    /// The dimension and the key; none: everybody.
    dim: Option<(usize, &'k str)>,
    name: String,
    whom: String,
}

/// One area in its quarter.
#[derive(Default)]
struct Placed<'r> {
    quadrant: &'r str,
    is_clear: bool,
    means: BTreeMap<&'r str, OutFigure<'r>>,
}

fn picture(
    outcome: &Outcome<'_>,
    words: &Words,
    table: &OutTable<'_>,
    group: &Group<'_>,
) -> Option<(String, String)> {
    let mut areas = placed(table, group.dim)?;
    let line = areas.remove(ALL)?;
    let line = |term| line.means.get(term)?.shown().map(|mean| mean.value);
    let first: Vec<&str> = areas
        .iter()
        .filter(|(_, area)| area.is_clear && area.quadrant == "concentrate here")
        .map(|(area, _)| outcome.label(dim::AREA, area, words.lang))
        .collect();
    let scale = table.scale?;
    let of = format!("{}. {}", words.get("picture-needs-of"), words.scale(scale));
    let frame = Frame {
        id: NAME.to_owned(),
        title: match first.as_slice() {
            [] => words.get("picture-needs-none"),
            first => words.with("picture-needs-first", &[("list", &first.join(", "))]),
        },
        measure: measured(outcome, words, &group.whom, &of),
    };
    let measure = frame.measure.clone();
    // A quarter where no area lies has no words among the results.
    let quarter = |key: &str| in_words(terms::key(QUADRANT, key), key, words.lang);
    let place = |key: &str| in_words(terms::key(PLACE, key), key, words.lang);
    let spec = QuadrantSpec {
        frame,
        scale,
        row_kind: words.dimension(dim::AREA),
        axes: AXES.map(|term| in_words(terms::term(term), term, words.lang)),
        lines: [line(AXES[0])?, line(AXES[1])?],
        quarters: Quarters {
            concentrate: quarter("concentrate here"),
            keep_up: quarter("keep up"),
            low: quarter("low priority"),
            overkill: quarter("possible overkill"),
        },
        places: ["clear", "unclear"].map(place),
        rows: areas
            .iter()
            .map(|(area, placed)| QuadrantRow {
                label: outcome.label(dim::AREA, area, words.lang).to_owned(),
                competence: mean(placed, AXES[0]),
                importance: mean(placed, AXES[1]),
                is_clear: placed.is_clear,
            })
            .collect(),
    };
    let chart = charts::quadrants(&spec, words.lang);
    Some(document(group.name.clone(), &chart, &measure, words))
}

fn mean(placed: &Placed<'_>, term: &str) -> Figure {
    let found = placed.means.get(term);
    found.map_or(Figure::Withheld, |found| figure(*found))
}

/// Returns where the areas of a group lie, and the lines under the area `all`.
fn placed<'r>(
    table: &OutTable<'r>,
    group: Option<(usize, &str)>,
) -> Option<BTreeMap<&'r str, Placed<'r>>> {
    let [area, quadrant, place, term] = [dim::AREA, QUADRANT, PLACE, dim::TERM]
        .map(|name| table.place(name))
        .into_iter()
        .collect::<Option<Vec<usize>>>()?
        .try_into()
        .ok()?;
    let mut open = vec![area, quadrant, place, term];
    open.extend(group.map(|(place, _)| place));
    let mut areas: BTreeMap<&str, Placed<'_>> = BTreeMap::new();
    for row in table.rows_by(&open) {
        if group.is_some_and(|(place, key)| row.keys[place] != key) {
            continue;
        }
        let found = areas.entry(&row.keys[area]).or_default();
        found.quadrant = &row.keys[quadrant];
        found.is_clear = row.keys[place] == "clear";
        found.means.insert(&row.keys[term], row.figure);
    }
    Some(areas)
}

/// Returns the word of a language with a capital; a key without words stands for itself.
fn in_words(known: Option<terms::Three>, key: &str, lang: Lang) -> String {
    let [fi, sv, en] = known.unwrap_or_else(|| [0; 3].map(|_| key.to_owned()));
    let word = match lang {
        Lang::Fi => fi,
        Lang::Sv => sv,
        Lang::En => en,
    };
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

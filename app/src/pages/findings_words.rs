//! Released tables in words: titles, headings, figures, intervals, what is withheld.

use findings::{ALL, Band, Cell, Count, Estimate, Findings, Statistic, Table, Unit};

use super::words::Words;

/// Returns the heading of a table. Table ids are stable over waves (decision record 0003); one
/// that is new to this page is shown as it is.
pub(super) fn table_title(words: Words, id: &str) -> String {
    let (of_whom, statistic) = match id.split_once('.') {
        Some(("city", rest)) => (Some(words.say("findings-of-cities")), rest),
        Some(("network", rest)) => (Some(words.say("findings-of-network")), rest),
        Some(("unit", rest)) => (Some(words.say("findings-of-units")), rest),
        _ => (None, id),
    };
    let title = match statistic {
        "response.rate" => words.say("findings-response-rate"),
        "area.mean" => words.say("findings-area-mean"),
        "area.gap" => words.say("findings-area-gap"),
        "area.below" => words.say("findings-area-below"),
        "area.quantile" => words.say("findings-area-quantile"),
        "area.alpha" => words.say("findings-area-alpha"),
        "area.trend" => words.say("findings-area-trend"),
        "item.distribution" => words.say("findings-item-distribution"),
        other => other.to_owned(),
    };
    match of_whom {
        Some(of_whom) => format!("{title}, {of_whom}"),
        None => title,
    }
}

/// Returns one sentence on how to read a table.
pub(super) fn table_note(words: Words, table: &Table) -> String {
    let scale = table.scale().map(|[low, high]| {
        words.say_with(
            "findings-scale",
            [
                ("low", words.decimal(low, 0).into()),
                ("high", words.decimal(high, 0).into()),
            ],
        )
    });
    let note = match table.statistic() {
        Statistic::ResponseRate => words.say("findings-note-response-rate"),
        Statistic::Gap => words.say("findings-note-gap"),
        Statistic::BelowTarget => words.say("findings-note-below"),
        Statistic::Quantile => words.say("findings-note-quantile"),
        Statistic::Alpha => words.say("findings-note-alpha"),
        Statistic::Distribution => words.say("findings-note-distribution"),
        _ => words.say("findings-note-mean"),
    };
    match scale {
        Some(scale) => format!("{note} {scale}"),
        None => note,
    }
}

/// Returns the heading over the figures of a table.
pub(super) fn unit_text(words: Words, table: &Table) -> String {
    match (table.statistic(), table.unit()) {
        (Statistic::Gap, _) => words.say("column-gap"),
        (_, Unit::Proportion) => words.say("column-share"),
        (_, Unit::Scale) => words.say("column-score"),
        (_, Unit::Number) => words.say("column-number"),
    }
}

/// Returns the heading over the keys of a dimension of a table.
pub(super) fn dim_text(words: Words, dim: &str) -> String {
    match dim {
        "area" => words.say("column-area"),
        "role_group" => words.say("column-role-group"),
        "role" => words.say("column-role"),
        "municipality" => words.say("column-municipality"),
        "unit" => words.say("column-unit"),
        "wave" => words.say("column-wave"),
        "item" => words.say("column-item"),
        "level" => words.say("column-level"),
        other => other.to_owned(),
    }
}

/// Returns the words for a key: the file's own label, else the key.
pub(super) fn key_text(words: Words, findings: &Findings, dim: &str, key: &str) -> String {
    if key == ALL {
        return words.say("findings-all");
    }
    findings
        .labels
        .get(dim)
        .and_then(|labels| labels.get(key))
        .and_then(|label| label.get(words.lang))
        .unwrap_or(key)
        .to_owned()
}

/// The texts of one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CellTexts {
    pub(super) figure: String,
    pub(super) interval: String,
    pub(super) n: String,
}

/// Returns the texts of a cell; a withheld figure is a word, never an empty place.
pub(super) fn cell_texts(words: Words, table: &Table, cell: &Cell) -> CellTexts {
    let only = |figure: String| CellTexts {
        figure,
        ..CellTexts::default()
    };
    match cell {
        Cell::Shown(estimate) => shown(words, table, estimate),
        Cell::Band(Band::Below) => only(words.say("findings-band-below")),
        Cell::Band(Band::Near) => only(words.say("findings-band-near")),
        Cell::Band(Band::Above) => only(words.say("findings-band-above")),
        Cell::Withheld => only(words.say("findings-withheld")),
    }
}

fn shown(words: Words, table: &Table, estimate: &Estimate) -> CellTexts {
    let number = |value: f64| figure(words, table, value);
    CellTexts {
        figure: number(estimate.value),
        interval: estimate
            .low
            .zip(estimate.high)
            .map(|(low, high)| interval(&number(low), &number(high)))
            .unwrap_or_default(),
        n: match estimate.n {
            Count::Exact(n) => words.whole(n),
            Count::Range([from, to]) => interval(&words.whole(from), &words.whole(to)),
        },
    }
}

fn figure(words: Words, table: &Table, value: f64) -> String {
    let text = match table.unit() {
        Unit::Proportion => return words.percent(value),
        Unit::Scale => words.decimal(value, 1),
        Unit::Number => words.decimal(value, 2),
    };
    let rounded_up = table.statistic() == Statistic::Gap && value >= 0.05;
    if rounded_up { format!("+{text}") } else { text }
}

/// Two ends with a dash; spaces around it where an end has a sign or a space of its own.
fn interval(low: &str, high: &str) -> String {
    let has_sign = |text: &str| text.starts_with(['\u{2212}', '+']);
    if has_sign(low) || has_sign(high) {
        format!("{low} … {high}")
    } else {
        format!("{low}\u{2013}{high}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_with_signs_has_no_second_dash() {
        assert_eq!(interval("\u{2212}0,2", "+0,4"), "\u{2212}0,2 … +0,4");
        assert_eq!(interval("2,4", "2,8"), "2,4\u{2013}2,8");
    }
}

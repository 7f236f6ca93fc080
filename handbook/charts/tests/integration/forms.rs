//! Small charts in full, and the promises all forms share.

use charts::{
    Chart, DivergingRow, DivergingSpec, Figure, Frame, HeatRow, HeatSpec, Measure, ProfileRow,
    ProfileSpec, QuadrantRow, QuadrantSpec, Quarters, diverging, dumbbell, heat, quadrants, radar,
};
use findings::Count;
use surveys::Lang;

pub(crate) const AREAS: [&str; 6] = [
    "Tieto ja tiedonhaku",
    "Viestintä ja yhteistyö",
    "Sisällöt",
    "Turvallisuus ja hyvinvointi",
    "Ongelmanratkaisu",
    "Pedagoginen käyttö",
];

pub(crate) fn frame() -> Frame {
    Frame {
        id: "k1".to_owned(),
        title: "Turvallisuudessa on pisin matka tavoitteeseen".to_owned(),
        measure: "Itsearvio ja tavoite osa-alueittain, asteikko 1–4".to_owned(),
    }
}

pub(crate) fn shown(value: f64) -> Figure {
    Figure::Shown {
        value,
        interval: Some((value - 0.2, value + 0.2)),
        n: Some(Count::Exact(48)),
    }
}

pub(crate) fn profile(scores: &[Figure]) -> ProfileSpec {
    ProfileSpec {
        frame: frame(),
        scale: [1.0, 4.0],
        row_kind: "Osa-alue".to_owned(),
        score_name: "Itsearvio".to_owned(),
        target_name: "Tavoite".to_owned(),
        rows: AREAS
            .iter()
            .zip(scores)
            .map(|(label, score)| ProfileRow {
                label: (*label).to_owned(),
                score: score.clone(),
                target: Some(Figure::value(3.0)),
            })
            .collect(),
    }
}

pub(crate) fn heat_spec(rows: usize, figure: impl Fn(usize, usize) -> Figure) -> HeatSpec {
    HeatSpec {
        frame: frame(),
        measure: Measure::Steps,
        scale: [1.0, 4.0],
        row_kind: "Henkilöstöryhmä".to_owned(),
        columns: AREAS.map(str::to_owned).to_vec(),
        rows: (0..rows)
            .map(|row| HeatRow {
                label: format!("Varhaiskasvatuksen lastenhoitajat {row}"),
                figures: (0..AREAS.len()).map(|column| figure(row, column)).collect(),
            })
            .collect(),
    }
}

pub(crate) fn likert(rows: usize, figure: impl Fn(usize, usize) -> Figure) -> DivergingSpec {
    DivergingSpec {
        frame: frame(),
        row_kind: "Väittämä".to_owned(),
        levels: [
            "Avustettuna tai en vielä",
            "Itse tutuissa tehtävissä",
            "Sujuvasti",
            "Ohjaan muita",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: (0..rows)
            .map(|row| DivergingRow {
                label: format!("Valitsen tilanteeseen sopivan viestintäkanavan, väittämä {row}."),
                shares: (0..4).map(|level| figure(row, level)).collect(),
            })
            .collect(),
    }
}

/// Areas of which every second lies clear of the lines.
pub(crate) fn quarters(rows: usize, figure: impl Fn(usize) -> Figure) -> QuadrantSpec {
    QuadrantSpec {
        frame: Frame {
            id: "k1".to_owned(),
            title: "Panosta ensin sisältöihin".to_owned(),
            measure: "Osaaminen ja tärkeys osa-alueittain, asteikko 1–5".to_owned(),
        },
        scale: [1.0, 5.0],
        row_kind: "Osa-alue".to_owned(),
        axes: ["Osaaminen", "Tärkeys"].map(str::to_owned),
        lines: [3.0, 3.2],
        quarters: Quarters {
            concentrate: "Panosta tähän".to_owned(),
            keep_up: "Pidä yllä".to_owned(),
            low: "Ei kiireellinen".to_owned(),
            overkill: "Ehkä panostettu liikaa".to_owned(),
        },
        places: ["Selvä", "Epävarma"].map(str::to_owned),
        rows: AREAS
            .iter()
            .take(rows)
            .enumerate()
            .map(|(row, label)| QuadrantRow {
                label: (*label).to_owned(),
                competence: figure(row),
                importance: figure(row * 5 + 2),
                is_clear: row % 2 == 0,
            })
            .collect(),
    }
}

/// Every form over the same kind of figure.
pub(crate) fn every_form(figure: impl Fn(usize) -> Figure) -> Vec<(&'static str, Chart)> {
    let scores: Vec<Figure> = (0..6).map(&figure).collect();
    let share = |i: usize| match figure(i) {
        Figure::Shown { value, n, .. } => Figure::Shown {
            value: value / 16.0,
            interval: None,
            n,
        },
        other => other,
    };
    vec![
        ("dumbbell", dumbbell(&profile(&scores), Lang::Fi)),
        ("radar", radar(&profile(&scores), Lang::Fi)),
        (
            "heat",
            heat(&heat_spec(11, |row, column| figure(row + column)), Lang::Fi),
        ),
        (
            "diverging",
            diverging(&likert(6, |row, level| share(row + level)), Lang::Fi),
        ),
        ("quadrants", quadrants(&quarters(6, &figure), Lang::Fi)),
    ]
}

/// One tag a line, so that a reviewer can read a change; the alternative stands in `desc`.
fn lines(chart: &Chart) -> String {
    chart.svg.replace("><", ">\n<")
}

#[test]
fn a_dumbbell_with_one_datum_is_this() {
    let mut spec = profile(&[shown(2.4)]);
    spec.frame.title = "Yksi".to_owned();
    let chart = dumbbell(&spec, Lang::Fi);
    insta::assert_snapshot!("dumbbell", lines(&chart));
}

#[test]
fn a_radar_of_three_is_this() {
    let spec = profile(&[shown(2.4), Figure::Withheld, shown(3.2)]);
    let chart = radar(&spec, Lang::En);
    insta::assert_snapshot!("radar", lines(&chart));
}

#[test]
fn diverging_bars_of_two_rows_are_this() {
    let shares = [0.1, 0.2, 0.4, 0.3];
    let spec = likert(2, |row, level| {
        if row == 0 {
            Figure::value(shares[level])
        } else {
            Figure::Withheld
        }
    });
    let chart = diverging(&spec, Lang::Sv);
    insta::assert_snapshot!("diverging", lines(&chart));
}

#[test]
fn a_heat_table_of_two_rows_is_this() {
    let mut spec = heat_spec(2, |row, column| match (row, column) {
        (1, 1) => Figure::Withheld,
        _ => Figure::value(1.0 + row as f64 + column as f64 / 2.0),
    });
    spec.columns.truncate(2);
    let chart = heat(&spec, Lang::Fi);
    insta::assert_snapshot!("heat", lines(&chart));
}

#[test]
fn four_quarters_of_three_areas_are_this() {
    let values = [2.4, 3.2, 3.9];
    let spec = quarters(3, |row| match row {
        1 => Figure::Withheld,
        row => shown(values[row % 3]),
    });
    let chart = quadrants(&spec, Lang::Fi);
    insta::assert_snapshot!("quadrants", lines(&chart));
    assert_eq!(
        chart.desc,
        "Nelikenttä. Osaaminen ja tärkeys osa-alueittain, asteikko 1–5. \
         Panosta tähän: Tieto ja tiedonhaku. Ei raportoida: Viestintä ja yhteistyö. Taulukko alla."
    );
    let rows = chart.table.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| cell.text.as_str());
        format!("{}: {}", row.header, cells.collect::<Vec<_>>().join(" | "))
    });
    let expected = [
        "Tieto ja tiedonhaku: 2,4 | 2,2–2,6 | 3,9 | 3,7–4,1 | Panosta tähän (selvä) | 48",
        "Viestintä ja yhteistyö: ei raportoida |  | 3,2 | 3,0–3,4 |  | ",
        "Sisällöt: 3,9 | 3,7–4,1 | 2,4 | 2,2–2,6 | Ehkä panostettu liikaa (selvä) | 48",
    ];
    assert_eq!(rows.collect::<Vec<_>>(), expected);
}

#[test]
fn an_unclear_area_has_another_mark_and_a_word() {
    let mut spec = quarters(2, |_| shown(2.4));
    spec.rows[1].is_clear = false;
    let unclear = quadrants(&spec, Lang::En);
    spec.rows[1].is_clear = true;
    let clear = quadrants(&spec, Lang::En);
    let marks = |svg: &str| svg.matches("a5.5 5.5").count();
    // The key has one of each.
    assert_eq!([marks(&clear.svg), marks(&unclear.svg)], [6, 4]);
    assert!(unclear.svg.contains("(epävarma)") && !clear.svg.contains("(epävarma)"));
    assert!(
        unclear.desc.contains("Place uncertain: 1"),
        "{}",
        unclear.desc
    );
}

#[test]
fn every_chart_stays_under_six_kilobytes() {
    for (form, chart) in every_form(|i| shown(1.0 + (i % 6) as f64 / 2.0)) {
        assert!(
            chart.svg.len() <= 6_000,
            "{form}: {} bytes",
            chart.svg.len()
        );
    }
}

#[test]
fn the_alternative_says_the_form_the_ends_and_the_table() {
    for (form, chart) in every_form(|i| shown(1.0 + (i % 6) as f64 / 2.0)) {
        let length = chart.desc.chars().count();
        assert!(length <= 300, "{form}: {length}");
        assert!(
            chart.desc.ends_with("Taulukko alla."),
            "{form}: {}",
            chart.desc
        );
    }
}

#[test]
fn the_table_carries_interval_and_count() {
    let chart = dumbbell(&profile(&[shown(2.4)]), Lang::Fi);
    assert_eq!(
        chart.table.columns,
        ["Osa-alue", "Itsearvio", "Luottamusväli", "Tavoite", "n"]
    );
    let cells: Vec<&str> = chart.table.rows[0]
        .cells
        .iter()
        .map(|c| c.text.as_str())
        .collect();
    assert_eq!(cells, ["2,4", "2,2–2,6", "3,0", "48"]);
}

#[test]
fn the_same_spec_gives_the_same_bytes() {
    assert_eq!(every_form(|_| shown(2.0)), every_form(|_| shown(2.0)));
}

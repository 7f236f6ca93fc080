//! Withheld, empty, absurd and hostile input.

use charts::{Figure, ProfileRow, diverging, dumbbell, heat, quadrants, radar, text_width};
use surveys::Lang;

use crate::forms::{every_form, frame, heat_spec, likert, profile, quarters, shown};

/// Checks nesting and attributes the way an XML reader would.
fn assert_well_formed(svg: &str) {
    let mut open = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        assert!(!text.contains('>'), "stray > in {text:?}");
        assert_entities(text);
        let end = start + rest[start..].find('>').expect("every tag ends");
        let tag = &rest[start + 1..end];
        assert_eq!(tag.matches('"').count() % 2, 0, "quotes in {tag:?}");
        assert_entities(tag);
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closing {name}");
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or_default());
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty() && rest.is_empty(), "{open:?} {rest:?}");
}

fn assert_entities(text: &str) {
    for (i, _) in text.match_indices('&') {
        let known = ["&amp;", "&lt;", "&gt;", "&quot;"];
        assert!(known.iter().any(|e| text[i..].starts_with(e)), "{text:?}");
    }
}

#[test]
fn all_withheld_is_said_in_words() {
    for (form, chart) in every_form(|_| Figure::Withheld) {
        assert_well_formed(&chart.svg);
        assert!(
            chart.svg.contains("ei raportoida") || chart.svg.contains("peitetty"),
            "{form}"
        );
        assert!(
            chart.desc.contains("Ei raportoida:"),
            "{form}: {}",
            chart.desc
        );
        assert!(
            chart
                .table
                .rows
                .iter()
                .all(|row| row.cells[0].text == "ei raportoida"),
            "{form}"
        );
    }
}

#[test]
fn no_rows_is_said_in_words() {
    for svg in [
        dumbbell(&profile(&[]), Lang::En).svg,
        radar(&profile(&[]), Lang::En).svg,
        heat(&heat_spec(0, |_, _| Figure::Withheld), Lang::En).svg,
        diverging(&likert(0, |_, _| Figure::Withheld), Lang::En).svg,
        quadrants(&quarters(0, |_| Figure::Withheld), Lang::En).svg,
    ] {
        assert_well_formed(&svg);
        assert!(svg.contains(">No figures</text>"), "{svg}");
    }
}

#[test]
fn markup_in_labels_stays_text() {
    let nasty = "<script>\"&'\u{1}</script>";
    let mut spec = profile(&[shown(2.0), shown(3.0), shown(2.5)]);
    spec.frame.title = nasty.to_owned();
    spec.frame.measure = nasty.to_owned();
    spec.frame.id = "a\"b".to_owned();
    spec.score_name = nasty.to_owned();
    for row in &mut spec.rows {
        row.label = nasty.to_owned();
    }
    let mut quarters = quarters(2, |_| shown(2.0));
    quarters.axes[0] = nasty.to_owned();
    quarters.places[1] = nasty.to_owned();
    quarters.quarters.keep_up = nasty.to_owned();
    quarters.rows[0].label = nasty.to_owned();
    for svg in [
        dumbbell(&spec, Lang::Fi).svg,
        radar(&spec, Lang::Fi).svg,
        quadrants(&quarters, Lang::Fi).svg,
    ] {
        assert_well_formed(&svg);
        assert!(!svg.contains("<script"), "{svg}");
    }
}

#[test]
fn absurd_numbers_neither_panic_nor_leave_the_canvas() {
    for value in [f64::NAN, f64::INFINITY, -1e300, 1e300, -0.0] {
        for (form, chart) in every_form(|_| shown(value)) {
            assert_well_formed(&chart.svg);
            assert!(
                !chart.svg.contains("NaN") && !chart.svg.contains("inf"),
                "{form}"
            );
        }
        let mut spec = profile(&[shown(2.0), shown(2.0), shown(2.0)]);
        spec.scale = [value, value];
        assert_well_formed(&dumbbell(&spec, Lang::Fi).svg);
        assert_well_formed(&radar(&spec, Lang::Fi).svg);
        let mut spec = quarters(6, |_| shown(2.0));
        (spec.scale, spec.lines) = ([value, value], [value, value]);
        let svg = quadrants(&spec, Lang::Fi).svg;
        assert_well_formed(&svg);
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}

#[test]
fn one_datum_and_two_rows_still_make_a_chart() {
    for count in [1, 2] {
        let chart = radar(&profile(&vec![shown(2.0); count]), Lang::Fi);
        assert!(chart.svg.contains("class=\"chart dumbbell\""));
        assert_eq!(chart.table.rows.len(), count);
    }
}

#[test]
fn a_missing_target_is_not_nought() {
    let mut spec = profile(&[shown(2.0)]);
    spec.rows = vec![ProfileRow {
        label: "Ö".to_owned(),
        score: shown(2.0),
        target: None,
    }];
    let chart = dumbbell(&spec, Lang::Sv);
    assert_eq!(chart.table.rows[0].cells[2].text, "inget mål");
    assert!(chart.desc.contains("Punktdiagram"), "{}", chart.desc);
}

fn quoted(text: &str) -> &str {
    text.split('"').nth(1).unwrap_or_default()
}

#[test]
fn long_labels_stay_inside_the_canvas() {
    let mut spec = profile(&vec![shown(2.0); 6]);
    for row in &mut spec.rows {
        row.label = "Varhaiskasvatuksenopettajankoulutusohjelmansuunnittelu".to_owned();
    }
    let chart = radar(&spec, Lang::Fi);
    let (mut anchor, mut size) = ("", 0.0);
    for piece in chart.svg.split('<') {
        if let Some(at) = piece.find("text-anchor=\"") {
            anchor = quoted(&piece[at..]);
            size = quoted(&piece[piece.find("font-size").expect("texts have a size")..])
                .parse()
                .expect("a size is a number");
        }
        let Some(text) = piece.strip_prefix("text x=\"") else {
            continue;
        };
        let x: f64 = quoted(piece).parse().expect("a place is a number");
        let width = text_width(text.split('>').nth(1).unwrap_or_default(), size);
        let left = match anchor {
            "start" => x,
            "middle" => x - width / 2.0,
            _ => x - width,
        };
        assert!(
            left >= -1.0 && left + width <= 361.0,
            "{text} {left} {width}"
        );
    }
}

#[test]
fn ids_differ_by_prefix() {
    let mut one = profile(&[shown(2.0)]);
    one.frame = frame();
    let mut two = one.clone();
    two.frame.id = "k2".to_owned();
    assert!(
        dumbbell(&one, Lang::Fi)
            .svg
            .contains("aria-labelledby=\"k1-t k1-d\"")
    );
    assert!(dumbbell(&two, Lang::Fi).svg.contains("id=\"k2-d\""));
}

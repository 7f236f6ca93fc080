//! Needs and themes, against R (`needs.json`, `themes.json`) and small cases.

use std::collections::BTreeMap;

use analysis::estimate::{
    Chance, Design, Estimates, Importance, Stems, Themes, need, needs, quadrants, themes,
};
use analysis::{Dataset, Grouping, Quantity};
use findings::Undefined;
use serde_json::{Value, json};

use crate::gold::Gold;
use crate::setting::{AREAS, Small, close, gold, n, survey};

const CHANCE: Chance = Chance {
    seed: 7,
    replicates: 200,
};

fn importance() -> Vec<Importance> {
    let areas = AREAS.iter().map(|area| Importance {
        area: Quantity::Dimension((*area).to_owned()),
        column: format!("tarkeys_{area}"),
        scale: None,
    });
    areas.collect()
}

fn by_role(data: &Dataset) -> Grouping {
    Grouping::by(data, &["rooli"]).unwrap()
}

fn group(row: &Gold) -> &str {
    match row["rooli"].as_str().unwrap() {
        "kaikki" => "all",
        role => role,
    }
}

fn value(table: &Estimates, keys: &[&str]) -> Option<f64> {
    let row = table.row(keys).unwrap_or_else(|| panic!("no row {keys:?}"));
    row.figure.as_ref().ok().map(|figure| figure.value)
}

#[test]
pub(crate) fn needs_are_those_of_r() {
    let data = survey().only("aalto", "2026").unwrap();
    let (areas, design) = (importance(), Design::default());
    let by = by_role(&data);
    let ranking = needs(&data, &areas, &by, &design, CHANCE).unwrap();
    let gold = gold("needs.json");
    let mut checked = 0;
    for row in gold["borich_2026"].as_array().unwrap() {
        let (area, role) = (row["osa_alue"].as_str().unwrap(), group(row));
        let of = areas.iter().find(|of| of.area.name() == area).unwrap();
        let table = need(&data, of, &by, &design).unwrap();
        let found = table.row(&[role]).unwrap().figure.clone().unwrap();
        close(Some(found.value), &row["mwds"], 1e-12);
        assert_eq!(Some(n(&found)), row["n"].as_u64());
        for (term, name) in [
            ("importance", "importance_mean"),
            ("competence", "competence_mean_1to5"),
            ("sd", "mwds_sd"),
            ("rank", "rank"),
        ] {
            close(value(&ranking, &[area, role, term]), &row[name], 1e-12);
        }
        let sd = value(&ranking, &[area, role, "sd"]).unwrap();
        assert!((found.se.unwrap() - sd / (n(&found) as f64).sqrt()).abs() < 1e-12);
        checked += 1;
    }
    assert_eq!(checked, 36);
    let placed = quadrants(&data, &areas, &by, &design).unwrap();
    for row in gold["importance_performance_2026"].as_array().unwrap() {
        let (area, role) = (row["osa_alue"].as_str().unwrap(), group(row));
        let found = placed
            .rows
            .iter()
            .find(|found| found.keys[..2] == [area, role]);
        assert_eq!(
            found.unwrap().keys[2],
            row["quadrant"].as_str().unwrap(),
            "{area} {role}"
        );
    }
}

#[test]
fn the_chance_of_the_first_two_follows_the_seed_and_not_the_order_of_rows() {
    let data = survey().only("aalto", "2026").unwrap();
    let (areas, by) = (importance(), by_role(&data));
    let drawn_from = |data: &Dataset, seed| {
        let chance = Chance { seed, ..CHANCE };
        let table = needs(data, &areas, &by, &Design::default(), chance).unwrap();
        AREAS.map(|area| value(&table, &[area, "johtaja", "first_two"]).unwrap())
    };
    let drawn = |seed| drawn_from(&data, seed);
    let (once, again, other) = (drawn(7), drawn(7), drawn(8));
    assert_eq!(once, again);
    let bits = |drawn: [f64; 6]| drawn.map(f64::to_bits);
    assert_eq!(bits(once), bits(drawn_from(&shuffled(), 7)));
    assert_ne!(once, other);
    assert!((once.iter().sum::<f64>() - 2.0).abs() < 1e-9, "{once:?}");
    assert!(
        once.iter().zip(other).all(|(a, b)| (a - b).abs() < 0.2),
        "{once:?} {other:?}"
    );
    let ranking = needs(&data, &areas, &by, &Design::default(), CHANCE).unwrap();
    let first = AREAS
        .iter()
        .position(|area| value(&ranking, &[area, "johtaja", "rank"]) == Some(1.0));
    assert!(once[first.unwrap()] > 0.5, "{once:?}");
}

/// The survey of 2026 with its rows in another order.
fn shuffled() -> Dataset {
    let text = std::fs::read_to_string(crate::setting::oracle("data/survey.csv")).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    // No row has a line end in it. Every 7th of so many, a number without a divisor in common.
    let n = rows.len();
    assert_ne!(n % 7, 0);
    rows = (0..n).map(|place| rows[place * 7 % n]).collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("survey.csv");
    std::fs::write(&file, format!("{header}\n{}\n", rows.join("\n"))).unwrap();
    let codebook = crate::setting::oracle("data/codebook.json");
    let data = Dataset::from_file(&file, &codebook, None).unwrap();
    data.only("aalto", "2026").unwrap()
}

/// Three areas of one item each with an importance of 1 to 5.
fn small(rows: &[[&str; 6]]) -> Dataset {
    let item = |name: String, low: i64| {
        let values: Vec<Value> = (low..=5).map(|value| json!({"value": value})).collect();
        json!({"name": name, "kind": "scale", "values": values})
    };
    let names: Vec<String> = (1..=3)
        .flat_map(|k| [format!("x{k}"), format!("i{k}")])
        .collect();
    let small = Small::new().with(|codebook| {
        let lows = [0, 1].into_iter().cycle();
        let items = names
            .iter()
            .zip(lows)
            .map(|(name, low)| item(name.clone(), low));
        codebook["variables"] = items.collect();
        codebook["targets"] = json!([]);
        let rule = json!({"min_share": 0.5, "of": "all", "min_answered": 1});
        let areas = (1..=3).map(
            |k| json!({"id": format!("a{k}"), "variables": [format!("x{k}")], "missing": rule}),
        );
        codebook["dimensions"] = areas.collect();
    });
    let rows: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
    small
        .csv(format!("{}\n{}\n", names.join(","), rows.join("\n")))
        .unwrap()
}

fn three(scale: Option<[i16; 2]>) -> Vec<Importance> {
    let areas = (1..=3).map(|k| Importance {
        area: Quantity::Dimension(format!("a{k}")),
        column: format!("i{k}"),
        scale,
    });
    areas.collect()
}

#[test]
fn both_are_brought_to_one_scale_and_need_both() {
    let data = small(&[["0", "5", "5", "1", "3", "3"], ["", "5", "5", "", "2", "3"]]);
    let whole = Grouping::whole();
    let found = |scale| {
        let tables = three(scale);
        let tables = tables
            .iter()
            .map(|of| need(&data, of, &whole, &Design::default()).unwrap());
        tables
            .map(|table| table.rows[0].figure.clone())
            .collect::<Vec<_>>()
    };
    let own = found(None);
    // 0 on 0 to 5 is 1 on 1 to 5: (5 - 1) x 5; and (1 - 5) x 1.
    assert_eq!(
        (own[0].as_ref().unwrap().value, n(own[0].as_ref().unwrap())),
        (20.0, 1)
    );
    assert_eq!(own[1].as_ref().unwrap().value, -4.0);
    let percent = found(Some([0, 100]));
    assert_eq!(percent[0].as_ref().unwrap().value, 100.0 * 100.0);
    assert_eq!(percent[1].as_ref().unwrap().value, 0.0);
}

#[test]
fn needs_that_tie_share_the_smaller_rank_and_nobody_has_none() {
    let data = small(&[["1", "4", "1", "4", "", "4"], ["2", "5", "2", "5", "", ""]]);
    let table = needs(
        &data,
        &three(None),
        &Grouping::whole(),
        &Design::default(),
        CHANCE,
    )
    .unwrap();
    assert_eq!(value(&table, &["a1", "rank"]), Some(1.0));
    assert_eq!(value(&table, &["a2", "rank"]), Some(1.0));
    let row = table.row(&["a3", "rank"]).unwrap();
    assert_eq!((&row.figure, row.answers), (&Err(Undefined::NoAnswers), 0));
    let placed = quadrants(&data, &three(None), &Grouping::whole(), &Design::default()).unwrap();
    let few = placed.rows.iter().find(|row| row.keys[0] == "a1").unwrap();
    assert_eq!(few.figure, Err(Undefined::FewAreas));
}

#[test]
fn an_area_whose_interval_crosses_a_line_is_unclear() {
    let mut rows = vec![["0", "5", "5", "1", "0", "3"]; 30];
    rows.extend([["1", "4", "4", "2", "5", "1"]; 30]);
    let placed = quadrants(
        &small(&rows),
        &three(None),
        &Grouping::whole(),
        &Design::default(),
    )
    .unwrap();
    let place = |area: &str| {
        let row = placed.rows.iter().find(|row| row.keys[0] == area).unwrap();
        (row.keys[1].clone(), row.keys[2].clone())
    };
    assert_eq!(
        place("a1"),
        ("concentrate here".to_owned(), "clear".to_owned())
    );
    assert_eq!(
        place("a2"),
        ("possible overkill".to_owned(), "clear".to_owned())
    );
    assert_eq!(place("a3").1, "unclear");
    assert_eq!(place("all").0, "line");
}

fn of_gold(stems: &Gold) -> Themes {
    let lists = stems.as_object().unwrap().iter();
    let lists = lists.map(|(theme, words)| {
        let words = words.as_array().unwrap().iter();
        let words = words.map(|word| word.as_str().unwrap().to_owned());
        (theme.clone(), words.collect())
    });
    Themes {
        column: "avoin".to_owned(),
        stemmer: None,
        words: lists.collect(),
    }
}

#[test]
pub(crate) fn themes_are_counted_as_r_counts_them() {
    let gold = gold("themes.json");
    let data = survey();
    let by = Grouping::by(&data, &["kaupunki", "aalto"]).unwrap();
    let table = themes(&data, &of_gold(&gold["stems"]), &by, &Design::default()).unwrap();
    let mut checked = 0;
    let mut check = |city: &str, wave: &str, theme: &str, expected: &Gold| {
        let row = table.row(&[city, wave, theme]).unwrap();
        let figure = row.figure.as_ref().unwrap();
        let people = figure.value * row.answers as f64;
        assert!(
            (people - expected.as_f64().unwrap()).abs() < 1e-9,
            "{city} {wave} {theme}"
        );
        checked += 1;
        row.answers
    };
    for (wave, counts) in gold["counts"].as_object().unwrap() {
        for (theme, expected) in counts.as_object().unwrap() {
            let answers = check("all", wave, theme, expected);
            assert_eq!(Some(answers), gold["answers"][wave].as_u64());
        }
    }
    for (city, counts) in gold["counts_city_2026"].as_object().unwrap() {
        for (theme, expected) in counts.as_object().unwrap() {
            check(city, "2026", theme, expected);
        }
    }
    assert_eq!(checked, 6 * 3 + 6 * 7);
}

/// Opens answers to one open question, one a row.
fn texts(rows: &[&str]) -> Dataset {
    let small = Small::new().with(|codebook| {
        let variables = codebook["variables"].as_array_mut().unwrap();
        variables.push(json!({"name": "open", "kind": "text"}));
    });
    let rows: String = rows
        .iter()
        .map(|text| format!("1,oulu,guide,1,1,1,\"{text}\"\n"))
        .collect();
    small
        .csv(format!(
            "id,town,job,a,b,c,open\n{}",
            rows.replace("1,oulu", ",oulu")
        ))
        .unwrap()
}

fn network(words: &[&str], stemmer: Option<Stems>) -> Themes {
    let words = words.iter().map(|word| (*word).to_owned()).collect();
    Themes {
        column: "open".to_owned(),
        stemmer,
        words: BTreeMap::from([("network".to_owned(), words)]),
    }
}

#[test]
fn an_answer_counts_once_per_theme_and_few_are_not_shown() {
    let whole = Grouping::whole();
    let found = |rows: &[&str]| {
        let table = themes(
            &texts(rows),
            &network(&["verk"], None),
            &whole,
            &Design::default(),
        );
        table.unwrap().rows.remove(0)
    };
    let row = found(&[
        "verkko, verkko ja verkko",
        "Verkko!",
        "verkot",
        "verkkoa",
        "verkon takia",
        "8",
        "",
        "9",
    ]);
    assert_eq!((row.answers, row.figure.unwrap().value), (7, 5.0 / 7.0));
    let row = found(&["verkko", "verkko", "verkko", "verkko", "aika"]);
    assert_eq!(row.figure, Err(Undefined::FewMentions));
    let row = found(&["", ""]);
    assert_eq!((row.answers, row.figure), (0, Err(Undefined::NoAnswers)));
}

#[test]
fn inflected_words_are_found_by_their_stem() {
    let data = texts(&[
        "koulutuksia",
        "Koulutus!",
        "koulutuksen",
        "koulutukset",
        "koulutus",
        "koulu",
    ]);
    let table = themes(
        &data,
        &network(&["koulutus", "koulutukset"], Some(Stems::Finnish)),
        &Grouping::whole(),
        &Design::default(),
    );
    let row = table.unwrap().rows.remove(0);
    assert_eq!((row.answers, row.figure.unwrap().value), (6, 5.0 / 6.0));
}

#[test]
fn a_column_that_is_no_open_answer_is_refused() {
    let data = texts(&["a"]);
    let wrong = Themes {
        column: "job".to_owned(),
        ..network(&["a"], None)
    };
    let error = themes(&data, &wrong, &Grouping::whole(), &Design::default()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("`job` is no column of open answers"),
        "{error}"
    );
    let error = Grouping::by(&data, &["open"]).unwrap_err().to_string();
    assert!(error.contains("no column `open` to group by"), "{error}");
}

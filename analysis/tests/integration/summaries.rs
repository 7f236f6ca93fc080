//! What summaries conclude: differences by their own intervals, and nothing that was not counted.

use std::fmt::Write as _;
use std::fs;

use analysis::publish::run;
use findings::Working;
use serde_json::json;

use crate::setting::Small;

/// A survey of waves with codes of people and a second area.
fn setting() -> Small {
    Small::new()
        .with(|codebook| {
            let variables = codebook["variables"].as_array_mut().unwrap();
            let mut other = variables[3].clone();
            other["name"] = json!("d");
            variables.push(other);
            variables.push(json!({"name": "wave", "kind": "wave"}));
            variables.push(json!({"name": "code", "kind": "person_code"}));
            let mut area = codebook["dimensions"][0].clone();
            area["id"] = json!("other");
            area["variables"] = json!(["d"]);
            codebook["dimensions"].as_array_mut().unwrap().push(area);
        })
        .codebook()
}

/// A person's wave, job, level in the first area and level in the second.
type Row = (&'static str, &'static str, usize, usize);

/// Returns the summary of a working job in a language, of rows with a code each.
fn summary(rows: &[(String, Row)], statistics: &str, lang: &str) -> String {
    results(rows, statistics, lang).0
}

/// Returns the summary and the figures it is about.
fn results(rows: &[(String, Row)], statistics: &str, lang: &str) -> (String, Working) {
    let small = setting();
    let mut text = "id,town,job,a,b,c,d,wave,code\n".to_owned();
    for (id, (code, (wave, job, level, other))) in rows.iter().enumerate() {
        let reversed = 5 - level;
        writeln!(
            text,
            "{id},oulu,{job},{level},{level},{reversed},{other},{wave},{code}"
        )
        .unwrap();
    }
    small.write("data.csv", text);
    small.write("frame.csv", "job,staff\nteacher,60\nguide,60\n");
    let job = format!(
        "schema = 1\ntitle = \"x\"\nstatistics = [{statistics}]\n[data]\nfile = \"data.csv\"\n\
         codebook = \"codebook.json\"\nframe = \"frame.csv\"\n[wave]\ncurrent = \"2026\"\n\
         earlier = [\"2025\"]\n[groups]\nby = [\"role\"]\n[output]\nformats = [\"summary\"]\n\
         languages = [\"{lang}\"]\n"
    );
    let job = small.write("job.toml", job);
    run(&job, &small.path("out"), None, &mut |_| {}).unwrap();
    let text = |name: &str| fs::read_to_string(small.path("out").join(name)).unwrap();
    let figures = Working::from_json(&text("working.json")).unwrap();
    (text(&format!("working-{lang}.md")), figures)
}

/// Twenty people whose levels differ much, and of whom every second rose by one.
fn risen(has_codes: bool) -> Vec<(String, Row)> {
    let rows = (0..20).flat_map(|person| {
        let code = if has_codes {
            format!("p{person}")
        } else {
            String::new()
        };
        let (before, after) = (person % 5, person % 5 + usize::from(person % 2 == 0));
        [
            (code.clone(), ("2025", "teacher", before, 2)),
            (code, ("2026", "teacher", after, 2)),
        ]
    });
    rows.collect()
}

#[track_caller]
fn says(summary: &str, words: &[&str]) {
    for word in words {
        assert!(summary.contains(word), "{summary}\nlacks: {word}");
    }
}

const RISEN: &str =
    "Keskiarvo on noussut selvästi kierroksesta 2025 yhdellä osa-alueella: abc +0,50 (0,2";
const OPEN: &str =
    "Ei voi sanoa, onko keskiarvo muuttunut kierroksesta 2025 2 osa-alueella: abc, other.";

#[test]
fn a_change_that_people_show_by_themselves_is_called_clear() {
    let rows = risen(true);
    let model = summary(&rows, "\"mean\", \"trend\", \"mixed_change\"", "fi");
    says(
        &model,
        &[RISEN, "Muutokset on laskettu mallilla, joka vertaa"],
    );
    let paired = summary(&rows, "\"mean\", \"trend\", \"change\"", "fi");
    says(
        &paired,
        &[
            RISEN,
            "Muutokset on laskettu niistä, jotka vastasivat molemmilla",
        ],
    );
    // Means alone know nothing of who answered twice, and nobody is linked without codes.
    says(
        &summary(&rows, "\"mean\", \"trend\"", "fi"),
        &[OPEN, "keskiarvoista niin kuin vastaajat"],
    );
    // Two of twenty who are linked do not speak for the others.
    let mut few = risen(false);
    for (person, row) in few.iter_mut().enumerate().take(4) {
        row.0 = format!("p{}", person / 2);
    }
    let few = summary(&few, "\"mean\", \"trend\", \"change\"", "fi");
    says(&few, &[OPEN, "Muutokset on laskettu kaikista vastanneista"]);
    let unlinked = summary(&risen(false), "\"mean\", \"trend\", \"change\"", "fi");
    says(
        &unlinked,
        &[OPEN, "Muutokset on laskettu kaikista vastanneista"],
    );
}

#[test]
fn two_intervals_that_overlap_are_no_test_of_a_difference() {
    // Of forty people each, half a step apart: intervals of 0.3 to each side overlap.
    let rows = (0..40).flat_map(|person| {
        let (level, later) = (
            1 + person % 3,
            1 + (person + person / 20) % 3 + usize::from(person % 2 == 0),
        );
        [
            (String::new(), ("2025", "teacher", level, 2)),
            (String::new(), ("2026", "teacher", later, 1 + person % 4)),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let (english, figures) = results(&rows, "\"mean\", \"trend\"", "en");
    let ends = |wave: &str| {
        let mean = figures
            .table("area.trend")
            .unwrap()
            .figure(&["abc", "all", wave]);
        let mean = mean.unwrap().unwrap();
        [mean.low.unwrap(), mean.high.unwrap()]
    };
    assert!(ends("2025")[1] > ends("2026")[0]);
    says(
        &english,
        &[
            "The mean has clearly risen since wave 2025 in 2 areas: abc +0.48 (0.08–0.87), other +0.50",
        ],
    );
}

#[test]
fn the_smallest_number_is_that_of_every_mean_that_is_named() {
    let mut rows = risen(true);
    rows.extend((0..3).map(|person| (format!("g{person}"), ("2026", "guide", 5, 2))));
    let text = summary(&rows, "\"mean\"", "fi");
    says(
        &text,
        &[
            "”guide” on selvästi kaikkien keskiarvon yläpuolella",
            "Pienin vastaajamäärä, johon jokin tässä mainittu keskiarvo perustuu, on 3.",
        ],
    );
    says(
        &summary(&risen(true), "\"mean\"", "fi"),
        &["mainittu keskiarvo perustuu, on 20."],
    );
}

#[test]
fn bounds_are_said_where_few_answered_and_tables_without_words_stand_at_the_end() {
    let text = summary(
        &risen(true),
        "\"response_rate\", \"mean\", \"bounds\", \"shape\"",
        "fi",
    );
    let (told, last) = text.trim_end().rsplit_once("\n\n").unwrap();
    says(
        told,
        &[
            "koko henkilöstön keskiarvo voi olla missä tahansa näiden rajojen välissä: abc 0,42–4,58, other 0,33–4,50.",
        ],
    );
    assert_eq!(
        last,
        "3 taulukosta ei ole sanallista yhteenvetoa: Osa-alueiden hajonta, vinous ja huipukkuus; \
         Väittämien keskiarvot; Väittämien hajonta, vinous ja huipukkuus."
    );
    assert!(!told.contains("yhteenvetoa"), "{told}");
}

//! Pages as readers get them: structure, words for withheld figures, names of cities.

use std::collections::BTreeMap;

use handbook::{FindingsFile, Sources, build};

use crate::fixture::{catalog, file, findings, network, request, tiny, with_names};

fn pages(sources: &Sources, files: &[FindingsFile]) -> BTreeMap<String, String> {
    let catalog = catalog();
    let edition = build(&request(sources, &catalog, files)).unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(handbook::Located::one_line).collect();
        panic!("{}", lines.join("\n"))
    });
    edition
        .files
        .into_iter()
        .filter_map(|(name, bytes)| Some((name, String::from_utf8(bytes).ok()?)))
        .collect()
}

fn section(body: &str) -> String {
    let all = pages(&tiny(body), &[network()]);
    let page = &all["network/fi/results.html"];
    let start = page.find("<section").expect("there is a section");
    let end = page.rfind("</section>").expect("it ends");
    page[start..end].to_owned()
}

#[test]
fn a_section_with_every_kind_of_text_is_this() {
    insta::assert_snapshot!(section(
        "Luku *on* [x](value:area.mean,area=safety,role_group=teachers), väli [x](value:area.mean,area=safety,fmt=interval), \
         osuus [x](value:response.rate), vastaajia [x](value:response.rate,role_group=teachers,fmt=n), \
         ero [x](value:area.gap,area=safety,fmt=signed). Peitetty [x](value:area.mean,area=safety,role_group=childcarers).\n\n\
         ## Ala & otsikko\n\n1. yksi\n2. kaksi `koodi`\n\n> [!NOTE]\n> Huomio **tästä**.\n\n\
         | a | b |\n| --- | --- |\n| 1 | 2 |\n\n![](slot:support.contact)\n\n\
         [Verkossa](value:city.in) ja [](ref:results.one), [täällä](ref:results).\n\n\
         ![Vastausprosentti](table:response.rate,by=role_group)\n"
    ));
}

#[test]
fn the_first_page_says_what_answers_over_an_open_link_are_worth() {
    let first = |findings: &serde_json::Value| {
        let all = pages(&tiny("Teksti."), &[file(findings)]);
        all["network/fi/index.html"].contains("<dt>Vastaustapa</dt><dd>avoin linkki:")
    };
    let mut findings = findings("network", "");
    assert!(!first(&findings));
    findings["produced"]["open_link"] = serde_json::json!({"2026-syksy": ["092"]});
    assert!(first(&findings));
}

#[test]
fn words_and_sources_lead_to_their_lists() {
    let sources = with_names(tiny(
        "Kysy [lähituelta](term:on-site-support) <&>, kuten [x](cite:aalto,page=4).\n\n\
         ![](list:terms,group=support)\n\n![](list:sources)\n",
    ));
    let page = &pages(&sources, &[network()])["network/fi/results.html"];
    for part in [
        "<a class=\"term\" href=\"#term-on-site-support\" title=\"apu, joka tulee paikalle.\">lähituelta</a>",
        "(<a href=\"#source-aalto\">Aalto 2024, s. 4</a>)",
        "<div id=\"term-on-site-support\"><dt><dfn>lähituki</dfn>, paikallistuki</dt>\
         <dd>apu, joka tulee paikalle. Vältä ilmausta ”mikrotuki”.</dd></div>",
        "<li id=\"source-aalto\">Aalto, A. (2024). <cite lang=\"en\">Tuki &amp; apu.</cite> Englanniksi.</li>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn without_lists_words_and_citations_stand_without_links() {
    let sources = with_names(tiny("Kysy [](term:on-site-support), [x](cite:aalto)."));
    let page = &pages(&sources, &[network()])["network/fi/results.html"];
    assert!(
        page.contains("<p>Kysy lähituki, (Aalto 2024).</p>"),
        "{page}"
    );
}

#[test]
fn charts_come_with_alternative_table_and_data() {
    let all = pages(
        &tiny(
            "![Tavoite ja arvio, asteikko 1–4](chart:area.gap,form=dumbbell,id=gap \"Viesti\")\n\n\
             ![Arvio](chart:area.mean,form=radar,role_group=teachers,id=radar \"Tutka\")\n\n\
             ![Arvio ryhmittäin](chart:area.mean,form=heat,id=heat \"Sävyt\")\n\n\
             ![Jakauma](chart:item.distribution,form=diverging,item=dc-1-*,id=spread \"Jakauma\")\n",
        ),
        &[network()],
    );
    let page = &all["network/fi/results.html"];
    assert_eq!(page.matches("<svg").count(), 3);
    assert_eq!(page.matches("role=\"img\"").count(), 3);
    assert_eq!(
        page.matches("<details><summary>Luvut taulukkona").count(),
        3
    );
    assert!(page.contains("<td class=\"h2\">2,6</td>"), "{page}");
    for id in ["gap", "radar", "heat", "spread"] {
        assert!(page.contains(&format!("href=\"data/{id}.csv\"")), "{id}");
        let csv = &all[&format!("network/fi/data/{id}.csv")];
        assert!(csv.starts_with("\u{feff}table;"), "{csv}");
    }
    insta::assert_snapshot!(
        "heat_csv",
        all["network/fi/data/heat.csv"].replace('\r', "")
    );
    assert!(
        page.contains("Kuvio 4.4") && page.contains("syksy 2026. Vastaajia 48."),
        "{page}"
    );
}

#[test]
fn no_output_holds_a_figure_that_is_withheld() {
    // The figure 1.7 exists only in this cell; protection takes it out of the file.
    let mut value = findings("network", "");
    let rows = value["tables"][1]["rows"].as_array_mut().expect("rows");
    for row in rows {
        if row["cell"] == "withheld" {
            row["keys"][1] = "childcarers".into();
        }
    }
    let all = pages(
        &tiny(
            "Luku [1,7](value:area.mean,area=safety,role_group=childcarers).\n\n\
             ![Arvio 1–4](chart:area.mean,form=heat,id=heat \"Sävyt\")\n\n\
             ![Taulukko](table:area.mean,area=safety,by=role_group)\n\n\
             ![Arvio](chart:area.mean,form=radar,role_group=childcarers,id=radar \"Tutka\")\n",
        ),
        &[file(&value)],
    );
    for (name, text) in &all {
        assert!(!text.contains("1,7<") && !text.contains("1.7\""), "{name}");
    }
    let page = &all["network/fi/results.html"];
    assert!(
        page.contains("<p>Tähän kuuluvia lukuja ei raportoida"),
        "neither the bracket, which is only the writer's aid, nor a sentence with a hole"
    );
    assert!(page.contains("<td class=\"word\">ei raportoida</td>"));
    assert!(
        page.contains("Ei raportoida: Turvallisuus."),
        "the alternative names it"
    );
    assert!(all["network/fi/data/heat.csv"].contains("ei raportoida"));
}

#[test]
fn a_small_unit_has_a_band_in_words() {
    let mut value = findings("network", "");
    value["tables"][3]["rows"][1]["cell"] = serde_json::json!({"band": "near"});
    let text = pages(
        &tiny("[x](value:response.rate,role_group=childcarers)"),
        &[file(&value)],
    );
    assert!(text["network/fi/results.html"].contains("lähellä kaupungin keskiarvoa"));
}

#[test]
fn cities_have_their_own_names_slots_and_sections() {
    let mut sources = tiny(
        "[Kaupungissa](value:city.in) sanotaan:\n\n![](slot:support.contact)\n\n[ks.](ref:results.two)",
    );
    let settings = sources
        .get("handbook.toml")
        .expect("it is there")
        .text
        .clone();
    sources.insert(
        "handbook.toml",
        settings.replace("[\"one\"]", "[\"one\", \"two\"]"),
    );
    sources.insert(
        "content/fi/results/two.md",
        "+++\nid = \"results.two\"\ntitle = \"Kaksi\"\neditions = [\"city\"]\n+++\nVain kaupungille.\n".to_owned(),
    );
    sources.insert(
        "cities/oulu/slots.fi.toml",
        "\"support.contact\" = \"Soita Ouluun.\"\n".to_owned(),
    );
    let files = [
        network(),
        file(&findings("oulu", "564")),
        file(&findings("turku", "853")),
    ];
    let all = pages(&sources, &files);
    let page = |name: &str| all[&format!("{name}/fi/results.html")].as_str();
    assert!(page("oulu").contains("Oulussa sanotaan") && page("oulu").contains("Soita Ouluun."));
    assert!(page("turku").contains("Turussa sanotaan") && page("turku").contains("Oletus."));
    assert!(page("network").contains("verkoston kaupungeissa sanotaan"));
    assert!(
        page("oulu").contains("href=\"#results-two\"")
            && page("oulu").contains("Vain kaupungille.")
    );
    assert!(
        !page("network").contains("Vain kaupungille.") && !page("network").contains("#results-two")
    );
    assert!(page("turku").contains("<a href=\"../../oulu/fi/results.html\">Oulu</a>"));
}

#[test]
fn a_section_steps_aside_where_its_figures_are_missing() {
    let all = pages(
        &tiny(
            "+++\nid = \"results.one\"\ntitle = \"Yksi\"\nneeds = [\"area.trend\"]\n+++\nMuutos [x](value:area.trend,area=safety).\n",
        ),
        &[network()],
    );
    assert!(!all["network/fi/results.html"].contains("<section"));
}

#[test]
fn a_draft_is_marked_on_every_page_and_shows_what_is_missing() {
    let catalog = catalog();
    let sources = tiny("Alfa [0,8](value:area.alpha,area=safety).");
    let files = [network()];
    let mut draft = request(&sources, &catalog, &files);
    assert!(build(&draft).is_err(), "publication is barred");
    draft.draft = true;
    draft.published = None;
    let edition = build(&draft).expect("a draft may be looked at");
    assert_eq!(edition.problems.len(), 1);
    for (name, bytes) in &edition.files {
        if name.ends_with(".html") && name.contains('/') {
            let text = String::from_utf8_lossy(bytes);
            assert!(
                text.contains("noindex") && text.contains("<strong>Luonnos</strong>"),
                "{name}"
            );
        }
    }
    let page = String::from_utf8_lossy(&edition.files["network/fi/results.html"]).into_owned();
    assert!(
        page.contains("<mark class=\"missing\">luku puuttuu tuloksista</mark>"),
        "{page}"
    );
}

#[test]
fn every_page_keeps_the_basic_rules_of_access() {
    let body = "## Alaotsikko\n\n### Alempi\n\n![Arvio](chart:area.gap,form=dumbbell \"Viesti\")\n\n![T](table:response.rate,by=role_group)";
    for (name, page) in pages(&tiny(body), &[network()]) {
        if !name.ends_with(".html") {
            continue;
        }
        assert!(
            page.starts_with("<!doctype html>\n<html lang=\"fi\">"),
            "{name}"
        );
        // A block of data is no script.
        let scripts = page.replace("<script type=\"application/ld+json\">", "");
        assert!(
            !scripts.contains("<script") || name.ends_with("/search.html"),
            "{name}"
        );
        assert!(
            !page.contains(" style=") && !page.contains("<style"),
            "{name}"
        );
        assert!(
            !page.contains("http://")
                || page
                    .replace("http://www.w3.org/2000/svg", "")
                    .find("http://")
                    .is_none(),
            "{name}"
        );
        assert_eq!(page.matches("<h1").count(), 1, "{name}");
        assert_eq!(page.matches("<main id=\"main\"").count(), 1, "{name}");
        let mut last = 1;
        for (at, _) in page.match_indices("<h") {
            let level = page[at + 2..].chars().next().and_then(|c| c.to_digit(10));
            if let Some(level) = level {
                assert!(level <= last + 1, "{name}: h{last} to h{level}");
                last = level;
            }
        }
        let ids: Vec<&str> = page
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let mut unique = ids.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), ids.len(), "{name}: ids repeat");
        for piece in page.split("aria-labelledby=\"").skip(1) {
            let list = piece.split('"').next().unwrap_or_default();
            assert!(
                list.split(' ').all(|id| ids.contains(&id)),
                "{name}: {list}"
            );
        }
        for piece in page.split("href=\"#").skip(1) {
            let id = piece.split('"').next().unwrap_or_default();
            assert!(ids.contains(&id), "{name}: #{id}");
        }
    }
}

#[test]
fn hostile_text_stays_text() {
    let mut value = findings("network", "");
    value["labels"]["area"]["safety"]["fi"] = "<script>alert(1)</script>".into();
    value["labels"]["area"]["content"]["fi"] = "=HYPERLINK(\"x\")".into();
    value["wave"] = "<b>".into();
    value["labels"]["wave"] = serde_json::json!({});
    let all = pages(
        &tiny(
            "![A](chart:area.gap,form=dumbbell,id=a \"V\")\n\n![A](table:area.mean,by=area,role_group=all)",
        ),
        &[file(&value)],
    );
    for (name, page) in &all {
        if name.ends_with(".html") {
            assert!(
                !page.contains("<script>") && !page.contains("<b>"),
                "{name}"
            );
        }
    }
    assert!(
        all["network/fi/data/a.csv"].contains("'=HYPERLINK"),
        "no formula in a spreadsheet"
    );
}

#[test]
fn ratings_stand_on_the_scale_of_their_targets() {
    // Means also hold areas of a longer scale, which have no target.
    let mut value = findings("network", "");
    value["tables"][1]["scale"] = serde_json::json!([1.0, 5.0]);
    let gaps = value["tables"][0]["rows"].as_array_mut().expect("rows");
    gaps.retain(|row| row["keys"][0] != "content");
    let page = &pages(
        &tiny("![A, 1–4](chart:area.gap,form=dumbbell,id=gap \"V\")"),
        &[file(&value)],
    )["network/fi/results.html"];
    let svg = page
        .split("<svg")
        .nth(1)
        .and_then(|it| it.split("</svg>").next());
    let svg = svg.expect("a chart");
    assert!(
        svg.contains(">4</text>") && !svg.contains(">5</text>"),
        "{svg}"
    );
}

#[test]
fn many_populations_are_listed_once_and_not_on_every_page() {
    let named = |count: usize| -> Vec<FindingsFile> {
        let slugs = (0..count).map(|at| format!("city-{at:02}"));
        let cities = slugs.map(|slug| file(&findings(&slug, "564")));
        std::iter::once(network()).chain(cities).collect()
    };
    let few = pages(&tiny("Teksti."), &named(3));
    assert!(few["network/fi/results.html"].contains("href=\"../../city-02/fi/results.html\""));
    let many = pages(&tiny("Teksti."), &named(30));
    for page in ["network/fi/results.html", "city-07/fi/index.html"] {
        assert!(!many[page].contains("../../city-"), "{page}");
        assert!(
            many[page].contains("<a href=\"../../index.html\">"),
            "{page}"
        );
    }
    let all = &many["index.html"];
    assert_eq!(all.matches("/fi/index.html\"").count(), 31, "{all}");
}

//! A city's own sections, what hangs on what, and how far the text is.

use std::collections::BTreeSet;

use handbook::{Sources, accept, begin, build, check, files_of, status};
use surveys::Lang;

use crate::fixture::{catalog, file, findings, network, replaceable, request, tiny};

const OWN: &str = "cities/oulu/fi/results/one.md";

/// The tiny book with Oulu's own section, which has been read against the common one.
fn with_own(body: &str) -> Sources {
    let mut sources = replaceable(tiny("Yhteinen teksti, jota moni kaupunki käyttää."));
    let text = format!("+++\nid = \"results.one\"\nreplaces = \"\"\n+++\n{body}\n");
    sources.insert(OWN, text);
    let accepted = accept(&sources, OWN).expect("it hangs on the common text");
    sources.insert(OWN, accepted);
    sources
}

fn common(sources: &mut Sources, body: &str) {
    let text = format!("+++\nid = \"results.one\"\ntitle = \"Yksi\"\n+++\n{body}\n");
    sources.insert("content/fi/results/one.md", text);
}

#[test]
fn an_own_section_stands_in_its_city_only_under_the_common_heading() {
    let sources = with_own("Oulussa tehdään [toisin](value:city.in).");
    let catalog = catalog();
    let files = [
        network(),
        file(&findings("oulu", "564")),
        file(&findings("turku", "853")),
    ];
    let edition = build(&request(&sources, &catalog, &files)).expect("sound");
    let page = |population: &str| {
        let bytes = &edition.files[&format!("{population}/fi/results.html")];
        String::from_utf8_lossy(bytes).into_owned()
    };
    let own = page("oulu");
    assert!(own.contains("Oulussa tehdään Oulussa."), "{own}");
    assert!(own.contains("</span> Yksi</h2>"), "{own}");
    assert!(!own.contains("Yhteinen teksti"), "{own}");
    assert!(own.contains("<section id=\"results-one\" aria-labelledby=\"results-one-title\">"));
    for population in ["network", "turku"] {
        let page = page(population);
        assert!(page.contains("Yhteinen teksti"), "{population}");
        assert!(!page.contains("tehdään"), "{population}");
    }
}

#[test]
fn the_status_tells_word_by_word_what_an_own_section_hangs_on() {
    let before = with_own("Oulun oma.");
    let mut after = before.clone();
    common(&mut after, "Yhteinen teksti, jota moni kunta käyttää.");
    let cities = BTreeSet::from(["turku".to_owned()]);

    let fresh = status(&before, &cities, &[]).expect("the book is sound");
    assert!(fresh.is_in_order(), "{}", fresh.table(Lang::En));

    let stale = status(&after, &cities, &[Sources::default(), before.clone()]);
    let stale = stale.expect("the book is sound");
    insta::assert_snapshot!("status", stale.table(Lang::En));
    insta::assert_snapshot!("status_in_finnish", stale.table(Lang::Fi));
    assert_eq!(stale.stale.len(), 1);
    assert_eq!(stale.stale[0].accept, "results.one");

    let unknown = status(&after, &cities, &[]).expect("the book is sound");
    assert!(
        unknown.table(Lang::En).contains("change: not known"),
        "{}",
        unknown.table(Lang::En)
    );

    let path = files_of(&after, "results.one");
    assert_eq!(path, [OWN]);
    let accepted = accept(&after, OWN).expect("it hangs on the common text");
    after.insert(OWN, accepted);
    assert!(status(&after, &cities, &[]).expect("sound").is_in_order());
}

#[test]
fn breaking_lines_anew_makes_no_own_section_stale() {
    let mut sources = with_own("Oulun oma.");
    common(
        &mut sources,
        "Yhteinen teksti,\njota moni\nkaupunki käyttää.",
    );
    let rows = status(&sources, &BTreeSet::new(), &[]).expect("sound");
    assert!(rows.is_in_order(), "{}", rows.table(Lang::En));
}

#[test]
fn a_stale_own_section_bars_publication_but_no_draft() {
    let mut sources = with_own("Oulun oma.");
    common(&mut sources, "Uusi teksti.");
    let catalog = catalog();
    let files = [file(&findings("oulu", "564"))];
    let mut asked = request(&sources, &catalog, &files);
    assert!(build(&asked).is_err());
    asked.draft = true;
    asked.published = None;
    assert!(build(&asked).is_ok());
}

#[test]
fn translations_of_the_book_we_carry_are_in_order_and_a_changed_slot_is_told() {
    let before = Sources::embedded();
    let cities = BTreeSet::new();
    let fresh = status(&before, &cities, &[]).expect("sound");
    assert!(fresh.is_in_order(), "{}", fresh.table(Lang::En));

    let mut after = before.clone();
    let name = "content/fi/slots.toml";
    let text = &before.get(name).expect("it is embedded").text;
    assert!(
        text.contains("Kaupunki"),
        "the words below stand in no slot"
    );
    after.insert(name, text.replacen("Kaupunki", "Kunta", 1));
    let stale = status(&after, &cities, &[before]).expect("sound");
    let table = stale.table(Lang::En);
    assert_eq!(stale.stale.len(), 2, "{table}");
    assert!(table.contains("[-Kaupunki-]{+Kunta+}"), "{table}");
    assert!(
        table.contains("handbook accept content/sv/slots.toml"),
        "{table}"
    );
}

#[test]
fn a_city_cannot_hide_its_own_slot_text_or_replace_what_is_not_replaceable() {
    let mut sources = with_own("Oulun oma.");
    common(&mut sources, "Yhteinen.\n\n![](slot:support.contact)");
    let accepted = accept(&sources, OWN).expect("it hangs on the common text");
    sources.insert(OWN, accepted);
    let slots = "\"support.contact\" = \"Soita.\"\n".to_owned();
    sources.insert("cities/oulu/slots.fi.toml", slots);
    let catalog = catalog();
    let lines = |sources: &Sources| -> Vec<String> {
        let problems = check(&request(sources, &catalog, &[]));
        problems.iter().map(handbook::Located::one_line).collect()
    };
    let hidden = lines(&sources);
    assert_eq!(hidden.len(), 1, "{hidden:?}");
    assert!(hidden[0].contains("handbook::hidden_text"), "{hidden:?}");
    sources.insert(
        "cities/oulu/fi/results/index.md",
        "+++\nid = \"results\"\nreplaces = \"\"\n+++\nOma.\n".to_owned(),
    );
    assert!(
        lines(&sources)
            .iter()
            .any(|line| line.contains("handbook::unlisted_file"))
    );
}

#[test]
fn a_city_begins_with_files_that_change_nothing_until_it_writes() {
    let sources = Sources::embedded();
    let catalog = catalog();
    let sections = ["support.local".to_owned(), "support.desk".to_owned()];
    let files = begin(&sources, &catalog, "oulu", &sections).expect("a city of the catalogue");
    assert_eq!(files.len(), 3 + 3 * 2, "{:?}", files.keys());
    let mut begun = sources.clone();
    for (name, text) in &files {
        begun.insert(name, text.clone());
    }
    let problems = check(&request(&begun, &catalog, &[]));
    assert!(problems.is_empty(), "{problems:?}");
    let state = status(&begun, &BTreeSet::new(), &[]).expect("sound");
    assert!(state.is_in_order(), "{}", state.table(Lang::En));
    let slots = &files["cities/oulu/slots.fi.toml"];
    let line = slots
        .lines()
        .find(|line| line.contains("\"privacy.contact\" = "));
    let own = line.expect("every slot is there").trim_start_matches("# ");
    begun.insert("cities/oulu/slots.fi.toml", format!("{own}\n"));
    let problems = check(&request(&begun, &catalog, &[]));
    let codes: Vec<String> = problems.iter().map(handbook::Located::one_line).collect();
    assert_eq!(codes.len(), 2, "the other languages lack it: {codes:?}");
    for (slug, section, code) in [
        ("oolu", "support.local", "handbook::unknown_city"),
        ("oulu", "results.need", "handbook::not_replaceable"),
    ] {
        let refused = begin(&sources, &catalog, slug, &[section.to_owned()]);
        let line = refused.expect_err(code)[0].one_line();
        assert!(line.contains(code), "{line}");
    }
}

#[test]
fn what_every_city_must_write_bars_the_edition_of_a_city_that_has_not() {
    let mut sources = replaceable(tiny("Teksti.\n\n![](slot:support.contact)"));
    let settings = sources
        .get("handbook.toml")
        .expect("it is there")
        .text
        .clone();
    let required = "\nrequired = [\"results.one\", \"support.contact\"]\nreplaceable";
    sources.insert(
        "handbook.toml",
        settings.replacen("\nreplaceable", required, 1),
    );
    let catalog = catalog();
    let lines = |sources: &Sources, files: &[handbook::FindingsFile]| -> Vec<String> {
        let problems = check(&request(sources, &catalog, files));
        problems.iter().map(handbook::Located::one_line).collect()
    };
    let (oulu, turku) = (
        file(&findings("oulu", "564")),
        file(&findings("turku", "853")),
    );
    assert_eq!(lines(&sources, &[network()]), Vec::<String>::new());
    let missing = lines(&sources, &[network(), oulu.clone(), turku]);
    assert_eq!(missing.len(), 2, "{missing:?}");
    for line in &missing {
        assert!(line.contains("handbook::missing_own_text"), "{line}");
        assert!(line.contains("(in oulu/fi, turku/fi)"), "{line}");
    }
    let slots = "\"support.contact\" = \"Soita.\"\n".to_owned();
    sources.insert("cities/oulu/slots.fi.toml", slots);
    let own =
        "+++\nid = \"results.one\"\nreplaces = \"\"\n+++\nOma.\n\n![](slot:support.contact)\n";
    sources.insert(OWN, own.to_owned());
    let accepted = accept(&sources, OWN).expect("it hangs on the common text");
    sources.insert(OWN, accepted);
    assert_eq!(lines(&sources, &[network(), oulu]), Vec::<String>::new());
}

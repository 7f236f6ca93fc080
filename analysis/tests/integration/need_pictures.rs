//! The pictures of importance against competence that a job makes.

use std::fs;
use std::path::PathBuf;

use analysis::publish::run;

use crate::network::Network;
use crate::setting::AREAS;

/// Runs a job on needs of the first areas and returns its charts.
fn charts(network: &Network, areas: usize) -> Vec<PathBuf> {
    let importance = AREAS[..areas].iter();
    let importance = importance.map(|area| format!("{area} = \"tarkeys_{area}\"\n"));
    let job = format!(
        "schema = 1\ntitle = \"x\"\nstatistics = [\"needs\"]\n\
         [data]\nfile = \"all.csv\"\ncodebook = \"codebook.json\"\n\
         [wave]\ncurrent = \"2026\"\n[groups]\nby = [\"kaupunki\", \"rooli\"]\n\
         [needs]\nreplicates = 100\n[needs.importance]\n{}\
         [output]\nformats = [\"svg\"]\nlanguages = [\"fi\", \"en\"]\n",
        importance.collect::<String>()
    );
    let path = network.path("job.toml");
    fs::write(&path, job).unwrap();
    let out = network.path("out");
    run(&path, &out, None, &mut |_| {}).unwrap();
    let Ok(files) = fs::read_dir(out.join("charts")) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn everybody_each_city_and_each_role_has_a_picture_with_a_message() {
    let network = Network::oracle(&AREAS);
    let files = charts(&network, 6);
    let names: Vec<&str> = files
        .iter()
        .filter_map(|file| file.file_name()?.to_str()?.strip_suffix("-fi.svg"))
        .collect();
    assert_eq!(names.len(), 1 + 7 + 5, "{names:?}");
    for name in [
        "working-needs",
        "working-needs-municipality-jarvela",
        "working-needs-role-varhaiskasvatuksen-opettaja",
    ] {
        assert!(names.contains(&name), "{names:?}");
        assert!(files.contains(&network.path(&format!("out/charts/{name}-en.svg"))));
    }
    let text =
        |name: &str| fs::read_to_string(network.path(&format!("out/charts/{name}"))).unwrap();
    let finnish = text("working-needs-fi.svg");
    for words in [
        ">Panosta ensin: Turvallisuus<",
        "Osaaminen ja tärkeys osa-alueittain. Asteikko 1–5.",
        "Ehkä panostettu liikaa",
        "Ohjaaminen ja opettaminen (epävarma)",
        "Luvut tulostiedostoissa.</desc>",
    ] {
        assert!(finnish.contains(words), "{words}: {finnish}");
    }
    let english = text("working-needs-en.svg");
    assert!(english.contains("Concentrate first on:"), "{english}");
    for file in &files {
        let chart = fs::read_to_string(file).unwrap();
        let chart = &chart[chart.find("<svg x=").unwrap()..];
        assert!(chart.len() < 6_000, "{}: {}", file.display(), chart.len());
    }
    let of_role = text("working-needs-role-johtaja-fi.svg");
    assert!(
        of_role.contains("Työtulos, kierros 2026, johtaja"),
        "{of_role}"
    );
    assert_ne!(of_role, finnish);
}

#[test]
fn two_areas_make_no_picture() {
    let network = Network::oracle(&AREAS);
    assert_eq!(charts(&network, 2), Vec::<PathBuf>::new());
}

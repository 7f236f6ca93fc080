//! The program as a person calls it: what it says, with which exit code, and that wrong input
//! changes nothing.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const NETWORK: &str = include_str!("../../examples/pilot/network.toml");
const UNITS: &str = include_str!("../../examples/pilot/units.csv");
const FRAME: &str = include_str!("../../examples/pilot/frame.csv");

/// A folder in which the program is called; the data folder in it is `data`.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("data")).expect("a data folder");
        for (name, text) in [
            ("network.toml", NETWORK),
            ("units.csv", UNITS),
            ("frame.csv", FRAME),
        ] {
            fs::write(folder.path().join(name), text).expect("a register");
        }
        Place { folder }
    }

    /// With its registers taken in.
    fn with_registers() -> Place {
        let place = Place::new();
        for line in [
            "import network network.toml",
            "import units units.csv",
            "import frame frame.csv",
        ] {
            place.succeeds(line);
        }
        place
    }

    /// With a wave that is open.
    fn with_wave() -> Place {
        let place = Place::with_registers();
        place.succeeds(
            "wave create syksy --survey icteko-perus --opens 2026-01-01 --closes 2036-01-01",
        );
        place.succeeds("wave open syksy");
        place
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path().join(name), content).expect("a file");
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_icteko"));
        command
            .args(line.split_whitespace())
            .current_dir(self.path())
            .env("ICTEKO_DATA", "data")
            .env_remove("RUST_LOG");
        command
    }

    fn output(&self, line: &str) -> Output {
        self.command(line).output().expect("the program starts")
    }

    fn succeeds(&self, line: &str) -> String {
        let output = self.output(line);
        assert!(output.status.success(), "{line}: {output:?}");
        String::from_utf8(output.stdout).expect("text")
    }

    /// The command ends with this code and says all of these words.
    fn says(&self, line: &str, code: i32, words: &[&str]) {
        let output = self.output(line);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).expect("text");
        assert_eq!(output.status.code(), Some(code), "{line}: {said}");
        for word in words {
            assert!(said.contains(word), "{line}: no `{word}` in\n{said}");
        }
    }
}

#[test]
fn wrong_use_ends_with_2_and_says_how_to_ask() {
    let place = Place::new();
    for line in [
        "waves",
        "wave create syksy",
        "import",
        "import cities network.toml",
        "serve --listen 999",
        "handbook build",
        "dataset export --out dataset",
        "analyse job.toml",
    ] {
        place.says(line, 2, &["--help"]);
    }
}

#[test]
fn called_with_nothing_to_do_it_lists_what_there_is() {
    let place = Place::new();
    place.says("", 2, &["Usage: icteko", "analyse", "handbook"]);
    place.says("wave", 2, &["Usage: icteko wave", "create", "close"]);
    // Whoever has the program alone finds a whole job in it, and no file of a repository.
    let help = [
        "schema = 1",
        "[data]",
        "codebook = \"codebook.json\"",
        "[groups]",
    ];
    place.says("analyse --help", 0, &help);
}

#[test]
fn a_municipality_named_twice_is_refused_at_its_place() {
    let place = Place::new();
    let twice = NETWORK.replace("638", "564");
    assert_ne!(twice, NETWORK, "Porvoo stands in the pilot's network");
    place.write("twice.toml", twice);
    let words = ["twice.toml:", "Oulu (564) is named twice"];
    place.says("import network twice.toml", 1, &words);
    place.says("import units units.csv", 1, &["import network.toml first"]);
}

/// A network of one town that the program does not bring along.
const SOMERO: &str = r#"schema = 1
id = "somero"
origin = "collected"
title = { fi = "Somero", sv = "Somero", en = "Somero" }

[[municipality]]
code = "761"
shares_figures = true
"#;

#[test]
fn any_town_takes_part_once_the_data_folder_has_a_record_of_it() {
    let place = Place::new();
    place.write("somero.toml", SOMERO);
    let example = [
        "somero.toml:7:8:",
        "municipalities.toml in the data folder",
        "forms = { nom = \"Somero\", gen = \"Someron\"",
        "nothing was changed",
    ];
    place.says("import network somero.toml", 1, &example);
    // What the message shows can be copied as it stands.
    let contradiction = surveys::EXAMPLE_MUNICIPALITY.replace("761", "564");
    place.write("data/municipalities.toml", contradiction);
    let words = [
        "municipalities.toml:2:8:",
        "Oulu (564, oulu)",
        "remove the record",
    ];
    place.says("import network somero.toml", 1, &words);
    place.says("handbook check", 1, &words);
    place.write("data/municipalities.toml", surveys::EXAMPLE_MUNICIPALITY);
    place.succeeds("import network somero.toml");
    place.write(
        "units.csv",
        "unit,municipality,kind,name_fi,name_sv,name_en\nkirjasto,761,library,Kirjasto,,\n",
    );
    place.write(
        "frame.csv",
        "municipality,unit,role,staff\n761,kirjasto,librarian,6\n",
    );
    place.succeeds("import units units.csv");
    place.succeeds("import frame frame.csv");
    place
        .succeeds("wave create syksy --survey icteko-perus --opens 2026-01-01 --closes 2036-01-01");
    place.succeeds("wave open syksy");
    place.succeeds("wave close syksy");
    place.succeeds("dataset export --wave syksy --out dataset");
    let codebook = fs::read_to_string(place.path().join("dataset/codebook.json")).expect("text");
    assert!(codebook.contains("Somero"), "{codebook}");
}

/// What stands in the blocks of a kind on the page about registers.
fn blocks<'a>(page: &'a str, kind: &str) -> Vec<&'a str> {
    let fence = format!("```{kind}\n");
    let begun = page.split(fence.as_str()).skip(1);
    begun
        .map(|rest| rest.split("```").next().expect("text before the fence"))
        .collect()
}

#[test]
fn the_examples_of_the_page_about_registers_are_taken_in_as_they_stand() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/registers.md");
    let page = fs::read_to_string(page).expect("the page");
    let (toml, csv) = (blocks(&page, "toml"), blocks(&page, "csv"));
    assert_eq!((toml.len(), csv.len()), (2, 2));
    assert_eq!(toml[0], surveys::EXAMPLE_MUNICIPALITY);
    let place = Place::new();
    place.write("data/municipalities.toml", toml[0]);
    place.write("n.toml", toml[1]);
    place.write("u.csv", csv[0]);
    place.write("f.csv", csv[1]);
    for (line, said) in [
        ("import network n.toml", "1 municipality"),
        ("import units u.csv", "2 units"),
        ("import frame f.csv", "3 staff numbers"),
    ] {
        place.says(line, 0, &[said]);
    }
    place.write("kind.csv", csv[0].replace(",library,", ",kirjasto,"));
    let words = [
        "kind `kirjasto` is not known",
        "school, ecec",
        "docs/registers.md",
    ];
    place.says("import units kind.csv", 1, &words);
}

#[test]
fn a_data_folder_with_a_slip_in_its_name_is_not_made() {
    let place = with_findings();
    let wave = "--survey icteko-perus --opens 2026-01-01 --closes 2026-02-01";
    let words = [
        "there is no data folder dta",
        "icteko --data dta import network network.toml",
    ];
    for line in [
        "import units units.csv",
        "import frame frame.csv",
        &format!("wave create syksy {wave}"),
        "wave codes syksy",
        "serve",
        "dataset export --wave syksy --out dataset",
        "coordinator invite",
        "analyse job.toml --out r",
        "handbook publish 2026-kevat --findings f",
        "handbook new oulu",
    ] {
        place.says(&format!("--data dta {line}"), 1, &words);
        assert!(!place.path().join("dta").exists(), "{line}");
    }
    place.says(
        "--data dta import network network.toml",
        0,
        &["7 municipalities"],
    );
    place.says("--data dta import units units.csv", 0, &["units"]);
    // What is to be typed next is about the same folder.
    let open = ["open it with  icteko --data dta wave open syksy"];
    place.says(&format!("--data dta wave create syksy {wave}"), 0, &open);
}

#[test]
fn a_wave_says_where_it_stands_and_what_to_do() {
    let place = Place::with_wave();
    place.says("wave open syksy", 1, &["`syksy` is already open"]);
    let export = "dataset export --wave syksy --out dataset";
    place.says(export, 1, &["`syksy` is not closed in", "close it first"]);
    place.says("wave close syksy", 0, &["closed and its answers are mixed"]);
    place.says("wave close syksy", 0, &["closed and its answers are mixed"]);
    place.says("wave open syksy", 1, &["`syksy` has been closed"]);
    place
        .succeeds("wave create talvi --survey icteko-perus --opens 2036-01-01 --closes 2036-02-01");
    place.says("wave close talvi", 1, &["`talvi` has not been opened"]);
}

#[test]
fn codes_are_made_once_for_each_member_of_staff() {
    let place = Place::with_wave();
    let warned = ["http://127.0.0.1:8088", "set public_url in icteko.toml"];
    place.says("wave codes syksy --unit tre-harju --count 3", 0, &warned);
    let rest = place.succeeds("wave codes syksy --unit tre-harju");
    let staff: usize = FRAME
        .lines()
        .filter(|line| line.starts_with("837,tre-harju,"))
        .map(|line| line.rsplit(',').next().expect("a number").parse::<usize>())
        .sum::<Result<_, _>>()
        .expect("numbers");
    // The first line names the columns.
    assert_eq!(rest.lines().count() - 1, staff - 3);
    let enough = ["as many as there are staff already"];
    place.says("wave codes syksy --unit tre-harju", 1, &enough);
    place.says(
        "wave codes syksy --unit tre-harju --count 1",
        0,
        &["1 code"],
    );
}

#[test]
fn an_invitation_is_a_whole_address() {
    let place = Place::with_registers();
    let link = place.succeeds("coordinator invite");
    assert!(
        link.starts_with("http://127.0.0.1:8088/fi/coordinator/sign-in#"),
        "{link}"
    );
    let settings = fs::read_to_string(place.path().join("data/icteko.toml")).expect("text");
    let named = settings.replace("# public_url", "public_url");
    assert_ne!(named, settings);
    place.write("data/icteko.toml", named);
    let link = place.succeeds("coordinator invite --municipality 837");
    assert!(
        link.starts_with("https://icteko.example.fi/fi/coordinator/sign-in#"),
        "{link}"
    );
}

#[test]
fn registers_that_cannot_be_right_change_nothing() {
    let place = Place::with_registers();
    let unknown = FRAME.replacen("class-teacher", "clas-teacher", 1);
    place.write("unknown.csv", unknown);
    let doubled = format!("{FRAME}109,hml-harju,class-teacher,35\n");
    place.write("doubled.csv", doubled);
    place.write("bytes.csv", [0xff, 0xfe, 0x00, 0x41]);
    place.write("empty.csv", "");
    let words = [
        "line 2",
        "clas-teacher",
        "class-teacher",
        "nothing was changed",
    ];
    place.says("import frame unknown.csv", 1, &words);
    place.says("import frame doubled.csv", 1, &["nothing was changed"]);
    place.says("import frame bytes.csv", 1, &["UTF-8"]);
    place.says("import frame empty.csv", 1, &["empty.csv"]);
    place.says("import frame absent.csv", 1, &["absent.csv"]);
    place.says("import frame .", 1, &["."]);
    place.says("import frame frame.csv", 0, &["245 staff numbers"]);
}

#[test]
fn staff_numbers_that_were_cut_short_do_not_replace_whole_ones() {
    let place = Place::with_registers();
    let (half, _) = FRAME.split_at(FRAME.find("398,lahti-mesikka").expect("a unit of Lahti"));
    let cut = format!("{half}398,lahti-mesikka,ecec-teacher,1");
    place.write("cut.csv", cut);
    let words = ["lahti-", "nothing was changed", "cut short", "--replace"];
    place.says("import frame cut.csv", 1, &words);
    place.says("import frame cut.csv --replace", 0, &["does not end"]);
}

#[test]
fn waves_are_refused_with_what_to_do() {
    let place = Place::with_wave();
    let create = |rest: &str| format!("wave create {rest}");
    let dates = "--opens 2026-01-01 --closes 2026-02-01";
    for (line, words) in [
        (
            create(&format!("syksy --survey icteko-perus {dates}")),
            "syksy",
        ),
        (
            create(&format!("talvi --survey unknown {dates}")),
            "unknown",
        ),
        (
            create(&format!("../x --survey icteko-perus {dates}")),
            "../x",
        ),
        (
            create("talvi --survey icteko-perus --opens 2026-13-01 --closes 2026-02-01"),
            "2026-13-01",
        ),
        (
            create("talvi --survey icteko-perus --opens 2026-03-01 --closes 2026-02-01"),
            "2026-02-01",
        ),
        ("wave open talvi".to_owned(), "talvi"),
        ("wave close talvi".to_owned(), "talvi"),
        ("wave codes syksy --unit nowhere".to_owned(), "nowhere"),
        ("wave codes syksy --count 0".to_owned(), "at least 1"),
        (
            "dataset export --wave syksy --out dataset".to_owned(),
            "not closed",
        ),
    ] {
        place.says(&line, 1, &[words]);
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    let place = Place::with_wave();
    let mut child = place
        .command("wave codes syksy")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_finds_no_room_is_a_failure_that_says_so() {
    let place = Place::with_wave();
    let full = fs::OpenOptions::new().write(true).open("/dev/full");
    let output = place
        .command("wave codes syksy --unit tre-harju --count 3")
        .stdout(full.expect("a device that is always full"))
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("could not be written to the end"), "{said}");
}

#[test]
fn jobs_and_data_that_disagree_are_named_with_their_place() {
    let place = Place::new();
    for name in ["codebook.json", "frame.csv", "survey.csv", "job.toml"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/foreign");
        fs::copy(from.join(name), place.path().join(name)).expect("an example");
    }
    let read = |name: &str| fs::read_to_string(place.path().join(name)).expect("an example");
    let (job, survey) = (read("job.toml"), read("survey.csv"));
    place.write("typo.toml", job.replace("\"mean\"", "\"maen\""));
    place.write("other.toml", job.replace("survey.csv", "coded.csv"));
    place.write("coded.csv", survey.replacen(";3;4;2;4;", ";3;77;2;4;", 1));
    place.says("analyse absent.toml --out r", 1, &["absent.toml"]);
    place.says(
        "analyse typo.toml --out r",
        1,
        &["typo.toml:", "maen", "mean"],
    );
    place.says("analyse other.toml --out r", 1, &["coded.csv", "77"]);
    assert!(!place.path().join("r").exists(), "nothing was written");
    place.write("groups.toml", job.replace("\"role\"", "\"roel\""));
    let words = ["groups.toml:", "`roel`", "to group by", "there are:"];
    place.says("analyse groups.toml --out r", 1, &words);
    place.says("analyse job.toml --out r", 0, &["answers"]);
}

#[test]
fn a_handbook_is_not_built_from_what_are_no_findings() {
    let place = Place::new();
    let pilot = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/pilot/results/findings");
    let network = fs::read_to_string(pilot.join("network.json")).expect("findings");
    let build = "handbook build --edition e --findings f --out e --draft";
    place.says(build, 1, &["f"]);
    fs::create_dir(place.path().join("f")).expect("a folder");
    place.says(build, 1, &["handbook::no_findings"]);
    let later = network.replacen("\"schema\": 1", "\"schema\": 2", 1);
    assert!(later != network, "the schema is written otherwise");
    place.write("f/network.json", later);
    place.says(build, 1, &["network.json", "schema"]);
    let mut cut = network.into_bytes();
    let letter = cut.iter().rposition(|byte| *byte >= 0xc0).expect("an ä");
    cut.truncate(letter + 1);
    place.write("f/network.json", cut);
    place.write("f/oulu.json", "{}");
    let all = [
        "network.json",
        "not UTF-8",
        "oulu.json",
        "icteko: 2 problems",
    ];
    place.says(build, 1, &all);
    assert!(!place.path().join("e").exists(), "nothing was written");
}

#[test]
fn findings_that_lack_a_city_are_said_to_lack_it() {
    let place = Place::new();
    let pilot = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/pilot/results/findings");
    fs::create_dir(place.path().join("f")).expect("a folder");
    for name in ["network.json", "turku.json"] {
        fs::copy(pilot.join(name), place.path().join("f").join(name)).expect("findings");
    }
    let words = ["no findings of Oulu (564)", "no edition of it"];
    place.says("handbook check --findings f", 0, &words);
}

#[test]
fn an_export_brings_the_job_that_analyses_it() {
    let place = Place::with_wave();
    place.succeeds("wave close syksy");
    let export = "dataset export --wave syksy --out dataset --job job.toml";
    place.says(export, 0, &["icteko analyse job.toml"]);
    let job = fs::read_to_string(place.path().join("job.toml")).expect("the job");
    for line in [
        "dataset = \"dataset\"",
        "current = \"syksy\"",
        "earlier = []",
    ] {
        assert!(job.contains(line), "no `{line}` in\n{job}");
    }
    place.says(export, 1, &["job.toml"]);
    let kept = fs::read_to_string(place.path().join("job.toml")).expect("the job");
    assert_eq!(kept, job);
}

#[test]
fn an_edition_is_published_through_the_gates_and_only_once() {
    let place = Place::new();
    let pilot = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/pilot/results/findings");
    let network = fs::read_to_string(pilot.join("network.json")).expect("findings");
    fs::create_dir(place.path().join("f")).expect("a folder");
    place.write("f/network.json", network);
    let publish =
        "handbook publish 2026-kevat --findings f --books none --approved-by Aino --published";
    place.says(&format!("{publish} 2026-02-30"), 1, &["is no day"]);
    let over = place.path().join("data/handbook/content/fi/using");
    fs::create_dir_all(&over).expect("a folder");
    fs::write(over.join("who.md"), "+++\n<b>\n").expect("a file");
    place.says(&format!("{publish} 2026-06-15"), 1, &["EI ", "läpi "]);
    assert!(!place.path().join("data/editions").exists(), "nothing half");
    fs::remove_dir_all(place.path().join("data/handbook")).expect("it was ours");
    place.says(&format!("{publish} 2026-06-15"), 0, &["läpi "]);
    let page = place
        .path()
        .join("data/editions/2026-kevat/network/sv/index.html");
    let before = fs::read(&page).expect("it was written");
    let again = ["handbook::already_there", "2026-kevat.1"];
    place.says(&format!("{publish} 2026-06-16"), 1, &again);
    let manifest = place.path().join("data/editions/2026-kevat/manifest.json");
    let manifest = fs::read_to_string(manifest).expect("it is out");
    assert!(manifest.contains("\"approved\": \"Aino\""), "{manifest}");
    assert_eq!(fs::read(&page).expect("it is there"), before);
}

/// A disk that is full after some files, as far as one process can have it: no file may be longer
/// than 32 KiB.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_no_half_edition_and_nothing_overwritten() {
    let place = with_findings();
    let publish = "handbook publish 2026-kevat --findings f --books none --published 2026-06-15";
    let limited = "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\"";
    let run = |line: &str| {
        let whole = place.command(line);
        let mut command = Command::new("sh");
        command
            .args(["-c", limited])
            .arg(whole.get_program())
            .args(whole.get_args())
            .current_dir(place.path())
            .env("ICTEKO_DATA", "data");
        let output = command.output().expect("a shell");
        let said = String::from_utf8([output.stdout, output.stderr].concat()).expect("text");
        (output.status.code(), said)
    };
    let (code, said) = run(publish);
    assert_eq!(code, Some(1), "{said}");
    for words in [
        "EI ",
        "data/editions/2026-kevat/",
        "error[handbook::not_written]",
    ] {
        assert!(said.contains(words), "no `{words}` in\n{said}");
    }
    let editions = place.path().join("data/editions");
    assert!(!editions.exists(), "nothing half");
    place.says(publish, 0, &["läpi "]);
    let manifest = editions.join("2026-kevat/manifest.json");
    let before = fs::read(&manifest).expect("it is out");
    let (code, said) = run(publish);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("handbook::already_there"), "{said}");
    assert_eq!(fs::read(&manifest).expect("it is out"), before);
    assert_eq!(fs::read_dir(&editions).expect("readable").count(), 1);
}

#[test]
fn a_city_begins_its_own_text_and_nothing_that_is_there_is_overwritten() {
    let place = with_findings();
    let new = "handbook new oulu --section support.local";
    place.says(new, 0, &["cities/oulu/slots.sv.toml", "6 files written"]);
    place.says("handbook check", 0, &["no problems"]);
    place.says("handbook status", 0, &["oulu"]);
    let own = place.path().join("data/handbook/cities/oulu/slots.fi.toml");
    fs::write(&own, "# oma\n").expect("a file");
    place.says(new, 0, &["stays as it is", "0 files written"]);
    assert_eq!(fs::read_to_string(&own).expect("it is there"), "# oma\n");
    place.says(
        "handbook new oolu",
        1,
        &["handbook::unknown_city", "`oolu`"],
    );
}

/// A place with the pilot's findings of the network in the folder `f`.
fn with_findings() -> Place {
    let place = Place::new();
    let pilot = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/pilot/results/findings");
    fs::create_dir(place.path().join("f")).expect("a folder");
    fs::copy(
        pilot.join("network.json"),
        place.path().join("f/network.json"),
    )
    .expect("findings");
    place
}

#[test]
fn a_correction_needs_its_original_and_a_notice_and_is_compared_with_it() {
    let place = with_findings();
    let publish = "handbook publish --findings f --books none --published 2026-06-15";
    let first = format!("{publish} 2026-kevat");
    let second = format!("{publish} 2026-kevat.1");
    place.says(&second, 1, &["EI ", "handbook::nothing_to_correct"]);
    place.says(&first, 0, &["läpi "]);
    place.says(&second, 1, &["handbook::missing_notice"]);
    let handbook = place.path().join("data/handbook");
    fs::create_dir_all(handbook.join("corrections")).expect("a folder");
    let notice = "date = \"2026-06-20\"\nfi = \"Virhe.\"\nsv = \"Fel.\"\nen = \"An error.\"\n\
        touches = [\"results.need\"]\n";
    fs::write(handbook.join("corrections/2026-kevat.1.toml"), notice).expect("a file");
    let editions = place.path().join("data/editions");
    assert!(!editions.join("2026-kevat.1").exists(), "nothing half");
    let before = fs::read(editions.join("2026-kevat/manifest.json")).expect("it is out");
    place.says(&second, 0, &["2026-kevat.html points to 2026-kevat.1"]);
    let after = fs::read(editions.join("2026-kevat/manifest.json")).expect("it is out");
    assert_eq!(before, after);
    let beside = fs::read_to_string(editions.join("2026-kevat.html")).expect("a page");
    assert!(beside.contains("Virhe.") && beside.contains("2026-kevat.1/index.html"));
    let words = ["corrections/2026-kevat.1.toml", "selvästi muuttuneita 0"];
    place.says("handbook diff 2026-kevat 2026-kevat.1", 0, &words);
    let diff = "handbook diff --language en 2026-kevat 2026-kevat.1";
    place.says(diff, 0, &["0 changed beyond"]);
    place.says("handbook diff 2026-kevat f", 1, &["handbook::bad_edition"]);
}

#[test]
fn a_stale_own_section_is_told_word_by_word_and_accepted_by_its_id() {
    let place = with_findings();
    place.says("handbook status", 0, &["yhteinen", "fi"]);
    place.says("handbook status --language en", 0, &["common", "fi"]);
    let own = place.path().join("data/handbook/cities/oulu");
    for lang in ["fi", "sv", "en"] {
        fs::create_dir_all(own.join(lang).join("support")).expect("a folder");
        fs::write(
            own.join(lang).join("support/desk.md"),
            "+++\nid = \"support.desk\"\nreplaces = \"\"\n+++\nSoita 1234.\n",
        )
        .expect("a file");
    }
    place.says(
        "handbook status",
        1,
        &["handbook::stale_override", "accept support.desk"],
    );
    place.says("handbook accept support.dask", 1, &["support.dask"]);
    place.says(
        "handbook accept support.desk",
        0,
        &["cities/oulu/sv/support/desk.md"],
    );
    place.says("handbook status", 0, &["oulu"]);
    let publish = "handbook publish 2026-kevat --findings f --books none --published 2026-06-15";
    place.says(publish, 0, &["läpi "]);

    let common = place.path().join("data/handbook/content/fi/support");
    fs::create_dir_all(&common).expect("a folder");
    let text = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../handbook/content/fi/support/desk.md"),
    )
    .expect("the common text");
    fs::write(
        common.join("desk.md"),
        text.replacen("yksi numero", "kaksi numeroa", 1),
    )
    .expect("a file");
    let words = ["[-yksi-]{+kaksi+} [-numero,-]{+numeroa,+}"];
    place.says("handbook status", 1, &words);
    place.says("handbook check", 1, &["yhteinen teksti on muuttunut"]);
}

#[test]
fn a_preview_shows_drafts_and_problems_to_this_computer_only() {
    use std::io::{BufRead, BufReader, Read, Write};
    let place = with_findings();
    let over = place.path().join("data/handbook/content/fi/using");
    fs::create_dir_all(&over).expect("a folder");
    let mut child = place
        .command("handbook preview --findings f --port 0 --language fi")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    let stdout = child.stdout.take().expect("it is piped");
    BufReader::new(stdout)
        .read_line(&mut line)
        .expect("it greets");
    let address = line
        .trim()
        .trim_start_matches("ready: http://")
        .trim_end_matches('/')
        .to_owned();
    let get = |path: &str, host: &str| -> String {
        let mut stream = std::net::TcpStream::connect(&address).expect("it listens");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let draft = get("/network/fi/using.html", "localhost");
    for words in [
        "200 OK",
        "x-robots-tag: noindex",
        "class=\"draft\"",
        "/_preview/reload.js",
    ] {
        assert!(draft.contains(words), "no `{words}` in\n{draft}");
    }
    assert!(get("/", "example.org").contains("403"));
    let count = get("/network/fi/_problems.txt", "localhost");
    assert!(
        count.contains("200 OK") && count.ends_with("\r\n\r\n"),
        "{count}"
    );
    assert!(get("/network/fi/tables.html", "localhost").contains("200 OK"));
    assert!(get("/network/fi/no.html", "localhost").contains("404"));
    let start = draft.find("data-generation=\"").expect("the script") + 17;
    let generation: String = draft[start..]
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    fs::write(
        over.join("who.md"),
        "+++\nid = \"using.who\"\ntitle = \"Kenelle\"\n+++\n<b>\n",
    )
    .expect("saved");
    let saved = std::time::Instant::now();
    let told = get(
        &format!("/_preview/changes?since={generation}"),
        "localhost",
    );
    let waited = saved.elapsed();
    assert!(
        told.contains("200 OK") && !told.trim_end().ends_with(&generation),
        "{told}"
    );
    assert!(waited.as_millis() < 2_000, "told after {waited:?}");
    let problems = get("/network/fi/using.html", "127.0.0.1");
    for words in [
        "422",
        "handbook::raw_html",
        "tekstissä ei voi olla HTML",
        "content/fi/using/who.md:5:1",
    ] {
        assert!(problems.contains(words), "no `{words}` in\n{problems}");
    }
    fs::remove_file(over.join("who.md")).expect("it was ours");
    let mended = (0..50).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        get("/network/fi/using.html", "localhost").contains("200 OK")
    });
    assert!(mended, "the page is back once the text is");
    child.kill().expect("it was running");
    child.wait().expect("it ends");
}

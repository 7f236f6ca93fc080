//! What summaries say of the statistics that a job asks for by name, in three languages.

use std::fs;
use std::sync::LazyLock;

use analysis::publish::run;

use crate::network::Network;
use crate::setting::{AREAS, Small};

const STATISTICS: &str = "\"mean\", \"change\", \"mixed_change\", \"compare\", \"invariance\", \
     \"dif\", \"needs\", \"levels\", \"correlations\", \"themes\", \"icc\", \"unit_means\", \
     \"design_effect\", \"bounds\", \"response_rate\"";

/// The summaries of one job on the oracle's survey, in Finnish, Swedish and English.
static OF_ALL: LazyLock<[String; 3]> = LazyLock::new(|| {
    let network = Network::oracle(&AREAS);
    let importance = AREAS.map(|area| format!("{area} = \"tarkeys_{area}\"\n"));
    let job = format!(
        "schema = 1\ntitle = \"x\"\nstatistics = [{STATISTICS}]\n\
         [data]\nfile = \"all.csv\"\ncodebook = \"codebook.json\"\nframe = \"frame.csv\"\n\
         [wave]\ncurrent = \"2026\"\nearlier = [\"2024\", \"2025\"]\n\
         [groups]\nunit = true\n[compare]\nby = [\"rooli\"]\n\
         [levels]\ncuts = [40, 70]\nnames = [\"perustaso\", \"keskitaso\", \"edistynyt\"]\n\
         [design]\nstrata = [\"kaupunki\", \"rooli\"]\n\
         [needs.importance]\n{}\
         [themes]\ncolumn = \"avoin\"\n[themes.words]\nverkko = [\"verkko\", \"wifi\"]\n\
         koulutus = [\"koulutu\"]\n\
         [output]\nformats = [\"summary\"]\nlanguages = [\"fi\", \"sv\", \"en\"]\n",
        importance.concat()
    );
    let path = network.path("job.toml");
    fs::write(&path, job).unwrap();
    let out = network.path("out");
    run(&path, &out, None, &mut |_| {}).unwrap();
    ["fi", "sv", "en"]
        .map(|lang| fs::read_to_string(out.join(format!("working-{lang}.md"))).unwrap())
});

/// What must stand in the summaries, by statistic: Finnish, Swedish, English.
const TOLD: &[(&str, [&str; 3])] = &[
    (
        "change",
        [
            "- Keskiarvo on noussut selvästi kierroksesta 2025 3 osa-alueella: Sisällön tuottaminen +0,07 (0,01–0,13)",
            "- Medeltalet har stigit tydligt sedan omgång 2025 i 3 områden",
            "- The mean has clearly risen since wave 2025 in 3 areas",
        ],
    ),
    (
        "linked people",
        [
            "- Koodin avulla tunnistettuja, molemmilla kierroksilla vastanneita on 422. Se on 23\u{a0}% kierroksen 2026 vastaajista.",
            "- Antalet som svarade båda gångerna och kunde länkas med sin kod är 422.",
            "- The number of people who answered both times and could be linked by their code is 422.",
        ],
    ),
    (
        "slopes",
        [
            "- Keskiarvo on noussut selvästi seurantajakson aikana 6 osa-alueella: Ohjaaminen ja opettaminen +0,11 (0,07–0,15);",
            "- Medeltalet har tydligt stigit under uppföljningen i 6 områden",
            "- Over the waves the mean has clearly risen in 6 areas",
        ],
    ),
    (
        "what slopes do not say",
        [
            "Se ei ennusta seuraavaa kierrosta.",
            "Den förutsäger inte nästa omgång.",
            "It does not predict the next wave.",
        ],
    ),
    (
        "pairs of groups",
        [
            "- Vertailu ”Tehtävä”: ryhmien välillä on 21 selvää eroa, kun vertailuja on 60. Suurimmat erot: johtaja – koulunkäynninohjaaja, Ongelmanratkaisu +0,81 (0,35–1,27);",
            "- Jämförelse ”Uppgift”: mellan grupperna finns 21 tydliga skillnader i 60 jämförelser.",
            "- Comparison “Role”: between the groups there are 21 clear differences in 60 comparisons.",
        ],
    ),
    (
        "size of a difference",
        [
            "”johtaja” on korkeammalla kuin ”koulunkäynninohjaaja” 68\u{a0}%:n todennäköisyydellä",
            "ligger ”johtaja” högre än ”koulunkäynninohjaaja” med sannolikheten 68\u{a0}%",
            "“johtaja” is higher than “koulunkäynninohjaaja” with a probability of 68%",
        ],
    ),
    (
        "dif",
        [
            "- Vertailu ”Tehtävä”: väittämä suosii selvästi toista ryhmää 2 vertailussa, kun vertailuja on 300: Ohjaaminen ja opettaminen, väittämä 2 (koulunkäynninohjaaja – toimistotyö);",
            "- Jämförelse ”Uppgift”: ett påstående gynnar tydligt en grupp i 2 jämförelser av 300",
            "- Comparison “Role”: a statement clearly favours one of the groups in 2 comparisons of 300",
        ],
    ),
    (
        "what dif means",
        [
            "Osa ryhmien erosta voi johtua väittämästä eikä osaamisesta.",
            "kan bero på påståendet och inte på kompetensen.",
            "may come from the statement and not from competence.",
        ],
    ),
    (
        "invariance",
        [
            "yhdellä osa-alueella: Ohjaaminen ja opettaminen. Ryhmien keskiarvoja ei voi siellä verrata toisiinsa.",
            "i ett område: Ohjaaminen ja opettaminen. Gruppernas medeltal kan inte jämföras där.",
            "in one area: Ohjaaminen ja opettaminen. The means of the groups cannot be compared there.",
        ],
    ),
    (
        "needs",
        [
            "- Osaamistarve on suurin osa-alueella ”Turvallisuus”.",
            "- Kompetensbehovet är störst i området ”Turvallisuus”.",
            "- The need is largest in the area “Turvallisuus”.",
        ],
    ),
    (
        "how sure the order of needs is",
        [
            "Turvallisuus (yli 99\u{a0}%); Ohjaaminen ja opettaminen (9",
            "Turvallisuus (över 99\u{a0}%); Ohjaaminen ja opettaminen (9",
            "Turvallisuus (over 99%); Ohjaaminen ja opettaminen (9",
        ],
    ),
    (
        "quadrants",
        [
            "- Panosta ensin: tärkeys on selvästi osa-alueiden keskitasoa suurempi ja osaaminen selvästi sitä heikompi yhdellä osa-alueella: Turvallisuus.",
            "- Satsa först på detta:",
            "- Concentrate here first:",
        ],
    ),
    (
        "unsure quadrants",
        [
            "- Paikka nelikentässä on epävarma yhdellä osa-alueella: Ohjaaminen ja opettaminen.",
            "- Platsen i fyrfältet är osäker i ett område",
            "- The place among the four quarters is uncertain in one area",
        ],
    ),
    (
        "levels",
        [
            "Turvallisuus – keskitaso 46\u{a0}% (44–49\u{a0}%)",
            "- Vanligaste kompetensnivå per område:",
            "- The most common level by area:",
        ],
    ),
    (
        "error of levels",
        [
            "- Mittausvirheen takia arviolta 21\u{a0}% vastaajista on väärällä osaamistasolla osa-alueella ”Turvallisuus”",
            "uppskattningsvis 21\u{a0}% av de svarande på fel nivå",
            "some 21% of people are on a wrong level",
        ],
    ),
    (
        "correlations",
        [
            "- Vahvin yhteys on osa-alueiden ”Ongelmanratkaisu” ja ”Ohjaaminen ja opettaminen” välillä: korrelaatio on 0,70 (0,67–0,72).",
            "- Starkast är sambandet mellan områdena",
            "go together most: the correlation is 0.70 (0.67–0.72).",
        ],
    ),
    (
        "themes",
        [
            "- Avoimissa vastauksissa (524) puhutaan useimmin näistä: koulutus 42\u{a0}% (38–46\u{a0}%); verkko",
            "- De öppna svaren (524) handlar oftast om: koulutus",
            "- The open answers (524) are most often about: koulutus",
        ],
    ),
    (
        "icc",
        [
            "Ongelmanratkaisu 9\u{a0}% (6–14\u{a0}%);",
            "- Enheterna skiljer sig tydligt från varandra i 6 områden:",
            "- Units clearly differ from each other in 6 areas:",
        ],
    ),
    (
        "what units cost",
        [
            "1\u{a0}768 vastausta kertoo osa-alueella ”Ongelmanratkaisu” yhtä paljon kuin 391 vastausta eri yksiköistä.",
            "lika mycket som 391 svar från olika enheter.",
            "tell as much as 391 answers from different units.",
        ],
    ),
    (
        "unit means",
        [
            "Tiedonhaku ja arviointi (3 yläpuolella, 8 alapuolella);",
            "Tiedonhaku ja arviointi (3 över, 8 under);",
            "Tiedonhaku ja arviointi (3 above, 8 below);",
        ],
    ),
    (
        "order of units",
        [
            "- Yksiköitä ei voi panna varmaan järjestykseen: sijan luottamusväli on leveimmillään 1–98.",
            "- Enheterna kan inte ställas i säker ordning:",
            "- Units cannot be put in a certain order:",
        ],
    ),
    (
        "design effect",
        [
            "- Otanta-asetelman takia keskiarvojen virhevarianssi on 1,12–1,26-kertainen",
            "är medeltalens felvarians 1,12–1,26 gånger",
            "the error variance of the means is 1.12 to 1.26 times",
        ],
    ),
    (
        "bounds",
        [
            "koko henkilöstön keskiarvo voi olla missä tahansa näiden rajojen välissä: Ohjaaminen ja opettaminen 1,23–3,94,",
            "kan medeltalet för hela personalen ligga var som helst",
            "the mean of the whole staff can lie anywhere",
        ],
    ),
];

#[test]
fn every_statistic_asked_for_is_told_in_three_languages() {
    for (about, expected) in TOLD {
        for (summary, words) in OF_ALL.iter().zip(expected) {
            assert!(summary.contains(words), "{about}: {words}\n{summary}");
        }
    }
}

/// A key without words would stand there as it is, and a place that nothing fills in braces.
#[test]
fn no_key_and_no_empty_place_is_left_in_a_summary() {
    for summary in &*OF_ALL {
        assert!(!summary.contains(['{', '}', '$']), "{summary}");
        for line in summary.lines().filter_map(|line| line.strip_prefix("- ")) {
            let is_sentence = line.ends_with('.') && line.contains(' ');
            assert!(is_sentence, "{line}");
        }
    }
}

/// A small survey where hardly anything can be known says so, and claims no difference.
#[test]
fn little_is_claimed_of_few_people() {
    let small = Small::new();
    let rows =
        "1,oulu,teacher,4,1,5\n2,turku,teacher,5,4,1\n3,oulu,guide,3,4,4\n4,turku,guide,2,2,2\n";
    drop(small.rows(rows).unwrap());
    let job = "schema = 1\ntitle = \"x\"\nstatistics = [\"mean\", \"compare\", \"dif\"]\n\
         [data]\nfile = \"data.csv\"\ncodebook = \"codebook.json\"\n[compare]\nby = [\"role\"]\n\
         [output]\nformats = [\"summary\"]\nlanguages = [\"fi\"]\n";
    let job = small.write("job.toml", job);
    run(&job, &small.path("out"), None, &mut |_| {}).unwrap();
    let summary = fs::read_to_string(small.path("out/working-fi.md")).unwrap();
    let none = "Vertailu ”Tehtävä”: yksikään ryhmien ero ei ole selvä (vertailuja 1). Se ei tarkoita, että eroja ei ole.";
    assert!(summary.contains(none), "{summary}");
    for claim in ["selvää eroa", "suosii selvästi", "Esimerkki"] {
        assert!(!summary.contains(claim), "{summary}");
    }
}

/// A run on change alone tells of change, though it has no table of means by wave.
#[test]
fn change_by_itself_is_told() {
    let network = Network::oracle(&["tieto", "sisalto"]);
    let job = "schema = 1\ntitle = \"x\"\nstatistics = [\"change\"]\n\
         [data]\nfile = \"all.csv\"\ncodebook = \"codebook.json\"\n\
         [wave]\ncurrent = \"2026\"\nearlier = [\"2024\", \"2025\"]\n\
         [output]\nformats = [\"summary\"]\nlanguages = [\"fi\"]\n";
    let path = network.path("job.toml");
    fs::write(&path, job).unwrap();
    let out = network.path("out");
    run(&path, &out, None, &mut |_| {}).unwrap();
    let summary = fs::read_to_string(out.join("working-fi.md")).unwrap();
    for words in [
        "kierroksesta 2025",
        "Muutokset on laskettu kaikista vastanneista",
        "Erot ryhmien tai kierrosten välillä eivät kerro, mistä ne johtuvat.",
    ] {
        assert!(summary.contains(words), "{words}: {summary}");
    }
}

//! Masked tables: only the sum is readable, and only when everybody is there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use analysis::federation::{ExchangeFile, MaskedFile, Secret, mask, merge};
use findings::Working;

use crate::network::Network;

const CITY: usize = 2;
const JOB: &str = "statistics = [\"mean\", \"quantile\", \"gap\", \"alpha\", \"trend\", \"distribution\", \"break_off\", \"straight_lining\"]\n[wave]\ncurrent = \"2026\"\nearlier = [\"2025\"]\n[groups]\nby = [\"rooli\"]";
const ROLES: [&str; 5] = [
    "johtaja",
    "koulunkäynninohjaaja",
    "opettaja",
    "toimistotyö",
    "varhaiskasvatuksen opettaja",
];

/// The oracle's survey, with the staff groups listed in the codebook.
fn network() -> Network {
    let network = Network::oracle(&["tieto", "ohjaus"]);
    let path = network.path("codebook.json");
    let mut codebook: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let roles: Vec<_> = ROLES
        .map(|role| serde_json::json!({"value": role}))
        .to_vec();
    let variables = codebook["variables"].as_array_mut().unwrap();
    let role = variables
        .iter_mut()
        .find(|variable| variable["name"] == "rooli")
        .unwrap();
    role["values"] = roles.into();
    fs::write(path, codebook.to_string()).unwrap();
    network
}

fn secret(a: &str, b: &str) -> Secret {
    let (a, b) = (a.min(b), a.max(b));
    let mut bytes = [7; 32];
    for (place, byte) in a.bytes().chain([0]).chain(b.bytes()).enumerate() {
        bytes[place % 32] ^= byte
            .wrapping_mul(31)
            .wrapping_add(u8::try_from(place).unwrap());
    }
    Secret::new(bytes)
}

fn partners(party: &str, all: &[String]) -> BTreeMap<String, Secret> {
    let others = all.iter().filter(|other| *other != party);
    others
        .map(|other| (other.clone(), secret(party, other)))
        .collect()
}

/// Writes the masked file of every city.
fn masked(network: &Network, job: &Path, round: &str) -> Vec<PathBuf> {
    let parts = network.parts(|_, row| row[CITY].to_owned());
    let names: Vec<String> = parts.keys().cloned().collect();
    let clear = network.exchange(job, &parts);
    let files = names.iter().zip(&clear).map(|(name, clear)| {
        let file = ExchangeFile::read(clear).unwrap();
        let masked = mask(&file, name, &partners(name, &names), round).unwrap();
        let path = network.path(&format!("{name}.masked.json"));
        fs::write(&path, masked.to_json()).unwrap();
        path
    });
    files.collect()
}

#[test]
fn the_sum_of_masked_tables_is_the_result_of_all_answers_together() {
    let network = network();
    let job = network.job("all.csv", JOB);
    let merged = merge(&masked(&network, &job, "2026")).unwrap();
    network.same(&job, &merged);
    let text = fs::read_to_string(network.path("merged/working.json")).unwrap();
    let table = Working::from_json(&text).unwrap();
    let mean = table.table("area.mean").unwrap().figure(&["tieto", "all"]);
    assert_eq!(
        mean.unwrap().unwrap().value.to_bits(),
        (6923.0_f64 / 2280.0).to_bits()
    );
    // The sum is no release: how much each city contributes is not known any more.
    let release = network.job(
        "all.csv",
        &format!("{JOB}\n[release]\nkind = \"release\"\nnumber = 1"),
    );
    let refused = merged
        .file
        .run(&release, &network.path("release"), None, &mut |_| {});
    let message = refused.unwrap_err().to_string();
    assert!(message.contains("masked sums do not tell"), "{message}");
    for groups in ["by = [\"municipality\"]", "by = [\"rooli\"]\nunit = true"] {
        let grouped = network.job("all.csv", &JOB.replace("by = [\"rooli\"]", groups));
        let refused = merged
            .file
            .run(&grouped, &network.path("own"), None, &mut |_| {});
        let message = refused.unwrap_err().to_string();
        assert!(
            message.contains("no municipalities and no units"),
            "{message}"
        );
    }
}

/// Chi-square over the 256 values of one byte of every number; 99.9999 % of random numbers stay
/// below the limit.
fn looks_random(values: &[u64], shift: u32) -> f64 {
    let mut counts = [0_u32; 256];
    for value in values {
        counts[usize::from((value >> shift) as u8)] += 1;
    }
    let expected = values.len() as f64 / 256.0;
    let parts = counts
        .iter()
        .map(|count| (f64::from(*count) - expected).powi(2) / expected);
    parts.sum()
}

#[test]
fn one_masked_table_is_as_good_as_random_numbers() {
    const LIMIT: f64 = 375.0;
    let network = network();
    let job = network.job("all.csv", JOB);
    let files = masked(&network, &job, "2026");
    let all: Vec<MaskedFile> = files
        .iter()
        .map(|path| MaskedFile::read(path).unwrap())
        .collect();
    for file in &all {
        assert!(file.values().len() > 10_000, "{}", file.values().len());
        for shift in [0, 8, 24, 40, 56] {
            let found = looks_random(file.values(), shift);
            assert!(found < LIMIT, "{found} at bit {shift}");
        }
    }
    // Even all but one of them together.
    let but_one = all[1..]
        .iter()
        .fold(vec![0_u64; all[0].values().len()], |mut sums, file| {
            for (sum, value) in sums.iter_mut().zip(file.values()) {
                *sum = sum.wrapping_add(*value);
            }
            sums
        });
    assert!(looks_random(&but_one, 0) < LIMIT && looks_random(&but_one, 56) < LIMIT);
    // What is hidden is far from random: the test would see it.
    let sums: Vec<u64> = but_one
        .iter()
        .zip(all[0].values())
        .map(|(a, b)| a.wrapping_add(*b))
        .collect();
    assert!(looks_random(&sums, 56) > 100.0 * LIMIT);
    // Another round has other masks for the same table.
    let again = masked(&network, &job, "2026 again");
    let again = MaskedFile::read(&again[0]).unwrap();
    let same = again
        .values()
        .iter()
        .zip(all[0].values())
        .filter(|(a, b)| a == b);
    assert_eq!(same.count(), 0);
}

fn refused(paths: &[PathBuf]) -> String {
    merge(paths).unwrap_err().to_string()
}

#[test]
fn a_missing_partner_or_another_secret_is_refused() {
    let network = network();
    let job = network.job("all.csv", JOB);
    let files = masked(&network, &job, "2026");
    let message = refused(&files[1..]);
    assert!(
        message.contains("partner `Harjukylä` are missing"),
        "{message}"
    );
    let message = refused(&files[..1]);
    assert!(message.contains("are missing"), "{message}");
    let message = refused(&[&files[..], &files[..1]].concat());
    assert!(message.contains("both of `Harjukylä`"), "{message}");

    let clear = network.path("Harjukylä.exchange.json");
    let message = refused(&[&files[1..], std::slice::from_ref(&clear)].concat());
    assert!(message.contains("is masked and"), "{message}");

    let names: Vec<String> = [
        "Harjukylä",
        "Järvelä",
        "Koskimaa",
        "Kuusilahti",
        "Meriniemi",
        "Pellonpää",
        "Saarivesi",
    ]
    .map(str::to_owned)
    .to_vec();
    let file = ExchangeFile::read(&clear).unwrap();
    let mut others = partners("Harjukylä", &names);
    others.insert("Koskimaa".to_owned(), Secret::new([9; 32]));
    let other = mask(&file, "Harjukylä", &others, "2026").unwrap();
    fs::write(&files[0], other.to_json()).unwrap();
    let message = refused(&files);
    assert!(
        message.contains("Harjukylä.masked.json and")
            && message.contains("Koskimaa.masked.json")
            && message.contains("same secret"),
        "{message}"
    );
    let other = mask(&file, "Harjukylä", &partners("Harjukylä", &names), "2025").unwrap();
    fs::write(&files[0], other.to_json()).unwrap();
    let message = refused(&files);
    assert!(message.contains("different rounds"), "{message}");
    let mut fewer = partners("Harjukylä", &names);
    fewer.remove("Koskimaa");
    let other = mask(&file, "Harjukylä", &fewer, "2026").unwrap();
    fs::write(&files[0], other.to_json()).unwrap();
    let message = refused(&files);
    assert!(message.contains("secret"), "{message}");
}

#[test]
fn a_changed_number_does_not_pass_as_a_sum() {
    let network = network();
    let job = network.job("all.csv", JOB);
    let files = masked(&network, &job, "2026");
    let mut text: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&files[0]).unwrap()).unwrap();
    let value = text["values"][5].as_u64().unwrap();
    text["values"][5] = value.wrapping_add(1).into();
    fs::write(&files[0], text.to_string()).unwrap();
    let message = refused(&files);
    assert!(message.contains("the masks do not cancel"), "{message}");
}

#[test]
fn masks_need_two_partners_and_listed_values() {
    let network = network();
    let job = network.job("all.csv", JOB);
    let files = network.exchange(&job, &network.parts(|_, row| row[CITY].to_owned()));
    let file = ExchangeFile::read(&files[0]).unwrap();
    let names: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
    let said =
        |outcome: Result<MaskedFile, analysis::AnalysisError>| outcome.unwrap_err().to_string();
    assert!(
        said(mask(&file, "a", &partners("a", &names[..2]), "1")).contains("at least 2 partners")
    );
    assert!(said(mask(&file, "a", &partners("z", &names), "1")).contains("its own partner"));
    let same: BTreeMap<String, Secret> = [("b", Secret::new([1; 32])), ("c", Secret::new([1; 32]))]
        .map(|(name, secret)| (name.to_owned(), secret))
        .into();
    assert!(said(mask(&file, "a", &same, "1")).contains("each pair needs its own"));

    let unlisted = Network::oracle(&["tieto", "ohjaus"]);
    let job = unlisted.job("all.csv", JOB);
    let files = unlisted.exchange(&job, &unlisted.parts(|_, row| row[CITY].to_owned()));
    let file = ExchangeFile::read(&files[0]).unwrap();
    let message = said(mask(&file, "a", &partners("a", &names), "1"));
    assert!(
        message.contains("every value that `rooli` can have"),
        "{message}"
    );
}

#[test]
fn a_secret_is_a_file_of_sixty_four_digits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    let secret = Secret::new([0xab; 32]);
    fs::write(&path, secret.to_hex() + "\n").unwrap();
    assert_eq!(Secret::read(&path).unwrap().to_hex(), "ab".repeat(32));
    for wrong in [
        "",
        "ab",
        &"xy".repeat(32),
        &"ä".repeat(32),
        &"+1".repeat(32),
    ] {
        fs::write(&path, wrong).unwrap();
        let message = Secret::read(&path)
            .map(|secret| secret.to_hex())
            .unwrap_err()
            .to_string();
        assert!(message.contains("64 hexadecimal digits"), "{message}");
    }
}

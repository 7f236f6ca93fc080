//! Whom to ask and where to learn in a city: `help/<slug>.toml` in the data folder.
//!
//! Own profiles show what fits the person's next steps. The file is read when a profile is shown,
//! so a city changes it without a restart; one with a mistake is left out and logged, and
//! [`check_all`] names every mistake when serving begins.

use std::path::Path;

use serde::Deserialize;
use surveys::{Catalog, DimensionId, Lang, Localized, Municipality, Release};

use crate::pages::{CityHelp, Contact, Training};
use crate::server::folder::DataFolder;

/// The schema of the file.
const SCHEMA: u32 = 1;

/// How many contacts and how many trainings a profile shows.
const MOST_SHOWN: usize = 3;

/// Most contacts and trainings of a file, and most characters of one text.
const MOST_LISTED: usize = 100;
const LONGEST: usize = 300;

/// A city's contacts and trainings.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HelpFile {
    schema: u32,
    #[serde(default)]
    contact: Vec<ContactEntry>,
    #[serde(default)]
    training: Vec<TrainingEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct ContactEntry {
    name: Localized,
    about: Option<Localized>,
    phone: Option<String>,
    mail: Option<String>,
    page: Option<String>,
    /// Areas it helps with; none means all.
    #[serde(default)]
    areas: Vec<DimensionId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct TrainingEntry {
    title: Localized,
    page: String,
    #[serde(default)]
    areas: Vec<DimensionId>,
}

/// What is wrong with a city's file.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HelpError {
    /// Not TOML, an unknown key, or a language that is missing.
    #[error("{0}")]
    Unreadable(String),
    /// Another schema.
    #[error("schema is {0}; this program reads {SCHEMA}")]
    Schema(u32),
    /// A value that cannot be shown or linked.
    #[error("`{value}` is no {what}")]
    Value { what: &'static str, value: String },
    /// Too much for a profile.
    #[error("more than {MOST_LISTED} contacts or trainings")]
    TooMany,
}

impl HelpFile {
    /// Reads the text of a file.
    pub(crate) fn parse(text: &str) -> Result<HelpFile, HelpError> {
        let file: HelpFile =
            toml::from_str(text).map_err(|error| HelpError::Unreadable(error.to_string()))?;
        if file.schema != SCHEMA {
            return Err(HelpError::Schema(file.schema));
        }
        if file.contact.len() > MOST_LISTED || file.training.len() > MOST_LISTED {
            return Err(HelpError::TooMany);
        }
        for contact in &file.contact {
            check("name", &contact.name.fi, is_text)?;
            for text in contact.texts() {
                check("text of at most 300 characters", text, is_text)?;
            }
            if let Some(phone) = &contact.phone {
                check("telephone number", phone, is_phone)?;
            }
            if let Some(mail) = &contact.mail {
                check("mail address", mail, is_mail)?;
            }
            if let Some(page) = &contact.page {
                check("https address", page, is_page)?;
            }
        }
        for training in &file.training {
            for lang in Lang::ALL {
                let title = training.title.get(lang);
                check("text of at most 300 characters", title, is_text)?;
            }
            check("https address", &training.page, is_page)?;
        }
        Ok(file)
    }

    /// Returns what fits the areas of somebody's next steps: what is meant for the first of them
    /// first, then for the next, then what is meant for all; in the order of the file among
    /// equals. What is meant for other areas only is left out.
    pub(crate) fn fitting(&self, city: String, steps: &[&DimensionId], lang: Lang) -> CityHelp {
        let contacts = chosen(&self.contact, |contact| &contact.areas, steps);
        let trainings = chosen(&self.training, |training| &training.areas, steps);
        CityHelp {
            city: Some(city),
            contacts: contacts.into_iter().map(|it| it.shown(lang)).collect(),
            trainings: trainings
                .into_iter()
                .map(|training| Training {
                    title: training.title.get(lang).to_owned(),
                    address: training.page.clone(),
                })
                .collect(),
        }
    }

    fn areas(&self) -> impl Iterator<Item = &DimensionId> {
        let contacts = self.contact.iter().flat_map(|contact| &contact.areas);
        contacts.chain(self.training.iter().flat_map(|training| &training.areas))
    }
}

impl ContactEntry {
    fn texts(&self) -> impl Iterator<Item = &str> {
        let texts = std::iter::once(&self.name).chain(&self.about);
        texts.flat_map(|text| Lang::ALL.map(|lang| text.get(lang)))
    }

    fn shown(&self, lang: Lang) -> Contact {
        let digits = |phone: &str| phone.replace([' ', '\u{a0}'], "");
        let phone = self.phone.iter();
        let mail = self.mail.iter();
        let page = self.page.iter();
        Contact {
            name: self.name.get(lang).to_owned(),
            about: self.about.as_ref().map(|text| text.get(lang).to_owned()),
            ways: phone
                .map(|it| (it.clone(), format!("tel:{}", digits(it))))
                .chain(mail.map(|it| (it.clone(), format!("mailto:{it}"))))
                .chain(page.map(|it| (without_scheme(it), it.clone())))
                .collect(),
        }
    }
}

fn chosen<'a, T>(
    entries: &'a [T],
    areas: impl Fn(&T) -> &Vec<DimensionId>,
    steps: &[&DimensionId],
) -> Vec<&'a T> {
    let mut ranked: Vec<(usize, &T)> = entries
        .iter()
        .filter_map(|entry| {
            let areas = areas(entry);
            let first = steps.iter().position(|step| areas.contains(step));
            let rank = first.or_else(|| areas.is_empty().then_some(steps.len()))?;
            Some((rank, entry))
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked
        .into_iter()
        .map(|(_, entry)| entry)
        .take(MOST_SHOWN)
        .collect()
}

fn check(what: &'static str, value: &str, is_right: fn(&str) -> bool) -> Result<(), HelpError> {
    if is_right(value) {
        Ok(())
    } else {
        Err(HelpError::Value {
            what,
            value: value.escape_debug().to_string(),
        })
    }
}

fn is_text(text: &str) -> bool {
    !text.trim().is_empty()
        && text.chars().count() <= LONGEST
        && !text.chars().any(char::is_control)
}

fn is_phone(text: &str) -> bool {
    let known = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '+');
    (3..=24).contains(&text.chars().count()) && text.chars().all(known)
}

fn is_mail(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    text.len() <= LONGEST
        && text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && (name.chars().chain(host.chars())).all(plain)
        })
}

fn is_page(text: &str) -> bool {
    let printable = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '@');
    text.len() <= LONGEST
        && text
            .strip_prefix("https://")
            .is_some_and(|rest| rest.contains('.') && rest.chars().all(printable))
}

fn without_scheme(page: &str) -> String {
    let page = page.strip_prefix("https://").unwrap_or(page);
    page.trim_end_matches('/').to_owned()
}

/// Returns what a city offers to somebody with next steps in these areas.
pub(crate) fn of_city(
    folder: &DataFolder,
    city: &Municipality,
    steps: &[&DimensionId],
    lang: Lang,
) -> CityHelp {
    let name = city.name.get(lang).to_owned();
    match read(&folder.help(&city.slug)) {
        Some(Ok(file)) => file.fitting(name, steps, lang),
        Some(Err(problem)) => {
            tracing::warn!(city = city.slug, %problem, "a city's help file is left out");
            nothing_from(name)
        }
        None => nothing_from(name),
    }
}

fn nothing_from(city: String) -> CityHelp {
    CityHelp {
        city: Some(city),
        ..CityHelp::default()
    }
}

fn read(path: &Path) -> Option<Result<HelpFile, HelpError>> {
    let text = std::fs::read_to_string(path).ok()?;
    Some(HelpFile::parse(&text))
}

/// Logs every mistake in the files of all cities; an area that no survey has is one, too.
pub(crate) fn check_all<'a>(
    folder: &DataFolder,
    catalog: &Catalog,
    releases: impl Iterator<Item = &'a Release>,
) {
    let known: Vec<&DimensionId> = releases
        .flat_map(|release| &release.survey().dimensions)
        .map(|dimension| &dimension.id)
        .collect();
    for city in &catalog.municipalities {
        let path = folder.help(&city.slug);
        match read(&path) {
            None => {}
            Some(Err(problem)) => {
                tracing::warn!(file = %path.display(), %problem, "profiles leave this file out");
            }
            Some(Ok(file)) => {
                for area in file.areas().filter(|area| !known.contains(area)) {
                    tracing::warn!(file = %path.display(), %area, "no survey has this area");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
schema = 1

[[contact]]
name = { fi = "Digituki", sv = "Digistöd", en = "Digital support" }
phone = "03 000 0000"
mail = "digituki@example.org"

[[contact]]
name = { fi = "Tietoturva", sv = "Datasäkerhet", en = "Data security" }
about = { fi = "Huijausviestit", sv = "Bluffmeddelanden", en = "Scam messages" }
page = "https://example.org/turva/"
areas = ["safety"]

[[contact]]
name = { fi = "Kirjasto", sv = "Biblioteket", en = "Library" }
areas = ["content"]

[[training]]
title = { fi = "Jaa turvallisesti", sv = "Dela säkert", en = "Share safely" }
page = "https://example.org/jaa"
areas = ["communication", "safety"]
"#;

    fn id(text: &str) -> DimensionId {
        DimensionId::new(text).unwrap()
    }

    fn names(steps: &[&str]) -> Vec<String> {
        let steps: Vec<DimensionId> = steps.iter().map(|step| id(step)).collect();
        let steps: Vec<&DimensionId> = steps.iter().collect();
        let help = HelpFile::parse(FILE)
            .unwrap()
            .fitting("Lahti".into(), &steps, Lang::Fi);
        let contacts = help.contacts.into_iter().map(|it| it.name);
        contacts
            .chain(help.trainings.into_iter().map(|it| it.title))
            .collect()
    }

    #[test]
    fn what_fits_the_first_step_comes_first_and_other_areas_stay_out() {
        assert_eq!(
            names(&["safety"]),
            ["Tietoturva", "Digituki", "Jaa turvallisesti"]
        );
        assert_eq!(
            names(&["content", "safety"]),
            ["Kirjasto", "Tietoturva", "Digituki", "Jaa turvallisesti"]
        );
        assert_eq!(names(&[]), ["Digituki"]);
    }

    #[test]
    fn a_contact_is_called_written_to_and_looked_up() {
        let help =
            HelpFile::parse(FILE)
                .unwrap()
                .fitting("Lahti".into(), &[&id("safety")], Lang::En);
        let way = |text: &str, address: &str| (text.to_owned(), address.to_owned());
        assert_eq!(
            help.contacts[0].ways,
            [way("example.org/turva", "https://example.org/turva/")]
        );
        assert_eq!(
            help.contacts[1].ways,
            [
                way("03 000 0000", "tel:030000000"),
                way("digituki@example.org", "mailto:digituki@example.org"),
            ]
        );
    }

    #[test]
    fn a_file_that_would_mislead_is_refused() {
        let says = |from: &str, to: &str| {
            let text = FILE.replace(from, to);
            assert_ne!(text, FILE, "{from}");
            HelpFile::parse(&text).unwrap_err().to_string()
        };
        assert!(says("schema = 1", "schema = 2").contains("this program reads 1"));
        assert!(
            says("https://example.org/jaa", "javascript:alert(1)").contains("no https address")
        );
        assert!(says("https://example.org/jaa", "https://a.fi/\\u0022x").contains("no https"));
        assert!(says("digituki@example.org", "digituki").contains("no mail address"));
        assert!(says("03 000 0000", "soita").contains("no telephone number"));
        assert!(says("phone =", "fax =").contains("fax"));
        assert!(says(", en = \"Library\"", "").contains("en"));
        assert!(says("\"Kirjasto\"", "\" \"").contains("no name"));
    }
}

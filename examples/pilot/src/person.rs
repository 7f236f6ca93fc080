//! One invented person: whether they answer, how far they get, and what they put down.
//!
//! A person's answers follow from the seed, the wave and the person's place in the network, never
//! from codes or time: the same dataset comes out of every run.

use std::collections::{BTreeMap, BTreeSet};

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use surveys::{Answer, Declined, Item, ItemKind, Lang, Level, Position, RoleId, Survey};

use crate::network::{CITIES, Staff};

/// What a wave is like for the staff as a whole.
#[derive(Clone, Copy, Debug)]
pub struct WaveMood {
    /// Distinguishes the waves' random numbers.
    pub number: u64,
    /// How far skills have moved, in steps of the scale.
    pub growth: f64,
    /// How willingly people answer: 1 is as usual.
    pub willingness: f64,
}

/// An invented person at one wave.
pub struct Person {
    /// What they do.
    pub position: Position,
    /// The language they answer in.
    pub lang: Lang,
    /// Whether they answer at all.
    pub answers: bool,
    /// Pages after which they break off, if they do.
    pub stops_after: Option<usize>,
    rng: ChaCha8Rng,
    level: f64,
    area_level: BTreeMap<String, f64>,
    same_for_all: Option<u8>,
}

/// How a role stands beside the others, in steps, and how willingly it answers.
fn role_facts(role: &str) -> (f64, f64) {
    match role {
        "ict-support" | "ict-trainer" => (1.0, 0.8),
        "principal" | "ecec-director" | "education-director" => (0.35, 0.75),
        "librarian" | "library-assistant" => (0.45, 0.7),
        "subject-teacher" | "class-teacher" | "special-teacher" | "guidance-counsellor" => {
            (0.2, 0.58)
        }
        "school-secretary" | "administration" => (0.3, 0.66),
        "youth-worker" | "sports-instructor" | "cultural-worker" => (0.1, 0.6),
        "ecec-teacher" | "ecec-social-pedagogue" => (-0.1, 0.55),
        "ecec-childcarer" | "family-day-carer" => (-0.5, 0.46),
        "school-assistant" | "after-school-instructor" => (-0.45, 0.48),
        _ => (0.0, 0.5),
    }
}

/// Sum of uniform numbers: near enough to a normal one, and the same on every machine.
fn bell(rng: &mut impl Rng) -> f64 {
    let sum: u32 = (0..12).map(|_| rng.random_range(0..10_000_u32)).sum();
    f64::from(sum) / 10_000.0 - 6.0
}

fn mix(parts: &[u64]) -> u64 {
    parts.iter().fold(0xcbf2_9ce4_8422_2325, |hash, part| {
        (hash ^ part)
            .wrapping_mul(0x0000_0100_0000_01b3)
            .rotate_left(17)
    })
}

fn text_number(text: &str) -> u64 {
    text.bytes().fold(7, |number, byte| {
        number.wrapping_mul(131).wrapping_add(u64::from(byte))
    })
}

impl Person {
    /// Makes the person with this number of a group at a wave.
    ///
    /// # Panics
    /// Never: roles of the network are valid ids, which a test shows.
    #[must_use]
    pub fn new(seed: u64, group: &Staff, number: u32, wave: WaveMood) -> Person {
        let place = [
            seed,
            text_number(&group.unit),
            text_number(group.role),
            u64::from(number),
        ];
        // What a person is stays over the waves; what they put down differs a little.
        let mut lasting = ChaCha8Rng::seed_from_u64(mix(&place));
        let mut rng = ChaCha8Rng::seed_from_u64(mix(&[mix(&place), wave.number]));
        let mut unit = ChaCha8Rng::seed_from_u64(mix(&[seed, text_number(&group.unit)]));
        let (role_level, role_rate) = role_facts(group.role);
        let city = &CITIES[group.city];
        let level = 2.35
            + role_level
            + f64::from(city.level_cents) / 100.0
            + 0.18 * bell(&mut unit)
            + 0.55 * bell(&mut lasting)
            + wave.growth;
        let area_level = ["1", "2", "3", "4", "5", "edu"]
            .iter()
            .map(|area| ((*area).to_owned(), 0.25 * bell(&mut lasting)))
            .collect();
        let willing = role_rate * (0.85 + 0.3 * unit.random_range(0..100_u32) as f64 / 100.0);
        let answers = rng.random_bool((willing * wave.willingness).clamp(0.05, 0.97));
        let id = |text: &str| RoleId::new(text).expect("roles of the network are valid ids");
        let mut duties = BTreeSet::new();
        if group.role.ends_with("teacher") && lasting.random_bool(0.07) {
            duties.insert(id("digital-tutor"));
        } else if lasting.random_bool(0.04) {
            duties.insert(id("digital-contact"));
        }
        let is_substitute = group.role.ends_with("teacher") && lasting.random_bool(0.05);
        let swedish = if matches!(city.code, "638") {
            0.3
        } else {
            0.05
        };
        let lang = if lasting.random_bool(swedish) {
            Lang::Sv
        } else if lasting.random_bool(0.02) {
            Lang::En
        } else {
            Lang::Fi
        };
        Person {
            position: Position {
                role: id(group.role),
                duties,
                employment: is_substitute.then(|| id("substitute")),
            },
            lang,
            answers,
            stops_after: rng.random_bool(0.04).then(|| rng.random_range(1..6_usize)),
            same_for_all: rng.random_bool(0.012).then(|| rng.random_range(2..4_u8)),
            rng,
            level,
            area_level,
        }
    }

    /// Puts down an answer to an item, or leaves it empty.
    pub fn answer(&mut self, survey: &Survey, item: &Item) -> Option<Answer> {
        if self.rng.random_bool(0.02) {
            return None;
        }
        match &item.kind {
            ItemKind::Info => None,
            ItemKind::Likert { scale } => {
                let (low, high) = survey.scale(scale)?.range();
                Some(self.step(item, low, high))
            }
            ItemKind::Single { options } => {
                let last = options.len().checked_sub(1)?;
                let first = self.rng.random_range(0..=last);
                let second = self.rng.random_range(0..=last);
                Some(Answer::Choices(BTreeSet::from([options
                    [first.min(second)]
                .value])))
            }
            ItemKind::Multi { options, .. } => {
                let chosen: BTreeSet<i16> = options
                    .iter()
                    .filter(|_| self.rng.random_bool(0.3))
                    .map(|option| option.value)
                    .collect();
                (!chosen.is_empty()).then_some(Answer::Choices(chosen))
            }
            ItemKind::LongText { .. } => {
                if !self.rng.random_bool(0.12) {
                    return None;
                }
                let sentences = open_answers(self.lang);
                let chosen = self.rng.random_range(0..sentences.len());
                Some(Answer::Text(sentences[chosen].to_owned()))
            }
        }
    }

    fn step(&mut self, item: &Item, low: Level, high: Level) -> Answer {
        if let Some(step) = self.same_for_all {
            return Answer::Level(Level(step.clamp(low.0, high.0)));
        }
        let declined = match item.declined.as_slice() {
            [] => None,
            offered => {
                let unfamiliar = item.id.as_str() == "dc-3-4" || item.id.as_str() == "dc-4-4";
                let chance = if unfamiliar { 0.14 } else { 0.035 };
                self.rng.random_bool(chance).then(|| {
                    let chosen = self.rng.random_range(0..offered.len().min(2));
                    offered[chosen]
                })
            }
        };
        if let Some(reason) = declined {
            debug_assert!(matches!(
                reason,
                Declined::DontKnow | Declined::NotMyWork | Declined::PreferNotToSay
            ));
            return Answer::NoValue(reason);
        }
        let width = f64::from(high.0 - low.0) / 3.0;
        let difficulty =
            f64::from((mix(&[text_number(item.id.as_str())]) % 90) as u32) / 100.0 - 0.45;
        let area = item.maps.first().map_or("", |place| {
            if place.framework.as_str().starts_with("digcompedu") {
                "edu"
            } else {
                place.competence.as_str().split('.').next().unwrap_or("")
            }
        });
        let own = self.area_level.get(area).copied().unwrap_or(0.1);
        // Support, environment and culture hang less on the person than competence does.
        let person = if area.is_empty() {
            2.5 + 0.35 * (self.level - 2.35)
        } else {
            self.level
        };
        let latent = (person + own - difficulty + 0.6 * bell(&mut self.rng) - 1.0) * width;
        let step = latent.round().clamp(0.0, f64::from(high.0 - low.0)) as u8;
        let step = if item.reversed {
            high.0 - step
        } else {
            low.0 + step
        };
        Answer::Level(Level(step))
    }
}

/// Invented open answers, a few in each language.
fn open_answers(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Fi => &[
            "Tunnukset pitäisi saada toimimaan jo ensimmäisenä aamuna.",
            "Kollegan apu on nopeinta. Lähitukea toivoisin kerran viikossa.",
            "Verkko pätkii ryhmätilassa, muuten laitteet toimivat hyvin.",
            "Lyhyt koulutus oman tiimin kesken olisi paras tapa oppia.",
            "Tekoälyn käytöstä tarvitaan yhteiset pelisäännöt.",
        ],
        Lang::Sv => &[
            "Jag önskar kort fortbildning tillsammans med det egna teamet.",
            "Nätet är långsamt i verkstadsutrymmet.",
        ],
        Lang::En => &["I would like short practical sessions with my own team."],
    }
}

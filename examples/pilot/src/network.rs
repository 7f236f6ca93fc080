//! The invented network: which units the seven cities have and who works in them.
//!
//! City names and codes are real, so that the catalogue joins; units and numbers are invented.
//! Everything follows from the tables below: the same network on every run.

use std::fmt::Write as _;

/// A city of the network: its code, how large it is beside the others, and its level.
pub struct City {
    /// Three-character code of the catalogue.
    pub code: &'static str,
    /// The beginning of its units' ids.
    pub short: &'static str,
    /// Staff compared with a middle-sized city, in per cent.
    pub size_percent: u32,
    /// How its staff stand beside the others, in steps of the scale times hundred.
    pub level_cents: i32,
}

/// The seven cities.
pub const CITIES: [City; 7] = [
    City {
        code: "109",
        short: "hml",
        size_percent: 90,
        level_cents: 5,
    },
    City {
        code: "398",
        short: "lahti",
        size_percent: 100,
        level_cents: -5,
    },
    City {
        code: "564",
        short: "oulu",
        size_percent: 130,
        level_cents: 10,
    },
    City {
        code: "638",
        short: "porvoo",
        size_percent: 60,
        level_cents: 0,
    },
    City {
        code: "837",
        short: "tre",
        size_percent: 135,
        level_cents: 15,
    },
    City {
        code: "853",
        short: "turku",
        size_percent: 115,
        level_cents: -10,
    },
    City {
        code: "092",
        short: "vantaa",
        size_percent: 125,
        level_cents: 0,
    },
];

/// A unit of a city: its kind, names and staff by role in a middle-sized city.
struct UnitKind {
    id: &'static str,
    kind: &'static str,
    fi: &'static str,
    sv: &'static str,
    en: &'static str,
    staff: &'static [(&'static str, u32)],
}

/// Every city has these units; the last two are tiny on purpose.
const UNITS: [UnitKind; 9] = [
    UnitKind {
        id: "harju",
        kind: "school",
        fi: "Harjun koulu",
        sv: "Åsens skola",
        en: "Harju School",
        staff: &[
            ("class-teacher", 38),
            ("special-teacher", 7),
            ("school-assistant", 14),
            ("after-school-instructor", 5),
            ("principal", 3),
            ("school-secretary", 2),
        ],
    },
    UnitKind {
        id: "lampi",
        kind: "school",
        fi: "Lammen yhtenäiskoulu",
        sv: "Dammens enhetsskola",
        en: "Lampi Comprehensive School",
        staff: &[
            ("class-teacher", 26),
            ("subject-teacher", 34),
            ("special-teacher", 8),
            ("guidance-counsellor", 3),
            ("school-assistant", 12),
            ("principal", 3),
            ("school-secretary", 3),
        ],
    },
    UnitKind {
        id: "lukio",
        kind: "school",
        fi: "Keskuslukio",
        sv: "Centralgymnasiet",
        en: "Central Upper Secondary School",
        staff: &[
            ("subject-teacher", 36),
            ("guidance-counsellor", 3),
            ("part-time-teacher", 6),
            ("principal", 2),
            ("school-secretary", 2),
        ],
    },
    UnitKind {
        id: "kanerva",
        kind: "ecec",
        fi: "Kanervan päiväkoti",
        sv: "Ljungens daghem",
        en: "Kanerva Day-care Centre",
        staff: &[
            ("ecec-teacher", 16),
            ("ecec-childcarer", 24),
            ("ecec-social-pedagogue", 3),
            ("ecec-director", 1),
        ],
    },
    UnitKind {
        id: "mesikka",
        kind: "ecec",
        fi: "Mesikan päiväkoti",
        sv: "Sötväpplingens daghem",
        en: "Mesikka Day-care Centre",
        staff: &[
            ("ecec-teacher", 12),
            ("ecec-childcarer", 18),
            ("ecec-director", 1),
        ],
    },
    UnitKind {
        id: "kirjasto",
        kind: "library",
        fi: "Pääkirjasto",
        sv: "Huvudbiblioteket",
        en: "Main Library",
        staff: &[("librarian", 14), ("library-assistant", 12)],
    },
    UnitKind {
        id: "hallinto",
        kind: "office",
        fi: "Sivistyspalvelujen toimisto",
        sv: "Bildningstjänsternas kansli",
        en: "Education Services Office",
        staff: &[
            ("education-director", 5),
            ("administration", 13),
            ("ict-support", 5),
            ("ict-trainer", 2),
        ],
    },
    UnitKind {
        id: "nuoriso",
        kind: "youth",
        fi: "Nuorisotalo Kulma",
        sv: "Ungdomsgården Hörnet",
        en: "Youth Centre Kulma",
        staff: &[
            ("youth-worker", 7),
            ("sports-instructor", 2),
            ("cultural-worker", 2),
        ],
    },
    UnitKind {
        id: "perhe",
        kind: "ecec",
        fi: "Perhepäivähoito",
        sv: "Familjedagvården",
        en: "Family Day Care",
        staff: &[("family-day-carer", 6)],
    },
];

/// One group of colleagues: a role in a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Index into [`CITIES`].
    pub city: usize,
    /// The unit's id.
    pub unit: String,
    /// The role's id.
    pub role: &'static str,
    /// How many work there.
    pub count: u32,
}

/// Returns everybody who works in the network, by city, unit and role.
#[must_use]
pub fn staff() -> Vec<Staff> {
    let mut all = Vec::new();
    for (index, city) in CITIES.iter().enumerate() {
        for unit in &UNITS {
            for (role, count) in unit.staff {
                // At least one: a small city still has its principal.
                let count = (count * city.size_percent).div_ceil(100).max(1);
                all.push(Staff {
                    city: index,
                    unit: format!("{}-{}", city.short, unit.id),
                    role,
                    count,
                });
            }
        }
    }
    all
}

/// Returns `network.toml`: who takes part and shares figures by name.
#[must_use]
pub fn network_toml() -> String {
    let mut text = String::from(
        "# The invented network: real cities, invented answers.\nschema = 1\nid = \"pilotti\"\n\
         origin = \"simulated\"\n\n[title]\nfi = \"Pilottiverkosto\"\nsv = \"Pilotnätverket\"\n\
         en = \"Pilot network\"\n",
    );
    for city in &CITIES {
        let _ = write!(
            text,
            "\n[[municipality]]\ncode = \"{}\"\nshares_figures = true\n",
            city.code
        );
    }
    text
}

/// Returns `units.csv`.
#[must_use]
pub fn units_csv() -> String {
    let mut text = String::from("unit,municipality,kind,name_fi,name_sv,name_en\n");
    for city in &CITIES {
        for unit in &UNITS {
            let _ = writeln!(
                text,
                "{}-{},{},{},{},{},{}",
                city.short, unit.id, city.code, unit.kind, unit.fi, unit.sv, unit.en
            );
        }
    }
    text
}

/// Returns `frame.csv`.
#[must_use]
pub fn frame_csv() -> String {
    let mut text = String::from("municipality,unit,role,staff\n");
    for group in staff() {
        let _ = writeln!(
            text,
            "{},{},{},{}",
            CITIES[group.city].code, group.unit, group.role, group.count
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_network_has_the_size_it_promises() {
        let people: u32 = staff().iter().map(|group| group.count).sum();
        assert!((2_300..=2_900).contains(&people), "{people} people");
        assert_eq!(units_csv().lines().count() - 1, 63);
        let tiny = staff()
            .iter()
            .filter(|group| group.unit.ends_with("perhe"))
            .count();
        assert_eq!(tiny, 7);
    }

    #[test]
    fn the_committed_registers_are_those_of_the_generator() {
        assert_eq!(network_toml(), include_str!("../network.toml"));
        assert_eq!(units_csv(), include_str!("../units.csv"));
        assert_eq!(frame_csv(), include_str!("../frame.csv"));
    }
}

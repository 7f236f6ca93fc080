//! `tests/data/sdc.json`: tables whose smallest safe pattern was proved by integer programming.

use serde::Deserialize;

use crate::protect::{
    cover::{Cover, Memory},
    system::{Knowledge, Relation, System, moves},
};

#[derive(Deserialize)]
struct Gold {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    required_width: i64,
    cells: Vec<GoldCell>,
    relations: Vec<GoldRelation>,
    attack_on_primary_only: Vec<Attack>,
    smallest_safe_pattern: Smallest,
}

#[derive(Deserialize)]
struct GoldCell {
    label: Vec<String>,
    n: i64,
    primary: bool,
}

#[derive(Deserialize)]
struct GoldRelation {
    total: usize,
    parts: Vec<usize>,
}

#[derive(Deserialize)]
struct Attack {
    cell: Vec<String>,
    low: f64,
    high: f64,
}

#[derive(Deserialize)]
struct Smallest {
    extra_cells: usize,
    one_solution: Vec<Vec<String>>,
    attack: Vec<Attack>,
}

impl Case {
    fn system(&self) -> System {
        let relations = self.relations.iter().map(|relation| Relation {
            total: relation.total,
            parts: relation.parts.clone(),
            splits: true,
        });
        let counts = self.cells.iter().map(|cell| cell.n).collect();
        System::from_parts(counts, relations.collect())
    }

    fn knowledge(&self, hidden: impl Fn(&GoldCell) -> bool) -> Knowledge {
        let greatest = self.cells.iter().map(|cell| cell.n).max();
        Knowledge {
            hidden: self.cells.iter().map(hidden).collect(),
            lower: vec![0; self.cells.len()],
            upper: vec![greatest; self.cells.len()],
        }
    }

    fn place(&self, label: &[String]) -> usize {
        let place = self.cells.iter().position(|cell| cell.label == label);
        place.expect("labels of the file name cells of the file")
    }

    fn cover<'a>(&self, system: &'a System, memory: &'a Memory, strict: bool) -> Cover<'a> {
        let grand_total = self.cells.len() - 1;
        Cover {
            system,
            elsewhere: vec![false; self.cells.len()],
            prior: vec![None; self.cells.len()],
            memory,
            known: self.knowledge(|cell| cell.primary),
            open: (0..self.cells.len())
                .map(|v| self.cells[v].n > 0 && v != grand_total)
                .collect(),
            protected: (0..self.cells.len())
                .filter(|v| self.cells[*v].primary)
                .map(|v| (v, self.required_width))
                .collect(),
            least_remainder: if strict { 5 } else { 0 },
            insiders: strict,
        }
    }
}

fn gold() -> Vec<Case> {
    let text = include_str!("../../../tests/data/sdc.json");
    let gold: Gold = serde_json::from_str(text).unwrap();
    gold.cases
}

/// Hides partners and shows again what is not needed, as the gate does.
fn extra_cells(case: &Case, strict: bool) -> usize {
    let system = case.system();
    let memory = Memory::default();
    let mut cover = case.cover(&system, &memory, strict);
    cover.complete().unwrap();
    assert!(cover.is_safe(), "{}", case.name);
    let mut partners: Vec<usize> = (0..case.cells.len())
        .filter(|v| cover.known.hidden[*v] && !case.cells[*v].primary)
        .collect();
    partners.sort_by_key(|v| -case.cells[*v].n);
    for partner in &partners {
        cover.known.hidden[*partner] = false;
        if !cover.is_safe() {
            cover.known.hidden[*partner] = true;
        }
    }
    partners.retain(|v| cover.known.hidden[*v]);
    partners.len()
}

#[test]
fn the_attack_finds_the_ranges_of_the_reference() {
    for case in gold() {
        let system = case.system();
        let solution = &case.smallest_safe_pattern.one_solution;
        let primary = case.knowledge(|cell| cell.primary);
        let partnered = case.knowledge(|cell| cell.primary || solution.contains(&cell.label));
        let attacks = [
            (&primary, &case.attack_on_primary_only),
            (&partnered, &case.smallest_safe_pattern.attack),
        ];
        for (known, attack) in attacks {
            for expected in attack {
                let target = case.place(&expected.cell);
                let free = |v: usize| known.hidden[v].then_some(0.0);
                let far = 1_000_000;
                let end = |direction| {
                    let change = system.moved(known, target, direction, far, &free);
                    system.counts[target] + moves(&change, target)
                };
                assert_eq!(
                    [end(-1), end(1)].map(|end| format!("{end}.0")),
                    [expected.low, expected.high].map(|end| format!("{end:?}")),
                    "{} {:?}",
                    case.name,
                    expected.cell
                );
            }
        }
    }
}

#[test]
fn partners_are_close_to_the_proved_optimum() {
    let mut found = Vec::new();
    for case in gold() {
        let optimum = case.smallest_safe_pattern.extra_cells;
        found.push(format!(
            "{}: {} of at least {optimum}; with insiders and remainders {}",
            case.name,
            extra_cells(&case, false),
            extra_cells(&case, true),
        ));
    }
    insta::assert_snapshot!(found.join("\n"), @"
    textbook_3x3: 3 of at least 3; with insiders and remainders 3
    city_x_role_2026: 3 of at least 3; with insiders and remainders 3
    Kuusilahti_unit_x_role_2026: 4 of at least 4; with insiders and remainders 5
    Pellonpää_unit_x_role_2026: 6 of at least 5; with insiders and remainders 6
    one_small_cell_alone_in_its_row: 3 of at least 3; with insiders and remainders 3
    two_ones_protect_each_other_badly: 5 of at least 5; with insiders and remainders 5
    ");
}

#[test]
fn the_city_by_role_table_keeps_most_of_its_cells() {
    let case = gold().remove(1);
    let withheld = 1 + extra_cells(&case, true);
    println!(
        "{}: {withheld} of {} cells withheld",
        case.name,
        case.cells.len()
    );
    assert!(withheld * 100 <= case.cells.len() * 45);
}

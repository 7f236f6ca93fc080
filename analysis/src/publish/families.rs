//! Words for families of p values: which test, corrected over what, in which groups.
//!
//! The key of a family is made for machines; its words are made from the row that it stands in.

use findings::{ALL, RawRow, RawTable, dim};
use surveys::{Labels, Lang};

use super::labels::Words;
use super::terms::{self, Three};
use crate::estimate::{FAMILY, NO_FAMILY, TEST};

/// Columns that say what a figure is, and make no groups.
const NO_GROUPS: [&str; 6] = [dim::AREA, dim::ITEM, dim::WITH, TEST, dim::TERM, FAMILY];

/// What the p values of a family are about.
enum Over {
    /// Every pair of one quantity.
    Pairs,
    /// Every pair and item of one area.
    ItemsAndPairs,
    /// Every quantity of the table.
    Quantities,
    /// Everything that the table holds.
    Table,
}

/// Returns the words of the family of a row.
pub(super) fn words(table: &RawTable, row: &RawRow, known: &Words) -> Labels {
    let key = |name: &str| {
        let place = table.dims.iter().position(|dim| dim == name);
        place.map_or("", |place| row.keys[place].as_str())
    };
    let three = match key(FAMILY).split_once(": ") {
        Some((test, over)) => family(table, row, known, test, over),
        None if key(FAMILY) == NO_FAMILY => {
            ["ei korjausta", "ingen korrektion", "not corrected"].map(str::to_owned)
        }
        None => [(); 3].map(|()| key(FAMILY).to_owned()),
    };
    Labels(Lang::ALL.into_iter().zip(three).collect())
}

fn family(table: &RawTable, row: &RawRow, known: &Words, test: &str, over: &str) -> Three {
    let over = match over {
        over if over.starts_with("pairs of ") => Over::Pairs,
        over if over.starts_with("items of ") => Over::ItemsAndPairs,
        over if over == table.id && over.contains(".pairs.") => Over::Table,
        _ => Over::Quantities,
    };
    let about_items = table.dims.first().is_some_and(|first| first == dim::ITEM);
    let what = match over {
        Over::Pairs => ["kaikki parit", "alla par", "all pairs"],
        Over::ItemsAndPairs => [
            "kaikki väittämät ja parit",
            "alla påståenden och par",
            "all statements and pairs",
        ],
        Over::Quantities if about_items => {
            ["kaikki väittämät", "alla påståenden", "all statements"]
        }
        Over::Quantities => ["kaikki osa-alueet", "alla områden", "all areas"],
        Over::Table => ["koko taulukko", "hela tabellen", "the whole table"],
    };
    let mut words = match terms::test(test) {
        Some(names) => names,
        None => [(); 3].map(|()| test.to_owned()),
    };
    for (words, what) in words.iter_mut().zip(what) {
        *words += &format!(": {what}");
    }
    let compared = table.id.rsplit('.').next().unwrap_or_default();
    for (name, key) in table.dims.iter().zip(&row.keys) {
        let of_quantity = matches!(over, Over::Pairs | Over::ItemsAndPairs)
            && [dim::AREA, dim::ITEM].contains(&name.as_str())
            // The items of an area are in its family.
            && (name == &table.dims[0]);
        let of_group = !matches!(over, Over::Table)
            && !NO_GROUPS.contains(&name.as_str())
            && name != compared
            && key != ALL;
        if of_quantity || of_group {
            for (words, lang) in words.iter_mut().zip(Lang::ALL) {
                let label = known.get(name).and_then(|keys| keys.get(key));
                let label = label.and_then(|label| label.get(lang)).unwrap_or(key);
                *words += &format!(", {label}");
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use findings::{Statistic, Undefined, Unit};

    use super::*;

    fn said(id: &str, dims: &[&str], keys: &[&str]) -> String {
        let texts = |texts: &[&str]| texts.iter().map(|it| (*it).to_owned()).collect();
        let row = RawRow {
            keys: texts(keys),
            figure: Err(Undefined::NoAnswers),
            answers: 0,
            modal: 0,
        };
        let table = RawTable {
            id: id.to_owned(),
            statistic: Statistic::Working,
            unit: Unit::Number,
            scale: None,
            dims: texts(dims),
            rows: Vec::new(),
        };
        let known = Words::from([(
            dim::AREA.to_owned(),
            [(
                "a".to_owned(),
                Labels([(Lang::Fi, "Tieto".to_owned())].into()),
            )]
            .into(),
        )]);
        let words = words(&table, &row, &known);
        words.get(Lang::Fi).unwrap_or_default().to_owned()
    }

    #[test]
    fn a_family_says_its_test_what_it_goes_over_and_where() {
        let pairs = [
            "area",
            "role",
            "municipality",
            "with",
            "test",
            "term",
            "family",
        ];
        let keys = |family| ["a", "opettaja", "Oulu", "Turku", "dunn", "p_holm", family];
        assert_eq!(
            said(
                "area.pairs.municipality",
                &pairs,
                &keys("dunn: pairs of municipality in opettaja in a")
            ),
            "Dunnin testi: kaikki parit, Tieto, opettaja"
        );
        assert_eq!(
            said(
                "area.pairs.municipality",
                &pairs,
                &keys("dunn: area.pairs.municipality")
            ),
            "Dunnin testi: koko taulukko"
        );
        assert_eq!(
            said("area.pairs.municipality", &pairs, &keys("none")),
            "ei korjausta"
        );
        let change = [
            "area",
            "municipality",
            "from",
            "to",
            "test",
            "term",
            "family",
        ];
        let keys = [
            "a",
            "all",
            "2025",
            "2026",
            "paired",
            "p_holm",
            "paired: area.change in all, 2025, 2026",
        ];
        assert_eq!(
            said("area.change", &change, &keys),
            "samojen vastaajien muutos: kaikki osa-alueet, 2025, 2026"
        );
    }
}

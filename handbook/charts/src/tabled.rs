//! The same chart where its table stands elsewhere: a text alternative says only what is true.

use surveys::Lang;

use crate::backend::escape;
use crate::chart::Chart;
use crate::words;

/// Where the table behind a chart is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TablePlace {
    /// Right after the chart.
    #[default]
    Below,
    /// In an appendix of the same book.
    End,
    /// In the handbook, from a page that has no room for it.
    Book,
    /// In the files of results that the picture came with.
    File,
}

/// Returns the chart with a text alternative that leads to its table; a full one grows by the few
/// letters that the other place is longer.
#[must_use]
pub fn tabled(chart: &Chart, place: TablePlace, lang: Lang) -> Chart {
    let below = words::table_at(TablePlace::Below, lang);
    let mut chart = chart.clone();
    if let Some(start) = chart.desc.strip_suffix(below) {
        let desc = format!("{start}{}", words::table_at(place, lang));
        let (old, new) = (escape(&chart.desc), escape(&desc));
        let inside = |desc: &str| format!(">{desc}</desc>");
        chart.svg = chart.svg.replacen(&inside(&old), &inside(&new), 1);
        chart.desc = desc;
    }
    chart
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Figure, Frame};
    use crate::{ProfileRow, ProfileSpec, dumbbell};

    #[test]
    fn a_text_alternative_says_where_the_table_is() {
        let spec = ProfileSpec {
            frame: Frame {
                id: "a".to_owned(),
                title: "T".to_owned(),
                measure: "Kivi & ”sora”".to_owned(),
            },
            scale: [1.0, 4.0],
            row_kind: "R".to_owned(),
            score_name: "S".to_owned(),
            target_name: "T".to_owned(),
            rows: vec![ProfileRow {
                label: "L".to_owned(),
                score: Figure::value(2.0),
                target: None,
            }],
        };
        for (lang, end) in [
            (Lang::Fi, "Taulukko lopussa."),
            (Lang::Sv, "Tabell i slutet."),
            (Lang::En, "Table at the end."),
        ] {
            let below = dumbbell(&spec, lang);
            assert_eq!(tabled(&below, TablePlace::Below, lang), below);
            let there = tabled(&below, TablePlace::End, lang);
            assert!(there.desc.ends_with(end), "{}", there.desc);
            let inside = format!("{end}</desc>");
            assert!(there.svg.contains(&inside), "{}", there.svg);
            assert_eq!(there.svg.matches(end).count(), 1, "{}", there.svg);
        }
    }
}

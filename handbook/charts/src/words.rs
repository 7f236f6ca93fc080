//! The few words charts say by themselves, in three languages.

use findings::Band;
use surveys::Lang;

use crate::TablePlace;

fn pick<'a>(lang: Lang, fi: &'a str, sv: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Fi => fi,
        Lang::Sv => sv,
        Lang::En => en,
    }
}

/// In place of a figure that is not given.
pub(crate) fn withheld(lang: Lang) -> &'static str {
    pick(lang, "ei raportoida", "redovisas inte", "not reported")
}

/// The same where only a narrow cell is free.
pub(crate) fn withheld_short(lang: Lang) -> &'static str {
    pick(lang, "peitetty", "dold", "hidden")
}

/// In place of a target that nobody has set.
pub(crate) fn no_target(lang: Lang) -> &'static str {
    pick(lang, "ei tavoitetta", "inget mål", "no target")
}

/// In place of a chart that has no rows at all.
pub(crate) fn nothing(lang: Lang) -> &'static str {
    pick(lang, "Ei lukuja", "Inga siffror", "No figures")
}

pub(crate) fn band(band: Band, lang: Lang) -> &'static str {
    match band {
        Band::Below => pick(
            lang,
            "alle keskiarvon",
            "under medeltalet",
            "below the mean",
        ),
        Band::Near => pick(
            lang,
            "lähellä keskiarvoa",
            "nära medeltalet",
            "near the mean",
        ),
        Band::Above => pick(lang, "yli keskiarvon", "över medeltalet", "above the mean"),
    }
}

pub(crate) fn interval(lang: Lang) -> &'static str {
    pick(
        lang,
        "Luottamusväli",
        "Konfidensintervall",
        "Confidence interval",
    )
}

pub(crate) fn dumbbell(lang: Lang) -> &'static str {
    pick(lang, "Pistekuvio", "Punktdiagram", "Dot chart")
}

pub(crate) fn radar(lang: Lang) -> &'static str {
    pick(lang, "Tutkakuvio", "Radardiagram", "Radar chart")
}

pub(crate) fn heat(lang: Lang) -> &'static str {
    pick(lang, "Sävytaulukko", "Färgad tabell", "Shaded table")
}

pub(crate) fn diverging(lang: Lang) -> &'static str {
    pick(
        lang,
        "Kahteen suuntaan kasvavat pylväät",
        "Staplar åt två håll",
        "Diverging bars",
    )
}

pub(crate) fn quadrants(lang: Lang) -> &'static str {
    pick(lang, "Nelikenttä", "Fyrfält", "Four quarters")
}

/// Heading of the column that says where an area lies.
pub(crate) fn quarter(lang: Lang) -> &'static str {
    pick(lang, "Neljännes", "Fält", "Quarter")
}

/// How many areas lie across a line of a chart of four quarters.
pub(crate) fn unsure(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Fi => format!("Paikka epävarma: {count}"),
        Lang::Sv => format!("Osäker plats: {count}"),
        Lang::En => format!("Place uncertain: {count}"),
    }
}

/// Where the table behind a chart is found; the last words of every text alternative.
pub(crate) fn table_at(place: TablePlace, lang: Lang) -> &'static str {
    match place {
        TablePlace::Below => pick(lang, "Taulukko alla.", "Tabell nedan.", "Table below."),
        TablePlace::End => pick(
            lang,
            "Taulukko lopussa.",
            "Tabell i slutet.",
            "Table at the end.",
        ),
        TablePlace::Book => pick(
            lang,
            "Taulukko käsikirjassa.",
            "Tabell i handboken.",
            "Table in the handbook.",
        ),
        TablePlace::File => pick(
            lang,
            "Luvut tulostiedostoissa.",
            "Siffrorna i resultatfilerna.",
            "Figures in the result files.",
        ),
    }
}

/// Largest and smallest distance to the target.
pub(crate) fn gap(lang: Lang, largest: bool) -> &'static str {
    if largest {
        pick(
            lang,
            "Pisin matka tavoitteeseen",
            "Längst till målet",
            "Furthest from target",
        )
    } else {
        pick(lang, "Lyhin matka", "Närmast målet", "Closest to target")
    }
}

pub(crate) fn extreme(lang: Lang, highest: bool) -> &'static str {
    if highest {
        pick(lang, "Suurin", "Högst", "Highest")
    } else {
        pick(lang, "Pienin", "Lägst", "Lowest")
    }
}

pub(crate) fn target(lang: Lang) -> &'static str {
    pick(lang, "tavoite", "mål", "target")
}

pub(crate) fn and_more(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Fi => format!("ja {count} muuta"),
        Lang::Sv => format!("och {count} till"),
        Lang::En => format!("and {count} more"),
    }
}

/// `Ei raportoida` at the head of the list of withheld names.
pub(crate) fn withheld_list(lang: Lang) -> &'static str {
    pick(lang, "Ei raportoida", "Redovisas inte", "Not reported")
}

//! The text alternative: clauses in order, whole ones only, at most 300 characters.
//!
//! Readers of a screen hear the form, what is measured, the ends and what is withheld; the
//! single figures stand in the table, so the alternative never lists them all.

use surveys::Lang;

use crate::{TablePlace, words};

/// The longest text alternative in characters.
pub(crate) const LONGEST: usize = 300;

/// Returns the text alternative of a chart.
///
/// `ends` are clauses about the highest and lowest; they give way first when room is short.
/// Names of what is withheld are shortened to a number before anything is left unsaid.
pub(crate) fn alternative(
    form: &str,
    measure: &str,
    ends: &[String],
    withheld: &[&str],
    lang: Lang,
) -> String {
    let close = words::table_at(TablePlace::Below, lang);
    let open = format!("{form}. {}", sentence(&shorten(measure, 110)));
    let mut left = LONGEST
        .saturating_sub(length(&open) + 1 + length(close))
        .saturating_sub(1);
    let hidden = withheld_clause(withheld, left.min(120), lang);
    left = left.saturating_sub(length(&hidden) + 1);
    let mut parts = vec![open];
    for end in ends {
        let end = sentence(end);
        if length(&end) < left {
            left -= length(&end) + 1;
            parts.push(end);
        }
    }
    parts.extend((!hidden.is_empty()).then_some(hidden));
    parts.push(close.to_owned());
    parts.join(" ")
}

fn withheld_clause(names: &[&str], room: usize, lang: Lang) -> String {
    if names.is_empty() {
        return String::new();
    }
    let head = words::withheld_list(lang);
    for kept in (0..=names.len()).rev() {
        let rest = names.len() - kept;
        let mut list = names[..kept].join(", ");
        if rest > 0 && kept > 0 {
            list = format!("{list} {}", words::and_more(lang, rest));
        } else if rest > 0 {
            list = rest.to_string();
        }
        let clause = format!("{head}: {list}.");
        if kept == 0 || length(&clause) <= room {
            return clause;
        }
    }
    String::new()
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?', '…']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// Cuts a text at a word so that it fits, with an ellipsis to say so.
pub(crate) fn shorten(text: &str, longest: usize) -> String {
    if length(text) <= longest {
        return text.to_owned();
    }
    let cut: String = text.chars().take(longest.saturating_sub(1)).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{}…", whole.trim_end_matches([',', ' ', ';']))
}

fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_passes_300_characters() {
        let long = "pitkä sana ".repeat(60);
        let names: Vec<&str> =
            std::iter::repeat_n("Varhaiskasvatuksen lastenhoitajat", 20).collect();
        let ends = vec![long.clone(), "Suurin: a (2,4)".to_owned()];
        let text = alternative("Pistekuvio", &long, &ends, &names, Lang::Fi);
        assert!(length(&text) <= LONGEST, "{}", length(&text));
        assert!(text.ends_with("Taulukko alla."), "{text}");
        assert!(text.contains("ja 18 muuta"), "{text}");
        assert!(text.contains("Suurin: a (2,4)."), "{text}");
    }

    #[test]
    fn one_withheld_name_is_said_in_full() {
        assert_eq!(
            alternative("Dot chart", "Mean by area", &[], &["Safety"], Lang::En),
            "Dot chart. Mean by area. Not reported: Safety. Table below."
        );
    }
}

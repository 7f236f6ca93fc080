//! What changed between two texts, word by word, in plain letters: `[-gone-]` and `{+new+}`.

use similar::{ChangeTag, DiffOp, TextDiff};

/// Words of unchanged text that are left on each side of a change.
const AROUND: usize = 6;

/// Returns the changed places with a few words around them; white space counts as one space, so
/// that lines broken anew are no change. Nothing where the words are the same.
pub(crate) fn words(before: &str, after: &str) -> Option<String> {
    let (before, after) = (flat(before), flat(after));
    let diff = TextDiff::from_words(&before, &after);
    // A space is a word of its own here, so a word and its space count as two.
    let groups = diff.grouped_ops(AROUND * 2);
    let mut out = String::new();
    for (at, group) in groups.iter().enumerate() {
        let starts = group.first().is_some_and(|op| op.old_range().start == 0);
        if at > 0 || !starts {
            out.push_str("… ");
        }
        for op in group {
            written(&diff, op, &mut out);
        }
        let end = group.last().map_or(0, |op| op.old_range().end);
        if end < diff.old_slices().len() {
            out.push_str(" … ");
        }
    }
    let out = out.replace("… … ", "… ");
    (!groups.is_empty()).then(|| out.trim().to_owned())
}

fn written(diff: &TextDiff<'_, '_, '_, str>, op: &DiffOp, out: &mut String) {
    let of = |tag: ChangeTag| -> String {
        let changes = diff.iter_changes(op).filter(|change| change.tag() == tag);
        changes.map(|change| change.value().to_owned()).collect()
    };
    for (tag, open, close) in [
        (ChangeTag::Equal, "", ""),
        (ChangeTag::Delete, "[-", "-]"),
        (ChangeTag::Insert, "{+", "+}"),
    ] {
        let text = of(tag);
        if !text.is_empty() {
            out.push_str(open);
            out.push_str(&text);
            out.push_str(close);
        }
    }
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn changed_words_are_marked_and_unchanged_ones_left_out() {
        let before = "Apua saa heti. Soita numeroon 1, niin joku vastaa sinulle aina nopeasti ja \
             ystävällisesti kaikkina arkipäivinä kello kahdeksasta neljään asti.";
        let after = before.replace("heti", "pian");
        let text = words(before, &after).expect("they differ");
        assert!(
            text.starts_with("Apua saa [-heti.-]{+pian.+} Soita"),
            "{text}"
        );
        assert!(text.ends_with('…'), "{text}");
        assert!(!text.contains("arkipäivinä"), "{text}");
    }

    #[test]
    fn the_same_words_on_other_lines_are_no_change() {
        assert_eq!(words("yksi kaksi\nkolme", "yksi\n\nkaksi kolme"), None);
    }

    #[test]
    fn a_text_that_came_or_went_is_marked_as_a_whole() {
        assert_eq!(words("", "uusi teksti").as_deref(), Some("{+uusi teksti+}"));
        assert_eq!(words("vanha", "").as_deref(), Some("[-vanha-]"));
    }
}

//! Sentences around figures that are withheld: a sentence with a hole in it is none, so one that
//! says what is missing and why stands in its place.

use std::borrow::Cow;

use crate::lookup;
use crate::tree::{Inline, plain};
use crate::view::View;

/// Returns the words of a paragraph as they can be said in this edition.
pub(crate) fn told<'c>(view: &View<'_>, content: &'c [Inline]) -> Cow<'c, [Inline]> {
    if !is_withheld(view, content) {
        return Cow::Borrowed(content);
    }
    let words = view.words.get("withheld-sentence") + " ";
    let mut out: Vec<Inline> = Vec::new();
    for sentence in sentences(content) {
        // A label with its figure, as in a list, is read as it stands.
        if !is_withheld(view, &sentence) || !is_whole(&sentence) {
            out.extend(sentence);
        } else if !matches!(out.last(), Some(Inline::Text(text)) if *text == words) {
            out.push(Inline::Text(words.clone()));
        }
    }
    if let Some(Inline::Text(text)) = out.last_mut() {
        text.truncate(text.trim_end().len());
    }
    Cow::Owned(out)
}

fn is_withheld(view: &View<'_>, content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Filled(directive, _) => lookup::is_withheld(view, directive),
        Inline::Emphasis(inner) | Inline::Strong(inner) => is_withheld(view, inner),
        Inline::Link { content, .. } => is_withheld(view, content),
        Inline::Text(_) | Inline::Code(_) | Inline::Break => false,
    })
}

fn is_whole(sentence: &[Inline]) -> bool {
    plain(sentence).trim_end().ends_with(['.', '!', '?'])
}

/// Parts a paragraph into its sentences.
fn sentences(content: &[Inline]) -> Vec<Vec<Inline>> {
    let mut sentences = vec![Vec::new()];
    for inline in content {
        let Inline::Text(text) = inline else {
            push(&mut sentences, inline.clone());
            continue;
        };
        let mut rest = text.as_str();
        while let Some(end) = sentence_end(rest) {
            push(&mut sentences, Inline::Text(rest[..end].to_owned()));
            sentences.push(Vec::new());
            rest = &rest[end..];
        }
        if !rest.is_empty() {
            push(&mut sentences, Inline::Text(rest.to_owned()));
        }
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

fn push(sentences: &mut [Vec<Inline>], inline: Inline) {
    if let Some(last) = sentences.last_mut() {
        last.push(inline);
    }
}

/// Returns where the first sentence of a text ends, with the blank behind it. A point before a
/// small letter ends an abbreviation; the end of the text may have a figure behind it.
fn sentence_end(text: &str) -> Option<usize> {
    let ends = text.match_indices(['.', '!', '?']);
    ends.map(|(at, mark)| at + mark.len())
        .filter(|end| text[*end..].starts_with(char::is_whitespace))
        .map(|end| text.len() - text[end..].trim_start().len())
        .find(|next| !text[*next..].starts_with(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_has_sentences_and_abbreviations_end_none() {
        let content = [
            Inline::Text("Kysely koski kaikkia. Heistä vastasi esim. noin ".into()),
            Inline::Strong(vec![Inline::Text("64 %".into())]),
            Inline::Text(" opettajista. Muita ei kysytty.".into()),
        ];
        let sentences: Vec<String> = sentences(&content).iter().map(|it| plain(it)).collect();
        assert_eq!(
            sentences,
            [
                "Kysely koski kaikkia. ",
                "Heistä vastasi esim. noin 64 % opettajista. ",
                "Muita ei kysytty."
            ]
        );
        assert!(is_whole(&content) && !is_whole(&content[1..2]));
    }
}

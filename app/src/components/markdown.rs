//! The instrument's longer texts: a small subset of Markdown, rendered by components.
//!
//! Paragraphs, headings from `##` down, lists, bold, emphasis and links. Everything else stays
//! text, and since the components escape, no text can become markup. Links go to `https:`,
//! `mailto:` and pages of our own only.

use leptos::prelude::*;

/// A text in the subset, as elements.
#[component]
pub fn Markdown(
    /// The text.
    text: String,
    /// Whether it stands under a heading of its own: its headings then go one step down.
    #[prop(optional)]
    under_heading: bool,
) -> impl IntoView {
    blocks(&text)
        .into_iter()
        .map(|block| block_view(block, under_heading))
        .collect_view()
}

/// Takes a leading `# heading` off a text: it becomes the page's own heading.
#[must_use]
pub fn plain_title(text: &str) -> (Option<String>, String) {
    let text = text.trim_start();
    match text.strip_prefix("# ") {
        Some(rest) => {
            let (title, body) = rest.split_once('\n').unwrap_or((rest, ""));
            (Some(title.trim().to_owned()), body.to_owned())
        }
        None => (None, text.to_owned()),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum BlockOf {
    Heading(u8, Vec<Span>),
    Paragraph(Vec<Span>),
    Bullets(Vec<Vec<Span>>),
    Numbers(Vec<Vec<Span>>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Span {
    Plain(String),
    Strong(String),
    Emphasis(String),
    Link(String, String),
}

fn blocks(text: &str) -> Vec<BlockOf> {
    let mut out = Vec::new();
    for chunk in text.replace("\r\n", "\n").split("\n\n") {
        let mut lines: Vec<&str> = chunk
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        while let Some(first) = lines.first() {
            let level = first.bytes().take_while(|byte| *byte == b'#').count();
            if (1..=6).contains(&level) && first[level..].starts_with(' ') {
                let level = u8::try_from(level).unwrap_or(6).max(2);
                out.push(BlockOf::Heading(
                    level,
                    spans(first.trim_start_matches('#').trim()),
                ));
                lines.remove(0);
            } else {
                break;
            }
        }
        if let Some(block) = body_block(&lines) {
            out.push(block);
        }
    }
    out
}

fn body_block(lines: &[&str]) -> Option<BlockOf> {
    let first = lines.first()?;
    if bullet(first).is_some() {
        return Some(BlockOf::Bullets(entries(lines, bullet)));
    }
    if numbered(first).is_some() {
        return Some(BlockOf::Numbers(entries(lines, numbered)));
    }
    let joined = lines
        .iter()
        .map(|line| line.trim())
        .collect::<Vec<_>>()
        .join(" ");
    Some(BlockOf::Paragraph(spans(&joined)))
}

fn bullet(line: &str) -> Option<&str> {
    let line = line.trim_start();
    line.strip_prefix("- ").or_else(|| line.strip_prefix("* "))
}

fn numbered(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| line[digits..].strip_prefix(". "))?
}

fn entries(lines: &[&str], begins: fn(&str) -> Option<&str>) -> Vec<Vec<Span>> {
    let mut texts: Vec<String> = Vec::new();
    for line in lines {
        match (begins(line), texts.last_mut()) {
            (Some(text), _) => texts.push(text.trim().to_owned()),
            (None, Some(last)) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            (None, None) => texts.push(line.trim().to_owned()),
        }
    }
    texts.iter().map(|text| spans(text)).collect()
}

fn spans(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if let Some((span, after)) = marked(rest) {
            if !plain.is_empty() {
                out.push(Span::Plain(std::mem::take(&mut plain)));
            }
            out.push(span);
            rest = after;
        } else {
            plain.push(character);
            rest = &rest[character.len_utf8()..];
        }
    }
    if !plain.is_empty() {
        out.push(Span::Plain(plain));
    }
    out
}

fn marked(text: &str) -> Option<(Span, &str)> {
    if let Some(inner) = text.strip_prefix("**") {
        let (strong, after) = inner.split_once("**")?;
        return (!strong.is_empty()).then(|| (Span::Strong(strong.to_owned()), after));
    }
    if let Some(inner) = text.strip_prefix('*') {
        let (emphasis, after) = inner.split_once('*')?;
        let fits = !emphasis.is_empty() && !emphasis.starts_with(' ');
        return fits.then(|| (Span::Emphasis(emphasis.to_owned()), after));
    }
    let inner = text.strip_prefix('[')?;
    let (label, after) = inner.split_once("](")?;
    let (target, after) = after.split_once(')')?;
    let safe = target.starts_with("https://")
        || target.starts_with("mailto:")
        || (target.starts_with('/') && !target.starts_with("//") && !target.contains('\\'));
    let fits = safe && !label.is_empty() && !label.contains(['[', ']']);
    fits.then(|| (Span::Link(label.to_owned(), target.to_owned()), after))
}

fn block_view(block: BlockOf, under_heading: bool) -> AnyView {
    let list = |entries: Vec<Vec<Span>>| {
        entries
            .into_iter()
            .map(|entry| view! { <li>{spans_view(entry)}</li> })
            .collect_view()
    };
    match block {
        BlockOf::Heading(2, text) if !under_heading => {
            view! { <h2>{spans_view(text)}</h2> }.into_any()
        }
        BlockOf::Heading(_, text) => view! { <h3>{spans_view(text)}</h3> }.into_any(),
        BlockOf::Paragraph(text) => view! { <p>{spans_view(text)}</p> }.into_any(),
        BlockOf::Bullets(entries) => view! { <ul>{list(entries)}</ul> }.into_any(),
        BlockOf::Numbers(entries) => view! { <ol>{list(entries)}</ol> }.into_any(),
    }
}

fn spans_view(spans: Vec<Span>) -> Vec<AnyView> {
    spans
        .into_iter()
        .map(|span| match span {
            Span::Plain(text) => text.into_any(),
            Span::Strong(text) => view! { <strong>{text}</strong> }.into_any(),
            Span::Emphasis(text) => view! { <em>{text}</em> }.into_any(),
            Span::Link(label, target) => view! { <a href=target>{label}</a> }.into_any(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        Owner::new().with(|| view! { <Markdown text=text.to_owned()/> }.to_html())
    }

    #[test]
    fn the_subset_becomes_elements() {
        let html =
            html("## Miksi\nKysymme **tästä**.\n\n- yksi\n  jatkuu\n- kaksi\n\n1. eka\n2. toka");
        for part in [
            "<h2>Miksi",
            "<strong>tästä</strong>",
            "<li>yksi jatkuu",
            "<ol><li>eka",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn no_text_becomes_markup_or_a_script_address() {
        let html = html("<img src=x onerror=alert(1)> [a](javascript:alert) [b](//evil.example)");
        assert!(!html.contains("<img") && !html.contains("href"), "{html}");
    }

    #[test]
    fn links_to_our_own_pages_and_mail_work() {
        let html = html("[tietosuoja](/fi/answer) ja [posti](mailto:a@b.fi)");
        assert!(html.contains(r#"href="/fi/answer""#) && html.contains(r#"href="mailto:a@b.fi""#));
    }

    #[test]
    fn a_leading_heading_is_taken_off() {
        let (title, body) = plain_title("# Tietosuoja\n\nTeksti.");
        assert_eq!(title.as_deref(), Some("Tietosuoja"));
        assert_eq!(body.trim(), "Teksti.");
    }
}

//! Forms as a browser with scripts off reads them out of a page.

/// Fields in the order they are sent.
pub(crate) type Fields = Vec<(String, String)>;

/// Returns an attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let text = &tag[start..start + tag[start..].find('"')?];
    Some(
        text.replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&amp;", "&"),
    )
}

fn tags<'a>(html: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    html.split('<')
        .filter(move |part| {
            part.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with([' ', '>']))
        })
        .map(|part| part.split('>').next().unwrap_or(part))
}

/// Returns the hidden fields of a page.
pub(crate) fn hidden(html: &str) -> Fields {
    tags(html, "input")
        .filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"))
        .filter_map(|tag| {
            Some((
                attribute(tag, "name")?,
                attribute(tag, "value").unwrap_or_default(),
            ))
        })
        .collect()
}

/// Returns the names of all fields and buttons of a page, each once.
pub(crate) fn names(html: &str) -> Vec<String> {
    let mut names = Vec::new();
    let kinds = ["input", "select", "textarea", "button"];
    for tag in kinds.into_iter().flat_map(|kind| tags(html, kind)) {
        if let Some(name) = attribute(tag, "name")
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

/// Returns the values that can be chosen under a name.
pub(crate) fn values(html: &str, name: &str) -> Vec<String> {
    tags(html, "input")
        .filter(|tag| attribute(tag, "name").as_deref() == Some(name))
        .filter_map(|tag| attribute(tag, "value"))
        .collect()
}

/// Returns the values that are chosen.
pub(crate) fn chosen(html: &str) -> Fields {
    tags(html, "input")
        .filter(|tag| {
            tag.split_whitespace()
                .any(|word| word.starts_with("checked"))
        })
        .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)))
        .collect()
}

/// Returns the names of radio groups, in order.
pub(crate) fn radios(html: &str) -> Vec<String> {
    let mut names = Vec::new();
    for tag in tags(html, "input") {
        if attribute(tag, "type").as_deref() == Some("radio")
            && let Some(name) = attribute(tag, "name")
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

/// Fills a page of items: the hidden fields, and one answer for each group of radio buttons.
pub(crate) fn filled(html: &str, pick: usize) -> Fields {
    let mut fields = hidden(html);
    for name in radios(html) {
        let values = values(html, &name);
        fields.push((name, values[pick % values.len()].clone()));
    }
    fields
}

/// Encodes fields as a form's body.
pub(crate) fn body(fields: &[(String, String)]) -> String {
    let encoded = |text: &str| {
        let mut out = String::new();
        for byte in text.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                    out.push(char::from(byte));
                }
                _ => out.push_str(&format!("%{byte:02X}")),
            }
        }
        out
    };
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    pairs.join("&")
}

/// Makes fields of pairs.
pub(crate) fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

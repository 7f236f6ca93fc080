//! What the handbook's benchmark reads: its Finnish text without figures as a book for two programs,
//! and findings of many cities.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Schemes of our directives inside a line; their bracket stays.
const SCHEMES: [&str; 4] = ["value:", "ref:", "term:", "cite:"];

/// Chapters of text that any reader of Markdown knows.
pub(super) struct PlainBook {
    settings: String,
    chapters: Vec<Chapter>,
    copies: usize,
}

struct Chapter {
    id: String,
    index: Section,
    sections: Vec<(String, Section)>,
}

struct Section {
    title: String,
    body: String,
}

impl PlainBook {
    /// Reads the Finnish text below the handbook's folder; every chapter stands in the book once
    /// more for each copy.
    pub(super) fn read(folder: &Path, copies: usize) -> Result<PlainBook, String> {
        let settings = text(&folder.join("handbook.toml"))?;
        let mut chapters = Vec::new();
        for part in settings.split("[[chapter]]").skip(1) {
            let id = quoted(part).next().ok_or("a chapter without id")?;
            let names = part.split("sections").nth(1).unwrap_or_default();
            let read = |name: &str| {
                let file = folder.join(format!("content/fi/{id}/{name}.md"));
                text(&file).map(|text| section(&text))
            };
            let sections = quoted(names)
                .map(|name| Ok((name.to_owned(), read(name)?)))
                .collect::<Result<Vec<_>, String>>()?;
            chapters.push(Chapter {
                index: read("index")?,
                id: id.to_owned(),
                sections,
            });
        }
        Ok(PlainBook {
            settings,
            chapters,
            copies,
        })
    }

    /// How many chapters the book has, each of them a page.
    pub(super) fn pages(&self) -> usize {
        self.chapters.len() * (self.copies + 1)
    }

    /// Chapters with their ids in every copy.
    fn all(&self) -> impl Iterator<Item = (String, &Chapter)> {
        (0..=self.copies).flat_map(|copy| {
            self.chapters.iter().map(move |chapter| match copy {
                0 => (chapter.id.clone(), chapter),
                copy => (format!("{}-{copy}", chapter.id), chapter),
            })
        })
    }

    /// Writes what lies over our own text: the same chapters without figures, in one language.
    pub(super) fn write_own(&self, folder: &Path) -> Result<(), String> {
        empty(folder)?;
        let head = self
            .settings
            .split("[[chapter]]")
            .next()
            .unwrap_or_default();
        let languages = "languages = [\"fi\", \"sv\", \"en\"]";
        let mut settings = head.replace(languages, "languages = [\"fi\"]");
        for (at, (id, chapter)) in self.all().enumerate() {
            let names: Vec<&str> = chapter.sections.iter().map(|(name, _)| &**name).collect();
            let _ = writeln!(
                settings,
                "[[chapter]]\nid = \"{id}\"\nnumber = \"{}\"\nsections = {names:?}\n",
                at + 1
            );
            let write = |name: &str, key: &str, section: &Section| {
                let file = folder.join(format!("content/fi/{id}/{name}.md"));
                let Section { title, body } = section;
                let text = format!("+++\nid = \"{key}\"\ntitle = \"{title}\"\n+++\n{body}\n");
                save(&file, &text)
            };
            write("index", &id, &chapter.index)?;
            for (name, section) in &chapter.sections {
                write(name, &format!("{id}.{name}"), section)?;
            }
        }
        save(&folder.join("handbook.toml"), &settings)?;
        // Nothing cites in this book, and a source that nobody cites is a problem.
        save(&folder.join("sources.bib"), "")
    }

    /// Writes the same chapters for mdBook, as it comes.
    pub(super) fn write_mdbook(&self, folder: &Path) -> Result<(), String> {
        empty(folder)?;
        let book = "[book]\ntitle = \"Käsikirja\"\nlanguage = \"fi\"\n";
        save(&folder.join("book.toml"), book)?;
        let mut summary = String::from("# Summary\n\n");
        for (id, chapter) in self.all() {
            let _ = writeln!(summary, "- [{}]({id}.md)", chapter.index.title);
            let mut text = format!("# {}\n\n{}\n", chapter.index.title, chapter.index.body);
            for (_, section) in &chapter.sections {
                let _ = write!(text, "\n## {}\n\n{}\n", section.title, section.body);
            }
            save(&folder.join(format!("src/{id}.md")), &text)?;
        }
        save(&folder.join("src/SUMMARY.md"), &summary)
    }
}

/// Writes findings of many cities: those of the pilot again and again under other names.
pub(super) fn many_cities(pilot: &Path, folder: &Path, count: usize) -> Result<(), String> {
    empty(folder)?;
    let mut cities = Vec::new();
    let entries = fs::read_dir(pilot).map_err(|error| format!("{}: {error}", pilot.display()))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(slug) = name.strip_suffix(".json").filter(|slug| *slug != "network") {
            cities.push((slug.to_owned(), text(&entry.path())?));
        }
    }
    cities.sort();
    for (at, (slug, findings)) in cities.iter().cycle().take(count).enumerate() {
        let name = format!("city-{at:03}");
        let (from, to) = (
            format!("\"slug\": \"{slug}\""),
            format!("\"slug\": \"{name}\""),
        );
        if !findings.contains(&from) {
            return Err(format!("{slug}.json does not name its city as {from}"));
        }
        let other = findings.replacen(&from, &to, 1);
        save(&folder.join(format!("{name}.json")), &other)?;
    }
    Ok(())
}

/// Copies the network's findings alone.
pub(super) fn only_network(pilot: &Path, folder: &Path) -> Result<(), String> {
    empty(folder)?;
    let findings = text(&pilot.join("network.json"))?;
    save(&folder.join("network.json"), &findings)
}

/// Words between double quotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

fn section(text: &str) -> Section {
    let mut parts = text.splitn(3, "+++");
    let head = parts.nth(1).unwrap_or_default();
    let title = head
        .split("\ntitle = ")
        .nth(1)
        .and_then(|rest| quoted(rest).next());
    Section {
        title: title.unwrap_or_default().to_owned(),
        body: plain(parts.next().unwrap_or_default()),
    }
}

/// Takes figures, slots and lists out, and leaves of other directives what stands in the bracket.
fn plain(text: &str) -> String {
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("!["))
        .collect();
    let mut rest = kept.join("\n");
    let mut out = String::with_capacity(rest.len());
    while let Some(at) = rest.find("](") {
        let after = rest.split_off(at);
        let is_ours = SCHEMES.iter().any(|scheme| after[2..].starts_with(scheme));
        let (open, end) = (rest.rfind('['), after.find(')'));
        match (is_ours, open, end) {
            (true, Some(open), Some(end)) => {
                out.push_str(&rest[..open]);
                out.push_str(&rest[open + 1..]);
                rest = after[end + 1..].to_owned();
            }
            _ => {
                out.push_str(&rest);
                out.push_str("](");
                rest = after[2..].to_owned();
            }
        }
    }
    out + &rest
}

fn text(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn save(file: &Path, text: &str) -> Result<(), String> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(file, text))
        .map_err(|error| format!("{}: {error}", file.display()))
}

fn empty(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_go_and_words_stay() {
        let text =
            "A [71 %](value:a.b,x=y) ja [b](https://c.d) [katso](ref:e).\n\n![F](chart:g)\n\nH";
        assert_eq!(plain(text), "A 71 % ja [b](https://c.d) katso.\n\n\nH");
    }

    #[test]
    fn the_handbook_is_read_whole() {
        let book = PlainBook::read(&crate::step::root().join("handbook"), 2).expect("it is there");
        assert_eq!(book.pages(), book.chapters.len() * 3);
        assert!(book.chapters.len() >= 15, "{}", book.chapters.len());
        for chapter in &book.chapters {
            assert!(!chapter.index.title.is_empty(), "{}", chapter.id);
            for (name, section) in &chapter.sections {
                let is_plain = SCHEMES
                    .iter()
                    .all(|s| !section.body.contains(&format!("]({s}")));
                assert!(
                    !section.title.is_empty() && is_plain,
                    "{}/{name}",
                    chapter.id
                );
            }
        }
    }
}

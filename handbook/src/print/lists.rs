//! Collections on paper: words, sources, role cards, target levels.

use typeset::{Block, Inline, Term};

use super::{Printer, figures, label};
use crate::card;
use crate::changes::{self, Told};
use crate::citation::Piece;
use crate::directive::Directive;
use crate::list;

impl Printer<'_, '_> {
    pub(super) fn list(&self, directive: &Directive, out: &mut Vec<Block>) {
        if let Some(told) = changes::told(&self.view, &directive.target) {
            return self.changed(told, out);
        }
        match directive.target.as_str() {
            "terms" => out.push(self.terms(list::group(directive))),
            "cards" => self.cards(out),
            "targets" => {
                let caption = self.view.words.get("targets-caption");
                let table = list::target_table(&self.view);
                let table = figures(&table, vec![Inline::text(caption)], String::new());
                out.push(Block::Table(table));
            }
            _ => out.push(self.sources()),
        }
    }

    /// Lines and table of the appendix of changes.
    fn changed(&self, told: Told, out: &mut Vec<Block>) {
        for line in told.lines {
            let mut content = vec![Inline::text(line.words)];
            let mut before = " (";
            for id in &line.ids {
                if self.outline.anchors.contains_key(id) {
                    content.push(Inline::text(before));
                    content.extend(self.reference(id, Vec::new()));
                    before = ", ";
                }
            }
            if before != " (" {
                content.push(Inline::text(")"));
            }
            out.push(Block::Paragraph { content });
        }
        if let Some(table) = told.table {
            let caption = vec![Inline::text(told.caption)];
            out.push(Block::Table(figures(&table, caption, String::new())));
        }
    }

    /// The label of a record by its key among the anchors.
    fn label_of(&self, key: &str) -> String {
        let anchor = self.outline.anchors.get(key);
        anchor.map_or_else(String::new, |at| label(&at.page, &at.fragment))
    }

    fn terms(&self, group: &str) -> Block {
        let view = &self.view;
        let languages = &view.book.settings.languages;
        let item = |term: &crate::term::Term| {
            let wording = term.wording(view.lang);
            let mut name = vec![Inline::strong(&wording.word)];
            for also in &wording.also {
                name.push(Inline::text(format!(", {also}")));
            }
            let mut before = " (";
            for other in languages.iter().filter(|other| **other != view.lang) {
                let foreign = term.wording(*other);
                let words: Vec<&str> = std::iter::once(&foreign.word)
                    .chain(&foreign.also)
                    .map(String::as_str)
                    .collect();
                name.push(Inline::text(before));
                name.push(Inline::Foreign {
                    lang: other.tag().to_owned(),
                    content: vec![Inline::text(words.join(", "))],
                });
                before = "; ";
            }
            if before != " (" {
                name.push(Inline::text(")"));
            }
            let mut content = vec![Inline::text(&wording.means)];
            if let Some(avoid) = &wording.avoid {
                let words = view.words.with("term-avoid", &[("words", avoid)]);
                content.push(Inline::text(format!(" {words}")));
            }
            if let Some((see, _)) = &term.see
                && self.outline.anchors.contains_key(see)
            {
                content.push(Inline::text(format!(" {} ", view.words.get("term-see"))));
                content.extend(self.reference(see, Vec::new()));
                content.push(Inline::text("."));
            }
            Term {
                name,
                content,
                label: self.label_of(&list::term_anchor(&term.id)),
            }
        };
        let items = view.book.terms.of_group(group, view.lang);
        Block::Terms {
            items: items.into_iter().map(item).collect(),
        }
    }

    fn sources(&self) -> Block {
        let view = &self.view;
        let all = view.book.citations.all(view.lang).iter();
        let cited = all.filter(|source| self.outline.cited.contains(&source.key));
        let item = |source: &crate::citation::Source| {
            let foreign = source.written.filter(|written| *written != view.lang);
            let mut content: Vec<Inline> = source
                .full
                .iter()
                .map(|piece| match (piece, foreign) {
                    (Piece::Text(text), _) | (Piece::Title(text), None) => Inline::text(text),
                    (Piece::Title(text), Some(lang)) => Inline::Foreign {
                        lang: lang.tag().to_owned(),
                        content: vec![Inline::text(text)],
                    },
                    (Piece::Link { text, to }, _) => Inline::Link {
                        to: to.clone(),
                        content: vec![Inline::text(text)],
                    },
                })
                .collect();
            content.push(Inline::text(list::written_in(view, source)));
            Term {
                name: vec![Inline::strong(&source.short)],
                content,
                label: self.label_of(&list::source_anchor(&source.key)),
            }
        };
        Block::Terms {
            items: cited.map(item).collect(),
        }
    }

    fn cards(&self, out: &mut Vec<Block>) {
        let view = &self.view;
        for (group, roles) in card::by_group(view.request.catalog) {
            let title = group.map_or_else(
                || view.words.get("card-others"),
                |group| group.name.get(view.lang).to_owned(),
            );
            out.push(super::heading(3, title));
            let facts = group.map_or_else(Vec::new, |group| list::facts(view, group.id.as_str()));
            for role in roles {
                let id = role.id.as_str();
                let Some(wording) = view.book.cards.get(id, view.lang) else {
                    continue;
                };
                out.push(Block::Heading {
                    level: 4,
                    number: String::new(),
                    content: vec![Inline::text(role.name.get(view.lang))],
                    label: self.label_of(&list::card_anchor(id)),
                });
                for (key, start, lines) in [
                    ("card-tasks", None, &wording.tasks),
                    ("card-steps", Some(1), &wording.steps),
                ] {
                    out.push(super::paragraph(view.words.get(key)));
                    let item = |line: &String| vec![super::paragraph(line.clone())];
                    out.push(Block::List {
                        start,
                        items: lines.iter().map(item).collect(),
                    });
                }
                let ask = view.words.with("card-ask", &[("whom", &wording.ask)]);
                out.push(super::paragraph(ask));
                out.extend(facts.iter().cloned().map(super::paragraph));
            }
        }
    }
}

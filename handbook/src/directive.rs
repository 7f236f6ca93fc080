//! Directives: ordinary Markdown links and images whose address is one of ours.
//!
//! One registry says what there is; parsing, "did you mean" and the README's table follow it.
//! Parameters that name a dimension are checked later, against the table they point into.

use std::ops::Range;

use surveys::definition::Place;

use crate::list;
use crate::problem::{DidYouMean, Problem};

/// What a directive does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Value,
    Chart,
    Table,
    Slot,
    Ref,
    Term,
    Cite,
    List,
}

/// The registry: scheme, kind, whether it is an image, own parameters, example.
struct Entry {
    scheme: &'static str,
    /// What stands in its place, for the reference.
    does: &'static str,
    kind: Kind,
    is_image: bool,
    parameters: &'static [&'static str],
    takes_dimensions: bool,
    example: &'static str,
}

const REGISTRY: [Entry; 8] = [
    Entry {
        scheme: "value",
        does: "a figure, a form of the city's name (`city.in`) or a fact of the edition (`edition.wave`) in a sentence",
        kind: Kind::Value,
        is_image: false,
        parameters: &["fmt"],
        takes_dimensions: true,
        example: "write `[2,4](value:area.mean,area=safety,fmt=dec1)`",
    },
    Entry {
        scheme: "chart",
        does: "a chart with its message, table and data file; the bracket says what is measured",
        kind: Kind::Chart,
        is_image: true,
        parameters: &["form", "by", "id"],
        takes_dimensions: true,
        example: "write `![What is measured](chart:area.gap,form=dumbbell \"What it says\")`",
    },
    Entry {
        scheme: "table",
        does: "a table of figures with its data file; the bracket is its caption",
        kind: Kind::Table,
        is_image: true,
        parameters: &["by", "id"],
        takes_dimensions: true,
        example: "write `![Caption](table:area.mean,by=role_group)`",
    },
    Entry {
        scheme: "slot",
        does: "a place that a city may fill; `content/fi/slots.toml` has the names and defaults",
        kind: Kind::Slot,
        is_image: true,
        parameters: &[],
        takes_dimensions: false,
        example: "write `![](slot:support.contact)`",
    },
    Entry {
        scheme: "ref",
        does: "a link to a chapter, section or figure, by number where the bracket is empty",
        kind: Kind::Ref,
        is_image: false,
        parameters: &[],
        takes_dimensions: false,
        example: "write `[see there](ref:results.need)`",
    },
    Entry {
        scheme: "term",
        does: "a word of the glossary, by its id in `terms.toml`",
        kind: Kind::Term,
        is_image: false,
        parameters: &[],
        takes_dimensions: false,
        example: "write `[on-site support](term:on-site-support)`",
    },
    Entry {
        scheme: "cite",
        does: "who says so, by the key in `sources.bib`",
        kind: Kind::Cite,
        is_image: false,
        parameters: &["page"],
        takes_dimensions: false,
        example: "write `[Redecker 2017](cite:digcompedu,page=4)`",
    },
    Entry {
        scheme: "list",
        does: "a collection of the book",
        kind: Kind::List,
        is_image: true,
        parameters: &["group"],
        takes_dimensions: false,
        example: "write `![](list:terms,group=support)`",
    },
];

/// Words that a parameter can take.
const WORDS: [(&str, &[&str]); 2] = [
    ("fmt", &["dec1", "dec2", "pct0", "n", "signed", "interval"]),
    ("form", &["heat", "dumbbell", "radar", "diverging"]),
];

impl Kind {
    /// Returns the scheme, which is also the word for it in messages.
    pub(crate) fn name(self) -> &'static str {
        entry(self).scheme
    }

    /// Whether it stands alone in its paragraph; what is written as an image does.
    pub(crate) fn is_block(self) -> bool {
        entry(self).is_image
    }
}

fn entry(kind: Kind) -> &'static Entry {
    REGISTRY
        .iter()
        .find(|entry| entry.kind == kind)
        .expect("every kind is in the registry")
}

/// Returns the reference of directives as Markdown, made from the registry that also reads them.
#[must_use]
pub fn reference() -> String {
    let mut out = String::from(
        "# Directives\n\nOrdinary Markdown links and images; parameters follow after commas, without \
         spaces. Those written as images stand alone in their paragraph.\n",
    );
    for entry in &REGISTRY {
        let example = entry.example.trim_start_matches("write ");
        out.push_str(&format!(
            "\n## {}\n\n{example}: {}.\n",
            entry.scheme, entry.does
        ));
        if entry.kind == Kind::List {
            out.push_str(&format!("\n- one of {}\n", quoted(&list::TARGETS)));
        }
        let mut lines: Vec<String> = Vec::new();
        for parameter in entry.parameters {
            let words = WORDS.iter().find(|(name, _)| name == parameter);
            lines.push(match words {
                Some((_, words)) => format!("- `{parameter}`: one of {}\n", quoted(words)),
                None => format!("- `{parameter}`\n"),
            });
        }
        if entry.takes_dimensions {
            let dimensions = "- any dimension of the table, such as `area=safety+content`\n";
            lines.push(dimensions.to_owned());
        }
        if !lines.is_empty() {
            out.push_str(&format!("\n{}", lines.concat()));
        }
    }
    out
}

fn quoted(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

/// A directive with its place, as it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Directive {
    pub(crate) kind: Kind,
    /// What it points to: a table, a slot, an id.
    pub(crate) target: String,
    /// Parameters in the order they were written.
    pub(crate) parameters: Vec<Parameter>,
    /// What stands between the brackets, as plain text.
    pub(crate) text: String,
    /// What stands in quotes at the end.
    pub(crate) message: String,
    pub(crate) place: Place,
}

/// A parameter and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) place: Place,
}

impl Directive {
    /// Returns the value of one of the directive's own parameters.
    pub(crate) fn own(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|p| p.name == name)
    }

    /// Returns the parameters that name dimensions.
    pub(crate) fn dimensions(&self) -> impl Iterator<Item = &Parameter> {
        let own = entry(self.kind).parameters;
        self.parameters
            .iter()
            .filter(move |p| !own.contains(&p.name.as_str()))
    }

    /// Names of the directive's own parameters, for "did you mean".
    pub(crate) fn own_names(&self) -> &'static [&'static str] {
        entry(self.kind).parameters
    }

    /// What must be the same in every language: everything but the words.
    pub(crate) fn signature(&self) -> String {
        let mut parameters: Vec<String> = self
            .parameters
            .iter()
            .map(|p| format!(",{}={}", p.name, p.value))
            .collect();
        parameters.sort();
        format!(
            "{}:{}{}",
            self.kind.name(),
            self.target,
            parameters.concat()
        )
    }
}

/// What the address of a link or an image is.
pub(crate) enum Address {
    /// An ordinary link.
    Plain,
    /// One of ours.
    Directive(Directive),
    /// Neither; the problems say why.
    Refused,
}

/// A link or image as the Markdown parser gives it.
pub(crate) struct Link<'a> {
    pub(crate) address: &'a str,
    pub(crate) message: &'a str,
    pub(crate) text: String,
    pub(crate) is_image: bool,
    pub(crate) place: Place,
}

/// Reads an address; problems are handed to `report` with their places.
pub(crate) fn read(link: Link<'_>, mut report: impl FnMut(Problem, Place)) -> Address {
    let Some((scheme, rest)) = link.address.split_once(':') else {
        return refuse_plain(&link, &mut report);
    };
    let Some(entry) = REGISTRY.iter().find(|entry| entry.scheme == scheme) else {
        if matches!(scheme, "http" | "https" | "mailto" | "tel") {
            return refuse_plain(&link, &mut report);
        }
        let near = DidYouMean::among(scheme, REGISTRY.iter().map(|entry| entry.scheme));
        let scheme = scheme.to_owned();
        report(Problem::UnknownDirective { scheme, near }, link.place);
        return Address::Refused;
    };
    if entry.is_image != link.is_image {
        let form = if entry.is_image { "an image" } else { "a link" };
        let (scheme, example) = (entry.scheme, entry.example);
        report(
            Problem::WrongForm {
                scheme,
                form,
                example,
            },
            link.place,
        );
        return Address::Refused;
    }
    let start = address_start(&link) + scheme.len() + 1;
    let mut pieces = rest.split(',');
    let target = pieces.next().unwrap_or_default().to_owned();
    let mut offset = start + target.len() + 1;
    let mut directive = Directive {
        kind: entry.kind,
        target,
        parameters: Vec::new(),
        text: link.text,
        message: link.message.to_owned(),
        place: link.place,
    };
    let mut is_sound = true;
    for piece in pieces {
        let place = within(&directive.place, offset..offset + piece.len());
        offset += piece.len() + 1;
        match parameter(piece, entry, &directive, place.clone()) {
            Ok(parameter) => directive.parameters.push(parameter),
            Err(problem) => {
                report(problem, place);
                is_sound = false;
            }
        }
    }
    let mut missing = missing_words(&directive);
    if !is_sound {
        // A parameter that is wrong is not missing as well.
        missing.retain(|problem| !matches!(problem, Problem::MissingParameter { .. }));
    }
    for problem in missing {
        report(problem, directive.place.clone());
        is_sound = false;
    }
    if is_sound {
        Address::Directive(directive)
    } else {
        Address::Refused
    }
}

fn refuse_plain(link: &Link<'_>, report: &mut impl FnMut(Problem, Place)) -> Address {
    let is_sound = !link.is_image && link.address.contains(':') && link.address.len() > 8;
    if is_sound {
        return Address::Plain;
    }
    let target = link.address.to_owned();
    report(Problem::BadLink { target }, link.place.clone());
    Address::Refused
}

fn parameter(
    piece: &str,
    entry: &Entry,
    directive: &Directive,
    place: Place,
) -> Result<Parameter, Problem> {
    let (name, value) = match piece.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => (name, value),
        _ => {
            return Err(Problem::BadParameter {
                text: piece.to_owned(),
            });
        }
    };
    if directive.own(name).is_some() {
        return Err(Problem::RepeatedParameter {
            name: name.to_owned(),
        });
    }
    if !entry.takes_dimensions && !entry.parameters.contains(&name) {
        return Err(Problem::UnknownParameter {
            name: name.to_owned(),
            known: match entry.parameters {
                [] => "none".to_owned(),
                own => own.join(", "),
            },
            near: DidYouMean::among(name, entry.parameters.iter().copied()),
        });
    }
    if let Some((_, known)) = WORDS
        .iter()
        .find(|(word, _)| *word == name && entry.parameters.contains(word))
        && !known.contains(&value)
    {
        return Err(Problem::UnknownWord {
            name: name.to_owned(),
            word: value.to_owned(),
            known: known.join(", "),
            near: DidYouMean::among(value, known.iter().copied()),
        });
    }
    Ok(Parameter {
        name: name.to_owned(),
        value: value.to_owned(),
        place,
    })
}

fn missing_words(directive: &Directive) -> Vec<Problem> {
    let scheme = directive.kind.name();
    let mut problems = Vec::new();
    if matches!(directive.kind, Kind::Chart | Kind::Table) && directive.text.trim().is_empty() {
        problems.push(Problem::MissingAlt { scheme });
    }
    if directive.kind == Kind::List && !list::TARGETS.contains(&directive.target.as_str()) {
        problems.push(Problem::UnknownWord {
            name: scheme.to_owned(),
            word: directive.target.clone(),
            known: list::TARGETS.join(", "),
            near: DidYouMean::among(&directive.target, list::TARGETS),
        });
    }
    if directive.kind == Kind::Chart {
        if directive.message.trim().is_empty() {
            problems.push(Problem::MissingMessage);
        }
        if directive.own("form").is_none() {
            problems.push(Problem::MissingParameter {
                dim: "form".to_owned(),
            });
        }
    }
    problems
}

/// Where the address begins inside the place of the whole link, so that columns are exact.
fn address_start(link: &Link<'_>) -> usize {
    let whole = link.place.file.text.get(link.place.span.clone());
    whole
        .and_then(|text| text.rfind(&format!("({}", link.address)))
        .map_or(0, |at| at + 1)
}

fn within(place: &Place, inner: Range<usize>) -> Place {
    let start = place.span.start + inner.start;
    Place {
        file: place.file.clone(),
        span: start..(start + inner.len()).min(place.file.text.len()),
    }
}

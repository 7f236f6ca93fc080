//! Everything that can be wrong with the text of the handbook, its figures and its translations.
//!
//! Each kind has a stable code, a message that says what is wrong and a help line that says what
//! to do. Places are added by [`Located`]; all problems of a run come out at once. A new kind
//! needs a case in `tests/integration/problems.rs` and its Finnish words in `problem/fi.ftl`; tests
//! hold the three together.

mod finnish;
mod located;

use miette::Diagnostic;
use serde::Serialize;
use thiserror::Error;

pub(crate) use located::gather;
pub use located::{DidYouMean, Located, Told};

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error, Diagnostic, Serialize)]
#[expect(
    missing_docs,
    reason = "the message of each kind says what its fields are"
)]
pub enum Problem {
    // The form of files.
    #[error("this is not TOML: {message}")]
    #[diagnostic(
        code(handbook::syntax),
        help("close quotes and brackets; texts stand in quotes, one `key = value` to a line")
    )]
    Syntax { message: String },
    #[error("the file is not as it should be: {message}")]
    #[diagnostic(
        code(handbook::bad_field),
        help("the keys of each file are described in handbook/README.md")
    )]
    BadField { message: String },
    #[error("schema {found} is not known")]
    #[diagnostic(code(handbook::wrong_schema), help("this program reads `schema = 1`"))]
    WrongSchema { found: u32 },
    #[error("the file does not begin with a head between two lines of `+++`")]
    #[diagnostic(
        code(handbook::missing_head),
        help("begin with `+++`, then `id` and `title`, then `+++`")
    )]
    MissingHead,
    #[error("the file {file} is missing")]
    #[diagnostic(
        code(handbook::missing_file),
        help("add the file, or take its name out of handbook.toml")
    )]
    MissingFile { file: String },
    #[error("nothing reads this file")]
    #[diagnostic(
        code(handbook::unlisted_file),
        help(
            "sections are named in handbook.toml; a city's texts stand in cities/<slug>/slots.<language>.toml and cities/<slug>/<language>/<chapter>/<section>.md"
        )
    )]
    UnlistedFile,
    #[error("`{value}` cannot stand here")]
    #[diagnostic(code(handbook::bad_value), help("write {expected}"))]
    BadValue { value: String, expected: String },
    #[error("the id `{id}` stands twice in the book")]
    #[diagnostic(code(handbook::duplicate_id), help("give one of the two another id"))]
    DuplicateId { id: String },

    // Translations.
    #[error("there is no translation to {lang}: {file}")]
    #[diagnostic(
        code(handbook::missing_translation),
        help(
            "translate the Finnish file and state in `of` which text was translated: `of = \"{digest}\"`"
        )
    )]
    MissingTranslation {
        lang: &'static str,
        file: String,
        digest: String,
    },
    #[error("the Finnish text has changed since it was translated")]
    #[diagnostic(
        code(handbook::stale_translation),
        help("read the translation against the Finnish text, then write `of = \"{digest}\"`")
    )]
    StaleTranslation { digest: String },
    #[error("the Finnish file has `{expected}` here")]
    #[diagnostic(
        code(handbook::differs_from_source),
        help("`id`, `needs` and `editions` are the same in every language")
    )]
    DiffersFromSource { expected: String },
    #[error("{file} has no `{slot}`, which the city has written in another language")]
    #[diagnostic(
        code(handbook::missing_city_text),
        help("write it in every language, or in none")
    )]
    MissingCityText { file: String, slot: String },
    #[error("the city has not written `{id}` itself")]
    #[diagnostic(
        code(handbook::missing_own_text),
        help(
            "write it in every language; handbook.toml names it in `required`, so no edition is published without it"
        )
    )]
    MissingOwnText { id: String },
    #[error("the common text has changed since the city wrote its own section")]
    #[diagnostic(
        code(handbook::stale_override),
        help("read the two against each other, then write `replaces = \"{digest}\"`")
    )]
    StaleOverride { digest: String },
    #[error("a city cannot replace the section `{id}`")]
    #[diagnostic(
        code(handbook::not_replaceable),
        help("fill its slots instead; sections that can be replaced: {known}")
    )]
    NotReplaceable { id: String, known: String },
    #[error(
        "the city's text for the slot `{slot}` is shown nowhere: its own section `{section}` does not ask for it"
    )]
    #[diagnostic(
        code(handbook::hidden_text),
        help(
            "write `![](slot:{slot})` into the own section, or take the text out of the slots file"
        )
    )]
    HiddenText { slot: String, section: String },
    #[error("the translation shows other figures than the Finnish text: {difference}")]
    #[diagnostic(
        code(handbook::other_figures),
        help("use the same values, charts, tables, slots and references as the Finnish file")
    )]
    OtherFigures { difference: String },

    // Markdown.
    #[error("HTML is not allowed in the text")]
    #[diagnostic(
        code(handbook::raw_html),
        help("write it in Markdown; a `<` that is meant as such is written `\\<`")
    )]
    RawHtml,
    #[error("the heading is at level {found}, but {expected} comes next")]
    #[diagnostic(
        code(handbook::heading_order),
        help(
            "the title stands in the head; headings of the text begin with `##` and do not skip a level"
        )
    )]
    HeadingOrder { found: u8, expected: String },
    #[error("lists, quotes and marks stand more than {deepest} deep in one another")]
    #[diagnostic(code(handbook::too_deep), help("write it as paragraphs"))]
    TooDeep { deepest: usize },
    #[error("a slot stands inside a slot")]
    #[diagnostic(
        code(handbook::nested_slot),
        help("write the text where the other slot is asked for")
    )]
    NestedSlot,
    #[error("the link to `{target}` leads nowhere")]
    #[diagnostic(
        code(handbook::bad_link),
        help("link with `https:`, `mailto:` or `ref:`")
    )]
    BadLink { target: String },
    #[error("`{scheme}:` is not known here")]
    #[diagnostic(
        code(handbook::unknown_directive),
        help(
            "{near}known are value:, ref:, term:, cite: as links and chart:, table:, slot:, list: as images"
        )
    )]
    UnknownDirective { scheme: String, near: DidYouMean },
    #[error("`{scheme}:` is written as {form}")]
    #[diagnostic(code(handbook::wrong_form), help("{example}"))]
    WrongForm {
        scheme: &'static str,
        form: &'static str,
        example: &'static str,
    },
    #[error("a {scheme} stands inside a sentence")]
    #[diagnostic(
        code(handbook::inline_figure),
        help("leave an empty line before and after it")
    )]
    InlineFigure { scheme: &'static str },
    #[error("the {scheme} does not say what it measures")]
    #[diagnostic(
        code(handbook::missing_alt),
        help("write between the brackets what is measured, of whom and on which scale")
    )]
    MissingAlt { scheme: &'static str },
    #[error("the chart has no message")]
    #[diagnostic(
        code(handbook::missing_message),
        help("write what it says in quotes at the end: `![…](chart:… \"What it says\")`")
    )]
    MissingMessage,
    #[error("`{text}` is not of the form `name=value`")]
    #[diagnostic(
        code(handbook::bad_parameter),
        help("parameters follow after commas, without spaces: `,area=safety,fmt=dec1`")
    )]
    BadParameter { text: String },
    #[error("`{name}` stands twice")]
    #[diagnostic(
        code(handbook::repeated_parameter),
        help("keep one of the two; several values are joined with `+`")
    )]
    RepeatedParameter { name: String },
    #[error("there is no parameter `{name}`")]
    #[diagnostic(code(handbook::unknown_parameter), help("{near}known here: {known}"))]
    UnknownParameter {
        name: String,
        known: String,
        near: DidYouMean,
    },
    #[error("`{word}` is not a value of `{name}`")]
    #[diagnostic(code(handbook::unknown_word), help("{near}choose one of: {known}"))]
    UnknownWord {
        name: String,
        word: String,
        known: String,
        near: DidYouMean,
    },

    // What directives point to.
    #[error("there is no table `{table}`")]
    #[diagnostic(
        code(handbook::unknown_table),
        help("{near}tables are listed in docs/adr/0003-job-files.md")
    )]
    UnknownTable { table: String, near: DidYouMean },
    #[error("the findings hold no table `{table}`")]
    #[diagnostic(
        code(handbook::missing_finding),
        help(
            "add the statistic to the job, or let the section step aside: `needs = [\"{table}\"]`"
        )
    )]
    MissingFinding { table: String },
    #[error("the findings know no `{key}` among `{dim}`")]
    #[diagnostic(
        code(handbook::unknown_key),
        help("{near}keys are those of the findings file")
    )]
    UnknownKey {
        dim: String,
        key: String,
        near: DidYouMean,
    },
    #[error("it is not said which `{dim}`")]
    #[diagnostic(code(handbook::missing_parameter), help("say which: `,{dim}=…`"))]
    MissingParameter { dim: String },
    #[error("`form={form}` cannot show {what}")]
    #[diagnostic(code(handbook::unsuitable_form), help("{help}"))]
    UnsuitableForm {
        form: &'static str,
        what: String,
        help: &'static str,
    },
    #[error("there is no slot `{name}`")]
    #[diagnostic(
        code(handbook::unknown_slot),
        help("{near}slots and their defaults stand in content/fi/slots.toml")
    )]
    UnknownSlot { name: String, near: DidYouMean },
    #[error("nothing in the book has the id `{id}`")]
    #[diagnostic(
        code(handbook::unknown_reference),
        help("{near}a reference names a chapter, a section or a figure")
    )]
    UnknownReference { id: String, near: DidYouMean },
    #[error("the glossary has no word `{id}`")]
    #[diagnostic(
        code(handbook::unknown_term),
        help("{near}words stand in terms.toml, each with its id")
    )]
    UnknownTerm { id: String, near: DidYouMean },
    #[error("the catalogue knows no staff group `{id}`")]
    #[diagnostic(
        code(handbook::unknown_role),
        help("{near}staff groups stand in surveys/catalog/roles.toml")
    )]
    UnknownRole { id: String, near: DidYouMean },
    #[error("the staff group `{role}` has no card")]
    #[diagnostic(
        code(handbook::missing_card),
        help("add a `[[card]]` with `role = \"{role}\"` in three languages")
    )]
    MissingCard { role: String },
    #[error("there is no source `{key}`")]
    #[diagnostic(
        code(handbook::unknown_source),
        help("{near}sources stand in sources.bib, each with its key")
    )]
    UnknownSource { key: String, near: DidYouMean },
    #[error("nothing cites the source `{key}`")]
    #[diagnostic(
        code(handbook::uncited_source),
        help("cite it where its claim stands: `[…](cite:{key})`, or take it out")
    )]
    UncitedSource { key: String },
    #[error("this is not BibTeX: {message}")]
    #[diagnostic(
        code(handbook::bad_sources),
        help("each source is `@kind{{key, field = {{words}}, …}}`, and each key stands once")
    )]
    BadSources { message: String },
    #[error("the figure id `{id}` stands twice in an edition")]
    #[diagnostic(
        code(handbook::duplicate_figure),
        help("give one of the two an id of its own: `,id=…`")
    )]
    DuplicateFigure { id: String },

    // The edition.
    #[error("this is not findings: {message}")]
    #[diagnostic(
        code(handbook::bad_findings),
        help("take the file that `icteko analyse` wrote for a release")
    )]
    BadFindings { message: String },
    #[error("the catalogue knows no municipality `{code}`")]
    #[diagnostic(
        code(handbook::unknown_city),
        help("add it to surveys/catalog/municipalities.toml")
    )]
    UnknownCity { code: String },
    #[error("there are two findings files of {population}")]
    #[diagnostic(
        code(handbook::repeated_findings),
        help("give one file for each population of one release")
    )]
    RepeatedFindings { population: String },
    #[error("{what} differ between the findings files of one edition: {values}")]
    #[diagnostic(
        code(handbook::mixed_findings),
        help("take all files from one release of one wave")
    )]
    MixedFindings { what: &'static str, values: String },
    #[error("there is no findings file")]
    #[diagnostic(
        code(handbook::no_findings),
        help("an edition is built from findings: run `icteko analyse` first")
    )]
    NoFindings,
    #[error("this is no edition that others can be compared with: {message}")]
    #[diagnostic(
        code(handbook::bad_edition),
        help("name an edition as `icteko handbook publish` wrote it, unaltered")
    )]
    BadEdition { message: String },
    #[error("`{id}` would correct `{before}`, which has not been published")]
    #[diagnostic(
        code(handbook::nothing_to_correct),
        help(
            "publish an edition of its own under an id without `.1`, or correct the newest of a line"
        )
    )]
    NothingToCorrect { id: String, before: String },
    #[error("the correction has no notice: {file} is missing")]
    #[diagnostic(
        code(handbook::missing_notice),
        help(
            "write into it `date`, what was wrong as `fi`, `sv` and `en`, and the ids of figures and sections as `touches`"
        )
    )]
    MissingNotice { file: String },
    #[error("`{id}` is there already, and an edition is never written again")]
    #[diagnostic(
        code(handbook::already_there),
        help(
            "publish a correction as an edition of its own, `{next}`, or give a new edition another id"
        )
    )]
    AlreadyThere { id: String, next: String },
    #[error("this file could not be written: {message}")]
    #[diagnostic(
        code(handbook::not_written),
        help(
            "nothing half is left behind; make room on the disk or allow writing, then do it again"
        )
    )]
    NotWritten { message: String },
    #[error("`{id}` cannot name an edition")]
    #[diagnostic(
        code(handbook::bad_edition_id),
        help("use a-z, 0-9, hyphen and full stop, such as `2026-syksy` or `2026-syksy.1`")
    )]
    BadEditionId { id: String },

    #[error("{message}")]
    #[diagnostic(
        code(handbook::not_printable),
        help(
            "a book on paper needs letters of its typeface, a text for each picture, and headings in order"
        )
    )]
    NotPrintable { message: String },

    // Words of the generator.
    #[error("locales/{lang}.ftl has no `{key}`")]
    #[diagnostic(code(handbook::missing_word), help("add `{key} = …`"))]
    MissingWord { lang: &'static str, key: String },
    #[error("nothing uses the word `{key}`")]
    #[diagnostic(
        code(handbook::unused_word),
        help("{near}remove the line or correct the key")
    )]
    UnusedWord { key: String, near: DidYouMean },
    #[error("this is not Fluent: {message}")]
    #[diagnostic(code(handbook::bad_words), help("one `key = words` to a line"))]
    BadWords { message: String },
}

impl Problem {
    /// Whether a draft may be looked at all the same, with a visible mark in its place.
    #[must_use]
    pub fn allows_draft(&self) -> bool {
        matches!(
            self,
            Problem::MissingFinding { .. }
                | Problem::UnknownKey { .. }
                | Problem::MissingTranslation { .. }
                | Problem::StaleTranslation { .. }
                | Problem::OtherFigures { .. }
                | Problem::StaleOverride { .. }
                | Problem::MissingCityText { .. }
                | Problem::MissingOwnText { .. }
        )
    }
}

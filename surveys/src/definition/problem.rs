//! Everything that can be wrong with a definition, a catalogue or a network file.
//!
//! Each kind has a stable code, a message that says what is wrong and a help line that says what
//! to do. Places are added by [`super::Located`]. A new kind needs a folder in
//! `tests/definitions/invalid/` named as its code; a test holds the two together.

use std::fmt;

use miette::Diagnostic;
use thiserror::Error;

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
#[expect(
    missing_docs,
    reason = "the message of each kind says what its fields are"
)]
pub enum Problem {
    // The form of a file.
    #[error("this is not TOML: {message}")]
    #[diagnostic(
        code(surveys::syntax),
        help("close quotes and brackets; texts stand in quotes, one `key = value` to a line")
    )]
    Syntax { message: String },
    #[error("schema {found} is not known")]
    #[diagnostic(
        code(surveys::wrong_schema),
        help("this program reads `schema = {known}`")
    )]
    WrongSchema { found: i64, known: i64 },
    #[error("{owner} has no `{key}`")]
    #[diagnostic(code(surveys::missing_key), help("add `{key} = …`"))]
    MissingKey { key: String, owner: String },
    #[error("{owner} has no key `{key}`")]
    #[diagnostic(
        code(surveys::unknown_key),
        help("{near}remove the line or correct the key")
    )]
    UnknownKey {
        key: String,
        owner: String,
        near: DidYouMean,
    },
    #[error("`{key}` is {found}, not {expected}")]
    #[diagnostic(code(surveys::wrong_type), help("write {expected}"))]
    WrongType {
        key: String,
        expected: &'static str,
        found: &'static str,
    },
    #[error("`{key}` is {value}, outside {low} to {high}")]
    #[diagnostic(
        code(surveys::out_of_range),
        help("choose a value from {low} to {high}")
    )]
    OutOfRange {
        key: String,
        value: String,
        low: i64,
        high: i64,
    },
    #[error("`{word}` is not a value of `{key}`")]
    #[diagnostic(code(surveys::unknown_word), help("{near}choose one of: {known}"))]
    UnknownWord {
        key: String,
        word: String,
        known: String,
        near: DidYouMean,
    },
    #[error("the file {file} is missing")]
    #[diagnostic(
        code(surveys::missing_file),
        help("add the file; the format is described in docs/adr/0005")
    )]
    MissingFile { file: String },
    #[error("nothing reads the file {file}")]
    #[diagnostic(
        code(surveys::unknown_file),
        help(
            "items stand in items/, texts in texts/<language>/, translations in i18n/; move or remove the file"
        )
    )]
    UnknownFile { file: String },

    // Ids.
    #[error("{message}")]
    #[diagnostic(
        code(surveys::bad_id),
        help("correct the id before anything is published; published ids are never changed")
    )]
    BadId { message: String },
    #[error("`{id}` is a word of conditions")]
    #[diagnostic(
        code(surveys::reserved_id),
        help("give the item another id, such as `bg-{id}`")
    )]
    ReservedId { id: String },
    #[error("item `{id}` is defined twice")]
    #[diagnostic(
        code(surveys::duplicate_item),
        help("give one of the two items another id")
    )]
    DuplicateItem { id: String },
    #[error("section `{id}` is defined twice")]
    #[diagnostic(
        code(surveys::duplicate_section),
        help("give one of the two sections another id")
    )]
    DuplicateSection { id: String },
    #[error("dimension `{id}` is defined twice")]
    #[diagnostic(
        code(surveys::duplicate_dimension),
        help("give one of the two dimensions another id")
    )]
    DuplicateDimension { id: String },
    #[error("the column `{var}` is taken")]
    #[diagnostic(
        code(surveys::duplicate_variable),
        help("set `var = \"…\"` to another name")
    )]
    DuplicateVariable { var: String },
    #[error("option value {value} stands twice in item `{item}`")]
    #[diagnostic(
        code(surveys::duplicate_option),
        help("give one of the two options a value that was never used")
    )]
    DuplicateOption { item: String, value: i64 },
    #[error("role group `{group}` has two profiles")]
    #[diagnostic(
        code(surveys::duplicate_profile),
        help("put all targets of the group into one [[profile]]")
    )]
    DuplicateProfile { group: String },
    #[error("{kind} `{id}` stands twice in the catalogue")]
    #[diagnostic(
        code(surveys::duplicate_entry),
        help("give one of the two another id, or remove one")
    )]
    DuplicateEntry { kind: &'static str, id: String },
    #[error("the id `{id}` is retired")]
    #[diagnostic(
        code(surveys::retired_id),
        help("answers of earlier waves stand under this id; give the item a new one")
    )]
    RetiredId { id: String },
    #[error("option value {value} of item `{item}` is retired")]
    #[diagnostic(
        code(surveys::retired_value),
        help("answers of earlier waves stand under this value; use the next free one")
    )]
    RetiredValue { item: String, value: i64 },

    // References.
    #[error("role `{role}` is not in the catalogue")]
    #[diagnostic(
        code(surveys::unknown_role),
        help("{near}roles, duties and kinds of employment stand in the catalogue's roles.toml")
    )]
    UnknownRole { role: String, near: DidYouMean },
    #[error("role group `{group}` is not in the catalogue")]
    #[diagnostic(
        code(surveys::unknown_group),
        help("{near}role groups stand in the catalogue's roles.toml")
    )]
    UnknownGroup { group: String, near: DidYouMean },
    #[error("scale `{scale}` is not in the catalogue")]
    #[diagnostic(
        code(surveys::unknown_scale),
        help("{near}scales stand in the catalogue's folder scales/")
    )]
    UnknownScale { scale: String, near: DidYouMean },
    #[error("framework `{framework}` is not in the catalogue")]
    #[diagnostic(
        code(surveys::unknown_framework),
        help("{near}frameworks stand in the catalogue's folder frameworks/")
    )]
    UnknownFramework { framework: String, near: DidYouMean },
    #[error("`{text}` is not a place in a framework")]
    #[diagnostic(
        code(surveys::bad_framework_place),
        help("write framework, colon, competence, such as `digcomp-3.0:2.2`")
    )]
    BadFrameworkPlace { text: String },
    #[error("framework `{framework}` has no competence `{competence}`")]
    #[diagnostic(
        code(surveys::unknown_competence),
        help("{near}competences stand in the framework's file in the catalogue")
    )]
    UnknownCompetence {
        framework: String,
        competence: String,
        near: DidYouMean,
    },
    #[error("framework `{framework}` has no area `{area}`")]
    #[diagnostic(
        code(surveys::unknown_area),
        help("{near}add the [[area]] or correct the reference")
    )]
    UnknownArea {
        framework: String,
        area: String,
        near: DidYouMean,
    },
    #[error("there is no item `{item}`")]
    #[diagnostic(
        code(surveys::unknown_item),
        help("{near}items stand in the files of items/")
    )]
    UnknownItem { item: String, near: DidYouMean },
    #[error("there is no section `{section}`")]
    #[diagnostic(
        code(surveys::unknown_section),
        help(
            "{near}sections stand in survey.toml; without one the items of this file are in no section"
        )
    )]
    UnknownSection { section: String, near: DidYouMean },
    #[error("there is no dimension `{dimension}`")]
    #[diagnostic(
        code(surveys::unknown_dimension),
        help("{near}dimensions stand in scoring.toml")
    )]
    UnknownDimension { dimension: String, near: DidYouMean },
    #[error("section `{section}` has no items")]
    #[diagnostic(
        code(surveys::empty_section),
        help("add a file to items/ with `section = \"{section}\"`, or remove the section")
    )]
    EmptySection { section: String },
    #[error("nobody is asked {what}")]
    #[diagnostic(
        code(surveys::nobody_is_asked),
        help("compare `roles` and `not_roles` here and in the section")
    )]
    NobodyIsAsked { what: String },

    // Kinds of items.
    #[error("likert item `{item}` has no scale")]
    #[diagnostic(
        code(surveys::likert_without_scale),
        help("add `scale = \"…\"` with a scale of the catalogue")
    )]
    LikertWithoutScale { item: String },
    #[error("item `{item}` has fewer than two options")]
    #[diagnostic(
        code(surveys::too_few_options),
        help("add `options = [ {{ value = 1, text = \"…\" }}, … ]`")
    )]
    TooFewOptions { item: String },
    #[error("`{key}` means nothing in an item of type {kind}")]
    #[diagnostic(
        code(surveys::key_of_other_type),
        help("remove the line or change the type")
    )]
    KeyOfOtherType { key: String, kind: String },
    #[error("item `{item}` cannot stand in matrix `{matrix}`: {reason}")]
    #[diagnostic(
        code(surveys::matrix_mismatch),
        help("the items of a matrix are likert items of one section with the scale of the matrix")
    )]
    MatrixMismatch {
        matrix: String,
        item: String,
        reason: String,
    },
    #[error("item `{item}` is named twice")]
    #[diagnostic(code(surveys::item_named_twice), help("name it once"))]
    ItemNamedTwice { item: String },

    // Conditions.
    #[error("the condition cannot be read: {message}")]
    #[diagnostic(
        code(surveys::condition_syntax),
        help("a condition looks like `bg-device == 3 and role in ['librarian']`")
    )]
    ConditionSyntax { message: String },
    #[error("the condition looks at `{item}`, which does not exist")]
    #[diagnostic(
        code(surveys::condition_unknown_item),
        help("{near}name an earlier item")
    )]
    ConditionUnknownItem { item: String, near: DidYouMean },
    #[error("`{subject}` cannot be compared like this: {reason}")]
    #[diagnostic(
        code(surveys::condition_type),
        help("compare numbers with numbers and staff groups with texts in quotes")
    )]
    ConditionType { subject: String, reason: String },
    #[error("`{subject}` is never {value}")]
    #[diagnostic(
        code(surveys::condition_unknown_choice),
        help("{near}it can be: {known}")
    )]
    ConditionUnknownChoice {
        subject: String,
        value: String,
        known: String,
        near: DidYouMean,
    },
    #[error("the conditions of {items} wait for one another")]
    #[diagnostic(
        code(surveys::condition_cycle),
        help("let each condition look at earlier items only")
    )]
    ConditionCycle { items: String },
    #[error("the condition of `{item}` looks at `{later}`, which is asked later")]
    #[diagnostic(
        code(surveys::condition_looks_ahead),
        help("move `{later}` before `{item}`, or ask the condition of an earlier item")
    )]
    ConditionLooksAhead { item: String, later: String },
    #[error("the condition of `{item}` never holds")]
    #[diagnostic(
        code(surveys::condition_never_holds),
        help("no answers make it true; correct it or remove the item")
    )]
    ConditionNeverHolds { item: String },

    // Scoring.
    #[error("item `{item}` has no scale and cannot be scored")]
    #[diagnostic(
        code(surveys::unscored_type),
        help("a dimension is the mean of likert items; remove `{item}` from `{dimension}`")
    )]
    UnscoredType { item: String, dimension: String },
    #[error("the items of dimension `{dimension}` have scales of different length")]
    #[diagnostic(
        code(surveys::mixed_scales),
        help("a mean needs one scale; split the dimension")
    )]
    MixedScales { dimension: String },
    #[error("item `{item}` measures a competence but is in no dimension")]
    #[diagnostic(
        code(surveys::unscored_competence),
        help("add it to the `items` of a [[dimension]] in scoring.toml, or remove `maps`")
    )]
    UnscoredCompetence { item: String },
    #[error("target {target} of `{dimension}` is not on its scale")]
    #[diagnostic(
        code(surveys::target_off_scale),
        help("choose a step from {low} to {high}")
    )]
    TargetOffScale {
        dimension: String,
        target: i64,
        low: u8,
        high: u8,
    },
    #[error("index `{dimension}` has a target")]
    #[diagnostic(
        code(surveys::target_of_index),
        help("only competence areas have targets; remove it or set `kind = \"competence\"`")
    )]
    TargetOfIndex { dimension: String },
    #[error("dimension `{dimension}` wants {wanted} answers of {items} items")]
    #[diagnostic(
        code(surveys::rule_never_met),
        help("lower `min_answered` or add items")
    )]
    RuleNeverMet {
        dimension: String,
        wanted: i64,
        items: usize,
    },
    #[error("no role is asked about `{dimension}`")]
    #[diagnostic(
        code(surveys::area_nobody_is_asked),
        help("compare `roles` and `not_roles` of its items and their sections")
    )]
    AreaNobodyIsAsked { dimension: String },

    // Texts and translations.
    #[error("`{key}` is empty")]
    #[diagnostic(
        code(surveys::empty_text),
        help("write the text, or remove the line where it is optional")
    )]
    EmptyText { key: String },
    #[error("the text {file} is missing")]
    #[diagnostic(
        code(surveys::missing_text),
        help("write the file; every survey has intro, privacy and thanks in fi, sv and en")
    )]
    MissingText { file: String },
    #[error("`{field}` of {key} is not translated into {language}")]
    #[diagnostic(
        code(surveys::missing_translation),
        help("add it to i18n/{language}.toml under [\"{key}\"]")
    )]
    MissingTranslation {
        key: String,
        field: String,
        language: &'static str,
    },
    #[error("the {language} text of {key} translates an older Finnish one")]
    #[diagnostic(
        code(surveys::stale_translation),
        help(
            "read the translation again, then set `of = \"{digest}\"` or run `icteko survey translated`"
        )
    )]
    StaleTranslation {
        key: String,
        language: &'static str,
        digest: String,
    },
    #[error("{key} translates nothing")]
    #[diagnostic(
        code(surveys::unknown_translation),
        help(
            "{near}keys are item ids, `survey`, `section.<id>`, `dimension.<id>` and `text.<name>`"
        )
    )]
    UnknownTranslation { key: String, near: DidYouMean },
    #[error("`{field}` of {key} is translated but has no Finnish text")]
    #[diagnostic(
        code(surveys::translation_without_source),
        help("remove it, or write the Finnish text first")
    )]
    TranslationWithoutSource { key: String, field: String },

    // The catalogue.
    #[error("scale `{scale}` does not rise by one from step to step")]
    #[diagnostic(
        code(surveys::uneven_scale),
        help("a scale has at least two steps, from low to high, without gaps")
    )]
    UnevenScale { scale: String },
    #[error("role `{role}` {reason}")]
    #[diagnostic(
        code(surveys::role_without_group),
        help(
            "roles and duties name the group whose targets they have; a kind of employment has none"
        )
    )]
    RoleGroupMismatch { role: String, reason: &'static str },
    #[error("the file is named {file}, the id in it is `{id}`")]
    #[diagnostic(code(surveys::file_name_differs), help("name the file as the id"))]
    FileNameDiffers { file: String, id: String },

    #[error("municipality {name} ({code}) is not as the program knows it: {known}")]
    #[diagnostic(
        code(surveys::contradicts_catalog),
        help(
            "remove the record: the program brings that municipality along; or correct code, slug and name if another one was meant"
        )
    )]
    ContradictsCatalog {
        name: String,
        code: String,
        known: String,
    },

    // The network.
    #[error("municipality {name} ({code}) is named twice")]
    #[diagnostic(
        code(surveys::municipality_twice),
        help("remove one of the two, or correct it if another municipality was meant")
    )]
    MunicipalityTwice { name: String, code: String },
    #[error("municipality `{text}` is not in the catalogue")]
    #[diagnostic(
        code(surveys::unknown_municipality),
        help(
            "{near}the program brings few municipalities along; add a record of any other to municipalities.toml in the data folder"
        )
    )]
    UnknownMunicipality { text: String, near: DidYouMean },
    #[error("the network has no municipality")]
    #[diagnostic(
        code(surveys::empty_network),
        help("add a [[municipality]] with its `code`")
    )]
    EmptyNetwork,
}

/// A known word that is near a mistyped one, put before a help line; nothing where none is near.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DidYouMean(Option<String>);

impl DidYouMean {
    /// Finds the nearest of the known words.
    pub fn among<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> DidYouMean {
        let nearest = known
            .into_iter()
            .map(|known| (strsim::jaro_winkler(word, known), known))
            .filter(|(likeness, _)| *likeness > 0.8)
            .max_by(|(left, _), (right, _)| left.total_cmp(right));
        DidYouMean(nearest.map(|(_, known)| known.to_owned()))
    }
}

impl fmt::Display for DidYouMean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(word) => write!(f, "did you mean `{word}`? "),
            None => Ok(()),
        }
    }
}

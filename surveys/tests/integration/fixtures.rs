//! Small definitions from `tests/definitions`, read from disk for the tests alone, and short
//! ways to write positions and answers.

#![expect(
    clippy::disallowed_methods,
    reason = "the crate sees no files, its tests read the small definitions from disk"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use surveys::definition::{Located, SourceText, Sources, check, translation_texts};
use surveys::{Answer, Catalog, ItemId, Lang, Level, Position, Response, RoleId, Survey, SurveyId};

pub(crate) fn definitions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/definitions")
}

/// What lies in a folder, by name.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Every file below a folder, by path.
pub(crate) fn read(folder: &Path) -> Sources {
    let mut sources = Sources::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for path in entries(&next) {
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap();
                let name = name.to_str().unwrap().replace('\\', "/");
                sources.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    sources
}

pub(crate) fn valid(name: &str) -> Sources {
    read(&definitions().join("valid").join(name))
}

pub(crate) fn catalog_sources() -> Sources {
    read(&definitions().join("catalog"))
}

pub(crate) fn catalog() -> Catalog {
    let (catalog, problems) = Catalog::parse(&catalog_sources());
    assert_eq!(lines(&problems), Vec::<String>::new());
    catalog
}

/// The survey that has one of everything.
pub(crate) fn everything() -> Survey {
    let (survey, problems) = check(&valid("everything"), &catalog());
    assert_eq!(lines(&problems), Vec::<String>::new());
    survey.unwrap()
}

pub(crate) fn lines(problems: &[Located]) -> Vec<String> {
    problems.iter().map(Located::one_line).collect()
}

/// Puts invented translations of everything into the sources: what is tested is elsewhere.
pub(crate) fn translate(sources: &mut Sources) {
    for lang in ["sv", "en"] {
        let mut file = String::new();
        let mut keys = BTreeSet::new();
        for source in translation_texts(sources) {
            if !keys.insert(source.key.clone()) {
                continue;
            }
            writeln!(file, "[{}]", quoted(&source.key)).unwrap();
            for (field, text) in &source.fields {
                match text {
                    SourceText::One(text) => {
                        writeln!(file, "{field} = {}", quoted(&format!("[{lang}] {text}")))
                            .unwrap();
                    }
                    SourceText::List(list) => {
                        let list: Vec<_> = list
                            .iter()
                            .map(|it| quoted(&format!("[{lang}] {it}")))
                            .collect();
                        writeln!(file, "{field} = [{}]", list.join(", ")).unwrap();
                    }
                    SourceText::Options(options) => {
                        let options: Vec<_> = options
                            .iter()
                            .map(|(value, it)| {
                                format!("{value} = {}", quoted(&format!("[{lang}] {it}")))
                            })
                            .collect();
                        writeln!(file, "{field} = {{ {} }}", options.join(", ")).unwrap();
                    }
                    SourceText::File(_) => {}
                }
            }
            writeln!(file, "of = {}\n", quoted(&source.digest())).unwrap();
        }
        sources.insert(format!("i18n/{lang}.toml"), file);
    }
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}

pub(crate) fn role(id: &str) -> RoleId {
    RoleId::new(id).unwrap()
}

pub(crate) fn item(id: &str) -> ItemId {
    ItemId::new(id).unwrap()
}

pub(crate) fn position(id: &str) -> Position {
    Position {
        role: role(id),
        duties: BTreeSet::new(),
        employment: None,
    }
}

pub(crate) fn level(value: u8) -> Answer {
    Answer::Level(Level(value))
}

pub(crate) fn chosen(values: &[i16]) -> Answer {
    Answer::Choices(values.iter().copied().collect())
}

pub(crate) fn answers<const N: usize>(given: [(&str, Answer); N]) -> BTreeMap<ItemId, Answer> {
    given
        .into_iter()
        .map(|(id, answer)| (item(id), answer))
        .collect()
}

pub(crate) fn response(position: Position, answers: BTreeMap<ItemId, Answer>) -> Response {
    Response {
        survey: SurveyId::new("everything").unwrap(),
        release: 1,
        language: Lang::Sv,
        position,
        answers,
    }
}

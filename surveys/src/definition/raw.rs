//! What the files of a definition say, with the place of every value; nothing is resolved yet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Sources;
use super::locate::{Place, SourceFile};
use super::problem::Problem;
use super::read::{Fields, document};
use super::report::{At, Report};
use super::translation::RawTranslation;
use crate::Lang;

/// The schema version of `survey.toml`.
const SCHEMA: i64 = 1;

pub(super) struct RawSurvey {
    pub(super) place: Place,
    pub(super) id: Option<At<String>>,
    pub(super) minutes: Option<At<i64>>,
    pub(super) title: Option<At<String>>,
    pub(super) sections: Vec<RawSection>,
}

pub(super) struct RawSection {
    pub(super) place: Place,
    pub(super) id: Option<At<String>>,
    pub(super) title: Option<At<String>>,
    pub(super) intro: Option<At<String>>,
    pub(super) roles: RawRoles,
}

#[derive(Default)]
pub(super) struct RawRoles {
    pub(super) only: Vec<At<String>>,
    pub(super) except: Vec<At<String>>,
}

pub(super) struct RawItems {
    pub(super) section: Option<At<String>>,
    pub(super) items: Vec<RawItem>,
    pub(super) matrices: Vec<RawMatrix>,
    pub(super) retired: Vec<RawRetired>,
}

pub(super) struct RawItem {
    pub(super) place: Place,
    pub(super) id: Option<At<String>>,
    pub(super) var: Option<At<String>>,
    pub(super) kind: Option<At<String>>,
    pub(super) scale: Option<At<String>>,
    pub(super) text: Option<At<String>>,
    pub(super) help: Option<At<String>>,
    pub(super) maps: Vec<At<String>>,
    pub(super) declined: Vec<At<String>>,
    pub(super) rev: Option<At<i64>>,
    pub(super) reversed: Option<At<bool>>,
    pub(super) roles: RawRoles,
    pub(super) show_if: Option<At<String>>,
    pub(super) options: Vec<RawOption>,
    pub(super) has_options: bool,
    pub(super) max_chars: Option<At<i64>>,
    pub(super) at_most: Option<At<i64>>,
    pub(super) retired_values: Vec<At<i64>>,
}

pub(super) struct RawOption {
    pub(super) place: Place,
    pub(super) value: Option<At<i64>>,
    pub(super) text: Option<At<String>>,
}

pub(super) struct RawMatrix {
    pub(super) id: Option<At<String>>,
    pub(super) stem: Option<At<String>>,
    pub(super) scale: Option<At<String>>,
    pub(super) items: Vec<At<String>>,
}

pub(super) struct RawRetired {
    pub(super) id: Option<At<String>>,
    pub(super) since: Option<At<i64>>,
    pub(super) reason: Option<At<String>>,
}

#[derive(Default)]
pub(super) struct RawScoring {
    pub(super) dimensions: Vec<RawDimension>,
    pub(super) profiles: Vec<RawProfile>,
}

pub(super) struct RawDimension {
    pub(super) id: Option<At<String>>,
    pub(super) kind: Option<At<String>>,
    pub(super) title: Option<At<String>>,
    pub(super) gist: Option<At<String>>,
    pub(super) items: Vec<At<String>>,
    pub(super) min_share: Option<At<f64>>,
    pub(super) of: Option<At<String>>,
    pub(super) min_answered: Option<At<i64>>,
    pub(super) next_steps: Vec<At<String>>,
}

pub(super) struct RawProfile {
    pub(super) group: Option<At<String>>,
    pub(super) proposal: bool,
    pub(super) targets: Vec<(At<String>, At<i64>)>,
}

pub(super) fn survey(file: &Arc<SourceFile>, report: &mut Report) -> RawSurvey {
    document(file, report, "survey.toml", |f| {
        f.schema(SCHEMA);
        f.require("minutes");
        RawSurvey {
            place: f.place(),
            id: f.required_text("id"),
            minutes: f.whole_between("minutes", (1, 120)),
            title: f.required_text("title"),
            sections: f.each("section", "a [[section]]", section),
        }
    })
}

fn section(f: &mut Fields<'_, '_>) -> RawSection {
    RawSection {
        place: f.place(),
        id: f.required_text("id"),
        title: f.required_text("title"),
        intro: f.text("intro"),
        roles: roles(f),
    }
}

fn roles(f: &mut Fields<'_, '_>) -> RawRoles {
    RawRoles {
        only: f.texts("roles"),
        except: f.texts("not_roles"),
    }
}

pub(super) fn items(file: &Arc<SourceFile>, report: &mut Report) -> RawItems {
    document(file, report, "a file of items", |f| RawItems {
        section: f.required_text("section"),
        items: f.each("item", "an [[item]]", item),
        matrices: f.each("matrix", "a [[matrix]]", matrix),
        retired: f.each("retired", "a [[retired]]", |f| {
            f.require("since");
            RawRetired {
                id: f.required_text("id"),
                since: f.whole_between("since", (1, i64::from(u32::MAX))),
                reason: f.required_text("reason"),
            }
        }),
    })
}

fn item(f: &mut Fields<'_, '_>) -> RawItem {
    RawItem {
        place: f.place(),
        id: f.required_text("id"),
        var: f.text("var"),
        kind: f.required_text("type"),
        scale: f.text("scale"),
        text: f.required_text("text"),
        help: f.text("help"),
        maps: f.texts("maps"),
        declined: f.texts("declined"),
        rev: f.whole_between("rev", (1, 999)),
        reversed: f.flag("reversed"),
        roles: roles(f),
        show_if: f.text("show_if"),
        has_options: f.has("options"),
        options: f.each("options", "an option", |f| {
            f.require("value");
            RawOption {
                place: f.place(),
                value: f.whole_between("value", (0, i64::from(i16::MAX))),
                text: f.required_text("text"),
            }
        }),
        max_chars: f.whole_between("max_chars", (1, i64::from(crate::LONGEST_TEXT))),
        at_most: f.whole_between("at_most", (1, i64::from(u8::MAX))),
        retired_values: f.wholes("retired_values"),
    }
}

fn matrix(f: &mut Fields<'_, '_>) -> RawMatrix {
    f.require("items");
    RawMatrix {
        id: f.required_text("id"),
        stem: f.required_text("stem"),
        scale: f.required_text("scale"),
        items: f.texts("items"),
    }
}

pub(super) fn scoring(file: &Arc<SourceFile>, report: &mut Report) -> RawScoring {
    document(file, report, "scoring.toml", |f| RawScoring {
        dimensions: f.each("dimension", "a [[dimension]]", |f| {
            f.require("items");
            RawDimension {
                id: f.required_text("id"),
                kind: f.required_text("kind"),
                title: f.required_text("title"),
                gist: f.text("gist"),
                items: f.texts("items"),
                min_share: f.share("min_share"),
                of: f.text("of"),
                min_answered: f.whole_between("min_answered", (0, i64::from(u8::MAX))),
                next_steps: f.texts("next_steps"),
            }
        }),
        profiles: f.each("profile", "a [[profile]]", |f| RawProfile {
            group: f.required_text("group"),
            proposal: f.flag("proposal").is_some_and(|flag| flag.value),
            targets: f.numbers_by_key("targets"),
        }),
    })
}

/// All files of a definition.
pub(super) struct RawDefinition {
    pub(super) survey: Option<RawSurvey>,
    pub(super) items: Vec<RawItems>,
    pub(super) scoring: RawScoring,
    pub(super) translations: Vec<(Lang, Vec<RawTranslation>)>,
    /// Markdown by name and language.
    pub(super) texts: BTreeMap<String, BTreeMap<Lang, At<String>>>,
}

/// Texts that every survey has.
const TEXTS: [&str; 3] = ["intro", "privacy", "thanks"];

impl RawDefinition {
    pub(super) fn read(sources: &Sources, report: &mut Report) -> RawDefinition {
        let mut raw = RawDefinition {
            survey: None,
            items: Vec::new(),
            scoring: RawScoring::default(),
            translations: Vec::new(),
            texts: BTreeMap::new(),
        };
        let mut has_scoring = false;
        for (name, text) in sources {
            let file = Arc::new(SourceFile {
                name: name.clone(),
                text: text.clone(),
            });
            let parts: Vec<&str> = name.split('/').collect();
            match parts.as_slice() {
                ["survey.toml"] => raw.survey = Some(survey(&file, report)),
                ["scoring.toml"] => {
                    has_scoring = true;
                    raw.scoring = scoring(&file, report);
                }
                ["items", name] if name.ends_with(".toml") => raw.items.push(items(&file, report)),
                ["i18n", "sv.toml"] => raw.translation(Lang::Sv, &file, report),
                ["i18n", "en.toml"] => raw.translation(Lang::En, &file, report),
                ["texts", lang, name] => raw.text(lang, name, &file, report),
                _ => unknown_file(&file, report),
            }
        }
        if raw.survey.is_none() {
            missing_file("survey.toml", report);
        }
        if !has_scoring {
            missing_file("scoring.toml", report);
        }
        raw.missing_translations(report);
        raw
    }

    fn translation(&mut self, lang: Lang, file: &Arc<SourceFile>, report: &mut Report) {
        let tables = document(file, report, "a translation file", super::translation::read);
        self.translations.push((lang, tables));
    }

    fn text(&mut self, lang: &str, name: &str, file: &Arc<SourceFile>, report: &mut Report) {
        let (Some(lang), Some(name)) = (Lang::from_tag(lang), name.strip_suffix(".md")) else {
            return unknown_file(file, report);
        };
        let place = whole(file);
        let value = file.text.trim().to_owned();
        if value.is_empty() {
            let key = file.name.clone();
            report.add(Problem::EmptyText { key }, &place, "the file is empty");
        }
        let languages = self.texts.entry(name.to_owned()).or_default();
        languages.insert(lang, At { value, place });
    }

    fn missing_translations(&mut self, report: &mut Report) {
        for (lang, file) in [(Lang::Sv, "i18n/sv.toml"), (Lang::En, "i18n/en.toml")] {
            if self.translations.iter().all(|(there, _)| *there != lang) {
                missing_file(file, report);
            }
        }
        let named: BTreeSet<&str> = self.texts.keys().map(String::as_str).chain(TEXTS).collect();
        for name in named {
            for lang in Lang::ALL {
                if !self
                    .texts
                    .get(name)
                    .is_some_and(|it| it.contains_key(&lang))
                {
                    let file = format!("texts/{}/{name}.md", lang.tag());
                    let place = nowhere(&file);
                    report.add(Problem::MissingText { file }, &place, "missing");
                }
            }
        }
    }
}

fn missing_file(file: &str, report: &mut Report) {
    let problem = Problem::MissingFile {
        file: file.to_owned(),
    };
    report.add(problem, &nowhere(file), "missing");
}

fn unknown_file(file: &Arc<SourceFile>, report: &mut Report) {
    let problem = Problem::UnknownFile {
        file: file.name.clone(),
    };
    report.add(problem, &whole(file), "nothing reads this file");
}

/// The beginning of a file, for problems of the file as a whole.
fn whole(file: &Arc<SourceFile>) -> Place {
    Place {
        file: file.clone(),
        span: 0..0,
    }
}

/// A file that is not there.
fn nowhere(file: &str) -> Place {
    whole(&Arc::new(SourceFile {
        name: file.to_owned(),
        text: String::new(),
    }))
}

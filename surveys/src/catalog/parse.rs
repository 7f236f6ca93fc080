//! Reads the catalogue from text; every problem at once, each with its place.
//!
//! What cannot be read is left out of the catalogue, so that the rest can still be looked up and
//! a definition checked against it shows its own problems in the same run.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Catalog, InflectedForms, Municipality};
use crate::definition::DidYouMean;
use crate::definition::read::{Fields, document};
use crate::definition::report::{At, Report};
use crate::definition::{Located, Place, Problem, SourceFile, Sources};
use crate::id::is_kebab;
use crate::{
    Area, AreaId, Competence, CompetenceId, Framework, FrameworkId, InvalidId, Labels, Lang, Level,
    Localized, MunicipalityCode, ResponseScale, Role, RoleGroup, RoleGroupId, RoleId, RoleKind,
    ScaleId, ScaleStep,
};

impl Catalog {
    /// Reads the catalogue: `roles.toml`, `municipalities.toml`, `scales/*.toml` and
    /// `frameworks/*.toml`.
    ///
    /// Returns what could be read and every problem; do not use the catalogue where there is one.
    #[must_use]
    pub fn parse(sources: &Sources) -> (Catalog, Vec<Located>) {
        let mut reader = Reader::default();
        for (name, text) in sources {
            let file = Arc::new(SourceFile {
                name: name.clone(),
                text: text.clone(),
            });
            match name.split('/').collect::<Vec<_>>().as_slice() {
                ["roles.toml"] => reader.roles(&file),
                ["municipalities.toml"] => reader.municipalities(&file),
                ["scales", name] => reader.scale(name, &file),
                ["frameworks", name] => reader.framework(name, &file),
                _ => {
                    let file_name = name.clone();
                    let problem = Problem::UnknownFile { file: file_name };
                    reader
                        .report
                        .add(problem, &beginning(&file), "nothing reads this file");
                }
            }
        }
        (reader.catalog, reader.report.finish())
    }
}

#[derive(Default)]
pub(super) struct Reader {
    pub(super) catalog: Catalog,
    pub(super) report: Report,
    pub(super) seen: Seen,
}

impl Reader {
    fn roles(&mut self, file: &Arc<SourceFile>) {
        let Reader {
            catalog,
            report,
            seen,
        } = self;
        document(file, report, "roles.toml", |f| {
            f.each("group", "a [[group]]", |f| {
                f.require("pedagogical");
                let id = f.id("id", RoleGroupId::new);
                let name = f.localized("name");
                let pedagogical = f.flag("pedagogical").is_some_and(|flag| flag.value);
                let Some(id) = once(f, seen, "role group", id) else {
                    return;
                };
                catalog.role_groups.push(RoleGroup {
                    id,
                    name: name.unwrap_or_default(),
                    pedagogical,
                });
            });
            f.each("role", "a [[role]]", |f| {
                if let Some(role) = role(f, seen, &catalog.role_groups) {
                    catalog.roles.push(role);
                }
            });
        });
    }

    pub(super) fn municipalities(&mut self, file: &Arc<SourceFile>) {
        let Reader {
            catalog,
            report,
            seen,
        } = self;
        document(file, report, "municipalities.toml", |f| {
            f.each("municipality", "a [[municipality]]", |f| {
                if let Some(town) = municipality(f, seen) {
                    catalog.municipalities.push(town);
                }
            });
        });
    }

    fn scale(&mut self, name: &str, file: &Arc<SourceFile>) {
        let Reader {
            catalog,
            report,
            seen,
        } = self;
        document(file, report, "a scale", |f| {
            let id = f.id("id", ScaleId::new);
            named_as_its_id(
                f,
                name,
                id.as_ref().map(|it| (it.value.as_str(), &it.place)),
            );
            f.require("step");
            let steps = f.each("step", "a [[step]]", |f| {
                f.require("value");
                let value = f.whole_between("value", (0, i64::from(u8::MAX)))?;
                Some(ScaleStep {
                    value: Level(u8::try_from(value.value).ok()?),
                    text: Localized {
                        fi: f.required_text("fi")?.value,
                        sv: f.required_text("sv")?.value,
                        en: f.required_text("en")?.value,
                    },
                })
            });
            let steps: Vec<ScaleStep> = steps.into_iter().flatten().collect();
            let Some(id_at) = &id else { return };
            let rises =
                |pair: &[ScaleStep]| pair[1].value.0.checked_sub(pair[0].value.0) == Some(1);
            if steps.len() < 2 || !steps.windows(2).all(rises) {
                let scale = id_at.value.to_string();
                f.report
                    .add(Problem::UnevenScale { scale }, &id_at.place, "this scale");
            }
            if let Some(id) = once(f, seen, "scale", id) {
                catalog.scales.push(ResponseScale { id, steps });
            }
        });
    }

    fn framework(&mut self, name: &str, file: &Arc<SourceFile>) {
        let Reader {
            catalog,
            report,
            seen,
        } = self;
        document(file, report, "a framework", |f| {
            let id = f.id("id", FrameworkId::new);
            named_as_its_id(
                f,
                name,
                id.as_ref().map(|it| (it.value.as_str(), &it.place)),
            );
            for key in ["year", "title"] {
                f.require(key);
            }
            let framework = id
                .as_ref()
                .map_or_else(String::new, |it| it.value.to_string());
            let mut inside = BTreeMap::new();
            let areas: Vec<_> = f.each("area", "an [[area]]", |f| area(f, &mut inside));
            let areas: Vec<Area> = areas.into_iter().flatten().collect();
            let competences = f.each("competence", "a [[competence]]", |f| {
                competence(f, &mut inside, &areas, &framework)
            });
            let text = |text: Option<At<String>>| text.map(|it| it.value).unwrap_or_default();
            let year = f.whole_between("year", (1900, 2200));
            let read = Framework {
                title: f.localized("title").unwrap_or_default(),
                owner: text(f.required_text("owner")),
                year: year
                    .and_then(|it| u16::try_from(it.value).ok())
                    .unwrap_or_default(),
                licence: text(f.required_text("licence")),
                source: text(f.required_text("source")),
                areas,
                competences: competences.into_iter().flatten().collect(),
                id: match once(f, seen, "framework", id) {
                    Some(id) => id,
                    None => return,
                },
            };
            catalog.frameworks.push(read);
        });
    }
}

pub(super) type Seen = BTreeMap<(&'static str, String), Place>;

fn role(f: &mut Fields<'_, '_>, seen: &mut Seen, groups: &[RoleGroup]) -> Option<Role> {
    let id = f.id("id", RoleId::new);
    let kinds = [
        ("role", RoleKind::Role),
        ("duty", RoleKind::Duty),
        ("employment", RoleKind::Employment),
    ];
    let kind = f.word("kind", &kinds);
    let group = f.text("group");
    let name = f.localized("name");
    let occupation_codes = f
        .texts("occupation_codes")
        .into_iter()
        .map(|it| it.value)
        .collect();
    let known = groups.iter().map(|group| &group.id);
    let found = group.as_ref().and_then(|name| {
        let found = known.clone().find(|id| id.as_str() == name.value).cloned();
        if found.is_none() {
            let near = DidYouMean::among(&name.value, known.clone().map(RoleGroupId::as_str));
            let group = name.value.clone();
            f.report.add(
                Problem::UnknownGroup { group, near },
                &name.place,
                "no such [[group]]",
            );
        }
        found
    });
    let id_at = id?;
    let reason = match (kind, &group) {
        (Some(RoleKind::Role | RoleKind::Duty), None) => Some("has no group"),
        (Some(RoleKind::Employment), Some(_)) => Some("is a kind of employment and has a group"),
        _ => None,
    };
    if let Some(reason) = reason {
        let role = id_at.value.to_string();
        f.report.add(
            Problem::RoleGroupMismatch { role, reason },
            &id_at.place,
            "here",
        );
    }
    Some(Role {
        id: once(f, seen, "staff group", Some(id_at))?,
        kind: kind?,
        group: found,
        name: name?,
        occupation_codes,
    })
}

fn municipality(f: &mut Fields<'_, '_>, seen: &mut Seen) -> Option<Municipality> {
    let code = f.id("code", MunicipalityCode::new);
    let slug = f.id("slug", slug);
    let name = f.localized("name");
    f.require("forms");
    let forms = f.table("forms", "`forms`", |f| {
        let mut form = |key| f.required_text(key).map(|it| it.value).unwrap_or_default();
        InflectedForms {
            nom: form("nom"),
            genitive: form("gen"),
            inside: form("in"),
            from: form("from"),
            to: form("to"),
        }
    });
    let provider = f.texts_by_key("provider");
    let provider = provider
        .into_iter()
        .filter_map(|(lang, text)| Some((Lang::from_tag(&lang.value)?, text.value)));
    let languages = languages(f);
    let region = f.required_text("region");
    let code = once(f, seen, "municipality", code)?;
    once(f, seen, "municipality", slug.clone())?;
    Some(Municipality {
        code,
        slug: slug?.value,
        name: name?,
        forms: forms?,
        provider: Labels(provider.collect()),
        languages,
        region: region?.value,
    })
}

/// A slug stands in addresses and names folders; the network's own folder has another owner.
fn slug(text: String) -> Result<String, InvalidId> {
    if is_kebab(&text, 40) && text != "network" {
        return Ok(text);
    }
    Err(InvalidId {
        kind: "a slug",
        text,
        shape: "1 to 40 of a-z, 0-9 and hyphen, beginning with a letter, and not `network`",
    })
}

fn languages(f: &mut Fields<'_, '_>) -> Vec<Lang> {
    let words = f.texts("languages");
    let mut found = Vec::new();
    for word in words {
        match Lang::from_tag(&word.value) {
            Some(lang) => found.push(lang),
            None => {
                let problem = Problem::UnknownWord {
                    key: "languages".to_owned(),
                    near: DidYouMean::default(),
                    word: word.value,
                    known: "fi, sv, en".to_owned(),
                };
                f.report.add(problem, &word.place, "not known");
            }
        }
    }
    found
}

fn area(f: &mut Fields<'_, '_>, seen: &mut Seen) -> Option<Area> {
    let id = f.id("id", AreaId::new);
    let title = f.localized("title");
    Some(Area {
        id: once(f, seen, "area", id)?,
        title: title?,
    })
}

fn competence(
    f: &mut Fields<'_, '_>,
    seen: &mut Seen,
    areas: &[Area],
    framework: &str,
) -> Option<Competence> {
    let id = f.id("id", CompetenceId::new);
    let area = f.required_text("area");
    let title = f.localized("title");
    let area = area?;
    let known = areas.iter().map(|area| &area.id);
    let found = known.clone().find(|id| id.as_str() == area.value).cloned();
    if found.is_none() {
        let problem = Problem::UnknownArea {
            framework: framework.to_owned(),
            near: DidYouMean::among(&area.value, known.map(AreaId::as_str)),
            area: area.value,
        };
        f.report.add(problem, &area.place, "no such [[area]]");
    }
    Some(Competence {
        id: once(f, seen, "competence", id)?,
        area: found?,
        title: title?,
    })
}

/// Reports an id that has been there before.
fn once<T: ToString>(
    f: &mut Fields<'_, '_>,
    seen: &mut Seen,
    kind: &'static str,
    id: Option<At<T>>,
) -> Option<T> {
    let id = id?;
    let key = (kind, id.value.to_string());
    match seen.get(&key) {
        Some(first) => {
            let places = [
                (&id.place, "again here".to_owned()),
                (first, "first here".to_owned()),
            ];
            let problem = Problem::DuplicateEntry { kind, id: key.1 };
            f.report.add_all(problem, places);
            None
        }
        None => {
            seen.insert(key, id.place);
            Some(id.value)
        }
    }
}

fn named_as_its_id(f: &mut Fields<'_, '_>, name: &str, id: Option<(&str, &Place)>) {
    if let Some((id, place)) = id.filter(|(id, _)| name != format!("{id}.toml")) {
        let problem = Problem::FileNameDiffers {
            file: name.to_owned(),
            id: id.to_owned(),
        };
        f.report.add(problem, place, "the id in the file");
    }
}

fn beginning(file: &Arc<SourceFile>) -> Place {
    Place {
        file: file.clone(),
        span: 0..0,
    }
}

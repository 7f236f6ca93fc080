//! Every page in every state, rendered from the catalogue, the first instrument and invented
//! answers, without a server. The accessibility tests open them; people look at them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ::findings::Findings;
use app::pages::answer_view::{BlockView, blocks};
use app::pages::*;
use jiff::civil::date;
use surveys::{
    Answer, Assessment, Catalog, Declined, ItemId, ItemKind, Lang, Level, Position, Profile,
    ResponseProblem, RoleId, Survey,
};

/// One rendered page.
pub struct Sample {
    /// File name without ending, such as `fi-section-first`.
    pub name: String,
    /// The document.
    pub html: String,
}

/// The instrument, the catalogue and one invented respondent.
pub struct Scene {
    survey: Survey,
    catalog: Catalog,
    position: Position,
    answers: BTreeMap<ItemId, Answer>,
}

impl Scene {
    /// Reads the catalogue and the first instrument from the repository.
    pub fn load() -> Scene {
        let surveys = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../surveys");
        let catalog = exchange::folder::read_catalog(&surveys.join("catalog"))
            .expect("the catalogue can be read")
            .value;
        let survey =
            exchange::folder::read_survey(&surveys.join("instruments/icteko-perus"), &catalog)
                .expect("the instrument can be read")
                .value
                .expect("the instrument has no problems");
        let position = Position {
            role: RoleId::new("ecec-teacher").expect("a role id"),
            duties: BTreeSet::from([RoleId::new("digital-contact").expect("a role id")]),
            employment: None,
        };
        let mut scene = Scene {
            survey,
            catalog,
            position,
            answers: BTreeMap::new(),
        };
        scene.answers = scene.invented();
        scene
    }

    /// Answers in a fixed pattern, some items declined and some left empty.
    fn invented(&self) -> BTreeMap<ItemId, Answer> {
        let assessment = Assessment::new(&self.survey, &self.position, &BTreeMap::new());
        assessment
            .items()
            .enumerate()
            .filter_map(|(place, item)| {
                let step = u8::try_from(place % 4).expect("small") + 1;
                let answer = match &item.kind {
                    _ if place % 11 == 10 => return None,
                    _ if place % 13 == 12 && item.declined.contains(&Declined::NotMyWork) => {
                        Answer::NoValue(Declined::NotMyWork)
                    }
                    ItemKind::Likert { .. } => Answer::Level(Level(step)),
                    ItemKind::Single { options } => Answer::Choices([options[0].value].into()),
                    ItemKind::Multi { options, .. } => {
                        Answer::Choices(options.iter().take(2).map(|o| o.value).collect())
                    }
                    ItemKind::LongText { .. } => {
                        Answer::Text("Enemmän aikaa yhdessä.\nJa <b>lähitukea</b>.".into())
                    }
                    ItemKind::Info => return None,
                };
                Some((item.id.clone(), answer))
            })
            .collect()
    }

    fn text(&self, name: &str, lang: Lang) -> String {
        self.survey
            .texts
            .get(name)
            .map(|text| text.get(lang).to_owned())
            .unwrap_or_default()
    }

    /// Every page of a language.
    pub fn samples(&self, lang: Lang) -> Vec<Sample> {
        let mut all = self.answering(lang);
        all.extend(self.linked_and_returning(lang));
        all.extend(self.sections(lang));
        all.extend(self.after_sending(lang));
        all.extend(super::gallery_paper::samples(lang, &self.survey));
        all.extend(super::gallery_states::samples(lang));
        all.extend(self.coordinating(lang));
        all
    }

    fn answering(&self, lang: Lang) -> Vec<Sample> {
        let title = self.survey.title.get(lang).to_owned();
        let position =
            PositionPage::from_catalogue(&self.catalog.role_groups, &self.catalog.roles, lang);
        let code = |problem| CodePage {
            typed: "ABCD-EFGH".into(),
            problem,
        };
        vec![
            sample(
                lang,
                "start",
                render_start(
                    &StartPage {
                        open_surveys: vec![title.clone()],
                        handbook: Some("/handbook/".into()),
                    },
                    &ctx(lang, ""),
                ),
            ),
            sample(
                lang,
                "code",
                render_code_entry(&CodePage::default(), &ctx(lang, "/answer")),
            ),
            sample(
                lang,
                "code-empty",
                render_code_entry(&code(Some(CodeProblem::Empty)), &ctx(lang, "/answer")),
            ),
            sample(
                lang,
                "code-unknown",
                render_code_entry(&code(Some(CodeProblem::Unknown)), &ctx(lang, "/answer")),
            ),
            sample(
                lang,
                "code-tries",
                render_code_entry(
                    &code(Some(CodeProblem::TooManyTries)),
                    &ctx(lang, "/answer"),
                ),
            ),
            sample(
                lang,
                "privacy",
                render_privacy(
                    &PrivacyPage {
                        survey_title: title,
                        minutes: self.survey.minutes,
                        intro: self.text("intro", lang),
                        notice: self.text("privacy", lang),
                        closes: Some(date(2026, 12, 11)),
                        open_link: false,
                    },
                    &ctx(lang, "/answer/privacy"),
                ),
            ),
            sample(
                lang,
                "position",
                render_position(&position, &ctx(lang, "/answer/position")),
            ),
            sample(
                lang,
                "position-no-role",
                render_position(
                    &PositionPage {
                        problem: Some(PositionProblem::NoRole),
                        has_answers: true,
                        ..position
                    },
                    &ctx(lang, "/answer/position"),
                ),
            ),
        ]
    }

    /// The pages of an open link and of the return code.
    fn linked_and_returning(&self, lang: Lang) -> Vec<Sample> {
        let link = OpenLinkPage {
            survey: self.survey.title.get(lang).to_owned(),
            minutes: self.survey.minutes,
            city: "Porvoo".into(),
            units: vec![Choice::new("linnankoski", "Linnankosken lukio")],
            ..OpenLinkPage::default()
        };
        let of_unit = OpenLinkPage {
            unit: Some("Linnankosken lukio".into()),
            begun: Some("/fi/answer/section/safety".into()),
            ..link.clone()
        };
        let refused = OpenLinkPage {
            no_unit: true,
            ..link.clone()
        };
        let code = ResumeCodePage {
            code: "7CDB-K9RT-2X8M-Q4HZ".into(),
            paper: false,
        };
        let form_code = ResumeCodePage {
            paper: true,
            ..code.clone()
        };
        let typed = ReturnPage {
            typed: "7CDB-K9RT".into(),
            problem: Some(ReturnProblem::Unknown),
        };
        let notice = PrivacyPage {
            survey_title: self.survey.title.get(lang).to_owned(),
            minutes: self.survey.minutes,
            intro: self.text("intro", lang),
            notice: self.text("privacy", lang),
            closes: Some(date(2026, 12, 11)),
            open_link: true,
        };
        let assessment = Assessment::new(&self.survey, &self.position, &BTreeMap::new());
        let asked: BTreeSet<ItemId> = assessment.items().map(|item| item.id.clone()).collect();
        let nothing = BTreeMap::new();
        let role_texts = |kind| {
            let roles = self.catalog.roles.iter().filter(|role| role.kind == kind);
            roles.map(|role| role.name.get(lang).to_owned()).collect()
        };
        let paper = PaperPage {
            wave: "2026-syksy".into(),
            survey: self.survey.title.get(lang).to_owned(),
            role: self.role_text(lang),
            closes: date(2026, 12, 11),
            minutes: self.survey.minutes,
            notice: self.text("privacy", lang),
            open_link: false,
            typed_at: format!("https://icteko.example.fi/{}/answer/paper", lang.tag()),
            duties: role_texts(surveys::RoleKind::Duty),
            employments: role_texts(surveys::RoleKind::Employment),
            sections: assessment
                .pages
                .iter()
                .map(|page| PaperSection {
                    title: page.section.title.get(lang).to_owned(),
                    intro: None,
                    blocks: blocks(
                        &self.survey,
                        page.section,
                        &asked,
                        &nothing,
                        &BTreeMap::new(),
                        lang,
                    ),
                })
                .collect(),
        };
        let sheet = ctx(lang, "/coordinator/waves/2026-syksy/paper");
        let (open, back) = (ctx(lang, "/answer/open/x"), ctx(lang, "/answer/return"));
        let begun = ctx(lang, "/answer/privacy");
        [
            ("open-link", render_open_link(&link, &open)),
            ("open-link-unit", render_open_link(&of_unit, &open)),
            ("open-link-no-unit", render_open_link(&refused, &open)),
            ("open-link-code", render_resume_code(&code, &begun)),
            ("open-link-form", render_resume_code(&form_code, &begun)),
            ("privacy-open-link", render_privacy(&notice, &begun)),
            ("return", render_return(&ReturnPage::default(), &back)),
            ("return-unknown", render_return(&typed, &back)),
            ("withdraw", render_withdraw("7CDB-K9RT", &back)),
            ("withdrawn", render_withdrawn(&back)),
            ("paper", render_paper(&paper, &sheet)),
        ]
        .map(|(name, html)| sample(lang, name, html))
        .into()
    }

    fn sections(&self, lang: Lang) -> Vec<Sample> {
        let assessment = Assessment::new(&self.survey, &self.position, &self.answers);
        let progress = assessment.progress();
        let pages = assessment.pages.len();
        let asked: BTreeSet<ItemId> = assessment.items().map(|item| item.id.clone()).collect();
        let mut samples = Vec::new();
        for (place, page) in assessment.pages.iter().enumerate() {
            let model = |blocks: Vec<BlockView>, saved: bool| SectionPage {
                section: page.section.id.to_string(),
                title: page.section.title.get(lang).to_owned(),
                intro: page
                    .section
                    .intro
                    .as_ref()
                    .map(|intro| intro.get(lang).to_owned()),
                blocks,
                answered: progress.answered,
                asked: progress.total,
                number: place + 1,
                pages,
                saved,
                draft: String::new(),
                hidden: Vec::new(),
                paper: None,
            };
            let path = format!("/answer/section/{}", page.section.id);
            let shown = blocks(
                &self.survey,
                page.section,
                &asked,
                &self.answers,
                &BTreeMap::new(),
                lang,
            );
            if place == 1 {
                let typed = SectionPage {
                    paper: Some(PaperTime::First),
                    ..model(shown.clone(), true)
                };
                let html = render_section(&typed, &ctx(lang, &path));
                samples.push(sample(lang, "paper-section", html));
            }
            samples.push(sample(
                lang,
                &format!("section-{}", page.section.id),
                render_section(&model(shown, true), &ctx(lang, &path)),
            ));
            let wrong: BTreeMap<ItemId, ResponseProblem> = page
                .items()
                .take(2)
                .map(|item| {
                    (
                        item.id.clone(),
                        ResponseProblem::DeclinedAndAnswered(item.id.clone()),
                    )
                })
                .collect();
            let refused = blocks(
                &self.survey,
                page.section,
                &asked,
                &BTreeMap::new(),
                &wrong,
                lang,
            );
            samples.push(sample(
                lang,
                &format!("section-{}-refused", page.section.id),
                render_section(&model(refused, false), &ctx(lang, &path)),
            ));
        }
        samples
    }

    fn after_sending(&self, lang: Lang) -> Vec<Sample> {
        let assessment = Assessment::new(&self.survey, &self.position, &self.answers);
        let asked: BTreeSet<ItemId> = assessment.items().map(|item| item.id.clone()).collect();
        let review = |answers: &BTreeMap<ItemId, Answer>, problem| ReviewPage {
            position: self.role_text(lang),
            sections: review_sections(
                &self.survey,
                &asked,
                answers,
                &asked.iter().take(1).cloned().collect(),
                lang,
            ),
            hidden: vec![("submission".into(), "00".into())],
            draft: String::new(),
            paper: None,
            problem,
        };
        let on_paper = |time| {
            let page = ReviewPage {
                paper: Some(time),
                ..review(&self.answers, None)
            };
            render_review(&page, &ctx(lang, "/answer/review"))
        };
        let profile = self.profile(lang);
        vec![
            sample(lang, "paper-review-first", on_paper(PaperTime::First)),
            sample(lang, "paper-review-second", on_paper(PaperTime::Second)),
            sample(
                lang,
                "review",
                render_review(&review(&self.answers, None), &ctx(lang, "/answer/review")),
            ),
            sample(
                lang,
                "review-refused",
                render_review(
                    &review(&self.answers, Some(ReviewProblem::AnswersNeedWork)),
                    &ctx(lang, "/answer/review"),
                ),
            ),
            sample(
                lang,
                "review-empty",
                render_review(
                    &review(&BTreeMap::new(), Some(ReviewProblem::TryAgain)),
                    &ctx(lang, "/answer/review"),
                ),
            ),
            sample(
                lang,
                "profile",
                render_profile(&profile, &ctx(lang, "/profile")),
            ),
            sample(
                lang,
                "profile-code-refused",
                render_profile(
                    &ProfilePage {
                        earlier: Earlier::Refused("7CDB-K9RT".into()),
                        ..profile.clone()
                    },
                    &ctx(lang, "/profile"),
                ),
            ),
            sample(
                lang,
                "profile-change",
                render_profile(
                    &ProfilePage {
                        earlier: Earlier::Found {
                            month: (2025, 10),
                            levels: [1.8, 2.8, 2.9, 2.0, 2.6]
                                .map(Some)
                                .into_iter()
                                .chain([None])
                                .collect(),
                        },
                        ..profile.clone()
                    },
                    &ctx(lang, "/profile"),
                ),
            ),
            sample(
                lang,
                "profile-saved",
                render_saved_profile(&profile, date(2026, 12, 1), &ctx(lang, "/profile")),
            ),
            sample(
                lang,
                "profile-nothing",
                render_profile(
                    &ProfilePage {
                        areas: profile
                            .areas
                            .iter()
                            .map(|area| ProfileArea {
                                score: None,
                                step: None,
                                ..area.clone()
                            })
                            .collect(),
                        next_steps: Vec::new(),
                        help: CityHelp::default(),
                        peers: None,
                        comparisons: Vec::new(),
                        receipt: None,
                        return_code: None,
                        ..profile
                    },
                    &ctx(lang, "/profile"),
                ),
            ),
        ]
    }

    fn role_text(&self, lang: Lang) -> String {
        let names: Vec<&str> = self
            .position
            .groups()
            .filter_map(|role| self.catalog.role(role))
            .map(|role| role.name.get(lang))
            .collect();
        names.join(", ")
    }

    fn profile(&self, lang: Lang) -> ProfilePage {
        let own = Profile::new(&self.survey, &self.catalog, &self.position, &self.answers);
        let area = |area: &surveys::ProfileDimension| ProfileArea {
            id: area.dimension.to_string(),
            title: area.title.get(lang).to_owned(),
            gist: None,
            score: area.score.ok().map(|score| score.value),
            step: area.step.map(|step| step.0),
            target: area.target.map(|target| target.0),
            competences: area
                .competences
                .iter()
                .map(|line| ProfileCompetence {
                    title: line.title.get(lang).to_owned(),
                    score: line.score.ok().map(|score| score.value),
                })
                .collect(),
        };
        let group = |name: &str| Comparison {
            name: name.to_owned(),
            targets: own.areas.iter().map(|_| Some(3)).collect(),
        };
        ProfilePage {
            survey_title: self.survey.title.get(lang).to_owned(),
            role: self.role_text(lang),
            targets_are_proposals: own.proposal,
            scale: (1, 4),
            steps: self
                .survey
                .scales
                .iter()
                .filter(|scale| scale.id.as_str() == "competence4")
                .flat_map(|scale| &scale.steps)
                .map(|step| step.text.get(lang).to_owned())
                .collect(),
            areas: own.areas.iter().map(area).collect(),
            next_steps: own
                .next_steps
                .iter()
                .map(|step| NextStep {
                    area: step.title.get(lang).to_owned(),
                    text: step.text.get(lang).to_owned(),
                })
                .collect(),
            help: invented_help(),
            peers: Some(self.peers(&own, lang)),
            level_code: "7CDB-K9RT-2X8".into(),
            earlier: Earlier::NotAsked,
            comparisons: vec![group("Kirjasto"), group("Opettajat")],
            receipt: Some("7F3K-92QM".into()),
            return_code: Some("4T7Q-M2XK-9B0D-HN6R-ZC81-VWEJ-5PSA".into()),
            thanks: self.text("thanks", lang),
        }
    }

    /// Invented figures of the gallery's findings, in the order of the areas.
    fn peers(&self, own: &Profile, lang: Lang) -> Peers {
        let findings = Findings::from_json(include_str!("gallery_findings.json"))
            .expect("the gallery's findings can be read");
        let table = findings.table("area.mean").expect("the table is there");
        let group = self
            .catalog
            .group_of(&self.position.role)
            .expect("the role has a group");
        let cell = |area: &surveys::ProfileDimension| {
            table
                .cell(&[area.dimension.as_str(), group.id.as_str()])
                .cloned()
        };
        Peers {
            group: group.name.get(lang).to_owned(),
            wave: findings.wave.clone(),
            simulated: true,
            table: table.clone(),
            cells: own.areas.iter().map(cell).collect(),
        }
    }

    fn coordinating(&self, lang: Lang) -> Vec<Sample> {
        let roles = role_choices(&self.catalog.role_groups, &self.catalog.roles, lang);
        super::gallery_coordinator::samples(lang, self.survey.title.get(lang), roles)
    }
}

/// Contacts and a training of no city.
fn invented_help() -> CityHelp {
    let way = |text: &str, address: &str| (text.to_owned(), address.to_owned());
    CityHelp {
        city: Some("Porvoo".into()),
        contacts: vec![
            Contact {
                name: "Kaupungin digituki".into(),
                about: Some("Arkisin klo 8–16, myös etänä.".into()),
                ways: vec![
                    way("019 000 0000", "tel:0190000000"),
                    way("digituki@example.org", "mailto:digituki@example.org"),
                ],
            },
            Contact {
                name: "Varhaiskasvatuksen digitutorit".into(),
                about: None,
                ways: vec![way("example.org/tutorit", "https://example.org/tutorit")],
            },
        ],
        trainings: vec![Training {
            title: "Tietosuoja arjessa, 30 minuuttia".into(),
            address: "https://example.org/tietosuoja".into(),
        }],
    }
}

/// A context with the banner of invented data.
pub fn ctx(lang: Lang, path: &str) -> PageContext {
    PageContext {
        simulated: true,
        ..PageContext::new(lang, path, "n")
    }
}

/// A sample with the language in its name.
pub fn sample(lang: Lang, name: &str, html: String) -> Sample {
    Sample {
        name: format!("{}-{name}", lang.tag()),
        html,
    }
}

//! The coordinator's pages of the gallery.

use ::findings::Findings;
use app::pages::*;
use jiff::civil::date;
use surveys::Lang;

use super::gallery::{Sample, ctx, sample};

/// Every page of the coordinator in a language.
pub(crate) fn samples(lang: Lang, survey: &str, roles: Vec<ChoiceGroup>) -> Vec<Sample> {
    let mut all = signing_in_and_home(lang, survey);
    all.extend(new_wave(lang, survey, roles));
    all.extend(waves(lang, survey));
    all.extend(codes_and_findings(lang, survey));
    all
}

fn signing_in_and_home(lang: Lang, survey: &str) -> Vec<Sample> {
    let home = CoordinatorHome {
        place: "Porvoo".into(),
        waves: [
            WaveState::Open,
            WaveState::Closed,
            WaveState::Frozen,
            WaveState::Draft,
        ]
        .into_iter()
        .enumerate()
        .map(|(place, state)| WaveRow {
            id: format!("{}-kevat", 2026 - place),
            survey: survey.to_owned(),
            state,
            opens: date(2026, 10, 12),
            closes: date(2026, 12, 11),
        })
        .collect(),
        units: 9,
        staff: 1_312,
        handbook: Some("/handbook/2026/porvoo/fi/".into()),
    };
    let path = "/coordinator";
    vec![
        sample(
            lang,
            "sign-in",
            render_sign_in(&SignInPage::default(), &ctx(lang, path)),
        ),
        sample(
            lang,
            "sign-in-refused",
            render_sign_in(
                &SignInPage {
                    typed: "x".into(),
                    problem: Some(SignInProblem::Refused),
                },
                &ctx(lang, path),
            ),
        ),
        sample(
            lang,
            "home",
            render_coordinator_home(&home, &ctx(lang, path)),
        ),
        sample(
            lang,
            "home-empty",
            render_coordinator_home(
                &CoordinatorHome {
                    place: "Porvoo".into(),
                    ..CoordinatorHome::default()
                },
                &ctx(lang, path),
            ),
        ),
    ]
}

fn units() -> Vec<Choice> {
    [
        "Albert Edelfeltin koulu",
        "Gammelbacka daghem",
        "Porvoon pääkirjasto",
        "Linnankosken lukio",
    ]
    .into_iter()
    .enumerate()
    .map(|(place, name)| Choice::new(format!("u-{place}"), name))
    .collect()
}

fn new_wave(lang: Lang, survey: &str, roles: Vec<ChoiceGroup>) -> Vec<Sample> {
    let page = NewWavePage {
        surveys: vec![Choice::new("icteko-perus@1", format!("{survey} (1)"))],
        roles,
        units: vec![ChoiceGroup {
            name: "Porvoo".into(),
            choices: units(),
        }],
        survey: "icteko-perus@1".into(),
        ..NewWavePage::default()
    };
    let path = "/coordinator/waves/new";
    vec![
        sample(lang, "new-wave", render_new_wave(&page, &ctx(lang, path))),
        sample(
            lang,
            "new-wave-refused",
            render_new_wave(
                &NewWavePage {
                    wave: "Syksy 2026".into(),
                    problems: vec![
                        NewWaveProblem::NoSurvey,
                        NewWaveProblem::WaveId,
                        NewWaveProblem::Opens,
                        NewWaveProblem::ClosesTooEarly,
                        NewWaveProblem::Roles,
                        NewWaveProblem::Units,
                    ],
                    ..page
                },
                &ctx(lang, path),
            ),
        ),
    ]
}

fn waves(lang: Lang, survey: &str) -> Vec<Sample> {
    let shares = [
        RoundedShare::Percent(60),
        RoundedShare::TooFew,
        RoundedShare::Percent(40),
        RoundedShare::Unknown,
    ];
    let open = WavePage {
        wave: "2026-syksy".into(),
        survey: survey.to_owned(),
        state: WaveState::Open,
        opens: date(2026, 10, 12),
        closes: date(2026, 12, 11),
        closes_itself: true,
        progress: units()
            .into_iter()
            .zip(shares)
            .map(|(unit, share)| UnitProgress {
                unit: unit.text,
                staff: (share != RoundedShare::Unknown).then_some(48),
                share,
            })
            .collect(),
        total: RoundedShare::Percent(50),
        counted: Some(date(2026, 11, 21)),
        codes: Some(1_240),
        open_link: false,
        links: Vec::new(),
        small_group: false,
        units: units(),
        public_url: "https://icteko.example.fi".into(),
        most_codes: 500,
        roles: vec![ChoiceGroup {
            name: "Opettajat".into(),
            choices: vec![Choice::new("class-teacher", "Luokanopettaja")],
        }],
        releases: vec![ReleaseLink { number: 1 }],
        handbook: Some("/handbook/2026/porvoo/fi/".into()),
        notice: Some(WaveNotice::Made),
    };
    let path = "/coordinator/waves/2026-syksy";
    let refused = WavePage {
        notice: Some(WaveNotice::CodeCount),
        ..open.clone()
    };
    let closed = WavePage {
        state: WaveState::Closed,
        releases: Vec::new(),
        handbook: None,
        notice: Some(WaveNotice::Closed),
        ..open.clone()
    };
    let open_link = WavePage {
        open_link: true,
        links: [
            ("Porvoo, kaikki yksiköt", ""),
            ("Linnankosken lukio", "/linnankoski"),
        ]
        .map(|(place, unit)| LinkRow {
            place: place.into(),
            address: format!(
                "https://icteko.example.fi/fi/answer/open/mfrggzdfmztwq2lknnwg23tpoa{unit}"
            ),
            poster: "/fi/coordinator/waves/2026-syksy/poster?city=638".into(),
        })
        .into(),
        ..open.clone()
    };
    let frozen = WavePage {
        state: WaveState::Frozen,
        codes: None,
        small_group: true,
        notice: None,
        ..closed.clone()
    };
    let close = ClosePage {
        wave: "2026-syksy".into(),
        survey: survey.to_owned(),
        total: RoundedShare::Percent(50),
        closes: date(2026, 12, 11),
        closes_itself: false,
    };
    vec![
        sample(lang, "wave", render_wave(&open, &ctx(lang, path))),
        sample(
            lang,
            "wave-open-link",
            render_wave(&open_link, &ctx(lang, path)),
        ),
        sample(lang, "wave-frozen", render_wave(&frozen, &ctx(lang, path))),
        sample(
            lang,
            "wave-refused",
            render_wave(&refused, &ctx(lang, path)),
        ),
        sample(lang, "wave-closed", render_wave(&closed, &ctx(lang, path))),
        sample(
            lang,
            "wave-close",
            render_close_wave(&close, &ctx(lang, path)),
        ),
    ]
}

fn codes_and_findings(lang: Lang, survey: &str) -> Vec<Sample> {
    let slips = (0..12).map(|place| CodeSlip {
        code: format!("ABCD-EFGH-JKMN-PQ{:02}", place),
        qr_svg: QR.to_owned(),
    });
    let codes = CodesPage {
        wave: "2026-syksy".into(),
        survey: survey.to_owned(),
        closes: date(2026, 12, 11),
        minutes: 15,
        address: "https://icteko.example.fi/fi/answer".into(),
        batches: vec![CodeBatch {
            unit: Some("Porvoon pääkirjasto".into()),
            slips: slips.collect(),
        }],
    };
    let findings = Findings::from_json(include_str!("gallery_findings.json"))
        .expect("the invented findings are of this schema");
    let page = FindingsPage {
        wave: "2026-syksy".into(),
        survey: survey.to_owned(),
        place: "Porvoo".into(),
        findings,
    };
    let poster = PosterPage {
        wave: "2026-syksy".into(),
        survey: survey.to_owned(),
        place: "Linnankosken lukio, Porvoo".into(),
        closes: date(2026, 12, 11),
        minutes: 15,
        address: "https://icteko.example.fi/fi/answer/open/mfrggzdfmztwq2lknnwg23tpoa".into(),
        qr_svg: QR.to_owned(),
    };
    let path = "/coordinator/waves/2026-syksy";
    vec![
        sample(lang, "poster", render_poster(&poster, &ctx(lang, path))),
        sample(lang, "codes", render_codes(&codes, &ctx(lang, path))),
        sample(lang, "findings", render_findings(&page, &ctx(lang, path))),
    ]
}

/// A stand-in of the shape that the server draws.
const QR: &str = "<svg class=\"qr\" viewBox=\"0 0 41 41\" aria-hidden=\"true\" \
    shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h41v41h-41z\"/>\
    <path fill=\"#000\" d=\"M4 4h7v7h-7zM30 4h7v7h-7zM4 30h7v7h-7zM14 6h3v9h-3zM20 14h9v3h-9z\"/></svg>";

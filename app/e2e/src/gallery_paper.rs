//! The gallery's pages of typing in a form on paper.

use app::pages::*;
use jiff::civil::date;
use surveys::{Lang, Survey};

use super::gallery::{Sample, ctx, sample};

/// Every page of typing in a form in a language; the pages of items stand with the others.
pub(crate) fn samples(lang: Lang, survey: &Survey) -> Vec<Sample> {
    let entry = ctx(lang, "/answer/paper");
    let refused = |problem| PaperEntryPage {
        typed: "7CDB-K9RT".into(),
        problem: Some(problem),
    };
    let unknown = refused(PaperProblem::Code(CodeProblem::Unknown));
    let begun_online = refused(PaperProblem::BegunOnline);
    let differ = ctx(lang, "/answer/paper/differences");
    [
        (
            "paper-entry",
            render_paper_entry(&PaperEntryPage::default(), &entry),
        ),
        ("paper-entry-unknown", render_paper_entry(&unknown, &entry)),
        (
            "paper-entry-online",
            render_paper_entry(&begun_online, &entry),
        ),
        (
            "paper-first-kept",
            render_first_time_kept(Some(date(2026, 12, 11)), &entry),
        ),
        ("paper-sent", render_paper_sent("K7Q2-M4XA", &entry)),
        (
            "paper-differences",
            render_differences(&differences(lang, survey, false), &differ),
        ),
        (
            "paper-differences-missed",
            render_differences(&differences(lang, survey, true), &differ),
        ),
    ]
    .map(|(name, html)| sample(lang, name, html))
    .into()
}

fn differences(lang: Lang, survey: &Survey, missed: bool) -> DifferencesPage {
    let texts: Vec<String> = survey
        .scales
        .iter()
        .flat_map(|scale| {
            scale
                .steps
                .iter()
                .map(|step| step.text.get(lang).to_owned())
        })
        .collect();
    let rows = survey.items.iter().take(3).enumerate();
    DifferencesPage {
        rows: rows
            .map(|(place, item)| DifferenceRow {
                field: format!("a.{}", item.id),
                question: Some(item.text.get(lang).to_owned()),
                first: texts.get(place).cloned(),
                first_value: "1".into(),
                second: (place != 1).then(|| "Enemmän aikaa yhdessä. Ja <b>lähitukea</b>.".into()),
                second_value: "2".into(),
                page: format!("/{}/answer/section/safety", lang.tag()),
                missed: missed && place == 0,
            })
            .collect(),
    }
}

//! One person answers with a browser: code, notice, position, page by page, review, send.

use std::collections::BTreeMap;

use surveys::{Answer, Declined, Survey};

use crate::browser::{Browser, BrowserError, Cut, Form, Page};
use crate::person::Person;

/// Where a form goes and what it holds.
pub type SentForm = (String, Vec<(String, String)>);

/// How far a person got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server has acknowledged the answer.
    Acknowledged,
    /// The person stopped on the way; what was saved stays a draft.
    BrokenOff,
}

/// What stood in the way of answering.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The browser gave up.
    #[error(transparent)]
    Browser(#[from] BrowserError),
    /// The server showed a page that does not lead on.
    #[error("the way ended on {path} with status {status}: {heading}")]
    Stuck {
        /// The page.
        path: String,
        /// Its status.
        status: u16,
        /// Its heading.
        heading: String,
    },
}

/// Answers as one person, losing the connection where `cuts` says so.
///
/// # Errors
/// When the server cannot be reached or shows a page that does not lead on.
pub fn answer(
    browser: &mut Browser,
    survey: &Survey,
    person: &mut Person,
    code: &str,
    cuts: bool,
) -> Result<Outcome, AnswerError> {
    let entry = browser.get(&format!("/{}/answer", person.lang.tag()))?;
    let form = form_with(&entry, "code")?;
    let mut page = browser.send(&form.action, &[("code".into(), code.into())])?;
    let mut given: BTreeMap<String, Option<Answer>> = BTreeMap::new();
    let mut sections = 0;
    // More steps than any questionnaire of ours has pages.
    for _ in 0..60 {
        if let Some((action, mut fields)) = filled_form(&page, survey, person, &mut given)? {
            if page.path.contains("/answer/section/") {
                sections += 1;
                if person.stops_after.is_some_and(|last| sections > last) {
                    fields.push(("go".into(), "later".into()));
                    browser.send(&action, &fields)?;
                    return Ok(Outcome::BrokenOff);
                }
                fields.push(("go".into(), "next".into()));
                if cuts && sections == 2 {
                    browser.send_cut(&action, &fields, Cut::DuringRequest)?;
                }
            }
            page = browser.send(&action, &fields)?;
        } else if page.path.ends_with("/answer/review") && page.status == 200 {
            let form = form_to(&page)?;
            if cuts {
                browser.send_cut(&form.action, &form.fields, Cut::BeforeAnswer)?;
            }
            page = browser.send(&form.action, &form.fields)?;
            if page.status == 200 && page.path.ends_with("/profile") {
                return Ok(Outcome::Acknowledged);
            }
        } else {
            break;
        }
    }
    Err(AnswerError::Stuck {
        heading: heading(&page.html),
        path: page.path,
        status: page.status,
    })
}

/// Answers as one person until the review lies open, and returns every form that was sent.
///
/// # Errors
/// When the server cannot be reached or shows a page that does not lead on.
pub fn walk_to_review(
    browser: &mut Browser,
    survey: &Survey,
    person: &mut Person,
    code: &str,
) -> Result<Vec<SentForm>, AnswerError> {
    let mut sent = vec![("/fi/answer".to_owned(), vec![("code".into(), code.into())])];
    let mut page = browser.send(&sent[0].0, &sent[0].1)?;
    let mut given = BTreeMap::new();
    while let Some((action, mut fields)) = filled_form(&page, survey, person, &mut given)? {
        if page.path.contains("/answer/section/") {
            fields.push(("go".into(), "next".into()));
        }
        page = browser.send(&action, &fields)?;
        sent.push((action, fields));
    }
    if page.path.ends_with("/answer/review") && page.status == 200 {
        return Ok(sent);
    }
    Err(AnswerError::Stuck {
        heading: heading(&page.html),
        path: page.path,
        status: page.status,
    })
}

/// Fills the form of a page on the way to the review; nothing where the page is no such one.
fn filled_form(
    page: &Page,
    survey: &Survey,
    person: &mut Person,
    given: &mut BTreeMap<String, Option<Answer>>,
) -> Result<Option<SentForm>, AnswerError> {
    if page.path.ends_with("/answer/privacy") {
        let form = form_to(page)?;
        return Ok(Some((form.action, form.fields)));
    }
    if page.path.ends_with("/answer/position") {
        let form = form_to(page)?;
        let mut fields = form.fields;
        // What stands chosen is not what this person is.
        fields.retain(|(name, _)| !["role", "duty", "employment"].contains(&name.as_str()));
        fields.push(("role".into(), person.position.role.to_string()));
        let duties = person.position.duties.iter();
        fields.extend(duties.map(|duty| ("duty".into(), duty.to_string())));
        let employment = person.position.employment.as_ref().map(ToString::to_string);
        fields.push(("employment".into(), employment.unwrap_or_default()));
        return Ok(Some((form.action, fields)));
    }
    if page.path.contains("/answer/section/") {
        let form = form_to(page)?;
        let fields = filled(&form, survey, person, given);
        return Ok(Some((form.action, fields)));
    }
    Ok(None)
}

/// Returns the form of a page that goes to the page's own address.
pub(crate) fn form_to(page: &Page) -> Result<Form, AnswerError> {
    page.forms
        .iter()
        .find(|form| form.action == page.path)
        .cloned()
        .ok_or_else(|| no_form(page))
}

fn form_with(page: &Page, field: &str) -> Result<Form, AnswerError> {
    page.forms
        .iter()
        .find(|form| form.choices.iter().any(|(name, _)| name == field))
        .cloned()
        .ok_or_else(|| no_form(page))
}

fn no_form(page: &Page) -> AnswerError {
    BrowserError::NoForm {
        url: page.path.clone(),
        status: page.status,
    }
    .into()
}

fn heading(html: &str) -> String {
    let start = html
        .find("<h1")
        .and_then(|at| html[at..].find('>').map(|end| at + end + 1));
    start
        .and_then(|at| {
            html[at..]
                .find("</h1>")
                .map(|end| html[at..at + end].to_owned())
        })
        .unwrap_or_else(|| html.chars().take(120).collect())
}

/// Fills the items of a form as the person would: an item keeps its answer when it comes again.
fn filled(
    form: &Form,
    survey: &Survey,
    person: &mut Person,
    given: &mut BTreeMap<String, Option<Answer>>,
) -> Vec<(String, String)> {
    let is_answer = |name: &str| name.starts_with("a.") || name.starts_with("d.");
    let mut fields: Vec<(String, String)> = form
        .fields
        .iter()
        .filter(|(name, _)| !is_answer(name))
        .cloned()
        .collect();
    let mut asked: Vec<&str> = Vec::new();
    for (name, _) in &form.choices {
        if let Some(item) = name.strip_prefix("a.").filter(|item| !asked.contains(item)) {
            asked.push(item);
        }
    }
    for id in asked {
        let Some(item) = survey.items.iter().find(|item| item.id.as_str() == id) else {
            continue;
        };
        let answer = given
            .entry(id.to_owned())
            .or_insert_with(|| person.answer(survey, item))
            .clone();
        let field = format!("a.{id}");
        match answer {
            None => {}
            Some(Answer::Level(level)) => fields.push((field, level.0.to_string())),
            Some(Answer::Choices(values)) => {
                fields.extend(
                    values
                        .iter()
                        .map(|value| (field.clone(), value.to_string())),
                );
            }
            Some(Answer::Text(text)) => fields.push((field, text)),
            Some(Answer::NoValue(declined)) => {
                // A non-answer stands among the options, or beside a text or several options.
                let value = declined_value(declined).to_owned();
                let beside = format!("d.{id}");
                let has_own = form.choices.iter().any(|(name, _)| *name == beside);
                fields.push((if has_own { beside } else { field }, value));
            }
        }
    }
    fields
}

fn declined_value(declined: Declined) -> &'static str {
    match declined {
        Declined::DontKnow => "dont_know",
        Declined::NotMyWork => "not_my_work",
        Declined::PreferNotToSay => "prefer_not_to_say",
    }
}

//! Types of conditions: what each subject can be compared with.
//!
//! The definition checker hands in the domain of every item and of the staff groups and gets
//! every mistake back at once.

use std::collections::BTreeSet;

use super::{Condition, Expression, Literal, Operator, Subject};

/// The values a subject can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Ordered whole numbers: a scale, or the options of a single choice.
    Numbers(BTreeSet<i64>),
    /// Options of a multiple choice: equality means "is among the chosen".
    Chosen(BTreeSet<i64>),
    /// Known words, such as role ids.
    Words(BTreeSet<String>),
    /// Free text: it can be asked whether it is answered, nothing else.
    FreeText,
    /// Text to read, which takes no answer.
    Nothing,
}

/// A comparison that can never be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeError {
    /// What was looked at.
    pub subject: Subject,
    /// What is wrong.
    pub kind: TypeErrorKind,
}

/// What is wrong with a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeErrorKind {
    /// The item does not exist.
    UnknownItem,
    /// A value of the other kind, or an order among things that have none; says what is wrong.
    Mismatch(String),
    /// A value the subject can never have.
    UnknownChoice {
        /// The value.
        value: Literal,
        /// The values it can have.
        known: Vec<String>,
    },
}

impl Condition {
    /// Checks every comparison; `domain` returns the values a subject can have.
    pub fn type_errors(&self, domain: &impl Fn(&Subject) -> Option<Domain>) -> Vec<TypeError> {
        let mut errors = Vec::new();
        walk(&self.expression, domain, &mut errors);
        errors
    }
}

fn walk(
    expression: &Expression,
    domain: &impl Fn(&Subject) -> Option<Domain>,
    errors: &mut Vec<TypeError>,
) {
    match expression {
        Expression::Or(parts) | Expression::And(parts) => {
            for part in parts {
                walk(part, domain, errors);
            }
        }
        Expression::Not(part) => walk(part, domain, errors),
        Expression::Compare {
            subject,
            operator,
            value,
        } => comparison(
            subject,
            *operator,
            std::slice::from_ref(value),
            domain,
            errors,
        ),
        Expression::In { subject, values } => {
            comparison(subject, Operator::Equal, values, domain, errors);
        }
        Expression::Answered(item) => {
            let subject = Subject::Item(item.clone());
            let kind = match domain(&subject) {
                None => TypeErrorKind::UnknownItem,
                Some(Domain::Nothing) => TypeErrorKind::Mismatch(NO_ANSWER.to_owned()),
                Some(_) => return,
            };
            errors.push(TypeError { subject, kind });
        }
    }
}

const NO_ANSWER: &str = "it is text to read and takes no answer";

fn comparison(
    subject: &Subject,
    operator: Operator,
    values: &[Literal],
    domain: &impl Fn(&Subject) -> Option<Domain>,
    errors: &mut Vec<TypeError>,
) {
    let Some(domain) = domain(subject) else {
        errors.push(TypeError {
            subject: subject.clone(),
            kind: TypeErrorKind::UnknownItem,
        });
        return;
    };
    let ordering = !matches!(operator, Operator::Equal | Operator::NotEqual);
    for value in values {
        if let Some(kind) = mistake(&domain, operator, ordering, value) {
            errors.push(TypeError {
                subject: subject.clone(),
                kind,
            });
        }
    }
}

fn mistake(
    domain: &Domain,
    operator: Operator,
    ordering: bool,
    value: &Literal,
) -> Option<TypeErrorKind> {
    let mismatch = |text: String| Some(TypeErrorKind::Mismatch(text));
    match (domain, value) {
        (Domain::Nothing, _) => mismatch(NO_ANSWER.to_owned()),
        (Domain::FreeText, _) => mismatch("free text can only stand in `answered(…)`".to_owned()),
        (Domain::Chosen(_) | Domain::Words(_), _) if ordering => mismatch(format!(
            "`{}` needs an order, use `==` or `in`",
            operator.symbol()
        )),
        (Domain::Numbers(known) | Domain::Chosen(known), Literal::Number(number)) => {
            let fits = known.contains(number);
            (!fits).then(|| TypeErrorKind::UnknownChoice {
                value: value.clone(),
                known: known.iter().map(ToString::to_string).collect(),
            })
        }
        (Domain::Numbers(_) | Domain::Chosen(_), Literal::Text(_)) => {
            mismatch(format!("{value} is text, the answers are numbers"))
        }
        (Domain::Words(known), Literal::Text(text)) => {
            (!known.contains(text)).then(|| TypeErrorKind::UnknownChoice {
                value: value.clone(),
                known: known.iter().cloned().collect(),
            })
        }
        (Domain::Words(_), Literal::Number(_)) => mismatch(format!(
            "{value} is a number, staff groups are texts in quotes"
        )),
    }
}

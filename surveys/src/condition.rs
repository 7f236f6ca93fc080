//! `show_if` expressions: parsed and type-checked with the definition, evaluated with answers.
//!
//! The language has comparisons, `and`, `or`, `not`, parentheses, `in [..]`, `answered(id)` and
//! the words `role`, `employment` and `duty`. It has no loops and no functions of its own, so a
//! condition always ends and means the same everywhere. Truth has three values: a comparison
//! with an item that has no value is unknown, and unknown hides.

mod check;
mod parse;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Answer, ItemId, Position, RoleId};

pub use check::{Domain, TypeError, TypeErrorKind};
pub use parse::ConditionError;

/// Words that mean something in conditions and therefore cannot be item ids.
pub const RESERVED_WORDS: [&str; 8] = [
    "and",
    "answered",
    "duty",
    "employment",
    "in",
    "not",
    "or",
    "role",
];

/// A condition over role and earlier answers; unknown hides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Condition {
    text: String,
    expression: Expression,
}

/// A condition as a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// Holds where one part holds.
    Or(Vec<Expression>),
    /// Holds where every part holds.
    And(Vec<Expression>),
    /// Holds where the part does not.
    Not(Box<Expression>),
    /// A subject against one value.
    Compare {
        /// What is compared.
        subject: Subject,
        /// How.
        operator: Operator,
        /// With what.
        value: Literal,
    },
    /// A subject against a list of values.
    In {
        /// What is compared.
        subject: Subject,
        /// Any of these will do.
        values: Vec<Literal>,
    },
    /// Whether an item holds a value; a declined answer is none.
    Answered(ItemId),
}

/// What a condition looks at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The answer to an earlier item.
    Item(ItemId),
    /// The respondent's job.
    Role,
    /// The kind of employment.
    Employment,
    /// The duties beside the job; equal means "is among them".
    Duty,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// A value that stands in a condition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Literal {
    /// A whole number.
    Number(i64),
    /// A text in quotes.
    Text(String),
}

impl Condition {
    /// Parses a condition; items are not looked up here.
    ///
    /// # Errors
    /// When the text is not a condition; the error names the place inside the text.
    pub fn parse(text: &str) -> Result<Condition, ConditionError> {
        Ok(Condition {
            text: text.to_owned(),
            expression: parse::expression(text)?,
        })
    }

    /// Returns the condition as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the condition as a tree.
    #[must_use]
    pub fn expression(&self) -> &Expression {
        &self.expression
    }

    /// Returns the items the condition looks at, each once, in order of appearance.
    #[must_use]
    pub fn items(&self) -> Vec<&ItemId> {
        let mut found = Vec::new();
        self.expression.collect_items(&mut found);
        found
    }

    /// Evaluates the condition; `None` is unknown. Answers to hidden items must not be handed in.
    #[must_use]
    pub fn holds(&self, position: &Position, answers: &BTreeMap<ItemId, Answer>) -> Option<bool> {
        self.expression.holds(position, answers)
    }
}

impl Expression {
    fn collect_items<'a>(&'a self, found: &mut Vec<&'a ItemId>) {
        let item = match self {
            Expression::Or(parts) | Expression::And(parts) => {
                for part in parts {
                    part.collect_items(found);
                }
                return;
            }
            Expression::Not(part) => return part.collect_items(found),
            Expression::Compare { subject, .. } | Expression::In { subject, .. } => match subject {
                Subject::Item(item) => item,
                Subject::Role | Subject::Employment | Subject::Duty => return,
            },
            Expression::Answered(item) => item,
        };
        if !found.contains(&item) {
            found.push(item);
        }
    }

    /// Kleene's strong logic of three values: an unknown part decides nothing on its own.
    pub(crate) fn holds(
        &self,
        position: &Position,
        answers: &BTreeMap<ItemId, Answer>,
    ) -> Option<bool> {
        match self {
            Expression::Or(parts) => any(parts.iter().map(|part| part.holds(position, answers))),
            Expression::And(parts) => any(parts
                .iter()
                .map(|part| part.holds(position, answers).map(|holds| !holds)))
            .map(|fails| !fails),
            Expression::Not(part) => part.holds(position, answers).map(|holds| !holds),
            Expression::Compare {
                subject,
                operator,
                value,
            } => compare(subject, *operator, value, position, answers),
            Expression::In { subject, values } => any(values
                .iter()
                .map(|value| compare(subject, Operator::Equal, value, position, answers))),
            Expression::Answered(item) => Some(!matches!(
                answers.get(item),
                None | Some(Answer::NoValue(_))
            )),
        }
    }
}

/// True where one is true, else unknown where one is unknown, else false.
fn any(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut unknown = false;
    for part in parts {
        match part {
            Some(true) => return Some(true),
            Some(false) => {}
            None => unknown = true,
        }
    }
    if unknown { None } else { Some(false) }
}

fn compare(
    subject: &Subject,
    operator: Operator,
    value: &Literal,
    position: &Position,
    answers: &BTreeMap<ItemId, Answer>,
) -> Option<bool> {
    match subject {
        Subject::Role => operator.among(std::iter::once(&position.role), value),
        Subject::Employment => operator.among(position.employment.iter(), value),
        Subject::Duty => operator.among(position.duties.iter(), value),
        Subject::Item(item) => match (answers.get(item)?, value) {
            (Answer::Level(level), Literal::Number(number)) => {
                Some(operator.orders(i64::from(level.0), *number))
            }
            (Answer::Choices(chosen), Literal::Number(number)) => match operator {
                Operator::Equal | Operator::NotEqual => {
                    let contains = chosen.iter().any(|choice| i64::from(*choice) == *number);
                    Some(contains == (operator == Operator::Equal))
                }
                // An order is asked of single choices only, which hold one value.
                _ => chosen
                    .first()
                    .map(|choice| operator.orders(i64::from(*choice), *number)),
            },
            (Answer::Text(text), Literal::Text(wanted)) => match operator {
                Operator::Equal => Some(text == wanted),
                Operator::NotEqual => Some(text != wanted),
                _ => None,
            },
            (Answer::NoValue(_) | Answer::Level(_) | Answer::Choices(_) | Answer::Text(_), _) => {
                None
            }
        },
    }
}

impl Operator {
    fn orders(self, left: i64, right: i64) -> bool {
        match self {
            Operator::Equal => left == right,
            Operator::NotEqual => left != right,
            Operator::Less => left < right,
            Operator::LessOrEqual => left <= right,
            Operator::Greater => left > right,
            Operator::GreaterOrEqual => left >= right,
        }
    }

    fn among<'a>(
        self,
        mut groups: impl Iterator<Item = &'a RoleId>,
        value: &Literal,
    ) -> Option<bool> {
        let Literal::Text(wanted) = value else {
            return None;
        };
        let contains = groups.any(|group| group.as_str() == wanted);
        match self {
            Operator::Equal => Some(contains),
            Operator::NotEqual => Some(!contains),
            _ => None,
        }
    }

    /// Returns the operator as it is written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Operator::Equal => "==",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Item(item) => item.fmt(f),
            Subject::Role => f.write_str("role"),
            Subject::Employment => f.write_str("employment"),
            Subject::Duty => f.write_str("duty"),
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Literal::Number(number) => number.fmt(f),
            Literal::Text(text) => write!(f, "'{text}'"),
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, parts: &[Expression], word: &str| {
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    write!(f, " {word} ")?;
                }
                write!(f, "({part})")?;
            }
            Ok(())
        };
        match self {
            Expression::Or(parts) => joined(f, parts, "or"),
            Expression::And(parts) => joined(f, parts, "and"),
            Expression::Not(part) => write!(f, "not ({part})"),
            Expression::Compare {
                subject,
                operator,
                value,
            } => write!(f, "{subject} {} {value}", operator.symbol()),
            Expression::In { subject, values } => {
                write!(f, "{subject} in [")?;
                for (index, value) in values.iter().enumerate() {
                    let comma = if index > 0 { ", " } else { "" };
                    write!(f, "{comma}{value}")?;
                }
                f.write_str("]")
            }
            Expression::Answered(item) => write!(f, "answered({item})"),
        }
    }
}

impl TryFrom<String> for Condition {
    type Error = ConditionError;
    fn try_from(text: String) -> Result<Self, ConditionError> {
        Condition::parse(&text)
    }
}

impl From<Condition> for String {
    fn from(condition: Condition) -> String {
        condition.text
    }
}

#[cfg(test)]
mod tests;

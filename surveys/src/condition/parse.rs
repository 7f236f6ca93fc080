//! From the text of a condition to its tree, by recursive descent.
//!
//! Places are byte offsets inside the text; the checker moves them to the file.

use std::ops::Range;

use super::{Expression, Literal, Operator, Subject};
use crate::ItemId;

/// How deep parentheses and `not` may nest; a foreign file must not exhaust the stack.
const DEEPEST: usize = 32;

/// A text that is not a condition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ConditionError {
    /// What is wrong, in words.
    pub message: String,
    /// Where inside the text, in bytes.
    pub span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Number(i64),
    Text(String),
    Operator(Operator),
    Sign(char),
}

pub(super) fn expression(text: &str) -> Result<Expression, ConditionError> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        end: text.len(),
        depth: 0,
    };
    let expression = parser.any_of()?;
    match parser.tokens.get(parser.next) {
        None => Ok(expression),
        Some((_, span)) => Err(ConditionError {
            message: "expected `and`, `or` or the end".to_owned(),
            span: span.clone(),
        }),
    }
}

fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, ConditionError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(sign) = text[at..].chars().next() {
        if sign.is_whitespace() {
            at += sign.len_utf8();
            continue;
        }
        let (token, length) = token(&text[at..], sign).map_err(|(message, length)| {
            let span = at..at + length;
            ConditionError { message, span }
        })?;
        found.push((token, at..at + length));
        at += length;
    }
    Ok(found)
}

fn token(rest: &str, first: char) -> Result<(Token, usize), (String, usize)> {
    for (symbol, operator) in [
        ("==", Operator::Equal),
        ("!=", Operator::NotEqual),
        ("<=", Operator::LessOrEqual),
        (">=", Operator::GreaterOrEqual),
        ("<", Operator::Less),
        (">", Operator::Greater),
    ] {
        if rest.starts_with(symbol) {
            return Ok((Token::Operator(operator), symbol.len()));
        }
    }
    match first {
        '(' | ')' | '[' | ']' | ',' => Ok((Token::Sign(first), 1)),
        '=' => Err(("a comparison is written `==`".to_owned(), 1)),
        '\'' | '"' => match rest[1..].find(first) {
            Some(length) => Ok((Token::Text(rest[1..=length].to_owned()), length + 2)),
            None => Err(("the quoted text is not closed".to_owned(), rest.len())),
        },
        '-' | '0'..='9' => {
            let length = 1 + run(&rest[1..], |c| c.is_ascii_digit());
            let number = rest[..length].parse();
            number
                .map(|number| (Token::Number(number), length))
                .map_err(|_| (format!("`{}` is not a number", &rest[..length]), length))
        }
        'a'..='z' | 'A'..='Z' => {
            let length = run(rest, |c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
            Ok((Token::Word(rest[..length].to_owned()), length))
        }
        other => Err((
            format!("`{other}` means nothing in a condition"),
            other.len_utf8(),
        )),
    }
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

struct Parser {
    tokens: Vec<(Token, Range<usize>)>,
    next: usize,
    end: usize,
    depth: usize,
}

impl Parser {
    fn any_of(&mut self) -> Result<Expression, ConditionError> {
        let mut parts = vec![self.all_of()?];
        while self.takes_word("or") {
            parts.push(self.all_of()?);
        }
        Ok(one_or(parts, Expression::Or))
    }

    fn all_of(&mut self) -> Result<Expression, ConditionError> {
        let mut parts = vec![self.part()?];
        while self.takes_word("and") {
            parts.push(self.part()?);
        }
        Ok(one_or(parts, Expression::And))
    }

    fn part(&mut self) -> Result<Expression, ConditionError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong(format!("nested deeper than {DEEPEST}")));
        }
        let part = if self.takes_word("not") {
            Expression::Not(Box::new(self.part()?))
        } else if self.takes_sign('(') {
            let inner = self.any_of()?;
            self.sign(')')?;
            inner
        } else if self.takes_word("answered") {
            self.sign('(')?;
            let item = self.item()?;
            self.sign(')')?;
            Expression::Answered(item)
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(part)
    }

    fn comparison(&mut self) -> Result<Expression, ConditionError> {
        let subject = self.subject()?;
        if self.takes_word("in") {
            self.sign('[')?;
            let mut values = vec![self.literal()?];
            while self.takes_sign(',') {
                values.push(self.literal()?);
            }
            self.sign(']')?;
            return Ok(Expression::In { subject, values });
        }
        let Some((Token::Operator(operator), _)) = self.tokens.get(self.next).cloned() else {
            return Err(self.wrong(format!(
                "expected a comparison such as `==`, or `in`, after `{subject}`"
            )));
        };
        self.next += 1;
        Ok(Expression::Compare {
            subject,
            operator,
            value: self.literal()?,
        })
    }

    fn subject(&mut self) -> Result<Subject, ConditionError> {
        for (word, subject) in [
            ("role", Subject::Role),
            ("employment", Subject::Employment),
            ("duty", Subject::Duty),
        ] {
            if self.takes_word(word) {
                return Ok(subject);
            }
        }
        self.item().map(Subject::Item)
    }

    fn item(&mut self) -> Result<ItemId, ConditionError> {
        let Some((Token::Word(word), span)) = self.tokens.get(self.next).cloned() else {
            return Err(self.wrong("expected an item id".to_owned()));
        };
        if super::RESERVED_WORDS.contains(&word.as_str()) {
            return Err(self.wrong(format!("expected an item id, not `{word}`")));
        }
        self.next += 1;
        ItemId::new(word).map_err(|error| ConditionError {
            message: error.to_string(),
            span,
        })
    }

    fn literal(&mut self) -> Result<Literal, ConditionError> {
        let literal = match self.tokens.get(self.next) {
            Some((Token::Number(number), _)) => Literal::Number(*number),
            Some((Token::Text(text), _)) => Literal::Text(text.clone()),
            _ => return Err(self.wrong("expected a number or a text in quotes".to_owned())),
        };
        self.next += 1;
        Ok(literal)
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let takes = matches!(self.tokens.get(self.next), Some((Token::Word(w), _)) if w == word);
        self.next += usize::from(takes);
        takes
    }

    fn takes_sign(&mut self, sign: char) -> bool {
        let takes = matches!(self.tokens.get(self.next), Some((Token::Sign(s), _)) if *s == sign);
        self.next += usize::from(takes);
        takes
    }

    fn sign(&mut self, sign: char) -> Result<(), ConditionError> {
        if self.takes_sign(sign) {
            Ok(())
        } else {
            Err(self.wrong(format!("expected `{sign}`")))
        }
    }

    fn wrong(&self, message: String) -> ConditionError {
        let span = self
            .tokens
            .get(self.next)
            .map_or(self.end..self.end, |(_, span)| span.clone());
        ConditionError { message, span }
    }
}

fn one_or(mut parts: Vec<Expression>, several: fn(Vec<Expression>) -> Expression) -> Expression {
    match parts.len() {
        1 => parts.remove(0),
        _ => several(parts),
    }
}

//! Conditions that no answers make true: tried out over everything they look at.

use std::collections::{BTreeMap, BTreeSet};

use crate::condition::{Condition, Domain, Expression, Literal, Subject};
use crate::{Answer, ItemId, Position, RoleId};

/// More combinations than this are not tried; the condition passes.
const MOST_TRIED: usize = 20_000;

/// Returns whether the condition is true for no position and no answers.
pub(super) fn never_holds(
    condition: &Condition,
    domain: &impl Fn(&Subject) -> Option<Domain>,
) -> bool {
    let mut subjects: BTreeMap<Subject, BTreeSet<Literal>> = BTreeMap::new();
    collect(condition.expression(), &mut subjects);
    let mut worlds = vec![World::default()];
    for (subject, mentioned) in &subjects {
        let values = values(subject, mentioned, domain(subject).as_ref());
        if worlds.len().saturating_mul(values.len()) > MOST_TRIED {
            return false;
        }
        worlds = worlds
            .iter()
            .flat_map(|world| values.iter().map(|value| world.with(value)))
            .collect();
    }
    !worlds.iter().any(|world| {
        // A role that no condition names stands for all the others.
        let role = world.role.clone().or_else(|| RoleId::new("other").ok());
        role.is_some_and(|role| {
            let position = Position {
                role,
                duties: world.duties.clone(),
                employment: world.employment.clone(),
            };
            condition.holds(&position, &world.answers) == Some(true)
        })
    })
}

#[derive(Clone, Default)]
struct World {
    role: Option<RoleId>,
    duties: BTreeSet<RoleId>,
    employment: Option<RoleId>,
    answers: BTreeMap<ItemId, Answer>,
}

#[derive(Clone)]
enum Value {
    Nothing,
    Role(RoleId),
    Employment(RoleId),
    Duties(BTreeSet<RoleId>),
    Answer(ItemId, Answer),
}

impl World {
    fn with(&self, value: &Value) -> World {
        let mut world = self.clone();
        match value {
            Value::Nothing => {}
            Value::Role(role) => world.role = Some(role.clone()),
            Value::Employment(employment) => world.employment = Some(employment.clone()),
            Value::Duties(duties) => world.duties.clone_from(duties),
            Value::Answer(item, answer) => {
                world.answers.insert(item.clone(), answer.clone());
            }
        }
        world
    }
}

fn collect(expression: &Expression, found: &mut BTreeMap<Subject, BTreeSet<Literal>>) {
    match expression {
        Expression::Or(parts) | Expression::And(parts) => {
            for part in parts {
                collect(part, found);
            }
        }
        Expression::Not(part) => collect(part, found),
        Expression::Compare { subject, value, .. } => {
            found
                .entry(subject.clone())
                .or_default()
                .insert(value.clone());
        }
        Expression::In { subject, values } => {
            found
                .entry(subject.clone())
                .or_default()
                .extend(values.iter().cloned());
        }
        Expression::Answered(item) => {
            found.entry(Subject::Item(item.clone())).or_default();
        }
    }
}

fn values(subject: &Subject, mentioned: &BTreeSet<Literal>, domain: Option<&Domain>) -> Vec<Value> {
    let words = || {
        mentioned.iter().filter_map(|literal| match literal {
            Literal::Text(text) => RoleId::new(text.clone()).ok(),
            Literal::Number(_) => None,
        })
    };
    let mut found = vec![Value::Nothing];
    match (subject, domain) {
        (Subject::Role, _) => found.extend(words().map(Value::Role)),
        (Subject::Employment, _) => found.extend(words().map(Value::Employment)),
        (Subject::Duty, _) => {
            let words: Vec<_> = words().collect();
            found.extend(subsets(&words).into_iter().map(Value::Duties));
        }
        (Subject::Item(item), Some(Domain::Numbers(numbers))) => {
            // A level compares as a single choice of the same number does.
            let numbers = numbers
                .iter()
                .filter_map(|number| i16::try_from(*number).ok());
            let choices = numbers.map(|number| Answer::Choices([number].into()));
            found.extend(choices.map(|answer| Value::Answer(item.clone(), answer)));
        }
        (Subject::Item(item), Some(Domain::Chosen(options))) => {
            let options: Vec<_> = options
                .iter()
                .filter_map(|it| i16::try_from(*it).ok())
                .collect();
            let chosen = subsets(&options).into_iter().filter(|it| !it.is_empty());
            found.extend(chosen.map(|it| Value::Answer(item.clone(), Answer::Choices(it))));
        }
        (Subject::Item(item), Some(Domain::FreeText)) => {
            let text = Answer::Text("text".to_owned());
            found.push(Value::Answer(item.clone(), text));
        }
        (Subject::Item(_), _) => {}
    }
    found
}

/// Every subset of at most twelve things; beyond that the number of worlds stops the search.
fn subsets<T: Ord + Clone>(things: &[T]) -> Vec<BTreeSet<T>> {
    let mut found = vec![BTreeSet::new()];
    for thing in things {
        if found.len() > MOST_TRIED {
            break;
        }
        let with: Vec<_> = found
            .iter()
            .map(|set| {
                let mut set = set.clone();
                set.insert(thing.clone());
                set
            })
            .collect();
        found.extend(with);
    }
    found
}

//! The reference results, read in a way that notes which of their numbers somebody looked at.
//!
//! `oracle_whole.rs` runs every comparison and then asks what is left over, so that no number of
//! the reference lies there without being compared, or without a reason for it.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Index;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use crate::setting::oracle;

/// A part of the reference results.
pub(crate) struct Gold {
    what: What,
    looked_at: AtomicBool,
}

enum What {
    Leaf(Value),
    List(Vec<Gold>),
    Map(BTreeMap<String, Gold>),
}

static FILES: LazyLock<BTreeMap<String, Gold>> = LazyLock::new(|| {
    let files = std::fs::read_dir(oracle("gold")).unwrap().map(|file| {
        let file = file.unwrap();
        let text = std::fs::read_to_string(file.path()).unwrap();
        let value = serde_json::from_str(&text).unwrap();
        (file.file_name().into_string().unwrap(), Gold::of(value))
    });
    files.collect()
});

/// Returns a file of the reference results.
pub(crate) fn gold(name: &str) -> &'static Gold {
    let file = FILES.get(name);
    file.unwrap_or_else(|| panic!("no reference results {name}"))
}

/// Returns every file with its name.
pub(crate) fn files() -> impl Iterator<Item = (&'static str, &'static Gold)> {
    FILES.iter().map(|(name, file)| (name.as_str(), file))
}

impl Gold {
    pub(crate) fn of(value: Value) -> Gold {
        let what = match value {
            Value::Array(values) => What::List(values.into_iter().map(Gold::of).collect()),
            Value::Object(values) => {
                let values = values.into_iter();
                What::Map(values.map(|(key, value)| (key, Gold::of(value))).collect())
            }
            leaf => What::Leaf(leaf),
        };
        Gold {
            what,
            looked_at: AtomicBool::new(false),
        }
    }

    /// Returns the value as it stands in the file; all of it counts as looked at.
    pub(crate) fn value(&self) -> Value {
        self.looked_at.store(true, Ordering::Relaxed);
        match &self.what {
            What::Leaf(value) => value.clone(),
            What::List(values) => values.iter().map(Gold::value).collect(),
            What::Map(values) => {
                let values = values.iter();
                let values = values.map(|(key, value)| (key.clone(), value.value()));
                Value::Object(values.collect())
            }
        }
    }

    pub(crate) fn as_f64(&self) -> Option<f64> {
        self.value().as_f64()
    }

    pub(crate) fn as_u64(&self) -> Option<u64> {
        self.value().as_u64()
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        self.looked_at.store(true, Ordering::Relaxed);
        match &self.what {
            What::Leaf(value) => value.as_str(),
            _ => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&Vec<Gold>> {
        match &self.what {
            What::List(values) => Some(values),
            _ => None,
        }
    }

    pub(crate) fn as_object(&self) -> Option<&BTreeMap<String, Gold>> {
        match &self.what {
            What::Map(values) => Some(values),
            _ => None,
        }
    }

    /// Returns what stands under a key, where there is one.
    pub(crate) fn get(&self, key: &str) -> Option<&Gold> {
        self.as_object()?.get(key)
    }

    /// Returns the paths to everything that nobody looked at, places of lists as `[]`, each with
    /// how often it stands there.
    pub(crate) fn left_over(&self) -> BTreeMap<Vec<String>, usize> {
        let mut found = BTreeMap::new();
        self.collect(&mut Vec::new(), &mut found);
        found
    }

    fn collect(&self, path: &mut Vec<String>, found: &mut BTreeMap<Vec<String>, usize>) {
        match &self.what {
            What::Leaf(_) if !self.looked_at.load(Ordering::Relaxed) => {
                *found.entry(path.clone()).or_default() += 1;
            }
            What::Leaf(_) => {}
            What::List(values) => {
                path.push("[]".to_owned());
                for value in values {
                    value.collect(path, found);
                }
                path.pop();
            }
            What::Map(values) => {
                for (key, value) in values {
                    path.push(key.clone());
                    value.collect(path, found);
                    path.pop();
                }
            }
        }
    }
}

/// A number as it would stand in the file.
impl fmt::Display for Gold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value().fmt(f)
    }
}

/// A place in the reference results that is not there is a mistake of the test.
impl<P: Place> Index<P> for Gold {
    type Output = Gold;

    #[track_caller]
    fn index(&self, place: P) -> &Gold {
        place.of(self)
    }
}

/// What reference results are looked into by.
pub(crate) trait Place {
    fn of(self, gold: &Gold) -> &Gold;
}

impl Place for &str {
    #[track_caller]
    fn of(self, gold: &Gold) -> &Gold {
        let found = gold.as_object().and_then(|values| values.get(self));
        found.unwrap_or_else(|| panic!("no `{self}` in the reference results"))
    }
}

impl Place for &String {
    #[track_caller]
    fn of(self, gold: &Gold) -> &Gold {
        self.as_str().of(gold)
    }
}

impl Place for String {
    #[track_caller]
    fn of(self, gold: &Gold) -> &Gold {
        self.as_str().of(gold)
    }
}

impl Place for usize {
    #[track_caller]
    fn of(self, gold: &Gold) -> &Gold {
        &gold.as_array().expect("a list")[self]
    }
}

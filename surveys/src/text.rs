//! Languages and texts in them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A language of the product: Finnish is the source, Swedish and English are translations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Finnish, the source language.
    Fi,
    /// Swedish as used in Finland.
    Sv,
    /// English.
    En,
}

impl Lang {
    /// Every language, the source first.
    pub const ALL: [Lang; 3] = [Lang::Fi, Lang::Sv, Lang::En];

    /// Returns the language tag used in addresses, files and `lang` attributes.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Fi => "fi",
            Lang::Sv => "sv",
            Lang::En => "en",
        }
    }

    /// Returns the language's own name for itself.
    #[must_use]
    pub fn endonym(self) -> &'static str {
        match self {
            Lang::Fi => "suomi",
            Lang::Sv => "svenska",
            Lang::En => "English",
        }
    }

    /// Returns the language with this tag, if it is one of ours.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.tag() == tag)
    }
}

/// A text that is complete in all three languages, as checked definitions hold it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Localized {
    /// Finnish, the source.
    pub fi: String,
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}

impl Localized {
    /// Returns the text in a language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fi => &self.fi,
            Lang::Sv => &self.sv,
            Lang::En => &self.en,
        }
    }
}

/// A label that may lack languages, as foreign datasets bring it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Labels(pub BTreeMap<Lang, String>);

impl Labels {
    /// Returns the label in a language, else in the first language there is (fi, sv, en).
    #[must_use]
    pub fn get(&self, lang: Lang) -> Option<&str> {
        self.0
            .get(&lang)
            .or_else(|| self.0.values().next())
            .map(String::as_str)
    }
}

impl From<&Localized> for Labels {
    fn from(text: &Localized) -> Self {
        Labels(
            Lang::ALL
                .iter()
                .map(|lang| (*lang, text.get(*lang).to_owned()))
                .collect(),
        )
    }
}

//! The words around the instrument: Fluent files in `locales/`, one per language, and the way
//! numbers and dates are written in each.
//!
//! The files are part of the program. Tests hold that all three have the same messages with the
//! same variables and that every message is used.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use jiff::civil::Date;
use surveys::Lang;

/// A no-break space: before per cent, units and inside dates.
pub const NBSP: char = '\u{a0}';

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 3]> = LazyLock::new(|| {
    [
        bundle("fi", include_str!("../../locales/fi.ftl")),
        bundle("sv", include_str!("../../locales/sv.ftl")),
        bundle("en", include_str!("../../locales/en.ftl")),
    ]
});

fn bundle(tag: &str, text: &str) -> FluentBundle<FluentResource> {
    let resource =
        FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let language = tag
        .parse()
        .expect("the tags of our languages are well-formed");
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // No isolating marks: our variables are numbers and words of the page's own language.
    bundle.set_use_isolating(false);
    // A message written twice keeps its first form; the tests refuse such a file.
    drop(bundle.add_resource(resource));
    bundle
}

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// The language.
    pub lang: Lang,
}

impl Words {
    /// Returns a message without variables.
    #[must_use]
    pub fn say(self, key: &'static str) -> String {
        self.format(key, None)
    }

    /// Returns a message with its variables filled in.
    #[must_use]
    pub fn say_with<const N: usize>(
        self,
        key: &'static str,
        values: [(&'static str, FluentValue<'_>); N],
    ) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(name, value);
        }
        self.format(key, Some(&args))
    }

    fn format(self, key: &'static str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = match self.lang {
            Lang::Fi => &BUNDLES[0],
            Lang::Sv => &BUNDLES[1],
            Lang::En => &BUNDLES[2],
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            // Cannot happen with a key of the tests; the key itself is better than a panic.
            return key.to_owned();
        };
        bundle
            .format_pattern(pattern, args, &mut Vec::new())
            .into_owned()
    }

    /// Returns a number with a fixed number of decimals, with a comma in Finnish and Swedish.
    #[must_use]
    pub fn decimal(self, value: f64, decimals: usize) -> String {
        let text = format!("{value:.decimals$}");
        // Rounding can leave a nought with a sign, which means nothing to a reader.
        let text = if text.trim_start_matches(['-', '0', '.']).is_empty() {
            text.trim_start_matches('-').to_owned()
        } else {
            text.replace('-', "\u{2212}")
        };
        match self.lang {
            Lang::Fi | Lang::Sv => text.replace('.', ","),
            Lang::En => text,
        }
    }

    /// Returns a share as per cent, with a no-break space where the language wants one.
    #[must_use]
    pub fn percent(self, share: f64) -> String {
        let number = self.decimal(share * 100.0, 0);
        match self.lang {
            Lang::Fi | Lang::Sv => format!("{number}{NBSP}%"),
            Lang::En => format!("{number}%"),
        }
    }

    /// Returns a whole number with its thousands apart.
    #[must_use]
    pub fn whole(self, value: u64) -> String {
        let digits = value.to_string();
        let separator = match self.lang {
            Lang::Fi | Lang::Sv => NBSP,
            Lang::En => ',',
        };
        let mut out = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        out
    }

    /// Returns a date: 12.10.2026 in Finnish and Swedish, 12 October 2026 in English.
    #[must_use]
    pub fn date(self, date: Date) -> String {
        match self.lang {
            Lang::Fi | Lang::Sv => format!("{}.{}.{}", date.day(), date.month(), date.year()),
            Lang::En => {
                let month = MONTHS[usize::try_from(date.month() - 1).unwrap_or(0)];
                format!("{}{NBSP}{month}{NBSP}{}", date.day(), date.year())
            }
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests;

//! One population in one language: names, labels, facts. The inside of the build asks here only.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use findings::{ALL, Findings, Statistic, Table};
use surveys::dataset::Origin;
use surveys::{Lang, Municipality};

use crate::book::Book;
use crate::correction::Correction;
use crate::diff::TextChange;
use crate::request::{FindingsFile, Request};
use crate::words::Words;

/// One edition in one language.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) request: &'a Request<'a>,
    pub(crate) book: &'a Book,
    pub(crate) words: &'a Words,
    pub(crate) lang: Lang,
    pub(crate) file: &'a FindingsFile,
    pub(crate) keys: &'a KnownKeys<'a>,
    /// Notices of corrections, by their number.
    pub(crate) corrections: &'a BTreeMap<u32, Correction>,
    /// Text that is another than in the edition before; none where there is no such edition.
    pub(crate) texts: Option<&'a [TextChange]>,
}

impl<'a> View<'a> {
    pub(crate) fn findings(&self) -> &'a Findings {
        &self.file.findings
    }

    /// Whether the figures are invented, which everything made from them says.
    pub(crate) fn is_simulated(&self) -> bool {
        self.findings().origin == Origin::Simulated
    }

    /// Name in messages, such as `vantaa/sv`.
    pub(crate) fn edition_name(&self) -> String {
        format!("{}/{}", self.file.population(), self.lang.tag())
    }

    pub(crate) fn city(&self) -> Option<&'a Municipality> {
        self.request.municipality(self.file)
    }

    /// The population's name as a heading.
    pub(crate) fn population_name(&self) -> String {
        self.city().map_or_else(
            || self.words.get("network-name"),
            |city| city.name.get(self.lang).to_owned(),
        )
    }

    /// A form of the city's name; in the network's edition, words for its cities.
    pub(crate) fn city_form(&self, form: &str) -> Option<String> {
        let known = ["nom", "gen", "in", "from", "to"];
        if !known.contains(&form) {
            return None;
        }
        let Some(city) = self.city() else {
            return Some(self.words.get(&format!("network-{form}")));
        };
        if self.lang != Lang::Fi {
            return Some(city.name.get(self.lang).to_owned());
        }
        let forms = &city.forms;
        let form = match form {
            "gen" => &forms.genitive,
            "in" => &forms.inside,
            "from" => &forms.from,
            "to" => &forms.to,
            _ => &forms.nom,
        };
        Some(form.clone())
    }

    /// A fact of the edition.
    pub(crate) fn fact(&self, name: &str) -> Option<String> {
        let findings = self.findings();
        let whole = |n: u64| charts::number::whole(n, self.lang);
        Some(match name {
            "wave" => self.wave(),
            "release" => findings.release.to_string(),
            "name" => self.population_name(),
            "id" => self.request.edition.to_owned(),
            "date" => self.date(),
            "min-unit" => whole(findings.rule.min_unit),
            "min-group" => whole(findings.rule.min_group),
            "min-cities" => whole(findings.rule.min_cities),
            _ => return None,
        })
    }

    pub(crate) fn wave(&self) -> String {
        self.label("wave", &self.findings().wave)
    }

    fn date(&self) -> String {
        self.request.published.map_or_else(
            || self.words.get("not-published"),
            |date| date_in(date, self.lang),
        )
    }

    /// Words for a key of a dimension.
    pub(crate) fn label(&self, dim: &str, key: &str) -> String {
        if key == ALL {
            return self.words.get("total");
        }
        if let Some(label) = self.own_label(dim, key) {
            return label.to_owned();
        }
        if dim == "wave" {
            return self.term(key).unwrap_or_else(|| key.to_owned());
        }
        let catalog = self.request.catalog;
        let name = match dim {
            "municipality" => catalog
                .municipalities
                .iter()
                .find(|city| city.code.as_str() == key || city.slug == key)
                .map(|city| &city.name),
            "role_group" => catalog
                .role_groups
                .iter()
                .find(|group| group.id.as_str() == key)
                .map(|group| &group.name),
            "role" => catalog
                .roles
                .iter()
                .find(|role| role.id.as_str() == key)
                .map(|role| &role.name),
            _ => None,
        };
        name.map_or_else(|| key.to_owned(), |name| name.get(self.lang).to_owned())
    }

    /// The findings' own words for a key; a key that only stands for itself has none.
    fn own_label(&self, dim: &str, key: &str) -> Option<&'a str> {
        let labels = self.findings().labels.get(dim)?.get(key)?;
        labels.get(self.lang).filter(|label| *label != key)
    }

    /// A wave named by year and term, such as `2026-syksy`, in words.
    fn term(&self, wave: &str) -> Option<String> {
        let (year, term) = wave.split_once('-')?;
        let word = match term {
            "kevat" => "term-spring",
            "syksy" => "term-autumn",
            _ => return None,
        };
        let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
        is_year.then(|| self.words.with(word, &[("year", year)]))
    }

    /// Words for an answer to an item: scales differ, so labels of `level` are asked first under
    /// `item:level`.
    pub(crate) fn level_label(&self, item: &str, level: &str) -> String {
        let labels = self.findings().labels.get("level");
        let own = labels.and_then(|labels| labels.get(&format!("{item}:{level}")));
        match own.and_then(|labels| labels.get(self.lang)) {
            Some(label) => label.to_owned(),
            None => self.label("level", level),
        }
    }

    /// Words for a dimension; a foreign one is called by its name.
    pub(crate) fn dimension(&self, dim: &str) -> String {
        let key = format!("dim-{dim}");
        if crate::words::KEYS.iter().any(|(known, _)| *known == key) {
            self.words.get(&key)
        } else {
            dim.to_owned()
        }
    }

    /// What the number behind a figure counts: a response rate is divided by the staff.
    pub(crate) fn counted(&self, statistic: Statistic) -> String {
        self.words.get(match statistic {
            Statistic::ResponseRate => "staff",
            _ => "answers",
        })
    }

    pub(crate) fn statistic(&self, statistic: Statistic) -> String {
        self.words.get(match statistic {
            Statistic::ResponseRate => "stat-response_rate",
            Statistic::Distribution => "stat-distribution",
            Statistic::Mean => "stat-mean",
            Statistic::Quantile => "stat-quantile",
            Statistic::Gap => "stat-gap",
            Statistic::BelowTarget => "stat-below_target",
            Statistic::Alpha => "stat-alpha",
            Statistic::Working => "stat-working",
        })
    }

    /// The keys that a table has for a dimension, without the total, in the order people expect.
    pub(crate) fn keys_of(&self, table: &Table, dim: usize) -> Vec<String> {
        let name = &table.dims()[dim];
        let mut keys: Vec<String> = Vec::new();
        let mut seen = BTreeSet::new();
        for row in table.rows() {
            let key = row.keys[dim].as_str();
            if key != ALL && seen.insert(key) {
                keys.push(key.to_owned());
            }
        }
        keys.sort_by(|a, b| self.compare(name, a, b));
        keys
    }

    fn compare(&self, dim: &str, a: &str, b: &str) -> Ordering {
        let rank = |key: &str| self.rank(dim, key).unwrap_or(usize::MAX);
        rank(a).cmp(&rank(b)).then_with(|| {
            if dim == "municipality" {
                let key = |key: &str| alphabetical(&self.label(dim, key));
                key(a).cmp(&key(b))
            } else {
                natural(a, b)
            }
        })
    }

    fn rank(&self, dim: &str, key: &str) -> Option<usize> {
        if let Some(order) = self.book.settings.order.get(dim) {
            return order.iter().position(|known| known == key);
        }
        let catalog = self.request.catalog;
        match dim {
            "role_group" => catalog
                .role_groups
                .iter()
                .position(|group| group.id.as_str() == key),
            "role" => catalog
                .roles
                .iter()
                .position(|role| role.id.as_str() == key),
            _ => None,
        }
    }

    /// Whether any findings of the edition know a key, so that its absence here is no misspelling.
    pub(crate) fn is_known_key(&self, dim: &str, key: &str) -> bool {
        key == ALL
            || self
                .keys
                .0
                .get(dim)
                .is_some_and(|known| known.contains(key))
    }

    pub(crate) fn known_keys(&self, dim: &str) -> impl Iterator<Item = &'a str> {
        self.keys.0.get(dim).into_iter().flatten().copied()
    }
}

/// Keys by dimension that any findings of an edition, or the catalogue, know.
pub(crate) struct KnownKeys<'a>(BTreeMap<&'a str, BTreeSet<&'a str>>);

impl<'a> KnownKeys<'a> {
    pub(crate) fn of(request: &Request<'a>) -> KnownKeys<'a> {
        let mut keys: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for file in request.findings {
            for (dim, known) in &file.keys {
                let all = keys.entry(dim).or_default();
                all.extend(known.iter().map(String::as_str));
            }
        }
        let groups = request.catalog.role_groups.iter();
        let known = keys.entry("role_group").or_default();
        known.extend(groups.map(|group| group.id.as_str()));
        KnownKeys(keys)
    }
}

/// Digits count as numbers: `dc-1-2` before `dc-1-10`.
fn natural(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| -> Vec<(u64, String)> {
        text.split(|c: char| !c.is_alphanumeric())
            .map(|part| (part.parse().unwrap_or(u64::MAX), part.to_owned()))
            .collect()
    };
    parts(a).cmp(&parts(b))
}

/// The order of Finnish and Swedish: å, ä and ö after z.
pub(crate) fn alphabetical(name: &str) -> Vec<u32> {
    name.to_lowercase()
        .chars()
        .map(|c| match c {
            'å' => 'z' as u32 + 1,
            'ä' => 'z' as u32 + 2,
            'ö' => 'z' as u32 + 3,
            c => c as u32,
        })
        .collect()
}

/// `2026-11-22` as people of a language write it; another text stays as it is.
pub(crate) fn date_in(date: &str, lang: Lang) -> String {
    const FI: [&str; 0] = [];
    const SV: [&str; 12] = [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ];
    const EN: [&str; 12] = [
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
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return date.to_owned();
    };
    let (Ok(month), Ok(day)) = (month.parse::<usize>(), day.parse::<u8>()) else {
        return date.to_owned();
    };
    let names: &[&str] = match lang {
        Lang::Fi => &FI,
        Lang::Sv => &SV,
        Lang::En => &EN,
    };
    match names.get(month.wrapping_sub(1)) {
        Some(name) => format!("{day} {name} {year}"),
        None => format!("{day}.{month}.{year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_the_language() {
        assert_eq!(date_in("2026-11-02", Lang::Fi), "2.11.2026");
        assert_eq!(date_in("2026-11-02", Lang::Sv), "2 november 2026");
        assert_eq!(date_in("2026-11-02", Lang::En), "2 November 2026");
        assert_eq!(date_in("syksyllä", Lang::Fi), "syksyllä");
    }

    #[test]
    fn names_stand_in_alphabetical_order() {
        let mut names = ["Åbo", "Vanda", "Borgå", "Äänekoski", "Tammerfors"];
        names.sort_by_key(|name| alphabetical(name));
        assert_eq!(names, ["Borgå", "Tammerfors", "Vanda", "Åbo", "Äänekoski"]);
    }

    #[test]
    fn numbers_inside_keys_count_as_numbers() {
        let mut keys = ["dc-1-10", "dc-1-2", "cul-1", "10", "9"];
        keys.sort_by(|a, b| natural(a, b));
        assert_eq!(keys, ["9", "10", "cul-1", "dc-1-2", "dc-1-10"]);
    }
}

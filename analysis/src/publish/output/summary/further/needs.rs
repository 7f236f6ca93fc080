//! What is needed most, how sure the order is, and where areas lie in their quarters.

use findings::dim;

use super::super::Teller;
use super::{Lines, is_below};

/// So many areas are named with their chance of being among the first two.
const MOST_NAMED: usize = 4;
/// A smaller chance is not worth a word.
const LEAST_CHANCE: f64 = 0.05;

impl Teller<'_, '_> {
    /// Says where importance exceeds competence most, and how sure that is.
    pub(super) fn needs(&self, lines: &mut Lines) {
        let needs = self.shown("area.need");
        let largest = needs.iter();
        let largest = largest.max_by(|a, b| a.1.value.total_cmp(&b.1.value));
        let Some((area, need)) = largest else {
            return;
        };
        if need.value > 0.0 {
            let given = [("name", self.area(area))];
            let given = given
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            lines.known.push(self.words.with("needs-first", &given));
        }
        let met = needs.iter().filter(|(_, need)| is_below(need));
        let met: Vec<String> = met.map(|(area, _)| self.area(area)).collect();
        self.listed("needs-met", &met, &[], &mut lines.known);
        let mut chances = self.by_area("area.need.ranking", "first_two");
        chances.retain(|(_, chance)| chance.value >= LEAST_CHANCE);
        chances.sort_by(|a, b| b.1.value.total_cmp(&a.1.value).then(a.0.cmp(b.0)));
        // Of two areas both are always among the first two.
        if needs.len() > 2 {
            let list: Vec<String> = chances
                .iter()
                .take(MOST_NAMED)
                .map(|(area, chance)| {
                    format!("{} ({})", self.area(area), self.chance(chance.value))
                })
                .collect();
            self.of_list("needs-chance", &list, &[], &mut lines.sure);
        }
        lines.cannot.push(self.words.get("needs-cannot"));
    }

    /// A chance that was drawn is never certain.
    fn chance(&self, share: f64) -> String {
        match share > 0.99 {
            true => {
                let given = [("percent", self.percent(0.99))];
                let given = given
                    .each_ref()
                    .map(|(name, value)| (*name, value.as_str()));
                self.words.with("nearly-sure", &given)
            }
            false => self.percent(share),
        }
    }

    /// Says which areas lie clearly in one quarter, and which do not.
    pub(super) fn quadrants(&self, lines: &mut Lines) {
        let Some(table) = self.outcome.table("area.need.quadrant") else {
            return;
        };
        let found = self.open(table, &[dim::AREA, "quadrant", "place", dim::TERM]);
        let found = found.iter();
        let placed: Vec<[&str; 3]> = found
            .filter(|(keys, _)| keys[3] == "importance" && keys[1] != "none")
            .map(|(keys, _)| [keys[0], keys[1], keys[2]])
            .collect();
        let areas = |meant: &dyn Fn(&str, &str) -> bool| -> Vec<String> {
            let meant = placed.iter().filter(|[_, at, place]| meant(at, place));
            meant.map(|[area, ..]| self.area(area)).collect()
        };
        for (key, quadrant) in [
            ("quadrant-concentrate", "concentrate here"),
            ("quadrant-keep", "keep up"),
        ] {
            let clear = areas(&|at, place| at == quadrant && place == "clear");
            self.listed(key, &clear, &[], &mut lines.known);
        }
        let unclear = areas(&|_, place| place == "unclear");
        self.listed("quadrant-unclear", &unclear, &[], &mut lines.sure);
    }
}

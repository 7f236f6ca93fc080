//! In how many ways the people of a quantity are counted, and which way holds which.
//!
//! The mean counts who has a score, the gap who has a score and a target, alpha who answered every
//! item. Ways that count the same people everywhere are one layer.

use std::collections::BTreeMap;

use super::{
    ProtectError,
    lattice::{Group, Lattice, Quantity, Series},
    pattern::Hidden,
    system::{Above, Layer, System},
};
use crate::Statistic;

/// A quantity with the ways its people are counted, the widest first.
pub(crate) struct Family<'a> {
    pub(crate) quantity: &'a Quantity,
    pub(crate) layers: Vec<Counting<'a>>,
}

/// One way of counting, and the statistics that count so.
#[derive(Clone)]
pub(crate) struct Counting<'a> {
    pub(crate) series: Vec<&'a Series>,
    pub(crate) counts: &'a BTreeMap<Group, u64>,
}

/// Returns the families in the order of their quantities.
pub(crate) fn families(lattice: &Lattice) -> Vec<Family<'_>> {
    let mut families: Vec<Family<'_>> = Vec::new();
    for (series, counts) in &lattice.counts {
        if families
            .last()
            .is_none_or(|family| *family.quantity != series.quantity)
        {
            families.push(Family {
                quantity: &series.quantity,
                layers: Vec::new(),
            });
        }
        let Some(family) = families.last_mut() else {
            continue;
        };
        let same = family
            .layers
            .iter_mut()
            .find(|layer| layer.counts == counts);
        if let Some(layer) = same {
            layer.series.push(series);
        } else {
            let series = vec![series];
            family.layers.push(Counting { series, counts });
        }
    }
    for family in &mut families {
        let people = |layer: &Counting<'_>| layer.counts.values().sum::<u64>();
        family
            .layers
            .sort_by_key(|layer| std::cmp::Reverse(people(layer)));
    }
    families
}

impl<'a> Family<'a> {
    /// Returns a family of one way of counting.
    pub(crate) fn single(quantity: &'a Quantity, layer: Counting<'a>) -> Self {
        let layers = vec![layer];
        Family { quantity, layers }
    }

    /// Builds the system of all layers, tied to who answered at all in the groups where that is
    /// withheld; where it is shown it is a plain bound.
    pub(crate) fn system(
        &self,
        answered: Option<&'a BTreeMap<Group, u64>>,
        everywhere: &Hidden,
    ) -> Result<System, ProtectError> {
        let mut layers: Vec<Layer<'_>> = Vec::new();
        let base = answered.filter(|_| !self.quantity.is_empty() && !everywhere.is_empty());
        for (number, layer) in self.layers.iter().enumerate() {
            let mut wider = self.layers[..number].iter().enumerate().rev();
            let wider = wider.find(|(_, wider)| holds(wider.counts, layer.counts));
            let by_target = |series: &&Series| {
                matches!(series.statistic, Statistic::Gap | Statistic::BelowTarget)
            };
            let above = wider.map(|(layer_above, _)| Above {
                layer: layer_above,
                exact: layer.series.iter().any(by_target),
                groups: None,
            });
            let to_base = base
                .filter(|base| holds(base, layer.counts))
                .map(|_| Above {
                    layer: self.layers.len(),
                    exact: false,
                    groups: Some(everywhere),
                });
            let counts = layer.counts;
            let above = above.or(to_base);
            layers.push(Layer { counts, above });
        }
        if let Some(counts) = base {
            let above = None;
            layers.push(Layer { counts, above });
        }
        System::joint(self.quantity, &layers)
    }
}

/// Says whether a count holds everybody that another counts, wherever both count.
fn holds(wider: &BTreeMap<Group, u64>, counts: &BTreeMap<Group, u64>) -> bool {
    let mut shared = counts
        .iter()
        .filter_map(|(group, count)| Some((wider.get(group)?, count)))
        .peekable();
    shared.peek().is_some() && shared.all(|(most, count)| count <= most)
}

//! Groups of respondents: every combination of the chosen columns, with totals.
//!
//! Counting is done once, in the smallest groups; totals are sums of those whole numbers. So a
//! total is exactly what its parts add up to, and the order of rows leaves no trace.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use findings::{ALL, dim};
use surveys::dataset::{Variable, VariableKind};

use crate::AnalysisError;
use crate::dataset::{Dataset, MISSING_KEY, Staff, kind_name};

/// The columns that make groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grouping {
    columns: Vec<GroupColumn>,
}

/// One column of a grouping.
#[derive(Clone, Debug, PartialEq, Eq)]
struct GroupColumn {
    /// The column's name in the data.
    column: String,
    /// Its name in results: the kind where it has one, so that results of all data look alike.
    dim: String,
    /// Whether the total over the column is wanted.
    total: bool,
    /// Whether values occur inside one value of another column only, as units in municipalities.
    inside: Option<usize>,
}

impl Grouping {
    /// Groups nobody apart: one group of all.
    #[must_use]
    pub fn whole() -> Self {
        Grouping::default()
    }

    /// Groups by columns, named as in the data or by kind; totals are added.
    ///
    /// # Errors
    /// When the data have no such column, or one is named twice.
    pub fn by(data: &Dataset, names: &[&str]) -> Result<Self, AnalysisError> {
        let mut columns: Vec<GroupColumn> = Vec::new();
        for name in names {
            let variable = data.column_called(name)?;
            if columns.iter().any(|column| column.column == variable.name) {
                return Err(AnalysisError::UnknownName {
                    problem: format!("column `{}` is named twice in the groups", variable.name),
                });
            }
            let municipality = columns
                .iter()
                .position(|column| column.dim == dim::MUNICIPALITY);
            columns.push(GroupColumn {
                column: variable.name.clone(),
                dim: dim_name(variable),
                total: true,
                inside: (variable.kind == VariableKind::Unit)
                    .then_some(municipality)
                    .flatten(),
            });
        }
        Ok(Grouping { columns })
    }

    /// Leaves out the total over a dimension: waves follow each other and are not added up.
    #[must_use]
    pub fn without_total(mut self, dim: &str) -> Self {
        for column in self.columns.iter_mut().filter(|column| column.dim == dim) {
            column.total = false;
        }
        self
    }

    /// Returns the names the columns have in results.
    #[must_use]
    pub fn dims(&self) -> Vec<String> {
        self.columns
            .iter()
            .map(|column| column.dim.clone())
            .collect()
    }

    /// Returns the names the columns have in the data.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.column.as_str())
    }
}

/// Returns the name a column has in results: its kind, or its own name where that does not name
/// something else there. A background question called `level` would be taken for the level of a
/// quantile, and its groups would not be protected as groups of people.
pub(crate) fn dim_name(variable: &Variable) -> String {
    const TAKEN: [&str; 7] = [
        dim::AREA,
        dim::ITEM,
        dim::LEVEL,
        dim::WAVE,
        dim::MUNICIPALITY,
        dim::UNIT,
        "role",
    ];
    let name = variable.name.as_str();
    match kind_name(variable.kind) {
        Some(kind) => kind.to_owned(),
        None if TAKEN.contains(&name) => format!("{name}_group"),
        None => name.to_owned(),
    }
}

/// A thing that is counted in groups and can be added up: whole numbers throughout.
pub(crate) trait Tally: Default + Clone {
    /// Adds what was counted in another group.
    fn add(&mut self, other: &Self);
}

impl Tally for u64 {
    fn add(&mut self, other: &Self) {
        *self += other;
    }
}

/// Keys of a group: a label for each column, none where it is unknown or added up.
pub(crate) type Keys = Vec<Option<String>>;

/// Counts everybody in the smallest groups and adds them up into every group of the lattice.
pub(crate) fn tabulate<T: Tally>(
    data: &Dataset,
    by: &Grouping,
    count: impl FnMut(&mut T, usize),
) -> Result<BTreeMap<Vec<String>, T>, AnalysisError> {
    let columns: Vec<&str> = by.columns().collect();
    lattice(data, by, cells(data, &columns, count)?)
}

/// Counts everybody in the smallest groups by some columns.
pub(crate) fn cells<T: Tally>(
    data: &Dataset,
    columns: &[&str],
    mut count: impl FnMut(&mut T, usize),
) -> Result<Vec<(Keys, T)>, AnalysisError> {
    data.refuse_tables()?;
    let keys = columns
        .iter()
        .map(|column| data.key(column))
        .collect::<Result<Vec<_>, _>>()?;
    let mut known: HashMap<Vec<u32>, usize> = HashMap::new();
    let mut cells: Vec<(Vec<u32>, T)> = Vec::new();
    let mut codes = vec![0; keys.len()];
    for row in 0..data.answers() {
        for (code, key) in codes.iter_mut().zip(&keys) {
            *code = key.codes[row];
        }
        let place = match known.get(&codes) {
            Some(place) => *place,
            None => {
                known.insert(codes.clone(), cells.len());
                cells.push((codes.clone(), T::default()));
                cells.len() - 1
            }
        };
        count(&mut cells[place].1, row);
    }
    let label = |(code, key): (&u32, &crate::dataset::Key<'_>)| {
        (*code != MISSING_KEY).then(|| key.labels[*code as usize].clone())
    };
    let cells = cells.into_iter();
    Ok(cells
        .map(|(codes, tally)| (codes.iter().zip(&keys).map(label).collect(), tally))
        .collect())
}

/// Adds groups that are told apart more finely up over the lattice of a grouping: `cells` are by
/// the columns of the grouping and others behind them, and `inside` makes of the keys of these
/// what is added up.
pub(crate) fn lattice_inside<T, U: Tally>(
    data: &Dataset,
    by: &Grouping,
    cells: Vec<(Keys, T)>,
    inside: impl Fn(&[Option<String>], T) -> U,
) -> Result<BTreeMap<Vec<String>, U>, AnalysisError> {
    let cells = cells.into_iter().map(|(mut keys, table)| {
        let others = keys.split_off(by.columns.len());
        (keys, inside(&others, table))
    });
    lattice(data, by, cells.collect())
}

/// Adds staff numbers up over the same lattice; groups by a column the frame lacks are unknown.
pub(crate) fn tabulate_staff(
    data: &Dataset,
    by: &Grouping,
    staff: &Staff,
) -> Result<BTreeMap<Vec<String>, u64>, AnalysisError> {
    let places: Vec<Option<usize>> = by
        .columns()
        .map(|name| staff.columns.iter().position(|found| found == name))
        .collect();
    let cells = staff.rows.iter().map(|row| {
        let keys = places
            .iter()
            .map(|place| place.and_then(|place| row.keys[place].clone()));
        (keys.collect(), row.people)
    });
    let mut totals = lattice(data, by, cells.collect())?;
    totals.retain(|keys, _| {
        keys.iter()
            .zip(&places)
            .all(|(key, place)| key == ALL || place.is_some())
    });
    Ok(totals)
}

/// Adds the smallest groups up into every group of the lattice; a group can come several times.
pub(crate) fn lattice<T: Tally>(
    data: &Dataset,
    by: &Grouping,
    cells: Vec<(Keys, T)>,
) -> Result<BTreeMap<Vec<String>, T>, AnalysisError> {
    let mut groups: BTreeMap<Vec<String>, T> = BTreeMap::new();
    for keys in every_group(data, by)? {
        groups.insert(keys, T::default());
    }
    for (keys, tally) in cells {
        for totals in 0..(1_u32 << by.columns.len()) {
            if let Some(group) =
                group_of(by, &keys, totals).and_then(|group| groups.get_mut(&group))
            {
                group.add(&tally);
            }
        }
    }
    Ok(groups)
}

/// Returns the group where the columns of the bit set `totals` are added up; people whose key is
/// unknown are in totals only.
fn group_of(by: &Grouping, keys: &Keys, totals: u32) -> Option<Vec<String>> {
    let columns = by.columns.iter().zip(keys).enumerate();
    columns
        .map(|(place, (column, key))| match totals >> place & 1 {
            1 => column.total.then(|| ALL.to_owned()),
            _ => key.clone(),
        })
        .collect()
}

/// Returns every combination of keys, groups without anybody included.
fn every_group(data: &Dataset, by: &Grouping) -> Result<Vec<Vec<String>>, AnalysisError> {
    let mut groups: Vec<Vec<String>> = vec![Vec::new()];
    for column in &by.columns {
        let labels = labels(data, &column.column)?;
        let inside = match column.inside {
            Some(outer) => Some((
                outer,
                pairs(data, &by.columns[outer].column, &column.column)?,
            )),
            None => None,
        };
        let total = column.total.then(|| ALL.to_owned());
        let keys: Vec<&String> = total.iter().chain(&labels).collect();
        groups = groups
            .into_iter()
            .flat_map(|group| {
                let fits = |key: &&&String| match &inside {
                    _ if **key == ALL => true,
                    Some((outer, pairs)) => {
                        pairs.contains(&(group[*outer].clone(), (**key).clone()))
                    }
                    None => true,
                };
                let longer = keys.iter().filter(fits).map(|key| {
                    let mut longer = group.clone();
                    longer.push((*key).clone());
                    longer
                });
                longer.collect::<Vec<_>>()
            })
            .collect();
    }
    Ok(groups)
}

/// Returns the values of a column in the answers and in the staff numbers.
fn labels(data: &Dataset, column: &str) -> Result<BTreeSet<String>, AnalysisError> {
    let mut labels: BTreeSet<String> = data
        .values(column)?
        .into_iter()
        .map(str::to_owned)
        .collect();
    if let Some(staff) = data.staff() {
        labels.extend(staff.values(column).into_iter().map(str::to_owned));
    }
    Ok(labels)
}

/// Returns the pairs of values of two columns that occur together.
fn pairs(
    data: &Dataset,
    outer: &str,
    inner: &str,
) -> Result<BTreeSet<(String, String)>, AnalysisError> {
    let mut pairs = data.pairs(outer, inner)?;
    if let Some(staff) = data.staff() {
        let place = |name: &str| staff.columns.iter().position(|found| found == name);
        if let (Some(a), Some(b)) = (place(outer), place(inner)) {
            let rows = staff.rows.iter();
            pairs.extend(rows.filter_map(|row| Some((row.keys[a].clone()?, row.keys[b].clone()?))));
        }
    }
    Ok(pairs)
}

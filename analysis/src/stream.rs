//! Plain CSV and Parquet files, read in parts by several threads and counted as they come.
//!
//! Nothing of a part is kept but its counts. The readers here know well-formed files only: at the
//! first thing that is not plain (a value that the codebook does not know, a column that is
//! missing, a quote inside a quote) they hand the whole file over by returning nothing. The
//! readers of `dataset` then read it as strictly as ever and say what is wrong, and where; if
//! nothing is wrong the answers are counted by the same reducer.

mod block;
mod codes;
mod csv;
mod ids;
mod pages;
mod parquet;
mod runs;

use std::path::Path;
use std::thread;

use crate::dataset::plan::Plan;
use crate::reduce::{Counting, Reducer, Rows};
use block::Block;

/// What is taken out of a file and how it is counted.
pub(crate) struct Wanted<'w> {
    pub(crate) plan: &'w Plan,
    pub(crate) counting: Counting,
    /// The columns of the plan that make groups.
    pub(crate) keys: Vec<usize>,
    /// The columns of the plan that are the items of the counting.
    pub(crate) items: Vec<usize>,
}

/// What was counted in a file.
pub(crate) struct Counted<'w> {
    pub(crate) reducer: Reducer<'w>,
    /// What was noticed and is no error.
    pub(crate) notes: Vec<String>,
}

/// Counts the answers of a file, unless it is not plain or not of a kind that is read in parts.
/// A text file is taken for UTF-8.
pub(crate) fn counted<'w>(file: &Path, wanted: &'w Wanted<'_>) -> Option<Counted<'w>> {
    match file.extension()?.to_str()? {
        "csv" | "CSV" | "tsv" | "txt" => csv::counted(file, wanted),
        "parquet" => parquet::counted(file, wanted),
        _ => None,
    }
}

impl Wanted<'_> {
    fn count(&self, block: &Block, reducer: &mut Reducer<'_>) {
        reducer.add(&Rows {
            len: block.rows(),
            keys: self.keys.iter().map(|column| block.key(*column)).collect(),
            items: self
                .items
                .iter()
                .map(|column| block.item(*column))
                .collect(),
        });
    }
}

/// Runs workers side by side, no more than there are processors, and adds up what they counted.
fn workers<'w>(
    most: usize,
    counting: &'w Counting,
    work: impl Fn(&mut Reducer<'w>) -> Option<()> + Sync,
) -> Option<Reducer<'w>> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let one = || {
        let mut reducer = Reducer::new(counting);
        work(&mut reducer).map(|()| reducer)
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..processors.min(most))
            .map(|_| scope.spawn(one))
            .collect();
        let mut all = one();
        for other in others {
            let other = other.join().ok().flatten();
            all = all.zip(other).map(|(mut all, other)| {
                all.merge(&other);
                all
            });
        }
        all
    })
}

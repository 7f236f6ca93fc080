//! Themes of open answers: how many of those who wrote something mention each.

use findings::{RawRow, Undefined, dim};

use super::share::share;
use super::{Design, Estimates};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::grouping::Grouping;
use crate::tables::by_group;
use crate::tables::themes::{ThemeTable, Themes};

/// A theme that fewer people mention is not shown: a rare complaint tells who complains.
pub const LEAST_MENTIONS: u64 = 5;

/// Returns, for each group and theme, the share of open answers that mention it, with Wilson's
/// interval; the last key is the theme, `n` the number of open answers.
///
/// An answer counts once per theme, however often it comes back to it. A theme with fewer than
/// [`LEAST_MENTIONS`] is not shown. Tested against counts of R.
///
/// # Errors
/// When the column is no column of open answers, or a group column does not exist.
pub fn themes(
    data: &Dataset,
    themes: &Themes,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let mut rows = Vec::new();
    for (group, table) in by_group::<ThemeTable>(data, themes, by)? {
        for (place, theme) in themes.words.keys().enumerate() {
            let mut keys = group.clone();
            keys.push(theme.clone());
            let mentions = table.mentions(place);
            let figure = match mentions {
                _ if table.answers == 0 => Err(Undefined::NoAnswers),
                0..LEAST_MENTIONS => Err(Undefined::FewMentions),
                _ => share(mentions, table.answers, design).ok_or(Undefined::NoAnswers),
            };
            rows.push(RawRow {
                keys,
                figure,
                answers: table.answers,
                modal: mentions.max(table.answers - mentions),
            });
        }
    }
    let mut dims = by.dims();
    dims.push(dim::LEVEL.to_owned());
    Ok(Estimates {
        dims,
        rows,
        notes: Vec::new(),
    })
}

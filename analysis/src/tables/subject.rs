//! What a table is about, as it stands in files.

use serde::{Deserialize, Serialize};

use super::importance::Importance;
use super::linked::ChangeOf;
use super::over_waves::OverWaves;
use super::themes::Themes;
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::score::Quantity;

/// What a table is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Subject {
    /// The score in a dimension of the codebook, by id.
    Area(String),
    /// One item, by column name.
    Item(String),
    /// The scores in several dimensions, in the order they are asked about.
    Areas(Vec<String>),
    /// An area and the item that asks how important it is.
    Importance(ImportanceOf),
    /// Several of these, in the order they are asked about.
    Importances(Vec<ImportanceOf>),
    /// Change from one wave to another.
    Change(ChangeOf),
    /// Several waves together.
    Waves(OverWaves),
    /// All scored items together.
    Questionnaire,
    /// Open answers, with the words that make a theme of them.
    Themes(Themes),
}

/// An area and the item that asks how important it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportanceOf {
    pub(crate) area: String,
    pub(crate) item: String,
}

impl Subject {
    /// Returns a name for messages.
    pub(crate) fn name(&self) -> &str {
        match self {
            Subject::Area(name) | Subject::Item(name) => name,
            Subject::Importance(of) => &of.area,
            Subject::Areas(_) => "areas",
            Subject::Importances(_) => "importance",
            Subject::Change(change) => change.of.name(),
            Subject::Waves(waves) => waves.of.name(),
            Subject::Questionnaire => "questionnaire",
            Subject::Themes(themes) => &themes.column,
        }
    }

    /// Returns it as what tables of one kind are about.
    ///
    /// # Errors
    /// When tables of that kind are about something else.
    pub(crate) fn read<T: TableOf>(&self) -> Result<T, AnalysisError> {
        T::of_subject(self).ok_or_else(|| AnalysisError::Exchange {
            problem: format!("`{}` is not what such a table is about", self.name()),
        })
    }
}

/// Something that a table can be about.
pub(crate) trait TableOf: Sized {
    /// Writes it for a file.
    fn subject(&self) -> Subject;

    /// Reads it back, if it is of this sort.
    fn of_subject(subject: &Subject) -> Option<Self>;

    /// Returns how large its tables are.
    ///
    /// # Errors
    /// When the codebook has no such thing.
    fn size(&self, data: &Dataset) -> Result<Size, AnalysisError>;
}

/// How large the tables of a quantity are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// Items.
    pub(crate) items: usize,
    /// Values of its scale.
    pub(crate) values: usize,
}

impl TableOf for Quantity {
    fn subject(&self) -> Subject {
        match self {
            Quantity::Dimension(id) => Subject::Area(id.clone()),
            Quantity::Item(column) => Subject::Item(column.clone()),
        }
    }

    fn of_subject(subject: &Subject) -> Option<Self> {
        match subject {
            Subject::Area(id) => Some(Quantity::Dimension(id.clone())),
            Subject::Item(column) => Some(Quantity::Item(column.clone())),
            _ => None,
        }
    }

    fn size(&self, data: &Dataset) -> Result<Size, AnalysisError> {
        let ends = self.scale(data)?;
        Ok(Size {
            items: self.columns(data)?.len(),
            values: usize::try_from(ends.high - ends.low).unwrap_or(0) + 1,
        })
    }
}

impl TableOf for Vec<Quantity> {
    fn subject(&self) -> Subject {
        Subject::Areas(self.iter().map(|area| area.name().to_owned()).collect())
    }

    fn of_subject(subject: &Subject) -> Option<Self> {
        match subject {
            Subject::Areas(ids) => {
                let areas = ids.iter().cloned();
                Some(areas.map(Quantity::Dimension).collect())
            }
            _ => None,
        }
    }

    fn size(&self, _: &Dataset) -> Result<Size, AnalysisError> {
        Ok(Size {
            items: self.len(),
            values: 1,
        })
    }
}

impl ImportanceOf {
    fn written(of: &Importance) -> ImportanceOf {
        ImportanceOf {
            area: of.area.name().to_owned(),
            item: of.column.clone(),
        }
    }

    /// Both are counted as they were given: the common scale is the business of whoever reads.
    fn read(&self) -> Importance {
        Importance {
            area: Quantity::Dimension(self.area.clone()),
            column: self.item.clone(),
            scale: None,
        }
    }
}

impl TableOf for Importance {
    fn subject(&self) -> Subject {
        Subject::Importance(ImportanceOf::written(self))
    }

    fn of_subject(subject: &Subject) -> Option<Self> {
        match subject {
            Subject::Importance(of) => Some(of.read()),
            _ => None,
        }
    }

    fn size(&self, data: &Dataset) -> Result<Size, AnalysisError> {
        self.area.size(data)
    }
}

impl TableOf for Vec<Importance> {
    fn subject(&self) -> Subject {
        Subject::Importances(self.iter().map(ImportanceOf::written).collect())
    }

    fn of_subject(subject: &Subject) -> Option<Self> {
        match subject {
            Subject::Importances(all) => Some(all.iter().map(ImportanceOf::read).collect()),
            _ => None,
        }
    }

    fn size(&self, _: &Dataset) -> Result<Size, AnalysisError> {
        Ok(Size {
            items: self.len(),
            values: 1,
        })
    }
}

impl TableOf for ChangeOf {
    fn subject(&self) -> Subject {
        Subject::Change(self.clone())
    }

    fn of_subject(subject: &Subject) -> Option<Self> {
        match subject {
            Subject::Change(change) => Some(change.clone()),
            _ => None,
        }
    }

    fn size(&self, data: &Dataset) -> Result<Size, AnalysisError> {
        self.of.size(data)
    }
}

impl TableOf for Themes {
    fn subject(&self) -> Subject {
        Subject::Themes(self.clone())
    }

    fn of_subject(subject: &Subject) -> Option<Self> {
        match subject {
            Subject::Themes(themes) => Some(themes.clone()),
            _ => None,
        }
    }

    fn size(&self, _: &Dataset) -> Result<Size, AnalysisError> {
        Ok(Size {
            items: self.words.len(),
            values: 1,
        })
    }
}

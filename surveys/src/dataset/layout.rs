//! Our own export: which columns there are, and a response as a row of them.
//!
//! Columns come from all releases of the survey together, never from the current form: an item
//! that a release does not have is `not asked` in its rows.

mod variables;

use super::{CodeValue, Codebook, OpenLink, Origin, ValueLabel, VariableKind};
use crate::release::Release;
use crate::{
    Answer, Assessment, Catalog, Item, ItemId, Labels, Missing, MunicipalityCode, Response, RoleId,
    Survey, UnitId, WaveId,
};

/// A place of a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellValue {
    /// A whole number.
    Integer(i32),
    /// A text, possibly empty.
    Text(String),
}

/// How a column is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// Whole numbers of 32 bits.
    Integer,
    /// Whole numbers of 16 bits.
    SmallInteger,
    /// Text.
    Text,
}

/// Why a response cannot become a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// The response answers a release that was not handed in.
    #[error(
        "a response answers release {release} of survey `{survey}`, which is not among the \
         releases of this dataset"
    )]
    UnknownRelease {
        /// The survey of the response.
        survey: String,
        /// The release of the response.
        release: u32,
    },
}

/// The columns of an export and how to fill them.
#[derive(Clone, Debug)]
pub struct Layout<'a> {
    releases: &'a [Release],
    catalog: &'a Catalog,
    columns: Vec<Column>,
    codebook: Codebook,
}

/// An item in one revision: a raised revision is a column of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct ItemRev {
    id: ItemId,
    rev: u32,
}

#[derive(Clone, Debug)]
enum Column {
    Answer,
    Wave,
    Municipality,
    Unit,
    Role,
    RoleGroup,
    Duties,
    Employment,
    Language,
    Release,
    Value(ItemRev),
    Option(ItemRev, i16),
    Text(ItemRev),
    TextMissing(ItemRev),
}

impl<'a> Layout<'a> {
    /// Makes the columns and the codebook from every release the answers were given to.
    #[must_use]
    pub fn new(releases: &'a [Release], catalog: &'a Catalog, origin: Origin) -> Layout<'a> {
        let mut columns = Vec::new();
        let mut variables = Vec::new();
        for (column, variable) in variables::all(releases, catalog) {
            columns.push(column);
            variables.push(variable);
        }
        let codebook = variables::codebook(releases, catalog, origin, variables);
        Layout {
            releases,
            catalog,
            columns,
            codebook,
        }
    }

    /// Lists the units of the export with their names; an empty name leaves the id to stand for
    /// itself. Without units the codebook lists none, and any may occur.
    #[must_use]
    pub fn with_units(mut self, units: impl IntoIterator<Item = (UnitId, Labels)>) -> Layout<'a> {
        let values: Vec<ValueLabel> = units
            .into_iter()
            .map(|(unit, label)| ValueLabel {
                value: CodeValue::Text(unit.to_string()),
                label,
            })
            .collect();
        let variables = self.codebook.variables.iter_mut();
        for variable in variables.filter(|variable| variable.kind == VariableKind::Unit) {
            variable.values.clone_from(&values);
        }
        self
    }

    /// Says where people answered over an open link.
    #[must_use]
    pub fn with_open_link(mut self, open_link: OpenLink) -> Layout<'a> {
        self.codebook.open_link = open_link;
        self
    }

    /// Returns the codebook of the export.
    #[must_use]
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// Returns how each column is stored, in order.
    #[must_use]
    pub fn column_types(&self) -> Vec<ColumnType> {
        self.columns.iter().map(Column::kind).collect()
    }

    /// Returns a response as a row; the first place, the answer's number, is nought until the
    /// rows are sorted and numbered.
    ///
    /// # Errors
    /// When the response answers a release that was not handed in.
    pub fn row(
        &self,
        response: &Response,
        wave: &WaveId,
        municipality: &MunicipalityCode,
        unit: Option<&UnitId>,
    ) -> Result<Vec<CellValue>, RowError> {
        let survey = self.survey_of(response)?;
        let row = Row {
            survey,
            shown: Assessment::new(survey, &response.position, &response.answers),
            response,
        };
        let text = |value: &str| CellValue::Text(value.to_owned());
        let position = &response.position;
        let cells = self.columns.iter().map(|column| match column {
            Column::Answer => CellValue::Integer(0),
            Column::Wave => text(wave.as_str()),
            Column::Municipality => text(municipality.as_str()),
            Column::Unit => text(unit.map_or("", UnitId::as_str)),
            Column::Role => text(position.role.as_str()),
            Column::RoleGroup => {
                let group = self.catalog.group_of(&position.role);
                text(group.map_or("", |group| group.id.as_str()))
            }
            Column::Duties => {
                let duties: Vec<_> = position.duties.iter().map(RoleId::as_str).collect();
                text(&duties.join(";"))
            }
            Column::Employment => text(position.employment.as_ref().map_or("", RoleId::as_str)),
            Column::Language => text(response.language.tag()),
            Column::Release => {
                CellValue::Integer(i32::try_from(response.release).unwrap_or(i32::MAX))
            }
            Column::Value(item) => row.value(item),
            Column::Option(item, option) => row.option(item, *option),
            Column::Text(item) => row.text(item),
            Column::TextMissing(item) => row.text_missing(item),
        });
        Ok(cells.collect())
    }

    fn survey_of(&self, response: &Response) -> Result<&'a Survey, RowError> {
        self.releases
            .iter()
            .find(|it| it.number() == response.release && it.survey().id == response.survey)
            .map(Release::survey)
            .ok_or_else(|| RowError::UnknownRelease {
                survey: response.survey.to_string(),
                release: response.release,
            })
    }
}

impl Column {
    fn kind(&self) -> ColumnType {
        match self {
            Column::Answer | Column::Release => ColumnType::Integer,
            Column::Value(_) | Column::Option(..) | Column::TextMissing(_) => {
                ColumnType::SmallInteger
            }
            _ => ColumnType::Text,
        }
    }
}

/// One response while its cells are filled.
struct Row<'r> {
    survey: &'r Survey,
    shown: Assessment<'r>,
    response: &'r Response,
}

impl Row<'_> {
    /// Returns the answer that stands in the dataset, or why there is none.
    fn place(&self, item: &ItemRev) -> Result<&Answer, Missing> {
        let is_this = |it: &Item| it.rev == item.rev;
        if !self.shown.shows(&item.id) || !self.survey.item(&item.id).is_some_and(is_this) {
            return Err(Missing::NotAsked);
        }
        match self.response.answers.get(&item.id) {
            None => Err(Missing::LeftEmpty),
            Some(Answer::NoValue(reason)) => Err(Missing::Declined(*reason)),
            Some(answer) => Ok(answer),
        }
    }

    fn value(&self, item: &ItemRev) -> CellValue {
        number(match self.place(item) {
            Ok(Answer::Level(level)) => i16::from(level.0),
            Ok(Answer::Choices(chosen)) => *chosen.first().unwrap_or(&Missing::LeftEmpty.code()),
            Ok(Answer::Text(_) | Answer::NoValue(_)) => Missing::LeftEmpty.code(),
            Err(missing) => missing.code(),
        })
    }

    fn option(&self, item: &ItemRev, option: i16) -> CellValue {
        let offered = self
            .survey
            .item(&item.id)
            .is_some_and(|it| it.options().iter().any(|it| it.value == option));
        number(match self.place(item) {
            Ok(_) if !offered => Missing::NotAsked.code(),
            Ok(Answer::Choices(chosen)) => i16::from(chosen.contains(&option)),
            Ok(_) => Missing::LeftEmpty.code(),
            Err(missing) => missing.code(),
        })
    }

    fn text(&self, item: &ItemRev) -> CellValue {
        CellValue::Text(match self.place(item) {
            Ok(Answer::Text(given)) => given.clone(),
            _ => String::new(),
        })
    }

    fn text_missing(&self, item: &ItemRev) -> CellValue {
        number(match self.place(item) {
            Ok(_) => variables::TEXT_GIVEN,
            Err(missing) => missing.code(),
        })
    }
}

fn number(value: i16) -> CellValue {
    CellValue::Integer(i32::from(value))
}

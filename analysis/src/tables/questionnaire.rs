//! How people went through the questionnaire: the items that are scored, in the order of the
//! codebook.
//!
//! Questions beside them, such as how important an area is, are often answered on another page.

use surveys::dataset::VariableKind;

use super::{Size, Subject, TableOf};
use crate::AnalysisError;
use crate::dataset::Dataset;

/// All scored items together: what tables about whole questionnaires are about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Questionnaire;

impl Questionnaire {
    /// Returns the columns of the items that are scored; every scale where nothing is scored.
    pub(crate) fn columns(data: &Dataset) -> Vec<&str> {
        let codebook = data.codebook();
        let scored = |name: &String| {
            let mut dimensions = codebook.dimensions.iter();
            codebook.dimensions.is_empty()
                || dimensions.any(|dimension| dimension.variables.contains(name))
        };
        let variables = codebook.variables.iter();
        let items = variables
            .filter(|variable| variable.kind == VariableKind::Scale && scored(&variable.name));
        items.map(|variable| variable.name.as_str()).collect()
    }
}

impl TableOf for Questionnaire {
    fn subject(&self) -> Subject {
        Subject::Questionnaire
    }

    fn of_subject(subject: &Subject) -> Option<Self> {
        matches!(subject, Subject::Questionnaire).then_some(Questionnaire)
    }

    fn size(&self, data: &Dataset) -> Result<Size, AnalysisError> {
        Ok(Size {
            items: Questionnaire::columns(data).len(),
            values: 1,
        })
    }
}

//! Integration tests of the analysis, a module for each subject.

mod listed;
mod oracle;
mod setting;

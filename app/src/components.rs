//! Components: one file each, used by pages.

mod document;

pub use document::document;

#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod cell;
mod finding;
mod rule;

pub use cell::*;
pub use finding::*;
pub use rule::*;

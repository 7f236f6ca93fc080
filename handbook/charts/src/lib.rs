#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod alternative;
mod backend;
mod chart;
mod diverging;
mod dumbbell;
mod font;
mod heat;
pub mod look;
pub mod number;
mod pen;
mod quadrants;
mod radar;
mod standalone;
mod tabled;
mod words;

pub use chart::*;
pub use diverging::{DivergingRow, DivergingSpec, diverging};
pub use dumbbell::{ProfileRow, ProfileSpec, dumbbell};
pub use font::text_width;
pub use heat::{HeatRow, HeatSpec, heat};
pub use quadrants::{QuadrantRow, QuadrantSpec, Quarters, quadrants};
pub use radar::radar;
pub use standalone::{Printed, printed, standalone};
pub use tabled::{TablePlace, tabled};

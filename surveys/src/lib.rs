#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod condition;
pub mod dataset;
mod framework;
mod id;
mod item;
mod response;
mod role;
mod scale;
mod survey;
mod text;

pub use condition::Condition;
pub use framework::*;
pub use id::*;
pub use item::*;
pub use response::*;
pub use role::*;
pub use scale::*;
pub use survey::*;
pub use text::*;

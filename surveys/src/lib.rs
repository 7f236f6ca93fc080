#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod assessment;
mod catalog;
mod competence;
pub mod condition;
pub mod dataset;
pub mod definition;
mod framework;
mod gap;
mod id;
mod item;
pub mod network;
pub mod release;
mod response;
mod role;
mod scale;
mod score;
mod survey;
mod text;

pub use assessment::*;
pub use catalog::*;
pub use competence::*;
pub use condition::Condition;
pub use framework::*;
pub use gap::*;
pub use id::*;
pub use item::*;
pub use release::Release;
pub use response::*;
pub use role::*;
pub use scale::*;
pub use score::*;
pub use survey::*;
pub use text::*;

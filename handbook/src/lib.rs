#![doc = include_str!("../README.md")]

mod book;
mod data;
mod directive;
mod edition;
mod figure;
mod front;
mod grid;
mod html;
mod lookup;
mod markdown;
mod outline;
mod page;
mod problem;
mod request;
mod section;
mod settings;
mod site;
mod slots;
mod sources;
mod translation;
mod tree;
mod view;
mod words;

pub use edition::{Edition, build, check};
pub use problem::{DidYouMean, Located, Problem};
pub use request::{FindingsFile, Request};
pub use sources::Sources;
pub use translation::accept;

#![doc = include_str!("../README.md")]

mod book;
mod card;
mod citation;
mod data;
mod directive;
mod edition;
mod figure;
mod front;
mod grid;
mod html;
mod list;
mod lookup;
mod markdown;
mod messages;
mod outline;
mod page;
mod print;
mod problem;
mod register;
mod request;
mod section;
mod settings;
mod site;
mod slots;
mod sources;
mod term;
mod translation;
mod tree;
mod view;
mod words;

pub use edition::{Edition, build, check};
pub use problem::{DidYouMean, Located, Problem};
pub use request::{FindingsFile, Request, WholeBooks};
pub use sources::Sources;
pub use translation::accept;

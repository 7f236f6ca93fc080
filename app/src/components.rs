//! Components: one file each, used by pages.

pub mod answer_card;
pub mod document;
pub mod fields;
pub mod forget_unsent;
pub mod island_loader;
pub mod local_address;
pub mod markdown;
pub mod matrix;
pub mod paper_mark;
pub mod print_button;
pub mod problem_list;
pub mod progress;

pub use answer_card::AnswerCard;
pub use document::{Look, Shell, document, saved_document};
pub use fields::{HiddenFields, RadioRow, TickRow};
pub use forget_unsent::ForgetUnsent;
pub use island_loader::IslandLoader;
pub use local_address::LocalAddress;
pub use markdown::{Markdown, plain_title};
pub use matrix::Matrix;
pub use paper_mark::PaperMark;
pub use print_button::PrintButton;
pub use problem_list::{Problem, ProblemList};
pub use progress::{Progress, answered_text};

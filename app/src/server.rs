//! Addresses, handlers and what stands in front of them.
//!
//! [`Service`] is what handlers and commands work with; `router` is the table of addresses.
//! Answering stands in `answering`, the coordinator's pages in `coordinating`.

mod code;
mod config;
mod dataset;
mod draft;
mod folder;
mod keys;
mod registers;
mod service;
mod waves;

pub use code::Code;
pub use config::{Config, ConfigError};
pub use dataset::{DatasetAnswer, DatasetInput, FrameRow};
pub use folder::{DataFolder, FolderError};
pub use keys::Keys;
pub use registers::{ImportError, RegisterProblem};
pub use service::{Clock, GRACE, Service, ServiceError, Stock};
pub use waves::{MOST_CODES, UnitCodes, WaveOrder};

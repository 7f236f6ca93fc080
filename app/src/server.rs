//! Addresses, handlers and what stands in front of them.
//!
//! [`Service`] is what handlers and commands work with; `router` is the table of addresses.
//! Answering stands in `answering`, the coordinator's pages in `coordinating`.

mod admission;
mod answering;
mod assets;
mod code;
mod config;
mod coordinating;
mod dataset;
mod draft;
mod folder;
mod help;
mod keys;
pub(crate) mod layers;
mod level_code;
mod limits;
mod paper_entry;
mod patience;
mod peers;
mod posted;
mod published;
mod qr;
mod registers;
mod router;
mod run;
mod sent_count;
mod service;
mod state;
mod visit;
mod waves;

pub use code::{Code, ReturnCode};
pub use config::{Config, ConfigError, Retention};
pub use dataset::DatasetInput;
pub use folder::{DataFolder, FolderError};
pub use keys::Keys;
pub use registers::ImportError;
pub use run::{Greeting, InProcess, ServeError, in_process, serve};
pub use service::{Clock, GRACE, Service, ServiceError, Stock};
pub use waves::{MOST_CODES, UnitCodes, WaveOrder};

#![doc = include_str!("../README.md")]
//!
//! # Layout
//!
//! Pages, components and islands say what people see; they take plain data and know no store.
//! `server` holds the addresses and what stands in front of them, `store` the SQL, `access` who
//! may do what, `error` which status a failure becomes.

// The types of views nest deeply; Leptos asks for more than the default of 128.
#![recursion_limit = "256"]

#[cfg(feature = "ssr")]
pub mod components;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod pages;

#[cfg(feature = "ssr")]
pub mod access;
#[cfg(feature = "ssr")]
pub mod error;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub mod store;

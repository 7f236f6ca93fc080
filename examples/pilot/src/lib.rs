#![doc = include_str!("../README.md")]

pub mod browser;
pub mod load;
pub mod network;
pub mod person;
pub mod respondent;
pub mod wave;

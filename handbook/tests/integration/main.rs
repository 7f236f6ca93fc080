//! The handbook as its writers and readers meet it: problems, pages, editions.

mod changes;
mod editions;
mod fixture;
mod full;
mod outputs;
mod own;
mod pages;
mod paper;
mod preview;
mod problems;
mod search;
mod sheets;

//! The complementary step against reference tables with proved optima, and against an adversary.

mod adversary;
mod auditor;
mod reference;
mod search;
mod size;
mod three_ways;
mod world;

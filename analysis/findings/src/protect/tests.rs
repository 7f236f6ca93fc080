//! The complementary step against reference tables with proved optima, and against an adversary.

mod adversary;
#[path = "../../examples/adversary/answers.rs"]
mod answers;
#[path = "../../examples/adversary/attack.rs"]
mod attack;
mod auditor;
mod reader;
mod reference;
mod search;
mod shares;
mod size;
mod three_ways;
mod towns;
mod world;

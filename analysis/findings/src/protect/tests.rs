//! The complementary step against reference tables with proved optima, and against an adversary.

mod adversary;
mod reference;
mod size;
mod world;

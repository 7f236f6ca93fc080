//! Embedded folders: a new file in one of them must reach the program.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=public");
}

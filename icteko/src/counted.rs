//! Numbers of things in what the program says: one file, two files.

/// Returns a number with the word that fits it.
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

/// Returns how many there are of something held in memory.
pub(crate) fn counted_len(number: usize, one: &str, many: &str) -> String {
    counted(number as u64, one, many)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_everything_else_is_many() {
        assert_eq!(counted(1, "file", "files"), "1 file");
        assert_eq!(counted(0, "file", "files"), "0 files");
        assert_eq!(counted_len(2, "file", "files"), "2 files");
    }
}

//! Codes: 15 random letters and a check letter, in four groups for reading aloud (AN-3); return
//! codes: 27 and a check letter, in seven groups (AN-19).
//!
//! The alphabet has no look-alikes: O is read as 0, I and L as 1, U as V. Case, blanks and
//! hyphens do not matter.

use std::fmt;

/// 32 letters without I, L, O and U.
pub(super) const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Random letters of a code: 75 bits.
const RANDOM: usize = 15;

/// Characters that are looked at before clean-up (IN-5).
pub(crate) const LONGEST_TYPED: usize = 64;

/// A code as somebody holds it.
#[derive(Clone, PartialEq, Eq)]
pub struct Code([u8; RANDOM + 1]);

impl Code {
    /// Makes a code of random bytes, which the caller takes from the operating system.
    #[must_use]
    pub fn from_random(bytes: [u8; RANDOM]) -> Code {
        let mut values = [0; RANDOM + 1];
        for (value, byte) in values.iter_mut().zip(bytes) {
            *value = byte & 31;
        }
        values[RANDOM] = check_value(&values[..RANDOM]);
        Code(values)
    }

    /// Reads a code as somebody typed it.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Code> {
        checked(typed).map(Code)
    }

    /// Returns the letters without spacing, as they are hashed.
    #[must_use]
    pub fn letters(&self) -> String {
        letters(&self.0)
    }
}

/// Random letters of a return code: 135 bits.
const RETURN_RANDOM: usize = 27;

/// The code that finds one's own sent answer again (AN-19): seven groups of four, the last letter
/// checks the others. Being longer, it is never taken for a code that opens a questionnaire.
#[derive(Clone, PartialEq, Eq)]
pub struct ReturnCode([u8; RETURN_RANDOM + 1]);

impl ReturnCode {
    /// Makes a return code of random bytes, which the caller takes from the operating system.
    #[must_use]
    pub fn from_random(bytes: [u8; RETURN_RANDOM]) -> ReturnCode {
        let mut values = [0; RETURN_RANDOM + 1];
        for (value, byte) in values.iter_mut().zip(bytes) {
            *value = byte & 31;
        }
        values[RETURN_RANDOM] = check_value(&values[..RETURN_RANDOM]);
        ReturnCode(values)
    }

    /// Makes a fresh return code.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub(crate) fn fresh() -> Result<ReturnCode, getrandom::Error> {
        let mut bytes = [0; RETURN_RANDOM];
        getrandom::fill(&mut bytes)?;
        Ok(ReturnCode::from_random(bytes))
    }

    /// Reads a return code as somebody typed it.
    #[must_use]
    pub fn parse(typed: &str) -> Option<ReturnCode> {
        checked(typed).map(ReturnCode)
    }

    /// Returns the letters without spacing, as they are hashed.
    #[must_use]
    pub fn letters(&self) -> String {
        letters(&self.0)
    }
}

fn letters(values: &[u8]) -> String {
    values
        .iter()
        .map(|value| char::from(LETTERS[usize::from(*value)]))
        .collect()
}

/// Reads letters of which the last checks the others.
fn checked<const ALL: usize>(typed: &str) -> Option<[u8; ALL]> {
    if typed.len() > LONGEST_TYPED {
        return None;
    }
    let mut values = [0; ALL];
    let mut count = 0;
    for letter in typed.chars().filter(|letter| !is_spacing(*letter)) {
        *values.get_mut(count)? = value_of(letter)?;
        count += 1;
    }
    let (check, random) = values.split_last()?;
    (count == ALL && check_value(random) == *check).then_some(values)
}

/// Writes letters in groups of four.
fn grouped(values: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (place, value) in values.iter().enumerate() {
        if place > 0 && place % 4 == 0 {
            f.write_str("-")?;
        }
        write!(f, "{}", char::from(LETTERS[usize::from(*value)]))?;
    }
    Ok(())
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        grouped(&self.0, f)
    }
}

impl fmt::Display for ReturnCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        grouped(&self.0, f)
    }
}

/// A code must not reach a log by way of a debug line.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

impl fmt::Debug for ReturnCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReturnCode(…)")
    }
}

pub(super) fn is_spacing(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '‐' | '‑' | '–' | '—' | '_' | '.')
}

pub(super) fn value_of(letter: char) -> Option<u8> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'U' => 'V',
        other => other,
    };
    let place = LETTERS
        .iter()
        .position(|known| char::from(*known) == letter)?;
    u8::try_from(place).ok()
}

/// The check letter of a Reed-Solomon code over the field of 32 elements (x⁵ + x² + 1): it finds
/// every single wrong letter and every two letters that changed places.
fn check_value(values: &[u8]) -> u8 {
    values.iter().fold(0, |sum, value| times_x(sum ^ value))
}

fn times_x(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 0b10_0000 == 0 {
        doubled
    } else {
        doubled ^ 0b10_0101
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> Code {
        Code::from_random([7, 250, 31, 0, 19, 88, 3, 142, 201, 77, 5, 64, 99, 180, 22])
    }

    #[test]
    fn a_code_has_four_groups_of_four() {
        let text = code().to_string();
        let groups: Vec<&str> = text.split('-').collect();
        assert_eq!(groups.len(), 4);
        assert!(groups.iter().all(|group| group.len() == 4), "{text}");
    }

    #[test]
    fn typing_is_forgiven() {
        let code = code();
        let text = code.to_string();
        for typed in [
            text.to_lowercase(),
            text.replace('-', ""),
            text.replace('-', " "),
            format!("  {} ", text.replace('-', "–")),
            text.replace('0', "o").replace('1', "l").replace('V', "u"),
        ] {
            assert_eq!(Code::parse(&typed), Some(code.clone()), "{typed}");
        }
    }

    #[test]
    fn every_wrong_letter_and_every_swap_is_found() {
        let letters = code().letters();
        let bytes = letters.as_bytes();
        for place in 0..16 {
            for wrong in LETTERS.iter().filter(|letter| **letter != bytes[place]) {
                let mut typed = bytes.to_vec();
                typed[place] = *wrong;
                assert_eq!(Code::parse(&String::from_utf8(typed).unwrap()), None);
            }
            for other in place + 1..16 {
                let mut typed = bytes.to_vec();
                typed.swap(place, other);
                let swapped = Code::parse(&String::from_utf8(typed).unwrap());
                assert!(
                    bytes[place] == bytes[other] || swapped.is_none(),
                    "{place} {other}"
                );
            }
        }
    }

    #[test]
    fn a_return_code_has_seven_groups_and_is_read_back() {
        let code = ReturnCode::from_random([77; 27]);
        let text = code.to_string();
        assert_eq!(text.split('-').count(), 7, "{text}");
        assert_eq!(ReturnCode::parse(&text.to_lowercase()), Some(code));
        assert_eq!(Code::parse(&text), None);
        assert_eq!(ReturnCode::parse(&self::code().to_string()), None);
        let letters = text.replace('-', "");
        for place in 0..letters.len() {
            let mut typed = letters.clone().into_bytes();
            typed[place] = if typed[place] == b'7' { b'8' } else { b'7' };
            assert_eq!(ReturnCode::parse(&String::from_utf8(typed).unwrap()), None);
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        let long = "A".repeat(10_000);
        for typed in [
            "",
            "-",
            "ABCD",
            "ÄÄÄÄ-ÄÄÄÄ-ÄÄÄÄ-ÄÄÄÄ",
            &long,
            "AAAA-AAAA-AAAA-AAAA-AAAA",
        ] {
            assert_eq!(Code::parse(typed), None, "{typed}");
        }
    }
}

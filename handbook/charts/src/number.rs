//! Numbers as people of a language write them: decimal comma, real minus, no-break space.

use findings::Count;
use surveys::Lang;

/// Returns a number with a fixed number of decimals.
#[must_use]
pub fn decimal(value: f64, decimals: usize, lang: Lang) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let is_zero = plain.bytes().all(|b| matches!(b, b'0' | b'.'));
    let plain = match lang {
        Lang::Fi | Lang::Sv => plain.replace('.', ","),
        Lang::En => plain,
    };
    if value < 0.0 && !is_zero {
        format!("\u{2212}{plain}")
    } else {
        plain
    }
}

/// Returns a number that shows its sign even when it is positive; nought has none.
#[must_use]
pub fn signed(value: f64, decimals: usize, lang: Lang) -> String {
    let text = decimal(value, decimals, lang);
    let is_zero = text.chars().all(|c| matches!(c, '0' | '.' | ','));
    if value > 0.0 && !is_zero {
        format!("+{text}")
    } else {
        text
    }
}

/// Returns a share in whole per cent.
#[must_use]
pub fn percent(share: f64, lang: Lang) -> String {
    let number = decimal(share * 100.0, 0, lang);
    match lang {
        Lang::Fi | Lang::Sv => format!("{number}\u{a0}%"),
        Lang::En => format!("{number}%"),
    }
}

/// Returns a whole number in groups of three.
#[must_use]
pub fn whole(value: u64, lang: Lang) -> String {
    let digits = value.to_string();
    let separator = match lang {
        Lang::Fi | Lang::Sv => '\u{a0}',
        Lang::En => ',',
    };
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// Returns a number of answers: exact, or its range.
#[must_use]
pub fn count(count: Count, lang: Lang) -> String {
    match count {
        Count::Exact(n) => whole(n, lang),
        Count::Range([low, high]) => range(&whole(low, lang), &whole(high, lang), lang),
    }
}

/// Joins two written numbers to a range; a unit that both carry is written once.
#[must_use]
pub fn range(low: &str, high: &str, lang: Lang) -> String {
    let unit = match lang {
        Lang::Fi | Lang::Sv => "\u{a0}%",
        Lang::En => "%",
    };
    let low = if high.ends_with(unit) {
        low.strip_suffix(unit).unwrap_or(low)
    } else {
        low
    };
    // A dash between signed numbers would read as a second minus.
    if low.starts_with('\u{2212}') || high.starts_with('\u{2212}') {
        format!("{low}\u{a0}…\u{a0}{high}")
    } else {
        format!("{low}\u{2013}{high}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(decimal(2.449, 1, Lang::Fi), "2,4");
        assert_eq!(decimal(-0.3, 1, Lang::Sv), "−0,3");
        assert_eq!(decimal(-0.01, 1, Lang::En), "0.0");
        assert_eq!(signed(0.6, 1, Lang::En), "+0.6");
        assert_eq!(signed(0.01, 1, Lang::En), "0.0");
        assert_eq!(percent(0.708, Lang::Fi), "71\u{a0}%");
        assert_eq!(percent(0.708, Lang::En), "71%");
        assert_eq!(whole(1_234_567, Lang::En), "1,234,567");
        assert_eq!(whole(999, Lang::Fi), "999");
    }

    #[test]
    fn ranges_carry_their_unit_once() {
        assert_eq!(range("41\u{a0}%", "48\u{a0}%", Lang::Fi), "41–48\u{a0}%");
        assert_eq!(range("−0,2", "0,3", Lang::Fi), "−0,2\u{a0}…\u{a0}0,3");
        assert_eq!(count(Count::Range([10, 19]), Lang::Fi), "10–19");
    }
}

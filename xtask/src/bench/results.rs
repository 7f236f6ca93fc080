//! Whether two programs came to the same results.

use std::fs;
use std::path::Path;

/// The files of the job, each with the number of columns that name a row.
const FILES: [(&str, usize); 3] = [("scores.csv", 4), ("items.csv", 4), ("alpha.csv", 2)];

/// Sums in another order differ in the last digits; more is another result.
const TOLERANCE: f64 = 1e-10;

/// Compares all files of two folders; returns the largest difference, relative or, below one,
/// absolute.
pub(super) fn compared(reference: &Path, other: &Path) -> Result<f64, String> {
    let mut worst: f64 = 0.0;
    for (name, keys) in FILES {
        let read = |folder: &Path| {
            let file = folder.join(name);
            fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
        };
        let found = difference(&read(reference)?, &read(other)?, keys);
        let found = found.map_err(|problem| format!("{}: {name}: {problem}", other.display()))?;
        worst = worst.max(found);
    }
    Ok(worst)
}

fn difference(reference: &str, other: &str, keys: usize) -> Result<f64, String> {
    let (rows, others) = (reference.lines().count(), other.lines().count());
    if rows != others {
        return Err(format!("{others} lines, not {rows}"));
    }
    let mut worst: f64 = 0.0;
    for (number, (row, other)) in reference.lines().zip(other.lines()).enumerate() {
        let place = number + 1;
        let (fields, others): (Vec<&str>, Vec<&str>) =
            (row.split(',').collect(), other.split(',').collect());
        // The header and the keys are the same to the letter.
        let same = if number == 0 { fields.len() } else { keys };
        if fields.len() != others.len() || fields[..same] != others[..same] {
            return Err(format!("line {place} is `{other}`, not `{row}`"));
        }
        for (field, other) in fields[same..].iter().zip(&others[same..]) {
            match (number_of(field), number_of(other)) {
                (None, None) => {}
                (Some(a), Some(b)) => {
                    let error = (a - b).abs() / a.abs().max(1.0);
                    if error > TOLERANCE {
                        return Err(format!("line {place} has {b}, not {a}"));
                    }
                    worst = worst.max(error);
                }
                _ => return Err(format!("line {place} has `{other}`, not `{field}`")),
            }
        }
    }
    Ok(worst)
}

/// Returns a finite number; what is undefined is an empty field or NaN.
fn number_of(field: &str) -> Option<f64> {
    field.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rounding_may_differ() {
        let reference = "city,mean,sd\na,2.5,\nb,1000,1\n";
        assert_eq!(difference(reference, reference, 1), Ok(0.0));
        let near = "city,mean,sd\na,2.5,NaN\nb,1000.0000000001,1.0\n";
        let found = difference(reference, near, 1).unwrap();
        assert!(found > 0.0 && found < 1e-12, "{found}");
        for other in [
            "city,mean,sd\na,2.5,\n",
            "city,mean,sd\na,2.5,\nc,1000,1\n",
            "city,mean,sd\na,2.5,0\nb,1000,1\n",
            "city,mean,sd\na,2.51,\nb,1000,1\n",
        ] {
            assert!(difference(reference, other, 1).is_err(), "{other}");
        }
    }
}

//! What stands before the cases: the header, and records that describe the variables.
//!
//! Letters are known only when all records are read, so texts are kept as bytes until then.

use std::collections::BTreeMap;

use encoding_rs::Encoding;

use super::bytes::Input;
use super::{MissingValues, Segment, SpssError, SpssValue, SpssVariable, letters};

/// Header, variables and how the cases are packed.
pub(super) struct Dictionary {
    pub(super) variables: Vec<SpssVariable>,
    /// Places of eight bytes in a case.
    pub(super) places: usize,
    pub(super) packing: Packing,
    /// What is taken off a bytecode to get its number.
    pub(super) bias: f64,
    /// Number of cases, where the file says it.
    pub(super) cases: Option<usize>,
    pub(super) encoding: &'static Encoding,
    /// The number that stands for no number.
    pub(super) system_missing: f64,
}

/// How cases are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Bytecode,
    Zlib,
}

/// A variable record as it stands in the file, or a part of a longer text.
struct RawVariable<'b> {
    width: usize,
    name: &'b [u8],
    label: &'b [u8],
    missing: Vec<[u8; 8]>,
    missing_kind: i32,
    first_place: usize,
}

/// Words of values, for the variables at these places of a case (counted from one).
struct RawLabels<'b> {
    labels: Vec<([u8; 8], &'b [u8])>,
    places: Vec<i32>,
}

/// Records as they are read.
struct Records<'b> {
    variables: Vec<RawVariable<'b>>,
    places: usize,
    labels: Vec<RawLabels<'b>>,
    long_names: &'b [u8],
    very_long: &'b [u8],
    long_labels: Option<Input<'b>>,
    code_page: Option<i32>,
    encoding_name: Option<&'b [u8]>,
    system_missing: f64,
}

/// A text longer than this is held in several variables.
const LONGEST_SEGMENT: usize = 255;
/// Characters of a very long text that each of its variables but the last accounts for.
const COUNTED_SEGMENT: usize = 252;
/// SPSS itself stops at this width.
const LONGEST_TEXT: usize = 32_767;

impl Dictionary {
    pub(super) fn read(input: &mut Input<'_>) -> Result<Dictionary, SpssError> {
        let header = Header::read(input)?;
        let records = records(input)?;
        let name = records.encoding_name.map(String::from_utf8_lossy);
        let encoding = letters::encoding(name.as_deref(), records.code_page).map_err(|name| {
            input.wrong(format!(
                "the file is written in {name}, which is not known here; save it as UTF-8"
            ))
        })?;
        let mut variables = variables(&records, encoding, input)?;
        label_values(&records, encoding, input, &mut variables);
        long_labels(&records, encoding, &mut variables)?;
        Ok(Dictionary {
            variables: variables
                .into_iter()
                .map(|(_, variable)| variable)
                .collect(),
            places: records.places,
            packing: header.packing,
            bias: header.bias,
            cases: header.cases,
            encoding,
            system_missing: records.system_missing,
        })
    }
}

struct Header {
    packing: Packing,
    bias: f64,
    cases: Option<usize>,
}

impl Header {
    fn read(input: &mut Input<'_>) -> Result<Header, SpssError> {
        let start = input.clone();
        let kind = input.take(4).unwrap_or_default();
        if kind != b"$FL2" && kind != b"$FL3" {
            let problem = "this is no SPSS system file: it does not begin with $FL2 or $FL3";
            return Err(start.wrong(problem));
        }
        input.take(60)?;
        let before = input.clone();
        if !(2..=3).contains(&input.whole_number()?) {
            *input = before;
            input.big_endian = true;
            let layout = input.whole_number()?;
            if !(2..=3).contains(&layout) {
                return Err(input.wrong("the order of bytes in numbers cannot be told"));
            }
        }
        input.whole_number()?;
        let packing = match (input.whole_number()?, kind == b"$FL3") {
            (0, _) => Packing::Plain,
            (1, _) => Packing::Bytecode,
            (2, true) => Packing::Zlib,
            (other, _) => return Err(input.wrong(format!("packing {other} is not known"))),
        };
        input.whole_number()?;
        let cases = usize::try_from(input.whole_number()?).ok();
        let bias = input.decimal()?;
        input.take(9 + 8 + 64 + 3)?;
        Ok(Header {
            packing,
            bias,
            cases,
        })
    }
}

fn records<'b>(input: &mut Input<'b>) -> Result<Records<'b>, SpssError> {
    let mut found = Records {
        variables: Vec::new(),
        places: 0,
        labels: Vec::new(),
        long_names: b"",
        very_long: b"",
        long_labels: None,
        code_page: None,
        encoding_name: None,
        system_missing: -f64::MAX,
    };
    loop {
        let here = input.clone();
        match input.whole_number()? {
            2 => variable(input, &mut found)?,
            3 => found.labels.push(value_labels(input)?),
            6 => {
                let lines = input.count("lines")?;
                input.take(lines.saturating_mul(80))?;
            }
            7 => extension(input, &mut found)?,
            999 => {
                input.whole_number()?;
                break;
            }
            other => return Err(here.wrong(format!("record {other} is not known"))),
        }
    }
    if found.variables.is_empty() {
        return Err(input.wrong("the file describes no variables"));
    }
    Ok(found)
}

fn variable<'b>(input: &mut Input<'b>, found: &mut Records<'b>) -> Result<(), SpssError> {
    let width = input.whole_number()?;
    let has_label = input.whole_number()?;
    let missing_kind = input.whole_number()?;
    input.take(8)?;
    let name = input.take(8)?;
    let label = match has_label {
        0 => &[][..],
        _ => {
            let length = input.count("letters")?;
            let label = input.take(length)?;
            input.take((4 - length % 4) % 4)?;
            label
        }
    };
    let values = match missing_kind {
        0..=3 => missing_kind,
        -2 => 2,
        -3 => 3,
        other => return Err(input.wrong(format!("{other} is no number of missing values"))),
    };
    let mut missing = Vec::new();
    for _ in 0..values {
        let mut value = [0; 8];
        value.copy_from_slice(input.take(8)?);
        missing.push(value);
    }
    let first_place = found.places;
    found.places += 1;
    // The further places of a text have records of their own, of width -1.
    if let Ok(width) = usize::try_from(width) {
        found.variables.push(RawVariable {
            width,
            name,
            label,
            missing,
            missing_kind,
            first_place,
        });
    }
    Ok(())
}

fn value_labels<'b>(input: &mut Input<'b>) -> Result<RawLabels<'b>, SpssError> {
    let mut labels = Vec::new();
    for _ in 0..input.count("values")? {
        let mut value = [0; 8];
        value.copy_from_slice(input.take(8)?);
        let length = usize::from(input.take(1)?[0]);
        labels.push((value, input.take(length)?));
        input.take((8 - (length + 1) % 8) % 8)?;
    }
    let here = input.clone();
    if input.whole_number()? != 4 {
        return Err(here.wrong("words of values without the variables they are for"));
    }
    let mut places = Vec::new();
    for _ in 0..input.count("variables")? {
        places.push(input.whole_number()?);
    }
    Ok(RawLabels { labels, places })
}

fn extension<'b>(input: &mut Input<'b>, found: &mut Records<'b>) -> Result<(), SpssError> {
    let kind = input.whole_number()?;
    let size = input.count("bytes")?;
    let count = input.count("entries")?;
    let mut inside = input.clone();
    let data = input.take(size.saturating_mul(count))?;
    match kind {
        3 if data.len() >= 32 => {
            inside.take(28)?;
            found.code_page = Some(inside.whole_number()?);
        }
        4 if data.len() >= 8 => found.system_missing = inside.decimal()?,
        13 => found.long_names = data,
        14 => found.very_long = data,
        20 => found.encoding_name = Some(data),
        21 => {
            let mut labels = Input::new(data);
            labels.big_endian = input.big_endian;
            found.long_labels = Some(labels);
        }
        // Display, roles, attributes and the like say nothing about values.
        _ => {}
    }
    Ok(())
}

/// Returns `NAME=value` pairs, which stand apart by tabs.
fn pairs(encoding: &'static Encoding, bytes: &[u8]) -> BTreeMap<String, String> {
    let text = letters::text(encoding, bytes);
    let pairs = text.split('\t').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (name.to_uppercase(), value.trim_matches('\0').to_owned()))
        .collect()
}

/// Returns every variable with its first place; the parts of a very long text become one.
fn variables(
    records: &Records<'_>,
    encoding: &'static Encoding,
    input: &Input<'_>,
) -> Result<Vec<(usize, SpssVariable)>, SpssError> {
    let long_names = pairs(encoding, records.long_names);
    let widths = pairs(encoding, records.very_long);
    let mut found = Vec::new();
    let mut raw = records.variables.iter();
    while let Some(variable) = raw.next() {
        let short = letters::text(encoding, variable.name);
        let key = short.to_uppercase();
        let width = widths.get(&key).and_then(|width| width.parse().ok());
        let mut segments = vec![segment(variable, records, input)?];
        if let Some(width) = width.filter(|width: &usize| *width > LONGEST_SEGMENT) {
            if width > LONGEST_TEXT {
                return Err(input.wrong(format!("variable `{short}` is {width} letters wide")));
            }
            for _ in 1..width.div_ceil(COUNTED_SEGMENT) {
                let part = raw.next().ok_or_else(|| {
                    input.wrong(format!("variable `{short}` lacks a part of its text"))
                })?;
                segments.push(segment(part, records, input)?);
            }
        }
        found.push((
            variable.first_place,
            SpssVariable {
                name: long_names.get(&key).cloned().unwrap_or(short),
                label: letters::text(encoding, variable.label),
                is_text: variable.width > 0,
                value_labels: Vec::new(),
                missing: missing(variable, encoding, input),
                segments,
            },
        ));
    }
    Ok(found)
}

fn segment(
    variable: &RawVariable<'_>,
    records: &Records<'_>,
    input: &Input<'_>,
) -> Result<Segment, SpssError> {
    let places = variable.width.div_ceil(8).max(1);
    if variable.first_place + places > records.places {
        return Err(input.wrong("a text is wider than its case"));
    }
    Ok(Segment {
        first_place: variable.first_place,
        places,
        bytes: variable.width,
    })
}

fn missing(
    variable: &RawVariable<'_>,
    encoding: &'static Encoding,
    input: &Input<'_>,
) -> Vec<MissingValues> {
    if variable.width > 0 {
        let texts = variable.missing.iter();
        return texts
            .map(|value| MissingValues::Text(letters::text(encoding, value)))
            .collect();
    }
    let numbers: Vec<f64> = variable
        .missing
        .iter()
        .map(|value| input.decimal_of(*value))
        .collect();
    let single = |numbers: &[f64]| -> Vec<MissingValues> {
        numbers.iter().copied().map(MissingValues::Number).collect()
    };
    match (variable.missing_kind, &numbers[..]) {
        (-3 | -2, [low, high, further @ ..]) => {
            let mut found = vec![MissingValues::Range(*low, *high)];
            found.extend(single(further));
            found
        }
        (_, numbers) => single(numbers),
    }
}

fn label_values(
    records: &Records<'_>,
    encoding: &'static Encoding,
    input: &Input<'_>,
    variables: &mut [(usize, SpssVariable)],
) {
    for RawLabels { labels, places } in &records.labels {
        let places: Vec<usize> = places
            .iter()
            .filter_map(|place| usize::try_from(*place).ok()?.checked_sub(1))
            .collect();
        for (_, variable) in variables
            .iter_mut()
            .filter(|(place, _)| places.contains(place))
        {
            variable.value_labels = labels
                .iter()
                .map(|(value, label)| {
                    let value = match variable.is_text {
                        true => SpssValue::Text(letters::text(encoding, value)),
                        false => SpssValue::Number(input.decimal_of(*value)),
                    };
                    (value, letters::text(encoding, label))
                })
                .collect();
        }
    }
}

/// Adds the words of values of texts that are longer than eight letters.
fn long_labels(
    records: &Records<'_>,
    encoding: &'static Encoding,
    variables: &mut [(usize, SpssVariable)],
) -> Result<(), SpssError> {
    let Some(mut input) = records.long_labels.clone() else {
        return Ok(());
    };
    while !input.is_at_end() {
        let length = input.count("letters")?;
        let name = letters::text(encoding, input.take(length)?);
        input.whole_number()?;
        let mut labels = Vec::new();
        for _ in 0..input.count("values")? {
            let length = input.count("letters")?;
            let value = letters::text(encoding, input.take(length)?);
            let length = input.count("letters")?;
            labels.push((
                SpssValue::Text(value),
                letters::text(encoding, input.take(length)?),
            ));
        }
        if let Some((_, variable)) = variables.iter_mut().find(|(_, found)| found.name == name) {
            variable.value_labels = labels;
        }
    }
    Ok(())
}

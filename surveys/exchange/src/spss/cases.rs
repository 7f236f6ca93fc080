//! The cases, one by one: places of eight bytes, plain or as bytecodes.

use std::borrow::Cow;
use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::bytes::Input;
use super::dictionary::{Dictionary, Packing};
use super::{SpssError, letters};

/// What stands in a case.
#[derive(Clone, Debug, PartialEq)]
pub enum SpssValue {
    /// A number.
    Number(f64),
    /// A text without the spaces behind it.
    Text(String),
    /// No number: what SPSS calls system-missing.
    Nothing,
}

/// Unpacked data may take so many bytes; a file of a few kilobytes can claim any number.
const MOST_BYTES: u64 = 4 << 30;

/// Walks through the cases of a file.
pub struct Cases<'f> {
    dictionary: &'f Dictionary,
    data: Cow<'f, [u8]>,
    /// Where the data begin, for the places in errors; 0 where they were unpacked.
    start: usize,
    place: usize,
    big_endian: bool,
    codes: [u8; 8],
    next_code: usize,
    number: usize,
}

impl<'f> Cases<'f> {
    pub(super) fn new(dictionary: &'f Dictionary, input: Input<'f>) -> Result<Self, SpssError> {
        let big_endian = input.big_endian;
        let start = input.place();
        let (data, start) = match dictionary.packing {
            Packing::Zlib => (Cow::Owned(unpacked(input)?), 0),
            _ => (Cow::Borrowed(&input.whole()[start..]), start),
        };
        Ok(Cases {
            dictionary,
            data,
            start,
            place: 0,
            big_endian,
            codes: [0; 8],
            next_code: 8,
            number: 0,
        })
    }

    /// Returns the number of the case that was read last, counted from one.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Reads the next case: a value for each variable, in their order.
    ///
    /// # Errors
    /// When the file ends inside a case, or before the number of cases it names.
    pub fn next_case(&mut self) -> Result<Option<Vec<SpssValue>>, SpssError> {
        let Some(first) = self.next_place()? else {
            return match self.dictionary.cases {
                Some(cases) if cases > self.number => Err(self.wrong(format!(
                    "the file names {cases} cases and holds {}; was it copied whole?",
                    self.number
                ))),
                _ => Ok(None),
            };
        };
        let mut places = Vec::with_capacity(self.dictionary.places);
        places.push(first);
        while places.len() < self.dictionary.places {
            let place = self.next_place()?;
            places.push(place.ok_or_else(|| {
                let number = self.number + 1;
                self.wrong(format!(
                    "the file ends inside case {number}; was it copied whole?"
                ))
            })?);
        }
        self.number += 1;
        let variables = self.dictionary.variables.iter();
        Ok(Some(
            variables
                .map(|variable| self.value(variable, &places))
                .collect(),
        ))
    }

    fn value(&self, variable: &super::SpssVariable, places: &[[u8; 8]]) -> SpssValue {
        if !variable.is_text {
            let place = variable
                .segments
                .first()
                .map_or(0, |first| first.first_place);
            let number = self.decimal(places[place]);
            let is_missing =
                number.is_nan() || number.to_bits() == self.dictionary.system_missing.to_bits();
            return match is_missing {
                true => SpssValue::Nothing,
                false => SpssValue::Number(number),
            };
        }
        let mut bytes = Vec::new();
        for segment in &variable.segments {
            let end = segment.first_place + segment.places;
            let parts = places[segment.first_place..end].iter().flatten();
            bytes.extend(parts.take(segment.bytes));
        }
        SpssValue::Text(letters::text(self.dictionary.encoding, &bytes))
    }

    fn decimal(&self, bytes: [u8; 8]) -> f64 {
        match self.big_endian {
            true => f64::from_be_bytes(bytes),
            false => f64::from_le_bytes(bytes),
        }
    }

    fn bytes_of(&self, number: f64) -> [u8; 8] {
        match self.big_endian {
            true => number.to_be_bytes(),
            false => number.to_le_bytes(),
        }
    }

    fn wrong(&self, problem: String) -> SpssError {
        SpssError {
            offset: self.start + self.place,
            problem,
        }
    }

    /// Returns the next eight bytes of the data, or none at their end.
    fn plain(&mut self) -> Result<Option<[u8; 8]>, SpssError> {
        let left = &self.data[self.place..];
        if left.is_empty() {
            return Ok(None);
        }
        let Some(found) = left.first_chunk::<8>() else {
            return Err(self.wrong("the file ends inside a value; was it copied whole?".to_owned()));
        };
        let found = *found;
        self.place += 8;
        Ok(Some(found))
    }

    /// Returns the next place of a case, or none where the data end.
    fn next_place(&mut self) -> Result<Option<[u8; 8]>, SpssError> {
        if self.dictionary.packing == Packing::Plain {
            return self.plain();
        }
        loop {
            if self.next_code == 8 {
                let Some(codes) = self.plain()? else {
                    return Ok(None);
                };
                self.codes = codes;
                self.next_code = 0;
            }
            let code = self.codes[self.next_code];
            self.next_code += 1;
            return Ok(Some(match code {
                // Fills up the last eight codes.
                0 => continue,
                252 => return Ok(None),
                253 => match self.plain()? {
                    Some(place) => place,
                    None => {
                        let problem = "the file ends before a value; was it copied whole?";
                        return Err(self.wrong(problem.to_owned()));
                    }
                },
                254 => *b"        ",
                255 => self.bytes_of(self.dictionary.system_missing),
                code => self.bytes_of(f64::from(code) - self.dictionary.bias),
            }));
        }
    }
}

/// Unpacks the zlib blocks of a `.zsav` file into the bytecodes they hold.
fn unpacked(mut input: Input<'_>) -> Result<Vec<u8>, SpssError> {
    let here = input.clone();
    let place = |number: i64| {
        let number = usize::try_from(number).ok();
        let number = number.filter(|number| *number <= here.whole().len());
        number.ok_or_else(|| here.wrong("the packed data lie outside the file"))
    };
    input.long_number()?;
    let trailer = place(input.long_number()?)?;
    let mut blocks = input.clone();
    blocks = at(blocks, trailer)?;
    blocks.take(16 + 4)?;
    let number = blocks.count("blocks")?;
    let mut data = Vec::new();
    for _ in 0..number {
        blocks.long_number()?;
        let from = place(blocks.long_number()?)?;
        let unpacked = blocks.count("bytes")?;
        let packed = blocks.count("bytes")?;
        let bytes = at(input.clone(), from)?.take(packed)?;
        if data.len() as u64 + unpacked as u64 > MOST_BYTES {
            return Err(blocks.wrong("the data are larger than 4 GiB when unpacked"));
        }
        let before = data.len();
        let mut decoder = ZlibDecoder::new(bytes).take(unpacked as u64 + 1);
        decoder
            .read_to_end(&mut data)
            .map_err(|error| blocks.wrong(format!("a packed block is damaged: {error}")))?;
        if data.len() - before != unpacked {
            return Err(blocks.wrong("a packed block has another length than it says"));
        }
    }
    Ok(data)
}

/// Returns the input at a place counted from the start of the file.
fn at(input: Input<'_>, place: usize) -> Result<Input<'_>, SpssError> {
    let mut moved = Input::new(input.whole());
    moved.big_endian = input.big_endian;
    moved.take(place)?;
    Ok(moved)
}

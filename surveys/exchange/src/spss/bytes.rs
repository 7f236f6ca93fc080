//! Numbers and texts out of bytes, never beyond their end.

use super::SpssError;

/// Bytes with a place in them, in the byte order of the file.
#[derive(Clone)]
pub(super) struct Input<'b> {
    bytes: &'b [u8],
    place: usize,
    pub(super) big_endian: bool,
}

impl<'b> Input<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Input {
            bytes,
            place: 0,
            big_endian: false,
        }
    }

    /// Returns an error at the present place.
    pub(super) fn wrong(&self, problem: impl Into<String>) -> SpssError {
        SpssError {
            offset: self.place,
            problem: problem.into(),
        }
    }

    pub(super) fn place(&self) -> usize {
        self.place
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.place >= self.bytes.len()
    }

    /// Returns all bytes of the file.
    pub(super) fn whole(&self) -> &'b [u8] {
        self.bytes
    }

    pub(super) fn take(&mut self, length: usize) -> Result<&'b [u8], SpssError> {
        let end = self.place.checked_add(length);
        let found = end.and_then(|end| self.bytes.get(self.place..end));
        let found = found.ok_or_else(|| {
            let left = self.bytes.len() - self.place;
            self.wrong(format!(
                "the file ends here, {left} of {length} bytes are there; was it copied whole?"
            ))
        })?;
        self.place += length;
        Ok(found)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], SpssError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    pub(super) fn whole_number(&mut self) -> Result<i32, SpssError> {
        let bytes = self.array()?;
        Ok(match self.big_endian {
            true => i32::from_be_bytes(bytes),
            false => i32::from_le_bytes(bytes),
        })
    }

    pub(super) fn long_number(&mut self) -> Result<i64, SpssError> {
        let bytes = self.array()?;
        Ok(match self.big_endian {
            true => i64::from_be_bytes(bytes),
            false => i64::from_le_bytes(bytes),
        })
    }

    pub(super) fn decimal(&mut self) -> Result<f64, SpssError> {
        let bytes = self.array()?;
        Ok(self.decimal_of(bytes))
    }

    /// Returns the number that eight bytes are in the order of the file.
    pub(super) fn decimal_of(&self, bytes: [u8; 8]) -> f64 {
        match self.big_endian {
            true => f64::from_be_bytes(bytes),
            false => f64::from_le_bytes(bytes),
        }
    }

    /// Returns a number that counts something.
    pub(super) fn count(&mut self, what: &str) -> Result<usize, SpssError> {
        let here = self.clone();
        let number = self.whole_number()?;
        usize::try_from(number).map_err(|_| here.wrong(format!("{number} is no number of {what}")))
    }
}

//! Parquet's mixture of runs and packed numbers ("RLE / bit-packing hybrid"), which levels and
//! places in a dictionary are written in (Parquet format, Encodings.md).

/// A part of a hybrid.
enum Part<'b> {
    /// The same number so often.
    Run { number: u32, times: usize },
    /// Numbers of a few bits each, lowest bits first, eight numbers at a time.
    Packed { bytes: &'b [u8], numbers: usize },
}

/// Takes a hybrid apart.
struct Parts<'b> {
    rest: &'b [u8],
    width: usize,
}

impl<'b> Parts<'b> {
    /// Returns the next part; nothing where the bytes end or make no sense.
    fn next(&mut self) -> Option<Part<'b>> {
        let header = self.varint()?;
        let number = usize::try_from(header >> 1).ok()?;
        if header & 1 == 1 {
            let numbers = number.checked_mul(8)?;
            // The last group may be cut where the numbers end.
            let length = number.checked_mul(self.width)?.min(self.rest.len());
            let (bytes, rest) = self.rest.split_at(length);
            self.rest = rest;
            return Some(Part::Packed { bytes, numbers });
        }
        let length = self.width.div_ceil(8);
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        let mut value = [0; 4];
        value.get_mut(..length)?.copy_from_slice(bytes);
        Some(Part::Run {
            number: u32::from_le_bytes(value),
            times: number,
        })
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

/// Appends what `count` places in a dictionary stand for.
///
/// The dictionary is padded to a power of two, so that every place of the packed width is there.
pub(super) fn looked_up<T: Copy>(
    bytes: &[u8],
    width: usize,
    count: usize,
    dictionary: &[T],
    out: &mut Vec<T>,
) -> Option<()> {
    let mut parts = Parts { rest: bytes, width };
    let mut left = count;
    while left > 0 {
        match parts.next()? {
            Part::Run { number, times } => {
                let value = *dictionary.get(number as usize)?;
                let times = times.min(left);
                out.extend(std::iter::repeat_n(value, times));
                left -= times;
            }
            Part::Packed { bytes, numbers } => {
                let numbers = numbers.min(left);
                if bytes.len() * 8 < numbers * width || dictionary.len() >> width == 0 {
                    return None;
                }
                match (width, dictionary) {
                    (0, [only, ..]) => out.extend(std::iter::repeat_n(*only, numbers)),
                    _ => unpacked(bytes, width, numbers, dictionary, out),
                }
                left -= numbers;
            }
        }
    }
    Some(())
}

/// Unpacks numbers of `width` bits and appends what they stand for.
fn unpacked<T: Copy>(
    bytes: &[u8],
    width: usize,
    numbers: usize,
    dictionary: &[T],
    out: &mut Vec<T>,
) {
    let mask = (1_usize << width) - 1;
    let dictionary = &dictionary[..=mask];
    let mut left = numbers;
    if width <= 8 {
        let eights = numbers / 8;
        let start = out.len();
        out.resize(start + eights * 8, dictionary[0]);
        let places = out[start..].as_chunks_mut::<8>().0.iter_mut();
        for (values, packed) in places.zip(bytes.chunks_exact(width)) {
            let mut word = [0; 8];
            word[..width].copy_from_slice(packed);
            let word = u64::from_le_bytes(word);
            for (place, value) in values.iter_mut().enumerate() {
                *value = dictionary[(word >> (place * width)) as usize & mask];
            }
        }
        left -= eights * 8;
    }
    for number in numbers - left..numbers {
        let bit = number * width;
        let mut word = [0; 8];
        let first = bit / 8;
        let end = (first + 8).min(bytes.len());
        word[..end - first].copy_from_slice(&bytes[first..end]);
        let word = u64::from_le_bytes(word) >> (bit % 8);
        out.push(dictionary[word as usize & mask]);
    }
}

/// Which places of a page hold a value.
pub(super) enum Present {
    /// All of them.
    All,
    /// Those whose bit is set, lowest bit first; so many of them.
    Some { bits: Vec<u8>, set: usize },
}

/// Reads definition levels of 0 and 1.
pub(super) fn present(bytes: &[u8], count: usize) -> Option<Present> {
    let mut parts = Parts {
        rest: bytes,
        width: 1,
    };
    let mut bits: Vec<u8> = Vec::with_capacity(count.div_ceil(8) + 1);
    let mut done = 0;
    while done < count {
        match parts.next()? {
            Part::Run { number, times } => {
                if done == 0 && number == 1 && times >= count {
                    return Some(Present::All);
                }
                let times = times.min(count - done);
                push_run(&mut bits, done, number == 1, times);
                done += times;
            }
            Part::Packed { bytes, numbers } => {
                let numbers = numbers.min(count - done);
                if bytes.len() * 8 < numbers {
                    return None;
                }
                push_bits(&mut bits, done, &bytes[..numbers.div_ceil(8)], numbers);
                done += numbers;
            }
        }
    }
    let (words, rest) = bits.as_chunks::<8>();
    let words = words
        .iter()
        .map(|word| u64::from_le_bytes(*word).count_ones());
    let rest = rest.iter().map(|byte| byte.count_ones());
    let set = words.chain(rest).sum::<u32>() as usize;
    Some(if set == count {
        Present::All
    } else {
        Present::Some { bits, set }
    })
}

/// Appends equal bits after the first `done`.
fn push_run(bits: &mut Vec<u8>, done: usize, is_set: bool, times: usize) {
    let end = done + times;
    bits.resize(end.div_ceil(8), if is_set { 0xFF } else { 0 });
    if is_set && !done.is_multiple_of(8) {
        bits[done / 8] |= 0xFF << (done % 8);
    }
    cut(bits, end);
}

/// Appends packed bits after the first `done`.
fn push_bits(bits: &mut Vec<u8>, done: usize, packed: &[u8], numbers: usize) {
    let shift = done % 8;
    if shift == 0 {
        bits.extend_from_slice(packed);
    } else {
        for byte in packed {
            if let Some(last) = bits.last_mut() {
                *last |= byte << shift;
            }
            bits.push(byte >> (8 - shift));
        }
        bits.truncate((done + numbers).div_ceil(8));
    }
    cut(bits, done + numbers);
}

/// Clears the bits after the first `end`.
fn cut(bits: &mut [u8], end: usize) {
    if !end.is_multiple_of(8)
        && let Some(last) = bits.last_mut()
    {
        *last &= (1 << (end % 8)) - 1;
    }
}

/// Appends values to their places, and `empty` in between.
pub(super) fn spread<T: Copy>(bits: &[u8], count: usize, values: &[T], empty: T, out: &mut Vec<T>) {
    let mut values = values;
    let start = out.len();
    out.resize(start + bits.len() * 8, empty);
    for (byte, places) in bits.iter().zip(out[start..].as_chunks_mut::<8>().0) {
        match (byte, values.split_first_chunk::<8>()) {
            (0xFF, Some((eight, rest))) => {
                *places = *eight;
                values = rest;
            }
            _ => {
                for (bit, place) in places.iter_mut().enumerate() {
                    if byte >> bit & 1 == 1
                        && let Some((value, rest)) = values.split_first()
                    {
                        *place = *value;
                        values = rest;
                    }
                }
            }
        }
    }
    out.truncate(start + count);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_and_packed_numbers_follow_each_other() {
        // Four times 2, then 0 to 7 in three bits each (the example of the format's text).
        let bytes = [8, 2, 3, 0b1000_1000, 0b1100_0110, 0b1111_1010];
        let dictionary: Vec<u8> = (10..18).collect();
        let mut out = Vec::new();
        looked_up(&bytes, 3, 12, &dictionary, &mut out).unwrap();
        assert_eq!(out, [12, 12, 12, 12, 10, 11, 12, 13, 14, 15, 16, 17]);
        out.clear();
        looked_up(&bytes, 3, 9, &dictionary, &mut out).unwrap();
        assert_eq!(out, [12, 12, 12, 12, 10, 11, 12, 13, 14]);
    }

    #[test]
    fn wide_numbers_are_unpacked_one_by_one() {
        let dictionary: Vec<u32> = (0..1 << 10).collect();
        let numbers = [1_u32, 1000, 3, 512, 1023, 0, 7, 9];
        let mut packed = [0_u8; 10];
        for (place, number) in numbers.iter().enumerate() {
            for bit in 0..10 {
                let at = place * 10 + bit;
                packed[at / 8] |= ((number >> bit & 1) as u8) << (at % 8);
            }
        }
        let bytes: Vec<u8> = [3].into_iter().chain(packed).collect();
        let mut out = Vec::new();
        looked_up(&bytes, 10, 8, &dictionary, &mut out).unwrap();
        assert_eq!(out, numbers);
    }

    #[test]
    fn bytes_that_make_no_sense_are_nothing() {
        let mut out = Vec::new();
        assert!(looked_up(&[], 3, 1, &[0_u8; 8], &mut out).is_none());
        assert!(looked_up(&[8, 9], 3, 4, &[0_u8; 8], &mut out).is_none());
        assert!(looked_up(&[3, 1], 3, 8, &[0_u8; 8], &mut out).is_none());
        assert!(looked_up(&[3, 1, 1, 1], 3, 8, &[0_u8; 4], &mut out).is_none());
    }

    #[test]
    fn values_go_where_their_bits_are() {
        // Three set, then packed bits that begin in the middle of a byte.
        let levels = [6, 1, 3, 0b1010_1010];
        let Some(Present::Some { bits, set }) = present(&levels, 10) else {
            panic!("some are missing");
        };
        assert_eq!(set, 6);
        let mut out = Vec::new();
        spread(&bits, 10, &[1, 2, 3, 4, 5, 6], 0, &mut out);
        assert_eq!(out, [1, 2, 3, 0, 4, 0, 5, 0, 6, 0]);
        assert!(matches!(present(&[24, 1], 12), Some(Present::All)));
        assert!(matches!(present(&[3, 0xFF], 8), Some(Present::All)));
    }
}

//! One column of a row group, page by page.
//!
//! Answers have few different values, so writers keep them in a dictionary. Each entry of it is
//! looked up in the codebook once, and the places in the dictionary are turned straight into
//! codes: no cell becomes a number or a text of its own.

use parquet::basic::{ConvertedType, Encoding, LogicalType, Type};
use parquet::column::page::{Page, PageReader};
use parquet::schema::types::ColumnDescriptor;

use super::runs::{Present, looked_up, present, spread};
use crate::dataset::cells::Cell;

/// How the values of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Int32 { signed: bool },
    Int64 { signed: bool },
    Float,
    Double,
    Text,
}

impl Kind {
    /// Returns the kind of a column of numbers or texts; none for everything else.
    pub(super) fn of(column: &ColumnDescriptor) -> Option<Kind> {
        use ConvertedType as Old;
        if column.max_rep_level() > 0
            || column.max_def_level() > 1
            || column.path().parts().len() > 1
        {
            return None;
        }
        let signed = match (column.logical_type_ref(), column.converted_type()) {
            (Some(LogicalType::Integer(integer)), _) => Some(integer.is_signed),
            (Some(_), _) => None,
            (None, Old::NONE | Old::INT_8 | Old::INT_16 | Old::INT_32 | Old::INT_64) => Some(true),
            (None, Old::UINT_8 | Old::UINT_16 | Old::UINT_32 | Old::UINT_64) => Some(false),
            (None, _) => None,
        };
        let is_text = matches!(column.logical_type_ref(), Some(LogicalType::String))
            || (column.logical_type_ref().is_none() && column.converted_type() == Old::UTF8);
        let is_plain = column.logical_type_ref().is_none() && column.converted_type() == Old::NONE;
        match column.physical_type() {
            Type::INT32 => signed.map(|signed| Kind::Int32 { signed }),
            Type::INT64 => signed.map(|signed| Kind::Int64 { signed }),
            Type::FLOAT => is_plain.then_some(Kind::Float),
            Type::DOUBLE => is_plain.then_some(Kind::Double),
            Type::BYTE_ARRAY => is_text.then_some(Kind::Text),
            _ => None,
        }
    }
}

/// What cells become: a code for each, one for an empty cell, and one for no cell at all.
pub(super) struct Coding<'c, T> {
    pub(super) code: &'c mut dyn FnMut(&Cell<'_>) -> T,
    pub(super) empty: T,
    pub(super) bad: T,
}

/// Appends the codes of a column; nothing where a page is written in a way not known here.
pub(super) fn column<T: Copy>(
    pages: &mut dyn PageReader,
    kind: Kind,
    is_optional: bool,
    coding: &mut Coding<'_, T>,
    out: &mut Vec<T>,
) -> Option<()> {
    let mut dictionary: Vec<T> = Vec::new();
    let mut packed: Vec<T> = Vec::new();
    while let Some(page) = pages.get_next_page().ok()? {
        let (count, levels, encoding, values) = match &page {
            Page::DictionaryPage { buf, encoding, .. } => {
                if !matches!(encoding, Encoding::PLAIN | Encoding::PLAIN_DICTIONARY) {
                    return None;
                }
                dictionary.clear();
                plain(kind, buf, coding, &mut dictionary)?;
                let places = dictionary.len().next_power_of_two();
                dictionary.resize(places, coding.bad);
                continue;
            }
            Page::DataPage {
                buf,
                num_values,
                encoding,
                def_level_encoding,
                ..
            } => {
                let (levels, values): (&[u8], &[u8]) = if is_optional {
                    if *def_level_encoding != Encoding::RLE {
                        return None;
                    }
                    let (length, rest) = buf.split_first_chunk::<4>()?;
                    rest.split_at_checked(u32::from_le_bytes(*length) as usize)?
                } else {
                    (&[], buf)
                };
                (*num_values as usize, levels, *encoding, values)
            }
            Page::DataPageV2 {
                buf,
                num_values,
                encoding,
                def_levels_byte_len,
                rep_levels_byte_len,
                ..
            } => {
                let rest = buf.get(*rep_levels_byte_len as usize..)?;
                let (levels, values) = rest.split_at_checked(*def_levels_byte_len as usize)?;
                (*num_values as usize, levels, *encoding, values)
            }
        };
        let present = if is_optional {
            present(levels, count)?
        } else {
            Present::All
        };
        match present {
            Present::All => page_values(kind, encoding, values, count, &dictionary, coding, out)?,
            Present::Some { bits, set } => {
                packed.clear();
                page_values(
                    kind,
                    encoding,
                    values,
                    set,
                    &dictionary,
                    coding,
                    &mut packed,
                )?;
                spread(&bits, count, &packed, coding.empty, out);
            }
        }
    }
    Some(())
}

fn page_values<T: Copy>(
    kind: Kind,
    encoding: Encoding,
    bytes: &[u8],
    count: usize,
    dictionary: &[T],
    coding: &mut Coding<'_, T>,
    out: &mut Vec<T>,
) -> Option<()> {
    match encoding {
        Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY => {
            if count == 0 {
                return Some(());
            }
            let (width, bytes) = bytes.split_first()?;
            // More than a million different texts are no labels of groups.
            let width = Some(usize::from(*width)).filter(|width| *width <= 20)?;
            if dictionary.len() >> width > 0 {
                return looked_up(bytes, width, count, dictionary, out);
            }
            let mut wider = dictionary.to_vec();
            wider.resize(1 << width, coding.bad);
            looked_up(bytes, width, count, &wider, out)
        }
        Encoding::PLAIN => {
            let before = out.len();
            plain(kind, bytes, coding, out)?;
            (out.len() - before == count).then_some(())
        }
        _ => None,
    }
}

/// Appends the codes of values that are written one after the other.
fn plain<T: Copy>(
    kind: Kind,
    bytes: &[u8],
    coding: &mut Coding<'_, T>,
    out: &mut Vec<T>,
) -> Option<()> {
    let code = &mut coding.code;
    match kind {
        Kind::Int32 { signed } => out.extend(fixed(bytes)?.map(|bytes| {
            let number = i32::from_le_bytes(bytes);
            let number = if signed {
                number.into()
            } else {
                i64::from(number.cast_unsigned())
            };
            code(&Cell::Whole(number))
        })),
        Kind::Int64 { signed } => {
            for bytes in fixed(bytes)? {
                let number = i64::from_le_bytes(bytes);
                if !signed && number < 0 {
                    return None;
                }
                out.push(code(&Cell::Whole(number)));
            }
        }
        Kind::Float => out.extend(fixed(bytes)?.map(|bytes| {
            let number = f64::from(f32::from_le_bytes(bytes));
            if number.is_nan() {
                coding.empty
            } else {
                code(&Cell::Decimal(number))
            }
        })),
        Kind::Double => out.extend(fixed(bytes)?.map(|bytes| {
            let number = f64::from_le_bytes(bytes);
            if number.is_nan() {
                coding.empty
            } else {
                code(&Cell::Decimal(number))
            }
        })),
        Kind::Text => {
            let mut rest = bytes;
            while !rest.is_empty() {
                let (length, after) = rest.split_first_chunk::<4>()?;
                let (text, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
                out.push(code(&Cell::Text(std::str::from_utf8(text).ok()?)));
                rest = after;
            }
        }
    }
    Some(())
}

fn fixed<const N: usize>(bytes: &[u8]) -> Option<impl Iterator<Item = [u8; N]> + '_> {
    let (chunks, rest) = bytes.as_chunks::<N>();
    rest.is_empty().then(|| chunks.iter().copied())
}

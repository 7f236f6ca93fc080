//! Which letters a file is written in: by the name it says, else by the number of its code page.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Returns the encoding of a file, or what it calls an encoding that is not known.
pub(super) fn encoding(
    name: Option<&str>,
    code_page: Option<i32>,
) -> Result<&'static Encoding, String> {
    if let Some(name) = name {
        let found = Encoding::for_label(name.trim().as_bytes());
        return found.ok_or_else(|| format!("`{}`", name.trim()));
    }
    let name = match code_page {
        None | Some(0..=3 | 1252 | 20127 | 28591) => return Ok(WINDOWS_1252),
        Some(65001) => return Ok(UTF_8),
        Some(page @ 1250..=1258) => format!("windows-{page}"),
        Some(page @ 28592..=28606) => format!("iso-8859-{}", page - 28590),
        Some(932) => "shift_jis".to_owned(),
        Some(936) => "gbk".to_owned(),
        Some(949) => "euc-kr".to_owned(),
        Some(950) => "big5".to_owned(),
        Some(page) => return Err(format!("code page {page}")),
    };
    Encoding::for_label(name.as_bytes()).ok_or(name)
}

/// Returns bytes as text without the spaces they are filled up with.
pub(super) fn text(encoding: &'static Encoding, bytes: &[u8]) -> String {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    text.trim_end_matches([' ', '\0']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_before_a_code_page_and_the_unknown_is_named() {
        assert_eq!(encoding(Some("UTF-8"), Some(1252)), Ok(UTF_8));
        assert_eq!(encoding(None, Some(1252)), Ok(WINDOWS_1252));
        assert_eq!(encoding(None, Some(28605)).unwrap().name(), "ISO-8859-15");
        assert_eq!(encoding(None, Some(437)), Err("code page 437".to_owned()));
        assert_eq!(encoding(Some("klingon"), None), Err("`klingon`".to_owned()));
    }
}

//! Forms as browsers post them: read strictly, with no field that the page does not have (IN-2).
//!
//! A framework's own reader puts a sign of its own where bytes are no UTF-8; here such a form is
//! unreadable, so that nobody's words are changed on the way into the store.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;

use crate::error::AppError;

/// Fields of a form in the order they were sent.
#[derive(Clone, Debug)]
pub(crate) struct Posted(Vec<(String, String)>);

/// What a handler takes: a form, or why there is none.
pub(crate) type Fields = Result<Posted, AppError>;

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &S) -> Result<Self, AppError> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(AppError::WrongType);
        }
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(|rejection| match rejection.status().as_u16() {
            413 => AppError::TooLarge,
            _ => AppError::Unreadable,
        })?;
        pairs(&body).map(Posted).ok_or(AppError::Unreadable)
    }
}

/// Returns the fields of a form that may have these. `a.` stands for every field that begins so;
/// whether there is such an item is for the caller to say.
///
/// # Errors
/// When the form cannot be read, or names the first field that its page does not have.
pub(crate) fn fields(form: Fields, known: &[&str]) -> Result<Vec<(String, String)>, AppError> {
    let Posted(sent) = form?;
    let is_known = |name: &str| {
        known
            .iter()
            .any(|known| *known == name || (known.ends_with('.') && name.starts_with(known)))
    };
    match sent.iter().find(|(name, _)| !is_known(name)) {
        Some((name, _)) => Err(AppError::unknown_field(name)),
        None => Ok(sent),
    }
}

/// Returns the value of a field.
pub(crate) fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

/// Reads `name=value` pairs between `&`; nothing where bytes are no UTF-8.
pub(crate) fn pairs(body: &[u8]) -> Option<Vec<(String, String)>> {
    let pairs = body.split(|byte| *byte == b'&');
    pairs
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let mut parts = pair.splitn(2, |byte| *byte == b'=');
            let mut text = || decoded(parts.next().unwrap_or_default());
            Some((text()?, text()?))
        })
        .collect()
}

/// A `%` that no two hexadecimal digits follow stands for itself, as browsers read it.
fn decoded(text: &[u8]) -> Option<String> {
    let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let escaped = digit(at + 1).zip(digit(at + 2));
        match (byte, escaped) {
            (b'%', Some((high, low))) => {
                bytes.extend(u8::try_from(16 * high + low));
                at += 2;
            }
            (b'+', _) => bytes.push(b' '),
            _ => bytes.push(*byte),
        }
        at += 1;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Option<Vec<(String, String)>> {
        pairs(body.as_bytes())
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn a_form_is_read_as_browsers_write_it() {
        assert_eq!(
            read("a.open-1=p%C3%A4iv%C3%A4+1%2B1%3D2&go=next&&shown=&x").unwrap(),
            [
                pair("a.open-1", "päivä 1+1=2"),
                pair("go", "next"),
                pair("shown", ""),
                pair("x", "")
            ]
        );
        assert_eq!(read("").unwrap(), []);
        assert_eq!(read("a=100%&b=%zz&c=%4").unwrap()[1], pair("b", "%zz"));
    }

    #[test]
    fn bytes_that_are_no_text_are_not_read() {
        for body in ["a=%ff", "a=%C3", "%ff=1", "a=%ED%A0%80"] {
            assert_eq!(read(body), None, "{body}");
        }
        assert_eq!(pairs(b"a=\xff"), None);
        // The sign for something unreadable is text when it is sent as such.
        assert_eq!(read("a=%EF%BF%BD").unwrap(), [pair("a", "\u{fffd}")]);
    }

    #[test]
    fn a_field_that_the_page_does_not_have_is_named() {
        let form = || Ok(Posted(vec![pair("go", "next"), pair("a.x", "1")]));
        assert_eq!(fields(form(), &["go", "a."]).unwrap().len(), 2);
        let refused = fields(form(), &["go"]).unwrap_err();
        assert!(matches!(refused, AppError::UnknownField(name) if name == "a.x"));
    }
}

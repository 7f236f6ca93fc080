//! Keys beside the database, and everything that is derived with them.
//!
//! The database alone tells nothing of codes, drafts or submissions: each hash is keyed with a
//! file of `keys/`. What a respondent's cookie holds is made from the code by a slow hash; the
//! key of the draft is made from that cookie and is kept nowhere (AN-20).

use std::sync::Mutex;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::server::code::{Code, ReturnCode};
use crate::store::{CodeHash, ContentHash, DraftId, ReturnHash, SubmissionMark, TokenHash};

/// Memory in KiB, passes and lanes of the slow hash: what OWASP asks for as a minimum. A code has
/// 75 bits of its own, so this only makes a stolen pepper a little less useful.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// Bytes of the nonce before a sealed text.
const NONCE: usize = 24;

/// Sealed texts are padded to whole blocks, so that their length tells little.
const BLOCK: usize = 512;

/// The three keys of the answering path.
pub struct Keys {
    code: Zeroizing<[u8; 32]>,
    draft: Zeroizing<[u8; 32]>,
    submission: Zeroizing<[u8; 32]>,
    /// Memory of the slow hash, for the next one. Taken anew each time it would stay with every
    /// thread that ever hashed, and the process would grow by some hundreds of MiB.
    memory: Mutex<Vec<Vec<Block>>>,
}

/// What a respondent's cookie holds: made from the code, it says nothing without the pepper.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<[u8; 32]>);

/// What a key derived from a secret is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The draft in the store.
    Draft,
    /// What the review page carries along.
    Review,
    /// The own result in the browser.
    Result,
}

/// The slow hash or the random source failed.
#[derive(Debug, thiserror::Error)]
#[error("cannot derive a key: {0}")]
pub struct KeyError(String);

impl Keys {
    /// Takes the three keys as they were read.
    #[must_use]
    pub fn new(code: [u8; 32], draft: [u8; 32], submission: [u8; 32]) -> Keys {
        Keys {
            code: Zeroizing::new(code),
            draft: Zeroizing::new(draft),
            submission: Zeroizing::new(submission),
            memory: Mutex::new(Vec::new()),
        }
    }

    /// Returns the hash the store knows a code by.
    #[must_use]
    pub fn code_hash(&self, code: &Code) -> CodeHash {
        CodeHash(keyed(&self.code, &[b"code", code.letters().as_bytes()]))
    }

    /// Returns a hash for something typed that is no code, so that it is looked up all the same.
    #[must_use]
    pub(crate) fn wrong_code_hash(&self, typed: &str) -> CodeHash {
        CodeHash(keyed(&self.code, &[b"no code", typed.as_bytes()]))
    }

    /// Derives the secret of a code. Slow on purpose: call it off the async threads.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn secret(&self, code: &Code) -> Result<Secret, KeyError> {
        let params = Params::new(MEMORY, PASSES, 1, Some(32)).map_err(no_key)?;
        let mut out = Zeroizing::new([0; 32]);
        let blocks = params.block_count();
        let free = || self.memory.lock().unwrap_or_else(|it| it.into_inner());
        let kept = free().pop();
        let mut memory = kept.unwrap_or_else(|| vec![Block::default(); blocks]);
        let hashed = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(
                code.letters().as_bytes(),
                self.draft.as_slice(),
                out.as_mut(),
                &mut memory,
            );
        // The last block would give the secret away.
        memory.fill(Block::default());
        free().push(memory);
        hashed.map_err(no_key)?;
        Ok(Secret(out))
    }

    /// Returns where the draft of a secret stands.
    #[must_use]
    pub(crate) fn draft_id(&self, secret: &Secret) -> DraftId {
        DraftId(keyed(&self.draft, &[b"draft id", secret.0.as_slice()]))
    }

    /// Seals a text for the holder of a secret.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub(crate) fn seal(
        &self,
        secret: &Secret,
        purpose: Purpose,
        text: &str,
    ) -> Result<Vec<u8>, KeyError> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(no_key)?;
        let mut padded = Zeroizing::new(text.as_bytes().to_vec());
        padded.resize(text.len().next_multiple_of(BLOCK), b' ');
        let sealed = self
            .cipher(secret, purpose)
            .encrypt(&XNonce::from(nonce), payload(purpose, &padded))
            .map_err(no_key)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for the holder of a secret; nothing where it was not, or was changed.
    #[must_use]
    pub(crate) fn open(&self, secret: &Secret, purpose: Purpose, sealed: &[u8]) -> Option<String> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let text = self
            .cipher(secret, purpose)
            .decrypt(&XNonce::from(nonce), payload(purpose, sealed))
            .ok()?;
        let mut text = String::from_utf8(text).ok()?;
        text.truncate(text.trim_end_matches(' ').len());
        Some(text)
    }

    fn cipher(&self, secret: &Secret, purpose: Purpose) -> XChaCha20Poly1305 {
        let key = Zeroizing::new(keyed(&self.draft, &[purpose.label(), secret.0.as_slice()]));
        XChaCha20Poly1305::new(&(*key).into())
    }

    /// Returns what tells that a submission is a repeat.
    #[must_use]
    pub(crate) fn submission_mark(&self, submission: &[u8; 16]) -> SubmissionMark {
        SubmissionMark(keyed(&self.submission, &[b"mark", submission]))
    }

    /// Returns the hash the store knows an answer by for the holder of its return code.
    #[must_use]
    pub(crate) fn return_hash(&self, code: &ReturnCode) -> ReturnHash {
        let letters = code.letters();
        ReturnHash(keyed(&self.submission, &[b"return", letters.as_bytes()]))
    }

    /// Returns a hash for something typed that is no return code, so that it is looked up all the
    /// same.
    #[must_use]
    pub(crate) fn wrong_return_hash(&self, typed: &str) -> ReturnHash {
        ReturnHash(keyed(&self.submission, &[b"no return", typed.as_bytes()]))
    }

    /// Returns what a page tells its script the draft by, so that a tab never gives the unsent
    /// answers of one respondent to another.
    #[must_use]
    pub(crate) fn draft_tag(&self, submission: &[u8; 16]) -> String {
        let hash = keyed(&self.submission, &[b"draft tag", submission]);
        data_encoding::BASE64URL_NOPAD.encode(&hash[..9])
    }

    /// Returns the hash of what was sent.
    #[must_use]
    pub(crate) fn content_hash(&self, response: &str) -> ContentHash {
        ContentHash(keyed(&self.submission, &[b"content", response.as_bytes()]))
    }

    /// Returns the receipt's number: computed from the id and stored with nothing (DU-6).
    #[must_use]
    pub(crate) fn receipt(&self, submission: &[u8; 16]) -> String {
        let hash = keyed(&self.submission, &[b"receipt", submission]);
        let text = data_encoding::BASE32_NOPAD.encode(&hash[..5]);
        format!("{}-{}", &text[..4], &text[4..])
    }
}

impl Secret {
    /// Makes a secret for somebody who holds no code, to carry the own result to the browser.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub(crate) fn fresh() -> Result<Secret, KeyError> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut()).map_err(no_key)?;
        Ok(Secret(bytes))
    }

    /// Returns the cookie's value.
    #[must_use]
    pub(crate) fn to_cookie(&self) -> String {
        data_encoding::BASE64URL_NOPAD.encode(self.0.as_slice())
    }

    /// Reads a cookie's value.
    #[must_use]
    pub(crate) fn from_cookie(value: &str) -> Option<Secret> {
        let bytes = data_encoding::BASE64URL_NOPAD
            .decode(value.as_bytes())
            .ok()?;
        Some(Secret(Zeroizing::new(bytes.try_into().ok()?)))
    }
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Purpose::Draft => b"draft key",
            Purpose::Review => b"review key",
            Purpose::Result => b"result key",
        }
    }
}

/// Returns the hash a random token is kept by; it has 256 bits, so no key is needed.
#[must_use]
pub(crate) fn token_hash(token: &str) -> TokenHash {
    TokenHash(Sha256::digest(token.as_bytes()).into())
}

/// Returns a new random token.
///
/// # Errors
/// When the operating system gives no random bytes.
pub(crate) fn random_token() -> Result<String, KeyError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(no_key)?;
    Ok(data_encoding::BASE64URL_NOPAD.encode(&bytes))
}

fn payload(purpose: Purpose, msg: &[u8]) -> Payload<'_, '_> {
    Payload {
        msg,
        aad: purpose.label(),
    }
}

fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length of key will do for HMAC");
    for part in parts {
        // The length before each part keeps ("ab", "c") and ("a", "bc") apart.
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn no_key(error: impl std::fmt::Display) -> KeyError {
    KeyError(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::new([1; 32], [2; 32], [3; 32])
    }

    #[test]
    fn a_code_always_leads_to_the_same_draft_and_only_it_opens_it() {
        let (keys, code) = (keys(), Code::from_random([9; 15]));
        let secret = keys.secret(&code).unwrap();
        let again = Secret::from_cookie(&secret.to_cookie()).unwrap();
        assert_eq!(keys.draft_id(&secret), keys.draft_id(&again));
        let sealed = keys.seal(&secret, Purpose::Draft, "tekstiä").unwrap();
        assert_eq!(
            keys.open(&again, Purpose::Draft, &sealed).as_deref(),
            Some("tekstiä")
        );
        let other = keys.secret(&Code::from_random([8; 15])).unwrap();
        assert_eq!(keys.open(&other, Purpose::Draft, &sealed), None);
        assert_eq!(keys.open(&again, Purpose::Review, &sealed), None);
    }

    #[test]
    fn a_changed_byte_is_found() {
        let keys = keys();
        let secret = keys.secret(&Code::from_random([9; 15])).unwrap();
        let mut sealed = keys.seal(&secret, Purpose::Result, "{}").unwrap();
        sealed[30] ^= 1;
        assert_eq!(keys.open(&secret, Purpose::Result, &sealed), None);
        assert_eq!(keys.open(&secret, Purpose::Result, b"short"), None);
    }

    #[test]
    fn lengths_tell_little() {
        let keys = keys();
        let secret = keys.secret(&Code::from_random([9; 15])).unwrap();
        let length = |text: &str| keys.seal(&secret, Purpose::Draft, text).unwrap().len();
        assert_eq!(length("a"), length(&"a".repeat(500)));
    }

    #[test]
    fn other_keys_give_other_hashes() {
        let code = Code::from_random([9; 15]);
        let other = Keys::new([4; 32], [5; 32], [6; 32]);
        assert_ne!(keys().code_hash(&code), other.code_hash(&code));
        assert_ne!(keys().receipt(&[0; 16]), other.receipt(&[0; 16]));
        assert_eq!(keys().receipt(&[0; 16]), keys().receipt(&[0; 16]));
    }
}

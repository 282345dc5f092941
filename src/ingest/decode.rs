use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memchr;

/// The content is not text in any encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotText;

/// How much of a file's beginning is looked at to tell what it is.
pub(crate) const HEAD: usize = 64 * 1024;

/// Bytes as text. A byte order mark wins, and is dropped; then UTF-16 by where its NULs stand;
/// then UTF-8, with single stray windows-1252 bytes read as such; then the encoding the content
/// itself states, as `stated` finds it; then the likeliest legacy encoding.
///
/// Nothing else is changed: no line ends, no trimming. Only the invisible C1 controls become the
/// windows-1252 characters that were meant (one for one), because two of them are quotation marks.
pub(crate) fn decode(
    bytes: Vec<u8>,
    stated: impl FnOnce(&[u8]) -> Option<&'static Encoding>,
) -> Result<String, NotText> {
    if let Some((encoding, _)) = Encoding::for_bom(&bytes) {
        return Ok(encoding.decode_with_bom_removal(&bytes).0.into_owned());
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    if let Some(encoding) = utf16_by_nuls(head) {
        return Ok(encoding.decode_without_bom_handling(&bytes).0.into_owned());
    }
    if is_binary(head) {
        return Err(NotText);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(c1_as_meant(text)),
        Err(error) => error.into_bytes(),
    };
    if mostly_utf8(&bytes) {
        return Ok(c1_as_meant(utf8_with_strays(&bytes)));
    }
    let encoding = stated(&bytes).filter(|e| *e != UTF_8).unwrap_or_else(|| likeliest(&bytes));
    Ok(encoding.decode_without_bom_handling(&bytes).0.into_owned())
}

/// UTF-16, by its byte order mark or by its NULs.
pub(crate) fn is_utf16(head: &[u8]) -> bool {
    let marked = Encoding::for_bom(head).is_some_and(|(e, _)| e == UTF_16LE || e == UTF_16BE);
    marked || utf16_by_nuls(head).is_some()
}

/// UTF-16 of a language in Latin letters has a NUL in nearly every pair, always on one side.
fn utf16_by_nuls(head: &[u8]) -> Option<&'static Encoding> {
    memchr(0, head)?;
    let (mut even, mut odd) = (0, 0);
    for pair in head.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let pairs = head.len() / 2;
    let nearly_all = |nuls: usize| pairs >= 2 && nuls * 10 >= pairs * 6;
    let nearly_none = |nuls: usize| nuls * 50 <= pairs;
    match (nearly_all(even) && nearly_none(odd), nearly_all(odd) && nearly_none(even)) {
        (true, _) => Some(UTF_16BE),
        (_, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// Text has hardly any NULs, and few control characters.
pub(crate) fn is_binary(head: &[u8]) -> bool {
    let nuls = count(head, |byte| byte == 0);
    let controls =
        count(head, |byte| (byte < b'\t') & (byte != 0) | (byte > b'\r') & (byte < b' ') & (byte != 0x1B));
    nuls * 200 > head.len() || controls * 50 > head.len()
}

/// How many bytes are such, counted many at once: each of a few sums fits into one byte.
#[inline]
fn count(bytes: &[u8], such: impl Fn(u8) -> bool) -> usize {
    let few = |few: &[u8]| usize::from(few.iter().map(|byte| u8::from(such(*byte))).sum::<u8>());
    bytes.chunks(usize::from(u8::MAX)).map(few).sum()
}

/// More characters of several bytes than bytes that are none: UTF-8 with a few strays.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut several, mut strays) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        several += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        strays += chunk.invalid().len();
    }
    several > strays
}

fn utf8_with_strays(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

fn likeliest(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(HEAD * 4)], true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

fn c1_as_meant(text: String) -> String {
    // In UTF-8 each of them has the same first byte.
    const FIRST: u8 = 0xC2;
    let c1 = |c: char| ('\u{80}'..='\u{9F}').contains(&c);
    if memchr(FIRST, text.as_bytes()).is_none() || !text.contains(c1) {
        return text;
    }
    let meant = |c: char| {
        let byte = [c as u32 as u8];
        WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next().unwrap_or(c)
    };
    text.chars().map(|c| if c1(c) { meant(c) } else { c }).collect()
}

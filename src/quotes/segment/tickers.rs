/// How far, in bytes, a bracket of a stock exchange reaches: "(GS.N: Quote, Profile, Research)".
const LONGEST: usize = 64;

/// The longest code of a share or an index, in bytes.
const LONGEST_CODE: usize = 12;

/// Length of the ticker that `rest` begins with, if it does: in brackets, or bare as in "Mora Corp
/// MC.N said". It belongs to the name before it and is no word of the sentence.
pub(super) fn ticker_len(rest: &str) -> Option<usize> {
    match rest.bytes().next()? {
        b'(' => bracket_len(rest),
        b'A'..=b'Z' => bare_len(rest),
        _ => None,
    }
}

/// Length of a code without brackets: two capitals or more, a dot, one or two.
fn bare_len(rest: &str) -> Option<usize> {
    // Most words with a capital have one.
    if !rest.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase) {
        return None;
    }
    let len = rest.bytes().take(LONGEST_CODE).take_while(|b| b.is_ascii_uppercase() || *b == b'.').count();
    let (share, exchange) = rest[..len].trim_end_matches('.').split_once('.')?;
    let ends = !rest[len..].starts_with(char::is_alphanumeric);
    let ticker = ends && share.len() > 1 && is_code(share) && exchange.len() < 3 && is_code(exchange);
    ticker.then_some(share.len() + 1 + exchange.len())
}

/// Length of the bracket with a ticker that `rest` begins with, if it does: "(GS.N)", "( .SPX )",
/// "(NYSE: GS)".
fn bracket_len(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('(')?;
    let close = inner.bytes().take(LONGEST).position(|b| b == b')')?;
    let words = inner[..close].trim();
    let (code, listed) = words.split_once(':').unwrap_or((words, ""));
    let code = code.trim_end();
    let exchange = code.starts_with(char::is_uppercase) && code.bytes().all(|b| b.is_ascii_alphabetic());
    let ticker = is_dotted_code(code) || exchange && is_code(listed.trim());
    ticker.then_some(close + 2)
}

/// "GS.N", ".SPX": two parts in capitals with a dot between, the first of which may be missing.
fn is_dotted_code(code: &str) -> bool {
    let capital = |b: u8| b.is_ascii_uppercase();
    code.len() <= LONGEST_CODE
        && code.rsplit_once('.').is_some_and(|(share, exchange)| {
            share.bytes().all(|b| b.is_ascii_alphanumeric()) && is_code(exchange)
        })
        && code.bytes().filter(|b| capital(*b)).count() > 1
        && code.bytes().next().is_some_and(|b| capital(b) || b == b'.' || b.is_ascii_digit())
}

fn is_code(word: &str) -> bool {
    (1..=LONGEST_CODE).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::ticker_len;

    #[test]
    fn bare_codes_are_told_from_initials() {
        assert_eq!(ticker_len("GS.N said"), Some(4));
        assert_eq!(ticker_len("GS.N."), Some(4));
        for other in ["U.S. Army", "GS said", "NATO.", "GS.Next", "Mr.N", "A.B", "GS.NYC"] {
            assert_eq!(ticker_len(other), None, "{other}");
        }
    }

    #[test]
    fn brackets_of_exchanges_are_told_from_others() {
        for ticker in ["(GS.N)", "( MS.N )", "(.SPX)", "(NYSE: GS)", "(BAY.DE: Quote, Research)", "(0005.HK)"]
        {
            assert_eq!(ticker_len(ticker), Some(ticker.len()), "{ticker}");
        }
        for other in ["(U.S.)", "(R)", "(AP)", "(note: see below)", "(Mora)", "(GS.N", "(3.5)", "(Mr. Rowe)"]
        {
            assert_eq!(ticker_len(other), None, "{other}");
        }
    }
}

use std::borrow::Cow;

/// Text that may be printed on a terminal: one line, without control characters, escape
/// sequences, or marks that change the direction of what stands around them.
///
/// White space becomes a space; anything that could command the terminal becomes `�`, so that the
/// reader sees that something stood there.
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (b' '..0x7F).contains(&b)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(harmless).collect())
}

/// The same for several lines: their breaks stay.
pub fn safe_lines(text: &str) -> String {
    text.split('\n').map(safe).collect::<Vec<_>>().join("\n")
}

/// Whether the character is shown as it is.
pub(super) fn shows(c: char) -> bool {
    (' '..'\u{7F}').contains(&c) || harmless(c) == Some(c)
}

/// The character as it may be shown; `None` for invisible ones that carry no meaning.
fn harmless(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        // Zero-width space, word joiner, byte order mark, soft hyphen, invisible operators, marks of
        // annotations: invisible. (Joiners stay: Persian, Hindi and emoji are written with them.)
        '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{AD}' | '\u{180E}' => None,
        '\u{206A}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' => None,
        // Bidirectional embeddings, overrides, isolates and marks.
        '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some('�'),
        // Tag characters, invisible and used to hide text.
        '\u{E0000}'..='\u{E007F}' => None,
        c if c.is_control() => Some('�'),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn nothing_commands_the_terminal() {
        let cases = [
            ("plain", "plain"),
            ("“curly” — dash", "“curly” — dash"),
            ("red \u{1b}[31mtext", "red �[31mtext"),
            ("\u{1b}]52;c;aGk=\u{7}", "�]52;c;aGk=�"),
            ("c1 \u{9b}31m", "c1 �31m"),
            ("two\nlines\tand\r\n", "two lines and  "),
            ("over\u{202e}ride", "over�ride"),
            ("zero\u{200b}width", "zerowidth"),
            ("bell\u{7}, delete\u{7f}", "bell�, delete�"),
            ("tag\u{e0041}ged, in\u{2062}visible", "tagged, invisible"),
            ("نمی\u{200c}خواهم", "نمی\u{200c}خواهم"),
        ];
        for (text, shown) in cases {
            assert_eq!(safe(text), shown);
        }
    }
}

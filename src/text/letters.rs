/// How many of the bytes in front are letters and digits of ASCII: eight are looked at in one step, and most words
/// are shorter.
#[inline]
pub fn letters(bytes: &[u8]) -> usize {
    let mut count = 0;
    while let Some(eight) = bytes[count..].first_chunk::<8>() {
        let others = !letters_of(u64::from_le_bytes(*eight)) & HIGH;
        if others != 0 {
            return count + others.trailing_zeros() as usize / 8;
        }
        count += 8;
    }
    count + bytes[count..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// The highest bit of each of eight bytes.
const HIGH: u64 = each(0x80);

/// A byte eight times.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Sets the highest bit of each of eight bytes that is a letter or digit of ASCII.
#[inline]
fn letters_of(eight: u64) -> u64 {
    // Without its highest bit none of them grows into the next.
    let low = eight & !HIGH;
    let least = |bytes: u64, least: u8| bytes + each(0x80 - least);
    let within = |bytes: u64, first: u8, last: u8| least(bytes, first) & !least(bytes, last + 1);
    (within(low | each(0x20), b'a', b'z') | within(low, b'0', b'9')) & !eight
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_are_counted_as_one_by_one() {
        for byte in 0..=u8::MAX {
            for before in 0..20 {
                let bytes = [vec![b'a'; before], vec![byte], b"Zz09 and more".to_vec()].concat();
                let one_by_one = bytes.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
                assert_eq!(letters(&bytes), one_by_one, "{byte} behind {before}");
            }
        }
    }
}

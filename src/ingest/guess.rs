use crate::article::Date;
use encoding_rs::Encoding;

/// Shorter texts are not enough to tell a language by.
const ENOUGH_FOR_LANGUAGE: usize = 200;
/// So many characters of a text tell its language.
const SAMPLE: usize = 1000;

/// The ISO 639-1 code of a stated language: `en`, `en-GB`, `en_US`, `eng`, `English`.
pub(crate) fn language_code(stated: &str) -> Option<String> {
    let head: String =
        stated.chars().take_while(|c| c.is_ascii_alphabetic()).collect::<String>().to_lowercase();
    if head.len() == 2 {
        return Some(head);
    }
    let lang =
        whatlang::Lang::all().iter().find(|l| l.code() == head || l.eng_name().eq_ignore_ascii_case(&head));
    lang.and_then(|l| two_letters(*l)).map(str::to_owned)
}

/// The language of a text long enough to tell.
pub(crate) fn language(text: &str) -> Option<String> {
    if text.len() < ENOUGH_FOR_LANGUAGE {
        return None;
    }
    if is_plainly_english(text) {
        return Some("en".to_owned());
    }
    let sample = text.char_indices().nth(SAMPLE).map_or(text, |(end, _)| &text[..end]);
    let found = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
    two_letters(found.lang()).map(str::to_owned)
}

/// Whether the first words leave no doubt: most texts of most archives, told without weighing every language
/// there is against the others. No other language writes "the" so often, but in names (The Who, The Hague), and
/// with it words that it does not have.
fn is_plainly_english(text: &str) -> bool {
    const FIRST: usize = 250;
    let (mut articles, mut english, mut shared) = (0, 0, 0);
    for word in text.split_ascii_whitespace().take(FIRST) {
        match word {
            "the" | "The" => articles += 1,
            "and" | "that" | "with" | "said" | "from" | "which" | "this" | "their" | "would" | "been"
            | "its" => {
                english += 1;
            }
            // Other languages have these, too.
            "of" | "to" | "was" => shared += 1,
            _ => continue,
        }
        if articles >= 3 && english >= 2 && english + shared >= 6 {
            return true;
        }
    }
    false
}

/// Languages that are known by three letters and have two.
fn two_letters(lang: whatlang::Lang) -> Option<&'static str> {
    const CODES: &str = "eng=en deu=de fra=fr spa=es por=pt ita=it nld=nl rus=ru ukr=uk pol=pl ces=cs slk=sk \
        slv=sl hrv=hr srp=sr mkd=mk bul=bg ron=ro hun=hu ell=el tur=tr swe=sv dan=da nob=nb fin=fi est=et \
        lav=lv lit=lt ara=ar heb=he pes=fa urd=ur hin=hi ben=bn tam=ta tel=te kan=kn mal=ml mar=mr guj=gu \
        pan=pa ori=or nep=ne sin=si mya=my khm=km tha=th vie=vi ind=id jav=jv tgl=tl cmn=zh jpn=ja kor=ko \
        kat=ka hye=hy aze=az uzb=uz tuk=tk afr=af zul=zu sna=sn aka=ak amh=am bel=be cat=ca epo=eo \
        lat=la yid=yi";
    let code = CODES.split_whitespace().filter_map(|pair| pair.split_once('='));
    code.into_iter().find(|(three, _)| *three == lang.code()).map(|(_, two)| two)
}

/// An outlet as it was stated; a bare host becomes a name.
pub(crate) fn outlet_name(stated: &str, agency: Option<&str>) -> String {
    let host = stated.contains('.') && !stated.contains(' ') && stated == stated.to_lowercase();
    if host { outlet_of_host(stated, agency).unwrap_or_else(|| stated.to_owned()) } else { stated.to_owned() }
}

/// The outlet a URL belongs to, named after its host.
pub(crate) fn outlet_of_url(url: &str, agency: Option<&str>) -> Option<String> {
    let rest = url.split_once("://")?.1;
    outlet_of_host(rest.split(['/', '?', '#', ':']).next()?, agency)
}

/// `www.reuters.com` → Reuters, `news.bbc.co.uk` → BBC: the label before the suffix, spelt as the
/// dateline spells it if that names the same, or with a capital, or (three letters) in capitals.
fn outlet_of_host(host: &str, agency: Option<&str>) -> Option<String> {
    let labels: Vec<&str> = host.split('.').filter(|l| !l.is_empty()).collect();
    if labels.len() < 2 || labels.iter().all(|l| l.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let second = labels[labels.len() - 2];
    let country = labels[labels.len() - 1].len() == 2;
    let generic = country && labels.len() >= 3 && ["co", "com", "org", "net", "gov", "ac"].contains(&second);
    let label = if generic { labels[labels.len() - 3] } else { second };
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    if let Some(agency) = agency.filter(|a| letters(a) == letters(label)) {
        return Some(agency.to_owned());
    }
    if label.len() <= 3 {
        return Some(label.to_uppercase());
    }
    let words: Vec<String> = label.split('-').map(capitalised).collect();
    Some(words.join(" "))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A month by number or English name.
pub(crate) fn month(word: &str) -> Option<u8> {
    let read = Date::read(&format!("{word} 2000"))?;
    read.parts().1
}

/// A date stated as numbers apart.
pub(crate) fn date_of_parts(year: i64, month: Option<i64>, day: Option<i64>) -> Option<Date> {
    let year = i16::try_from(year).ok()?;
    let small = |n: i64| u8::try_from(n).ok();
    match (month, day) {
        (Some(month), Some(day)) => Date::day(year, small(month)?, small(day)?),
        (Some(month), None) => Date::month(year, small(month)?),
        _ => Date::year(year),
    }
}

/// The date folders or file names state: `2016/10/12/…`, `2016-10-12-title.txt`.
pub(crate) fn date_of_path(shown: &str) -> Option<Date> {
    let number = |s: &str, digits: usize| {
        (s.len() == digits && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<i64>().ok())?
    };
    let whole =
        |y: &str, m: &str, d: &str| date_of_parts(number(y, 4)?, Some(number(m, 2)?), Some(number(d, 2)?));
    let parts: Vec<&str> = shown.split('/').collect();
    let (name, folders) = parts.split_last()?;
    let in_name = || {
        let head = name.get(..10)?;
        let apart = name.get(10..).is_none_or(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
        let mut of_head = head.split('-');
        apart.then(|| whole(of_head.next()?, of_head.next()?, of_head.next()?))?
    };
    let in_folders = || folders.windows(3).rev().find_map(|w| whole(w[0], w[1], w[2]));
    in_name().or_else(in_folders)
}

/// The encoding the head of a page, or the declaration of an XML document, states.
pub(crate) fn html_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&head[..head.len().min(4096)]).to_ascii_lowercase();
    let declared = || head.strip_prefix("<?xml")?.split("?>").next()?.split_once("encoding=");
    let after = declared().or_else(|| head.split_once("charset="))?.1.trim_start_matches(['"', '\'', ' ']);
    let label: String =
        after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    let utf16 = [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE];
    // Had it been UTF-16, these words could not have been read.
    Encoding::for_label(label.as_bytes()).filter(|e| !utf16.contains(e))
}

#[cfg(test)]
mod tests {
    use super::{date_of_path, language, language_code, outlet_of_url};

    #[test]
    fn outlets_are_named_after_their_hosts() {
        let rows = [
            ("http://www.examplewire.com/2016/x", None, Some("Examplewire")),
            ("http://www.examplewire.com/2016/x", Some("ExampleWire"), Some("ExampleWire")),
            ("http://www.examplewire.com/2016/x", Some("Other Agency"), Some("Examplewire")),
            ("https://news.abc.co.uk:443/x", None, Some("ABC")),
            ("https://daily-example.org", None, Some("Daily Example")),
            ("http://127.0.0.1/x", None, None),
            ("http://localhost/x", None, None),
            ("not a url", None, None),
        ];
        for (url, agency, outlet) in rows {
            assert_eq!(outlet_of_url(url, agency).as_deref(), outlet, "{url}");
        }
    }

    #[test]
    fn paths_state_dates_only_in_plain_patterns() {
        let rows = [
            ("2016/10/12/bridge.txt", Some("2016-10-12")),
            ("archive/2016/10/12/a/bridge.txt", Some("2016-10-12")),
            ("2016-10-12.txt", Some("2016-10-12")),
            ("2016/2015-01-02-bridge.txt", Some("2015-01-02")),
            ("2016/10/bridge.txt", None),
            ("2016/13/12/bridge.txt", None),
            ("2016-10-123.txt", None),
            ("20161012.txt", None),
            ("é016-10-12", None),
        ];
        for (path, date) in rows {
            assert_eq!(date_of_path(path).map(|d| d.to_string()).as_deref(), date, "{path}");
        }
    }

    #[test]
    fn languages_are_two_letters() {
        let rows = [("en", Some("en")), ("en-GB", Some("en")), ("EN_us", Some("en")), ("eng", Some("en"))];
        let more = [("English", Some("en")), ("German", Some("de")), ("", None), ("Klingon", None)];
        for (stated, code) in rows.into_iter().chain(more) {
            assert_eq!(language_code(stated).as_deref(), code, "{stated}");
        }
        assert_eq!(language("Too short to tell."), None);
        let german =
            "Der Bürgermeister hat die Brücke am Freitag eröffnet und gesagt, sie werde stehen. ".repeat(4);
        assert_eq!(language(&german).as_deref(), Some("de"));
        let dutch = "The Who speelde in The Hague, of was het toch The Kinks? Het was de vraag of de zaal vol was, en \
                     niemand wist of er nog kaarten waren. De zanger was moe of ziek, zei de krant, en het was laat. ";
        assert_ne!(language(&dutch.repeat(2)).as_deref(), Some("en"), "English names are no English");
    }
}

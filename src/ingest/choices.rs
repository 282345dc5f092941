use crate::ingest::{FORMATS, Format, Limits, Options, field_names};
use crate::text::nearest;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// How the files of a folder are read, as the table `[sources]` of a `config.toml` keeps it:
///
/// ```toml
/// [sources."wire/2019"]
/// read-as = "csv"
/// outlet = "Aldgrove Agency"
/// map = { title = "Kopf", text = "Wortlaut" }
/// ```
///
/// Such a file may merely be found in an archive, so it knows no program to run and no path to write.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choices {
    folders: BTreeMap<String, Options>,
}

/// What of a `config.toml` is not understood, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// The line, from 1.
    pub line: usize,
    /// What and what to do.
    pub message: String,
}

/// The name of the table.
const TABLE: &str = "sources";
/// What an archive may set besides: how many hits are shown, which is no matter of reading.
const LIMIT: &str = "limit";
const READ_AS: &str = "read-as";
const MAP: &str = "map";
const OUTLET: &str = "outlet";
const DATE_FROM: &str = "date-from";
const DAY_FIRST: &str = "day-first";
/// What may be chosen, by the names of the options of the command line.
const KEYS: [&str; 5] = [READ_AS, MAP, OUTLET, DATE_FROM, DAY_FIRST];

type Value<'a> = Spanned<DeValue<'a>>;
/// What went wrong at which bytes.
type Fault = (Range<usize>, String);

impl Choices {
    /// Reads the text of a `config.toml`.
    pub fn read(text: &str) -> Result<Choices, Misread> {
        let read = DeTable::parse(text)
            .map_err(|e| (e.span().unwrap_or(0..0), e.message().to_owned()))
            .and_then(|all| choices(all.get_ref()));
        read.map_err(|(place, message)| {
            let before = text.as_bytes().iter().take(place.start);
            Misread { line: before.filter(|byte| **byte == b'\n').count() + 1, message }
        })
    }

    /// Whether nothing is chosen for any folder.
    pub fn is_empty(&self) -> bool {
        self.folders.is_empty()
    }

    /// What is chosen for a file: of the folders it lies in, the longest, by its path from the archive.
    pub fn of(&self, path: &str) -> Option<(&str, &Options)> {
        let mut folder = path;
        loop {
            if let Some((named, options)) = self.folders.get_key_value(folder) {
                return Some((named, options));
            }
            folder = match folder.rsplit_once('/') {
                Some((above, _)) => above,
                None if folder.is_empty() => return None,
                None => "",
            };
        }
    }
}

fn choices(all: &DeTable<'_>) -> Result<Choices, Fault> {
    let mut folders = BTreeMap::new();
    for (name, value) in all {
        match &**name.get_ref() {
            TABLE => {}
            LIMIT => continue,
            _ => return Err(unknown("setting", name, &[TABLE, LIMIT])),
        }
        for (folder, chosen) in table(value, "[sources] holds a table for each folder")? {
            folders.insert(folder_named(folder)?, options(chosen)?);
        }
    }
    Ok(Choices { folders })
}

/// The folder a table is for, without `./` before and `/` behind it; `.` is the archive itself.
fn folder_named(name: &Spanned<DeString<'_>>) -> Result<String, Fault> {
    let parts = || name.get_ref().split('/').filter(|part| !matches!(*part, "" | "."));
    if name.get_ref().starts_with('/') || parts().any(|part| part == "..") {
        let message = format!(
            "`{}` does not lie below the archive: write the path from the folder that holds .onrecord, \
             such as [sources.\"wire/2019\"]",
            name.get_ref()
        );
        return Err((name.span(), message));
    }
    Ok(parts().collect::<Vec<_>>().join("/"))
}

fn options(chosen: &Value<'_>) -> Result<Options, Fault> {
    let mut options = Options::default();
    for (key, value) in table(chosen, "a folder's choices are a table, such as [sources.\"wire/2019\"]")? {
        match &**key.get_ref() {
            READ_AS => options.read_as = Some(format(value)?),
            OUTLET => options.outlet = Some(words(value, "outlet = \"NAME\"")?.to_owned()),
            MAP => options.map = map(value)?,
            DATE_FROM => {
                let pattern = words(value, "date-from = \"path:%Y/%m/%d\"")?;
                options.date_from = Some(pattern.parse().map_err(|what| (value.span(), what))?);
            }
            DAY_FIRST => {
                let yes = value.get_ref().as_bool();
                options.day_first =
                    Some(yes.ok_or_else(|| (value.span(), "write it as day-first = true".to_owned()))?);
            }
            _ => return Err(unknown("choice", key, &KEYS)),
        }
    }
    Ok(options)
}

fn format(value: &Value<'_>) -> Result<String, Fault> {
    let name = words(value, "read-as = \"FORMAT\"")?;
    if Format::named(name).is_some() {
        return Ok(name.to_owned());
    }
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    Err((value.span(), no_such("format", name, &names)))
}

fn map(value: &Value<'_>) -> Result<Vec<(String, String)>, Fault> {
    const SHAPE: &str = "map = { title = \"headline.main\" }";
    let names: Vec<&str> = field_names().collect();
    let mut pairs = Vec::new();
    for (field, path) in table(value, &format!("write it as {SHAPE}"))? {
        if !names.contains(&&**field.get_ref()) {
            return Err(unknown("field", field, &names));
        }
        pairs.push((field.get_ref().to_string(), words(path, SHAPE)?.to_owned()));
    }
    Ok(pairs)
}

fn table<'t, 'a>(value: &'t Value<'a>, shape: &str) -> Result<&'t DeTable<'a>, Fault> {
    value.get_ref().as_table().ok_or_else(|| (value.span(), shape.to_owned()))
}

fn words<'t>(value: &'t Value<'_>, shape: &str) -> Result<&'t str, Fault> {
    let words = value.get_ref().as_str().map(str::trim).filter(|words| !words.is_empty());
    words.ok_or_else(|| (value.span(), format!("write it as {shape}")))
}

fn unknown(what: &str, name: &Spanned<DeString<'_>>, known: &[&str]) -> Fault {
    (name.span(), no_such(what, name.get_ref(), known))
}

fn no_such(what: &str, name: &str, known: &[&str]) -> String {
    let near = nearest(name, known.iter().copied());
    let meant = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    format!("there is no {what} `{name}`{meant} There is: {}", known.join(", "))
        .replacen("` There", "`; there", 1)
}

impl Options {
    /// These, and where they state nothing, what was chosen for a folder.
    pub fn or(&self, chosen: &Options) -> Options {
        let unstated = chosen.map.iter().filter(|(field, _)| !self.map.iter().any(|(f, _)| f == field));
        // Of a field there may be several paths. The same said again is the same, in the same order.
        let same = self.map.iter().all(|(field, _)| {
            let of_field = |pair: &&(String, String)| pair.0 == *field;
            self.map.iter().filter(of_field).eq(chosen.map.iter().filter(of_field))
        });
        let map = if same { chosen.map.clone() } else { self.map.iter().chain(unstated).cloned().collect() };
        Options {
            map,
            outlet: self.outlet.clone().or_else(|| chosen.outlet.clone()),
            day_first: self.day_first.or(chosen.day_first),
            date_from: self.date_from.clone().or_else(|| chosen.date_from.clone()),
            read_as: self.read_as.clone().or_else(|| chosen.read_as.clone()),
            quotes: self.quotes.or(chosen.quotes),
            limits: if self.limits == Limits::default() {
                chosen.limits.clone()
            } else {
                self.limits.clone()
            },
        }
    }

    /// The names of what is stated.
    pub fn stated(&self) -> Vec<&'static str> {
        let stated = [
            self.read_as.is_some(),
            !self.map.is_empty(),
            self.outlet.is_some(),
            self.date_from.is_some(),
            self.day_first.is_some(),
        ];
        KEYS.into_iter().zip(stated).filter(|(_, stated)| *stated).map(|(name, _)| name).collect()
    }

    /// What is stated, as the table that keeps it for a folder: it reads back as it is.
    pub fn kept(&self, folder: &str) -> String {
        let quoted = |words: &str| toml::Value::from(words).to_string();
        let pairs: Vec<String> =
            self.map.iter().map(|(field, path)| format!("{field} = {}", quoted(path))).collect();
        let values = [
            (READ_AS, self.read_as.as_deref().map(quoted)),
            (MAP, Some(format!("{{ {} }}", pairs.join(", "))).filter(|_| !pairs.is_empty())),
            (OUTLET, self.outlet.as_deref().map(quoted)),
            (DATE_FROM, self.date_from.as_ref().map(|date| quoted(date.stated()))),
            (DAY_FIRST, self.day_first.map(|yes| yes.to_string())),
        ];
        let lines = values.into_iter().filter_map(|(name, value)| Some(format!("{name} = {}\n", value?)));
        let folder = if folder.is_empty() { "." } else { folder };
        format!("[{TABLE}.{}]\n{}", quoted(folder), lines.collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::Choices;
    use crate::ingest::Options;

    const KEPT: &str = r#"
[sources."."]
day-first = true
[sources.wire]
outlet = "Aldgrove Agency"
[sources."./wire/2019/"]
read-as = "csv"
map = { title = "Kopf", text = "Wortlaut" }
date-from = "path:%Y-%m"
"#;

    #[test]
    fn the_longest_folder_wins() {
        let choices = Choices::read(KEPT).unwrap();
        let rows = [
            ("wire/2019/a.csv", "wire/2019"),
            ("wire/2019/05/a.csv", "wire/2019"),
            ("wire/2019.csv", "wire"),
            ("wire", "wire"),
            ("wired/a.csv", ""),
            ("a.csv", ""),
        ];
        for (path, folder) in rows {
            assert_eq!(choices.of(path).map(|(folder, _)| folder), Some(folder), "{path}");
        }
        assert_eq!(Choices::read("").unwrap().of("a.csv"), None);
    }

    #[test]
    fn what_is_stated_wins_over_what_is_kept_field_by_field() {
        let choices = Choices::read(KEPT).unwrap();
        let (_, kept) = choices.of("wire/2019/a.csv").unwrap();
        let pair = |field: &str, path: &str| (field.to_owned(), path.to_owned());
        let stated =
            Options { map: vec![pair("title", "hed")], outlet: Some("X".into()), ..Options::default() };
        let both = stated.or(kept);
        assert_eq!(both.map, [pair("title", "hed"), pair("text", "Wortlaut")]);
        let map = vec![pair("text", "intro"), pair("text", "body")];
        for stated in [stated, Options { map, ..Options::default() }] {
            let both = stated.or(kept);
            assert_eq!(stated.or(&both), both, "said again");
        }
        assert_eq!((both.outlet.as_deref(), both.read_as.as_deref()), (Some("X"), Some("csv")));
        assert_eq!(both.stated(), ["read-as", "map", "outlet", "date-from"]);
    }

    #[test]
    fn what_is_printed_reads_back() {
        let choices = Choices::read(KEPT).unwrap();
        for folder in ["", "wire", "wire/2019"] {
            let (_, options) = choices.of(folder).unwrap();
            let strange = Options { outlet: Some("The \"Old\" \\ Paper".into()), ..options.clone() };
            let again = Choices::read(&strange.kept(folder)).unwrap();
            assert_eq!(again.of(folder), Some((folder, &strange)));
        }
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let rows = [
            ("x = 1", 1, "there is no setting `x`; there is: sources, limit"),
            (
                "\n[source.a]\n",
                2,
                "there is no setting `source`; did you mean `sources`? There is: sources, limit",
            ),
            (
                "[sources.a]\nreadas = \"csv\"",
                2,
                "there is no choice `readas`; did you mean `read-as`? There is: \
              read-as, map, outlet, date-from, day-first",
            ),
            (
                "[sources.a]\ncommand = \"rm\"",
                2,
                "there is no choice `command`; there is: read-as, map, outlet, \
              date-from, day-first",
            ),
            (
                "[sources.\"../a\"]",
                1,
                "`../a` does not lie below the archive: write the path from the folder \
              that holds .onrecord, such as [sources.\"wire/2019\"]",
            ),
            ("[sources.a]\n\noutlet = 3", 3, "write it as outlet = \"NAME\""),
            ("[sources.a]\nday-first = \"yes\"", 2, "write it as day-first = true"),
            (
                "[sources.a]\ndate-from = \"path:%m\"",
                2,
                "it must state one year, %Y; there are %Y (2016), %m (10), \
              %b or %B (Oct, October), %d (12) and %% (a percent sign)",
            ),
            ("sources = 1", 1, "[sources] holds a table for each folder"),
        ];
        for (text, line, message) in rows {
            let told = Choices::read(text).unwrap_err();
            assert_eq!((told.line, told.message.as_str()), (line, message), "{text}");
        }
        for (text, beginning) in [
            ("[sources.a]\nread-as = \"cvs\"", "there is no format `cvs`; did you mean `csv`?"),
            ("[sources.a]\nmap = { titel = \"x\" }", "there is no field `titel`; did you mean `title`?"),
        ] {
            let told = Choices::read(text).unwrap_err();
            assert!(told.line == 2 && told.message.starts_with(beginning), "{told:?}");
        }
        assert_eq!(Choices::read("limit = 5\n[sources.a]\noutlet = \"A\"").unwrap().folders.len(), 1);
        assert_eq!(Choices::read("[sources.a]\noutlet = ").unwrap_err().line, 2);
    }
}

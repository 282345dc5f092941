//! Lines of a terminal's width, in whatever script: no line is wider, but for an id, a path or an address that
//! must be copied whole, and bars begin in one column.

use crate::sessions::shell;
use std::fs;
use std::path::Path;
use unicode_width::UnicodeWidthChar;

const ARCHIVE: &str = r#"{"title":"東京の橋についての長い見出しがここに続いていくのでとても長い","text":"“The bridge is ours and it will always be ours,” said Hiroshi Tanaka, the mayor of the whole city.\n\n「橋は私たちのものであり、これからもずっと私たちのものです」と市長は述べた。この文章には空白がないので折り返しが難しいのですが、それでも端末の幅に収まるべきです。","date":"2020-01-02","outlet":"日本経済新聞社東京本社国際報道部"}
{"title":"جسر المدينة","text":"“The bridge is closed,” said محمد بن عبد الله, a spokesman.\n\nقال المتحدث إن الجسر مغلق.","date":"2020-02-03","outlet":"صحيفة الشرق الأوسط"}
{"title":"Ame\u0301lie","text":"“The bridge is open,” said Ame\u0301lie Dupre\u0301.","date":"2020-03-04","outlet":"Le Ve\u0301rite\u0301 du Grand Courrier International"}
{"title":"Toll","text":"“The toll is high,” said Mary Jones. “The toll is unfair,” Jones said. “No toll was ever so unfair,” Jones said. “That toll will go,” Jones said.","date":"2021","outlet":"Plain"}
{"title":"Pier","text":"“The pier is long,” said Hiroshi Tanaka. “The pier is ours,” Tanaka said. “No pier was ever so fair,” Tanaka said. “That pier will stay,” Tanaka said.","date":"2021","outlet":"Plain"}
{"title":"A headline that goes on for longer than forty columns, and then for some more","text":"“The bridge is old, and so are those who built it, and those who pay for it,” said Mary Jones.","date":"2021-03","outlet":"Plain"}
"#;

const PRINTED: &str = "
onrecord search quotes
onrecord search 'articles bridge' --facet outlet,speaker
onrecord search 'articles 橋'
onrecord facets outlet,speaker,year
onrecord speakers
onrecord timeline --by month
onrecord timeline --by month --split outlet
onrecord verify 'The bridge is old and ours'
onrecord stats
onrecord show ARTICLE
onrecord show ARTICLE --full
onrecord show QUOTE --why
onrecord spread QUOTE
onrecord compare Jones Tanaka
onrecord compare Dupré 'محمد بن عبد الله' --by month
";

#[test]
fn no_line_is_wider_than_the_terminal() {
    let home = archive();
    let first =
        |query: &str| printed(&format!("onrecord export {query} --fields id | tail -1"), home.path(), 80);
    let (article, quote) = (first("articles 橋"), first("quotes old"));
    for width in [40, 80, 110] {
        for command in PRINTED.lines().filter(|line| !line.is_empty()) {
            let command = command.replace("ARTICLE", article.trim()).replace("QUOTE", quote.trim());
            let text = printed(&command, home.path(), width);
            assert!(!text.is_empty(), "{command} prints nothing");
            let whole = |line: &str| {
                line.contains(" · q")
                    || line.contains(".jsonl")
                    || line.contains(home.path().to_str().unwrap())
            };
            for line in text.lines().filter(|line| !whole(line)) {
                assert!(columns(line) <= width, "{command}: wider than {width}: {line}\n{text}");
            }
        }
    }
}

#[test]
fn bars_begin_in_one_column() {
    let home = archive();
    for (command, width) in [("facets outlet", 40), ("facets outlet", 110), ("facets speaker", 80)] {
        let text = printed(&format!("onrecord {command}"), home.path(), width);
        let begin =
            |line: &str| line.find(['█', '▏', '▎', '▍', '▌', '▋', '▊', '▉']).map(|at| columns(&line[..at]));
        let begins: Vec<usize> = text.lines().filter_map(begin).collect();
        assert!(begins.len() == 4 && begins.iter().all(|at| *at == begins[0]), "{begins:?}\n{text}");
    }
}

fn archive() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a.jsonl"), ARCHIVE).unwrap();
    printed("onrecord index a.jsonl", home.path(), 80);
    home
}

fn printed(command: &str, home: &Path, width: usize) -> String {
    let ran = shell(command, home).env("COLUMNS", width.to_string()).output().unwrap();
    String::from_utf8(ran.stdout).unwrap()
}

/// As a terminal sets it: letter by letter.
fn columns(text: &str) -> usize {
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

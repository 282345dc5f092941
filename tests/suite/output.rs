//! What is printed as JSON, held against `docs/output.schema.json`: each object has the keys that
//! stand there and no others, and each type of object that stands there is printed.

use crate::sessions::{home, root, shell};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// What is run, by `sh`, in a folder with the sample corpus and its index. A line with `$QUOTE` is run
/// for a quote of each basis, one with `$ARTICLE` for an article or two.
const PRINTED: &str = r#"
onrecord search quotes -n 0 --format jsonl --facet speaker,outlet,year
onrecord search quotes -n 0 --all-copies --format jsonl
onrecord search 'interference since 2016' --format json --facet kind
onrecord search 'articles bridge' --format json
onrecord export articles --format jsonl
onrecord export speakers --format jsonl
printf 'name,query\na,by:Putin interference\nb,bridge\nc,zzzz\nd,spaeker:x\n' | onrecord search --batch - --format jsonl
printf 'by:Putin\n' | onrecord search --batch - --format json
onrecord facets speaker,outlet,agency,section,month --format jsonl
onrecord facets year 'articles bridge' --format json
onrecord speakers -n 0 --format json
onrecord timeline --format json
onrecord timeline interference --by month --split speaker --format jsonl
onrecord timeline 'articles' --by day --format json
onrecord timeline zzzz --format json
onrecord verify 'The Russian state never interfered' --format json
onrecord verify 'It was interference' --by Putin --format json
onrecord verify 'nobody ever said so in any of them' --format json
onrecord compare Putin Trump interference --format json
onrecord compare Putin Trump interference --by month --format jsonl
onrecord spread $QUOTE --format json
onrecord spread $QUOTE --format jsonl
onrecord save bridge 'quotes by Marsh'
onrecord saved bridge --format jsonl
onrecord show $QUOTE --why --format json
onrecord show $QUOTE --format json
onrecord show $ARTICLE --why --full --format json
onrecord show $ARTICLE --full --format json
onrecord extract sample-corpus/*/*.* sample-corpus/*/*/*.* sample-corpus/README.md
onrecord stats --format json
onrecord check --read-data --format json
onrecord check --against sample-corpus --format json
printf 'x' > hurt.json; printf '{"title":"T","text":"A text."}\n{"title":\n' > half.jsonl
printf '{"id":"1","title":"T","text":"One."}\n{"id":"1","title":"T","text":"Two."}\n' > again.jsonl
onrecord index again.jsonl hurt.json half.jsonl --report report.jsonl; cat report.jsonl
onrecord stats --format json
printf 'new' > sample-corpus/new.txt; onrecord check --against sample-corpus --format json
rm half.jsonl; for store in .onrecord/g*/*.store; do printf X | dd of=$store bs=1 seek=99 conv=notrunc; done
onrecord check --checksums --format json
onrecord check --repair --format json
"#;

#[test]
fn every_object_is_of_the_schema() {
    let schema = schema();
    let home = home();
    printed("onrecord index sample-corpus", home.path());
    let ids = ids(home.path());
    let mut seen = BTreeSet::new();
    for line in PRINTED.lines().filter(|line| !line.is_empty()) {
        for command in each(line, &ids) {
            for object in printed(&command, home.path()) {
                valid(&schema, &object, &command);
                types_in(&object, &mut seen);
            }
        }
    }
    assert_eq!(seen, types(&schema), "types of objects: printed, and in the schema");
}

/// A key that is not in the schema, and one that is missing, are found.
#[test]
fn the_schema_lets_nothing_else_pass() {
    let schema = schema();
    let count = json!({"value": "2016", "count": 3});
    let facet = json!({"v": 1, "type": "facet", "field": "year", "values": [count], "missing": 0});
    assert_eq!(wrong(&schema, &facet), "");
    let changed = |key: &str, value: Option<Value>| {
        let mut facet = facet.clone();
        facet.as_object_mut().unwrap().remove(key);
        facet.as_object_mut().unwrap().extend(value.map(|value| (key.to_owned(), value)));
        wrong(&schema, &facet)
    };
    assert!(changed("sum", Some(json!(3))).contains("'sum' was unexpected"));
    assert!(changed("missing", None).contains("\"missing\" is a required property"));
    assert!(changed("v", Some(json!(2))).contains("1 was expected"));
    assert!(changed("values", Some(json!([{"value": "2016"}]))).contains("\"count\" is a required property"));
}

/// A type that is written down anywhere in the program is in the schema.
#[test]
fn no_type_is_printed_that_the_schema_does_not_know() {
    let schema = types(&schema());
    let written = regex::Regex::new(r#""type"(?:: |\.into\(\), )"([a-z-]+)""#).unwrap();
    for file in walkdir::WalkDir::new(root().join("src")).into_iter().flatten() {
        let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
        for found in written.captures_iter(&text) {
            // That of CSL-JSON is not ours.
            let known = schema.contains(&found[1]) || &found[1] == "article-newspaper";
            assert!(known, "{}: docs/output.schema.json has no type `{}`", file.path().display(), &found[1]);
        }
    }
}

fn schema() -> Value {
    serde_json::from_str(&std::fs::read_to_string(root().join("docs/output.schema.json")).unwrap()).unwrap()
}

/// The types the schema lists.
fn types(schema: &Value) -> BTreeSet<String> {
    let listed = schema["oneOf"].as_array().unwrap().iter();
    listed.map(|of| of["$ref"].as_str().unwrap().trim_start_matches("#/$defs/").to_owned()).collect()
}

fn valid(schema: &Value, object: &Value, command: &str) {
    let wrong = wrong(schema, object);
    assert!(wrong.is_empty(), "{command}\nprints\n{object:#}\nwhich is not of the schema:\n{wrong}");
}

/// Why an object is not of the schema: by the definition of its type, which tells more than that it is
/// none of all.
fn wrong(schema: &Value, object: &Value) -> String {
    let of = object["type"].as_str().unwrap_or_default();
    if !types(schema).contains(of) {
        return format!("there is no type `{of}`");
    }
    let one = json!({"$ref": format!("#/$defs/{of}"), "$defs": schema["$defs"]});
    let validator = jsonschema::validator_for(&one).unwrap();
    let told = validator.iter_errors(object).map(|e| format!("{}: {e}\n", e.instance_path()));
    told.collect()
}

/// The types of an object and of those in it.
fn types_in(value: &Value, seen: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            if object.contains_key("v") {
                seen.insert(object["type"].as_str().unwrap().to_owned());
            }
            object.values().for_each(|value| types_in(value, seen));
        }
        Value::Array(values) => values.iter().for_each(|value| types_in(value, seen)),
        _ => {}
    }
}

/// The objects a command prints.
fn printed(command: &str, home: &Path) -> Vec<Value> {
    let ran = shell(command, home).output().unwrap();
    let text = String::from_utf8(ran.stdout).unwrap();
    let read: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(&text).into_iter().collect();
    read.unwrap_or_else(|error| panic!("{command}: {error}\n{text}"))
}

/// A quote of each basis, and two articles.
fn ids(home: &Path) -> [Vec<String>; 2] {
    let (mut bases, mut quotes) = (BTreeSet::new(), Vec::new());
    for quote in printed("onrecord export quotes --format jsonl", home) {
        if bases.insert(quote["speaker"]["how"].to_string()) {
            quotes.push(quote["id"].as_str().unwrap().to_owned());
        }
    }
    let articles = printed("onrecord search 'articles bridge' -n 2 --format jsonl", home);
    [quotes, articles.iter().map(|article| article["id"].as_str().unwrap().to_owned()).collect()]
}

/// The commands a line stands for.
fn each(line: &str, [quotes, articles]: &[Vec<String>; 2]) -> Vec<String> {
    for (name, ids) in [("$QUOTE", quotes), ("$ARTICLE", articles)] {
        if line.contains(name) {
            return ids.iter().map(|id| line.replace(name, id)).collect();
        }
    }
    vec![line.to_owned()]
}

//! The formats of agencies, databases and feeds: what each states, and what damage is answered with.

use onrecord::ingest::{Contents, Limits, Options, Source, read};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn read_with(name: &str, content: &str, options: &Options) -> Contents {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    read(&Source::file(&path).unwrap(), options)
}

fn read_text(name: &str, content: &str) -> Contents {
    read_with(name, content, &Options::default())
}

/// `title|date|outlet|byline|place|section|lang|id|embargo|text`, paragraphs parted by ` / `.
fn stated(contents: &Contents) -> Vec<String> {
    let line = |a: &onrecord::article::Article| {
        let m = &a.meta;
        let date = m.date.map(|d| d.to_string());
        let fields =
            [&m.title, &date, &m.outlet, &m.byline, &m.place, &m.section, &m.lang, &m.record_id, &m.embargo];
        let text = a.text.as_str().replace("\n\n", " / ").replace('\n', " ~ ");
        format!("{}|{text}", fields.map(|f| f.clone().unwrap_or_default()).join("|"))
    };
    contents.articles.iter().map(line).collect()
}

fn problems(contents: &Contents) -> Vec<String> {
    contents.problems.iter().map(|p| format!("{} {}", p.code, p.place.as_deref().unwrap_or("-"))).collect()
}

/// A table, its articles' titles, bodies and lines, and its problems.
type Table = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const TABLES: &[Table] = &[
    ("a.csv", "title,body\nOne,It rained.\n", &["One|It rained.|a.csv:2"], &[]),
    ("a.tsv", "title\tbody\nOne\tIt rained, twice.\n", &["One|It rained, twice.|a.tsv:2"], &[]),
    (
        "semicolon.csv",
        "Title;Date;Text\nOne;2016;It rained, twice.\n",
        &["One|It rained, twice.|semicolon.csv:2"],
        &[],
    ),
    ("bar.csv", "hed|copy|text\nOne|x|It rained.\n", &["One|It rained.|bar.csv:2"], &[]),
    ("mark.csv", "\u{FEFF}title,body\r\nOne,It rained.\r\n", &["One|It rained.|mark.csv:2"], &[]),
    ("sep.csv", "sep=;\ntitle;body\nOne;It rained.\n", &["One|It rained.|sep.csv:3"], &[]),
    (
        "lines.csv",
        "title,body\n\"One, two\",\"It rained.\n\n\"\"Yes,\"\" she said.\"\nThree,It snowed.\n",
        &["One, two|It rained.\n\n\"Yes,\" she said.|lines.csv:2", "Three|It snowed.|lines.csv:5"],
        &[],
    ),
    // The article's own mark at the beginning of a cell is kept: it holds a quote.
    (
        "own.tsv",
        "title\ttext\nOne\t\"Yes,\" she said.\nTwo\t\"No.\"\n",
        &["One|\"Yes,\" she said.|own.tsv:2", "Two|No.|own.tsv:3"],
        &[],
    ),
    (
        "bad.csv",
        "title,body\nOne,It rained.\nTwo\nThree,It,snowed.\nFour,It thawed.,,\n\nFive,It froze.",
        &["One|It rained.|bad.csv:2", "Four|It thawed.|bad.csv:5", "Five|It froze.|bad.csv:7"],
        &["bad-row line 3", "bad-row line 4"],
    ),
    // An open mark costs its own row, not those behind it.
    (
        "open.csv",
        "title,body\nOne,\"It rained.\nTwo,It snowed.\nThree,It thawed.\n",
        &["Two|It snowed.|open.csv:3", "Three|It thawed.|open.csv:4"],
        &["bad-row line 2"],
    ),
    (
        "swallowed.csv",
        "title,body\nOne,\"It rained.\nTwo,It snowed.\nThree,\"It thawed.\"\nFour,It froze.\n",
        &[
            "One|\"It rained.|swallowed.csv:2",
            "Two|It snowed.|swallowed.csv:3",
            "Three|It thawed.|swallowed.csv:4",
            "Four|It froze.|swallowed.csv:5",
        ],
        &[],
    ),
    ("none.csv", "a,b\n1,2\n", &[], &["no-columns line 1"]),
    ("rows.csv", "title,body\n", &[], &["no-body -"]),
    ("empty.csv", "title,body\nOne,\n", &[], &["no-body line 2"]),
];

#[test]
fn tables_are_read_row_by_row() {
    for (name, content, articles, wrong) in TABLES {
        let contents = read_text(name, content);
        let row = |a: &onrecord::article::Article| {
            format!("{}|{}|{}", a.meta.title.as_deref().unwrap_or_default(), a.text.as_str(), a.meta.path)
        };
        let rows: Vec<String> = contents.articles.iter().map(row).collect();
        assert_eq!((rows, problems(&contents)), (strings(articles), strings(wrong)), "{name}");
    }
}

fn strings(all: &[&str]) -> Vec<String> {
    all.iter().map(|s| (*s).to_owned()).collect()
}

#[test]
fn a_table_of_unknown_columns_says_what_was_seen_and_is_mapped() {
    let table = "Kopf,Wortlaut,Tag\nOne,It rained.,1476230400\n";
    let message = &read_text("a.csv", table).problems[0].message;
    assert!(message.contains("Kopf, Wortlaut, Tag") && message.contains("--map text=COLUMN"), "{message}");
    let map = [("text", "Wortlaut"), ("title", "Kopf"), ("date", "Tag")];
    let map = map.map(|(field, column)| (field.to_owned(), column.to_owned())).to_vec();
    let options = Options { map, ..Options::default() };
    assert_eq!(stated(&read_with("a.csv", table, &options)), ["One|2016-10-12||||||||It rained."]);
}

const NITF: &str = "<nitf xml:lang='en-GB'><head><title>slug</title>\
    <docdata STATUS><doc-id id-string='x1' regsrc='no'/><date.issue norm='20161012T080000Z'/>\
    <date.release norm='20161013T080000Z'/></docdata>\
    <pubdata name='The Daily Example' position.section='Local'/></head><body><body.head>\
    <hedline><hl1>Bridge opens</hl1><hl2>At last</hl2></hedline><byline>By <person>Ada Quill</person>\
    <byttl>reporter</byttl></byline><dateline><location>PORT ELLEN</location> <story.date>Oct 12</story.date>\
    </dateline></body.head><body.content><block><p>The <em>mayor</em> spoke.</p><media><media-caption>A bridge.\
    </media-caption></media><p>It&#32;rained &amp; rained.<br/>Yes.</p></block><table><tr><td>1</td></tr></table>\
    </body.content></body></nitf>";

const G2: &str = "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:x' xml:lang='en'><itemMeta>\
    <itemClass qcode='ninat:CLASS'/><provider qcode='nprov:EXAMPLE'/><versionCreated>2016-10-12T08:00:00Z\
    </versionCreated>EMBARGO<pubStatus qcode='stat:STATUS'/></itemMeta><contentMeta><located><name>Port Ellen</name>\
    </located><creator><name>Ada Quill</name></creator><creator><name>Tom Reed</name></creator><subject><name>Local\
    </name></subject><headline>Bridge opens</headline></contentMeta><contentSet>BODY</contentSet></newsItem>";

const NEWSML: &str = "<NewsML><NewsEnvelope><SentFrom><Party FormalName='The Daily Example'/></SentFrom>\
    </NewsEnvelope><NewsItem><NewsManagement><ThisRevisionCreated>20161012T080000Z</ThisRevisionCreated>\
    <Status FormalName='STATUS'/></NewsManagement><NewsComponent><NewsComponent><NewsLines><HeadLine>Bridge opens\
    </HeadLine><ByLine>By Ada Quill</ByLine></NewsLines><NewsComponent><Role FormalName='Caption'/><ContentItem>\
    <DataContent>A bridge, and a very long caption below it.</DataContent></ContentItem></NewsComponent>\
    <ContentItem><DataContent><p>The mayor spoke.</p></DataContent></ContentItem></NewsComponent><NewsComponent>\
    <NewsLines><HeadLine>Die Brücke ist offen</HeadLine></NewsLines><DescriptiveMetadata><Language FormalName='de'/>\
    </DescriptiveMetadata><ContentItem><DataContent>Es regnete.</DataContent></ContentItem></NewsComponent>\
    </NewsComponent></NewsItem></NewsML>";

fn g2(class: &str, status: &str, embargo: &str, body: &str) -> String {
    let item = G2.replace("CLASS", class).replace("STATUS", status);
    item.replace("EMBARGO", embargo).replace("BODY", body)
}

#[test]
fn agency_formats_state_what_they_know() {
    let xhtml = "<inlineXML><html><head><title>x</title></head><body><p>The mayor spoke.</p><p>It rained.</p></body></html></inlineXML>";
    let plain = "<inlineData contenttype='text/plain'>The mayor spoke.</inlineData>";
    let of_g2 = "Bridge opens|2016-10-12|EXAMPLE|Ada Quill, Tom Reed|Port Ellen|Local|en|urn:x";
    let nitf = |status: &str| NITF.replace("STATUS", status);
    let of_nitf = "Bridge opens|2016-10-12|The Daily Example|Ada Quill|PORT ELLEN|Local|en|x1";
    let body = "The mayor spoke. / It rained & rained. ~ Yes.";
    let rows = [
        ("a.xml", nitf(""), vec![format!("{of_nitf}||{body}")]),
        ("a.nitf", nitf("management-status='usable'"), vec![format!("{of_nitf}||{body}")]),
        ("a.xml", nitf("management-status='embargoed'"), vec![format!("{of_nitf}|20161013T080000Z|{body}")]),
        ("g2.xml", g2("text", "usable", "", xhtml), vec![format!("{of_g2}||The mayor spoke. / It rained.")]),
        // What a page repeats above its text, and what NITF has in its head, is no part of the text.
        (
            "g2.xml",
            g2(
                "text",
                "usable",
                "",
                "<inlineXML><div><h1>Bridge opens</h1><p>By Ada Quill</p><p>It rained.</p></div></inlineXML>",
            ),
            vec![format!("{of_g2}||It rained.")],
        ),
        (
            "g2.xml",
            g2("text", "usable", "<embargoed>2016-10-14</embargoed>", plain),
            vec![format!("{of_g2}|2016-10-14|The mayor spoke.")],
        ),
        (
            "g2.xml",
            format!(
                "<newsMessage><itemSet>{0}{0}</itemSet></newsMessage>",
                g2("text", "usable", "<embargoed/>", plain)
            ),
            vec![format!("{of_g2}|no time stated|The mayor spoke."); 2],
        ),
        (
            "newsml.xml",
            NEWSML.replace("STATUS", "Usable"),
            vec![
                "Bridge opens|2016-10-12|The Daily Example|Ada Quill|||de|||The mayor spoke.".into(),
                "Die Brücke ist offen|2016-10-12|The Daily Example||||de|||Es regnete.".into(),
            ],
        ),
    ];
    for (name, content, wanted) in rows {
        let contents = read_text(name, &content);
        assert_eq!((stated(&contents), problems(&contents)), (wanted, vec![]), "{name}");
    }
}

#[test]
fn what_was_withdrawn_or_is_no_text_is_left_out_and_told() {
    let picture = g2("picture", "usable", "", "<remoteContent/>");
    let rows = [
        ("a.xml", NITF.replace("STATUS", "management-status='canceled'"), "withdrawn -"),
        ("a.xml", g2("text", "canceled", "", "<inlineData>Text.</inlineData>"), "withdrawn -"),
        ("a.xml", picture, "no-body -"),
        ("a.json", ninjs(r#""pubStatus":"canceled","body_text":"Text.""#), "withdrawn -"),
        ("a.json", ninjs(r#""pubstatus":"usable","type":"picture""#), "no-body -"),
    ];
    for (name, content, wanted) in rows {
        let contents = read_text(name, &content);
        assert_eq!((contents.articles.len(), problems(&contents)), (0, vec![wanted.to_owned()]), "{content}");
    }
    let cancelled = read_text("a.xml", &NEWSML.replace("STATUS", "Canceled"));
    assert_eq!(problems(&cancelled), ["withdrawn line 1", "withdrawn line 1"]);
}

fn ninjs(rest: &str) -> String {
    format!(r#"{{"uri":"urn:x","headline":"Bridge opens",{rest}}}"#)
}

#[test]
fn ninjs_is_known_within_json() {
    let version_1 = ninjs(
        r#""versioncreated":"2016-10-12T08:00:00Z","byline":"Ada Quill","located":"Port Ellen","language":"en-GB",
        "body_text":"The mayor spoke. It rained.","body_xhtml":"<p>The mayor spoke.</p><p>It rained.</p>""#,
    );
    let version_3 = r#"{"uri":"urn:x","versionCreated":"2016-10-12T08:00:00Z","by":"Ada Quill","located":"Port Ellen",
        "language":"en-GB","copyrightHolder":"Example","embargoed":"2016-10-14T00:00:00Z","headlines":[{"role":"short","value":"No"},
        {"role":"main","value":"Bridge opens"}],"bodies":[{"contentType":"text/plain","value":"One line."},
        {"contentType":"application/xml","value":"<x/>"},{"contentType":"text/html","value":"<p>The mayor spoke.</p><p>It rained.</p>"}]}"#;
    let brief = ninjs(
        r#""pubstatus":"usable","descriptions":[{"role":"caption","value":"No."},{"role":"text","value":"It rained."}]"#,
    );
    let rows = [
        (version_1, "Bridge opens|2016-10-12||Ada Quill|Port Ellen||en|urn:x||The mayor spoke. / It rained."),
        (
            version_3.to_owned(),
            "Bridge opens|2016-10-12|Example|Ada Quill|Port Ellen||en|urn:x|2016-10-14T00:00:00Z|The mayor spoke. / It rained.",
        ),
        (brief, "Bridge opens||||||||urn:x||It rained."),
    ];
    for (content, wanted) in rows {
        let wanted = wanted.replace("||||||||urn", "|||||||urn");
        assert_eq!(stated(&read_text("a.json", &content)), [wanted], "{content}");
    }
}

#[test]
fn feeds_give_an_article_an_item() {
    let rss = "<rss><channel><title>The Daily Example</title><language>en-us</language><item><title>Bridge opens \
        &amp;#8211; at last</title><link>http://x.example/1</link><guid>g1</guid><pubDate>Wed, 12 Oct 2016 08:00:00 GMT\
        </pubDate><dc:creator>Ada Quill</dc:creator><media:title>No</media:title><description>Summary.</description>\
        <content:encoded><![CDATA[<p>The mayor spoke.</p><p>It rained.</p>]]></content:encoded></item><item><author>\
        ada@x.example (Ada Quill)</author><description>&lt;p&gt;It snowed.&lt;/p&gt;</description></item></channel></rss>";
    let rdf = "<rdf:RDF><channel><title>The Daily Example</title></channel><item><title>One</title>\
        <dc:date>2016-10-12</dc:date><description>It rained.</description></item></rdf:RDF>";
    let atom = "<?xml version='1.0'?><!DOCTYPE feed [<!ENTITY big 'x'>]><feed xml:lang='en'><title>The Daily Example</title>\
        <entry><title>One</title><id>i1</id><link rel='edit' href='http://x.example/no'/><published>2016-10-12T08:00:00Z\
        </published><updated>2017-01-01</updated><author><name>Ada Quill</name></author><author><name>Tom Reed</name>\
        </author><category term='local' label='Local'/><content type='xhtml'><div><p>The mayor spoke.</p><p>It \
        &big;rained&nbsp;.</p></div></content></entry></feed>";
    let rows = [
        (
            "a.xml",
            rss,
            vec![
                "Bridge opens – at last|2016-10-12|The Daily Example|Ada Quill|||en|g1||The mayor spoke. / It rained.",
                "||The Daily Example|Ada Quill|||en|||It snowed.",
            ],
        ),
        ("a.rdf", rdf, vec!["One|2016-10-12|The Daily Example||||||| It rained."]),
        (
            "feed",
            atom,
            vec![
                "One|2016-10-12|The Daily Example|Ada Quill||Local|en|i1||The mayor spoke. / It &big;rained\u{A0}.",
            ],
        ),
    ];
    for (name, content, wanted) in rows {
        let contents = read_text(name, content);
        let wanted: Vec<String> = wanted.iter().map(|w| w.replace("||||||| ", "|||||||")).collect();
        assert_eq!((stated(&contents), problems(&contents)), (wanted, vec![]), "{name}");
    }
}

#[test]
fn xml_is_decoded_as_it_declares() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.xml");
    let head = b"<?xml version='1.0' encoding=\"windows-1251\"?><rss><channel><item><description>";
    let feed =
        [&head[..], b"\xCC\xFD\xF0 \xF1\xEA\xE0\xE7\xE0\xEB.", b"</description></item></channel></rss>"];
    fs::write(&path, feed.concat()).unwrap();
    let contents = read(&Source::file(&path).unwrap(), &Options::default());
    assert_eq!(contents.articles[0].text.as_str(), "Мэр сказал.");
}

#[test]
fn damaged_xml_keeps_the_articles_that_are_whole() {
    let item = |words: &str| format!("<item><title>T</title>\n<description>{words}</description></item>\n");
    let feed = |inner: String| format!("<rss><channel>\n{inner}</channel></rss>");
    let deep = format!("<p>{}It rained.{}</p>", "<b>".repeat(300), "</b>".repeat(300));
    let rows = [
        ("cut", format!("<rss><channel>\n{}<item><title>", item("One.")), 1, vec!["truncated line 4"]),
        ("cut in a tag", format!("<rss><channel>\n{}<item><tit", item("One.")), 1, vec!["bad-xml line 4"]),
        ("left open", feed(item("One <b>two.") + &item("Three.")), 2, vec!["bad-xml line 3"]),
        ("closes nothing", feed(item("One </b>two.") + &item("Three.")), 2, vec!["bad-xml line 3"]),
        ("bare &", feed(item("R & D & more.")), 1, vec![]),
        ("no text", feed(item("") + &item("Three.")), 1, vec!["no-body line 2"]),
        ("no items", feed(String::new()), 0, vec!["no-body -"]),
        ("deep", feed(item(&deep) + &item("Three.")), 2, vec!["too-deep line 3"]),
    ];
    for (what, content, articles, wanted) in rows {
        let contents = read_text("a.xml", &content);
        assert_eq!((contents.articles.len(), problems(&contents)), (articles, strings(&wanted)), "{what}");
    }
}

#[test]
fn huge_items_are_told_and_the_next_is_read() {
    let options = Options { limits: Limits { record: 2000, ..Limits::default() }, ..Options::default() };
    let item = |n: usize| format!("<item><description>{}</description></item>", "word ".repeat(n));
    let feed = format!("<rss><channel>{}{}</channel></rss>", item(1000), item(1));
    let contents = read_with("a.xml", &feed, &options);
    assert_eq!((contents.articles.len(), problems(&contents)), (1, vec!["too-large line 1".to_owned()]));
}

#[test]
fn dates_of_paths_win_where_the_user_says_so() {
    let date_from = Some("path:%Y-%m-%d".parse().unwrap());
    let options = Options { date_from, ..Options::default() };
    let record = r#"{"text":"It rained.","date":"2001-01-01"}"#;
    for (name, date) in [("2016-10-12.json", "2016-10-12"), ("a.json", "2001-01-01")] {
        let read = read_with(name, record, &options).articles.remove(0).meta.date;
        assert_eq!(read.map(|d| d.to_string()).as_deref(), Some(date), "{name}");
    }
}

#[test]
fn whatever_is_cut_off_or_changed_is_answered() {
    let plain = g2("text", "usable", "<embargoed/>", "<inlineData>The mayor spoke.</inlineData>");
    let table = TABLES.iter().map(|(name, content, ..)| (*name, (*content).to_owned()));
    let marked = [("a.xml", NITF.to_owned()), ("b.xml", NEWSML.to_owned()), ("c.xml", plain)];
    for (name, content) in table.chain(marked) {
        let chars: Vec<(usize, char)> = content.char_indices().collect();
        for (at, c) in chars.iter().step_by(13) {
            let (before, after) = (&content[..*at], &content[at + c.len_utf8()..]);
            for damaged in [
                before.to_owned(),
                format!("{before}{after}"),
                format!("{before}<{after}"),
                format!("{before}\"{after}"),
            ] {
                let contents = read_text(name, &damaged);
                let met = contents.articles.len() + contents.problems.len();
                assert!(met > 0, "{name}: neither article nor problem: {damaged}");
            }
        }
    }
}

/// The published samples of the standards: date, language, whether a byline is stated, paragraphs.
const PUBLISHED: &[(&str, &str)] = &[
    ("newsml/businesswire-newsml-20130515006361.xml", "2013-05-16 en - 29"),
    ("newsml/businesswire-newsml-20130612006110.xml", "2013-06-12 zh - 22"),
    ("newsml-g2/LISTING_1_A_NewsML-G2_News_Item.xml", "no-body"),
    ("newsml-g2/LISTING_22_Sports_story_in_NewsML-G2NITF.xml", "2018-10-19 en byline 6"),
    (
        "newsml-g2/LISTING_24_News_Message_conveying_a_complete_News_Package.xml",
        "no-body no-body no-body no-body",
    ),
    ("newsml-g2/LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml", "- en byline 1"),
    ("newsml-g2/LISTING_2_NewsML-G2_Text_Document.xml", "2018-11-21 en byline 2"),
    ("newsml-g2/LISTING_3_Photo_in_NewsML-G2.xml", "no-body"),
    ("ninjs/1.4_ninjsExMediumText1.json", "2013-07-09 en byline 4"),
    ("ninjs/1.4_ninjsExSimpleText1.json", "2013-07-09 en byline 4"),
    ("ninjs/2.1_ap_image.json", "no-body"),
    ("ninjs/2.1_businesswire-newsml-20130605006126.json", "2013-06-05 zh - 1"),
    ("ninjs/2.1_dpa_text.json", "2019-05-10 de byline 9"),
    ("ninjs/2.1_ntb_text.json", "2019-08-09 nb byline 1"),
    ("ninjs/3.0_20231005-65-addb-event.json", "no-body"),
    ("ninjs/3.0_dpa_text.json", "2019-05-10 de byline 9"),
    ("ninjs/3.0_ntb_text.json", "2019-08-09 nb byline 1"),
    ("ninjs/3.0_tt_text_image_3.json", "2021-05-26 sv - 5"),
];

#[test]
#[expect(clippy::print_stderr, reason = "whoever runs the tests is told what was not tested")]
fn published_samples_read_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/formats");
    if !folder.is_dir() {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    }
    for (name, wanted) in PUBLISHED {
        let contents = read(&Source::file(&folder.join(name)).unwrap(), &Options::default());
        let one = |a: &onrecord::article::Article| {
            let m = &a.meta;
            let date = m.date.map_or("-".to_owned(), |d| d.to_string());
            let byline = if m.byline.is_some() { "byline" } else { "-" };
            assert!(m.title.is_some(), "{name}");
            format!(
                "{date} {} {byline} {}",
                m.lang.as_deref().unwrap_or("-"),
                a.text.as_str().split("\n\n").count()
            )
        };
        let mut found: Vec<String> = contents.articles.iter().map(one).collect();
        found.extend(contents.problems.iter().map(|p| p.code.clone()));
        assert_eq!(found.join(" "), *wanted, "{name}");
    }
}

/// A file, and `outlet|agency` of the article in it.
const AGENCIES: &[(&str, &str, &str)] = &[
    ("a.csv", "title,body,outlet\nOne,HELSINKI (Reuters) - It rained.,The Echo\n", "The Echo|Reuters"),
    ("a.csv", "title,body,outlet\nOne,WASHINGTON (AP) — It rained.,The Echo\n", "The Echo|Associated Press"),
    ("a.csv", "title,body,outlet\nOne,(Northwire) - It rained.,The Echo\n", "The Echo|Northwire"),
    ("a.csv", "title,body\nOne,OSTRAND (Northwire) - It rained.\n", "Northwire|Northwire"),
    (
        "a.csv",
        "title,body,outlet\nOne,ROME (AP) - It rained.,The Associated Press\n",
        "The Associated Press|The Associated Press",
    ),
    (
        "a.csv",
        "title,body,outlet,byline\nOne,It rained.,The Echo,By The Associated Press\n",
        "The Echo|Associated Press",
    ),
    (
        "a.csv",
        "title,body,outlet,byline\nOne,It rained.,The Echo,\"Ann Low, AP Writer\"\n",
        "The Echo|Associated Press",
    ),
    ("a.csv", "title,body,outlet,byline\nOne,It rained.,The Echo,Staff and agencies\n", "The Echo|agencies"),
    ("a.csv", "title,body,outlet,agency\nOne,It rained.,The Echo,Lowland News\n", "The Echo|Lowland News"),
    ("a.csv", "title,body,outlet,byline\nOne,It rained.,The Echo,Ann Low\n", "The Echo|"),
    (
        "a.nitf",
        "<nitf><head><pubdata name=\"The Echo\"/></head><body><body.head><hedline><hl1>One</hl1></hedline>\
         <distributor>Agence France-Presse</distributor></body.head><body.content><p>It rained.</p></body.content>\
         </body></nitf>",
        "The Echo|Agence France-Presse",
    ),
    (
        "a.ninjs",
        "{\"uri\":\"urn:x\",\"headline\":\"One\",\"copyrightHolder\":\"The Echo\",\"infoSources\":[{\"name\":\"dpa\"}],\
         \"body_text\":\"It rained.\"}",
        "The Echo|Deutsche Presse-Agentur",
    ),
];

#[test]
fn an_agency_is_told_by_dateline_byline_and_credit() {
    for (name, content, wanted) in AGENCIES {
        let contents = read_text(name, content);
        assert_eq!(problems(&contents), Vec::<String>::new(), "{content}");
        let meta = &contents.articles[0].meta;
        let told =
            format!("{}|{}", meta.outlet.as_deref().unwrap_or(""), meta.agency.as_deref().unwrap_or(""));
        assert_eq!(told, *wanted, "{content}");
    }
}

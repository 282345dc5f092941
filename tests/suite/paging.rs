//! What a person at a terminal sees: a pager where the output is longer than the screen, links, colours, the
//! defaults of a config file; and that no program sees any of it.

use crate::terminal::archive;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::fs;
use std::io::Read;
use std::path::Path;

/// What a command prints on a terminal of 80 columns, and its exit code.
fn on_terminal(command: &str, home: &Path, rows: u16) -> (String, u32) {
    let size = PtySize { rows, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut shell = CommandBuilder::new("sh");
    shell.args(["-c", command]);
    shell.cwd(home);
    shell.env_clear();
    let program = Path::new(env!("CARGO_BIN_EXE_onrecord")).parent().unwrap();
    shell.env("PATH", format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default()));
    shell.env("HOME", home);
    shell.env("TERM", "xterm-256color");
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut program = pair.slave.spawn_command(shell).unwrap();
    drop(pair.slave);
    let mut printed = Vec::new();
    // A terminal whose other end is closed reads as an error on some systems.
    let _ = reader.read_to_end(&mut printed);
    let code = program.wait().unwrap().exit_code();
    (String::from_utf8(printed).unwrap().replace("\r\n", "\n"), code)
}

const LONG: &str = "onrecord search quotes -n 30";

#[test]
fn a_pager_shows_what_is_longer_than_the_screen() {
    let archive = archive();
    let run = |command: &str| on_terminal(command, archive.path(), 24);
    // Every line of hits goes through it, in colour and without links; the notes do not.
    let (text, code) = run(&format!("ONRECORD_PAGER='sed s/^/P:/' {LONG}"));
    let (hits, notes): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with("P:"));
    assert!(code == 0 && hits.len() > 90, "{text}");
    assert!(text.contains("\u{1b}[1m") && !text.contains("\u{1b}]"), "{text}");
    assert!(notes.len() == 1 && notes[0].starts_with("1–30 of"), "{notes:?}");
    // What fits, what is for a program, and what is not wanted, does not.
    for command in [
        "onrecord search quotes -n 2",
        "onrecord search quotes -n 30 --format jsonl",
        "onrecord search quotes -n 30 --format csv",
        "onrecord search quotes -n 30 --no-pager",
        "onrecord export quotes",
        "onrecord completions bash",
        "onrecord search quotes -n 30 | cat",
        "TERM=dumb onrecord search quotes -n 30",
    ] {
        let (text, code) = run(&format!("export ONRECORD_PAGER='sed s/^/P:/'; {command}"));
        assert!(code == 0 && !text.contains("P:"), "{command}:\n{text}");
    }
}

#[test]
fn no_pager_loses_anything() {
    let archive = archive();
    let run = |command: &str| on_terminal(command, archive.path(), 24);
    let (whole, _) = run(&format!("NO_COLOR=1 {LONG} --no-pager"));
    assert!(whole.lines().count() > 90);
    for (pager, says) in [
        ("false", "the pager `false` ended with code 1"),
        ("exit 3", "the pager `exit 3` ended with code 3"),
        ("no-such-pager 2>/dev/null", "ended with code 127"),
        ("cat", ""),
        ("", ""),
    ] {
        let (text, code) = run(&format!("NO_COLOR=1 ONRECORD_PAGER='{pager}' {LONG}"));
        assert!(code == 0 && text.contains(says), "{pager}: {text}");
        let told: Vec<&str> = text.lines().filter(|line| !line.starts_with("note: the pager")).collect();
        assert_eq!(told, whole.lines().collect::<Vec<_>>(), "{pager}");
    }
    // No `less` to be found, and nobody named another.
    let bare = "ln -s \"$(command -v onrecord)\" here; PATH=/nowhere NO_COLOR=1 ./here search quotes -n 30";
    assert_eq!(run(bare).0, whole);
    // Whoever leaves it early has seen enough: the note follows, and the exit code is that of the search.
    let (text, code) = run("ONRECORD_PAGER='head -1' onrecord search quotes -n 0");
    assert!(code == 0 && !text.contains("error"), "{text}");
    assert_eq!(text.lines().count(), 2, "{text}");
    let unsaid = "verify 'interference of ferries with bridges' -n 0";
    let (text, code) = run(&format!("ONRECORD_PAGER='head -1' onrecord {unsaid}"));
    assert!(code == 1 && text.contains("FOUND") && text.trim_end().lines().count() == 1, "{code}: {text}");
}

#[test]
fn a_pager_runs_no_commands_for_who_reads_and_an_archive_names_none() {
    let archive = archive();
    fs::write(archive.path().join(".onrecord/config.toml"), "limit = 30\npager = \"touch run\"\n").unwrap();
    let asked = "export PAGER='env | grep LESS; cat >/dev/null'; onrecord search quotes";
    let (text, _) = on_terminal(asked, archive.path(), 24);
    assert!(text.contains("LESSSECURE=1\n"), "{text}");
    assert!(text.contains("line 2: an archive does not set `pager`"), "{text}");
    assert!(text.contains("1–30 of"), "its limit holds: {text}");
    assert!(!archive.path().join("run").exists());
}

#[test]
fn defaults_hold_on_a_terminal_alone() {
    let archive = archive();
    let config = archive.path().join(".config/onrecord");
    fs::create_dir_all(&config).unwrap();
    let own = "color = \"never\"\nlimit = 2\nformat = \"tsv\"\npager = \"sed s/^/P:/\"\ncolour = 1\n";
    fs::write(config.join("config.toml"), own).unwrap();
    let run = |command: &str| on_terminal(command, archive.path(), 24).0;
    let text = run("onrecord search quotes");
    assert!(text.contains("line 5: there is no setting `colour`; did you mean color?"), "{text}");
    assert!(text.contains("date\toutlet\tspeaker") && text.lines().count() == 4, "{text}");
    let text = run("onrecord search quotes --format human --limit 30");
    assert!(
        text.lines().filter(|line| line.starts_with("P:")).count() > 90 && !text.contains('\u{1b}'),
        "{text}"
    );
    assert!(run("onrecord search quotes --format human --color always").contains("\u{1b}[1m"));
    let said = run("onrecord search quotes | grep -c ' said '");
    assert_ne!(said.trim(), "0");
    assert_eq!(said, run("HOME=/ onrecord search quotes | grep -c ' said '"));
}

#[test]
fn hits_link_to_the_web_and_to_the_file() {
    let archive = archive();
    let asked = "onrecord search 'quotes by Putin mentioning interference' -n 1";
    let links = |command: &str| {
        let text = on_terminal(command, archive.path(), 60).0;
        let addresses = text.split("\u{1b}]8;;").skip(1).filter_map(|part| part.split_once("\u{1b}\\"));
        addresses
            .map(|(address, _)| address.to_owned())
            .filter(|address| !address.is_empty())
            .collect::<Vec<_>>()
    };
    let file = crate::sessions::root().join("sample-corpus/kesterton-echo/2018/2018-07-17-helsinki.txt");
    let web = "https://www.kesterton-echo.example/world/2018/07/17/helsinki";
    assert_eq!(links(asked), [format!("file://{}", file.display()), web.to_owned()]);
    for command in ["NO_COLOR=1 ", "TERM=dumb ", "CLICOLOR=0 "] {
        assert_eq!(links(&format!("{command}{asked}")), [""; 0], "{command}");
    }
    assert_eq!(links(&format!("{asked} --color never")), [""; 0]);
    assert_eq!(links(&format!("{asked} --color always | cat")), [""; 0]);
}

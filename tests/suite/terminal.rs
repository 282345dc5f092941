//! The screen on a real terminal: opened, typed into, narrowed, a quote read, left; and what it leaves behind.

use onrecord::index::{BuildOptions, update};
use onrecord::ingest::Options;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

fn cells(number: u16) -> NonZero<u16> {
    NonZero::new(number).unwrap()
}

/// Longer than any machine needs; nothing waits for it but what fails.
const LIMIT: Duration = Duration::from_secs(60);

/// A terminal with the program in it.
struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    program: Box<dyn Child + Send + Sync>,
    modes: String,
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

impl Terminal {
    fn with(args: &[&str], dir: &Path, color: bool) -> Terminal {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let modes = modes(&*pair.master);
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_onrecord"));
        command.args(args);
        command.cwd(dir);
        command.env("TERM", "xterm-256color");
        command.env_remove("ONRECORD_INDEX");
        if color {
            command.env_remove("NO_COLOR");
        } else {
            command.env("NO_COLOR", "1");
        }
        let program = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let keys = pair.master.take_writer().unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                if send.send(bytes[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(cells(24), cells(80), 0);
        Terminal { master: pair.master, keys, output, screen, program, modes }
    }

    /// Waits until the screen is as wanted.
    fn until(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let begun = Instant::now();
        while !wanted(self.screen.screen()) {
            let left = LIMIT.saturating_sub(begun.elapsed());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(_) => panic!("waited for {what}; the screen is\n{}", self.screen.screen().contents()),
            }
        }
    }

    fn shows(&mut self, words: &str) {
        self.until(words, |screen| screen.contents().contains(words));
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits for the end: the exit code, with the terminal as it was found.
    fn left(mut self) -> u32 {
        self.until("the old screen", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        });
        let code = self.program.wait().unwrap().exit_code();
        assert_eq!(modes(&*self.master), self.modes, "the modes of the terminal are not what they were");
        code
    }
}

/// Echo, line mode and the rest.
fn modes(master: &dyn MasterPty) -> String {
    let modes = master.get_termios().unwrap();
    format!("{:?} {:?} {:?}", modes.input_flags, modes.output_flags, modes.local_flags)
}

pub(crate) fn archive() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
    let index = dir.path().join(".onrecord");
    update(&index, &[corpus], &Options::default(), &BuildOptions::default(), &|_| ()).unwrap();
    dir
}

#[test]
fn a_question_is_typed_narrowed_and_read_and_the_terminal_restored() {
    let archive = archive();
    let mut terminal = Terminal::with(&[], archive.path(), true);
    terminal.shows("such as: quotes by");
    assert!(terminal.screen.screen().alternate_screen());
    assert!(terminal.screen.screen().bracketed_paste());
    // Pasted lines are words, and their letters no keys.
    terminal.press("\u{1b}[200~quotes\ninterference\u{1b}[201~");
    terminal.shows("26 quotes");
    // To the hits, to the counts, the second speaker.
    terminal.press("\t\t\u{1b}[B\r");
    terminal.shows("by:\"Graham Vane\"");
    terminal.shows("quotes 1 of 2");
    terminal.press("\r");
    terminal.shows("1 of 2 · row");
    terminal.shows("‘It was interference, pure and simple,’");
    terminal.master.resize(size(40, 10)).unwrap();
    terminal.screen.screen_mut().set_size(cells(10), cells(40));
    terminal.until("the small screen", |screen| {
        let rows: Vec<String> = screen.rows(0, 40).collect();
        rows.len() == 10 && rows[2].starts_with('┌') && rows[2].trim_end().ends_with('┐')
    });
    terminal.press("q");
    assert_eq!(terminal.left(), 0);
}

#[test]
fn control_c_leaves_while_a_query_is_typed() {
    let archive = archive();
    let mut terminal = Terminal::with(&["tui", "quotes spaeker:putin"], archive.path(), true);
    terminal.shows("there is no field `spaeker`");
    terminal.press("\u{3}");
    assert_eq!(terminal.left(), 0);
}

#[test]
fn colour_is_for_those_who_want_it() {
    let archive = archive();
    for wanted in [true, false] {
        let mut terminal = Terminal::with(&["tui", "quotes interference"], archive.path(), wanted);
        terminal.shows("26 quotes");
        terminal.until("the foot", |screen| screen.contents().contains("Ctrl-C leave"));
        let screen = terminal.screen.screen();
        let cells = (0..24).flat_map(|row| (0..80).filter_map(move |column| screen.cell(row, column)));
        let coloured = cells.filter(|cell| cell.fgcolor() != vt100::Color::Default).count();
        assert_eq!(coloured > 0, wanted, "{coloured} cells in colour");
        terminal.press("\tq");
        assert_eq!(terminal.left(), 0);
    }
}

#[test]
fn without_an_index_it_tells_what_to_run() {
    let empty = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::with(&[], empty.path(), true);
    terminal.shows("onrecord index FOLDER");
    assert_eq!(terminal.left(), 2);
}

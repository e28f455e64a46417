//! The real program in a real pseudo-terminal, with its screen read back. Nothing here sleeps blindly: a test waits
//! for what it wants to see, and fails with the screen as it is when that doesn't come.

// Each test file compiles this module for itself and uses a part of it.
#![allow(dead_code)]

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZero;
use std::os::unix::fs::OpenOptionsExt;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtyPair, PtySize, native_pty_system};
use rustix::io::ioctl_fionread;
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
#[cfg(target_os = "linux")]
use rustix::process::{Resource, Rlimit, prlimit};
use rustix::termios::{InputModes, LocalModes, OptionalActions, OutputModes, tcgetattr, tcsetattr};

/// How long a test waits for what it wants to see.
const LIMIT: Duration = Duration::from_secs(10);

/// Longer than the time in which a key may be a bounce, or wait to be told from one held down.
const SETTLING: Duration = Duration::from_millis(170);

/// Columns and rows of the usual terminal.
pub const USUAL: (u16, u16) = (80, 24);

pub const CTRL_C: &str = "\x03";
pub const CTRL_Z: &str = "\x1a";
pub const ENTER: &str = "\r";
pub const ESC: &str = "\x1b";
pub const UP: &str = "\x1b[A";
pub const DOWN: &str = "\x1b[B";
pub const RIGHT: &str = "\x1b[C";
pub const LEFT: &str = "\x1b[D";

/// A program in a pseudo-terminal. It is killed when this is dropped.
pub struct Pty {
    screen: Arc<Screen>,
    keyboard: Option<Box<dyn Write + Send>>,
    master: Option<Box<dyn MasterPty + Send>>,
    /// The program's side, kept open: the system forgets the modes of a terminal that nobody has open.
    line: File,
    modes_before: Modes,
    reader: Option<JoinHandle<()>>,
    reading: Arc<Reading>,
    child: Box<dyn Child + Send + Sync>,
}

struct Screen {
    parser: Mutex<vt100::Parser>,
    /// When the program has written last.
    written: Mutex<Instant>,
    /// Every byte that it has written.
    bytes: Mutex<Vec<u8>>,
    changed: Condvar,
}

/// What the thread that reads the screen is told, and says.
#[derive(Default)]
struct Reading {
    /// It ends when it has read something.
    closing: AtomicBool,
    /// It reads nothing any more; and whether it has noticed.
    frozen: Mutex<(bool, bool)>,
    changed: Condvar,
}

type Modes = (InputModes, OutputModes, LocalModes);

impl Pty {
    /// Starts `redflag` with these arguments and variables in a terminal of `(columns, rows)`.
    pub fn start(arguments: &[&str], variables: &[(&str, &str)], size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_redflag"));
        command.args(arguments);
        Self::start_command(command, variables, size)
    }

    /// Starts a shell script in which `"$0"` is `redflag`.
    pub fn start_shell(script: &str, variables: &[(&str, &str)], size: (u16, u16)) -> Self {
        Self::start_command(shell(script), variables, size)
    }

    /// The same on a terminal that makes no signals of keys, such as SIGQUIT of Ctrl-\\: for tests that type without
    /// knowing whether the program is still there.
    pub fn start_shell_without_signal_keys(
        script: &str,
        variables: &[(&str, &str)],
        size: (u16, u16),
    ) -> Self {
        let (pair, line) = open(size);
        let mut modes = tcgetattr(&line).unwrap();
        modes.local_modes.remove(LocalModes::ISIG);
        tcsetattr(&line, OptionalActions::Now, &modes).unwrap();
        let command = with_environment(shell(script), variables);
        Self::with((pair, line), size, |pair, _| pair.slave.spawn_command(command).unwrap())
    }

    fn start_command(command: CommandBuilder, variables: &[(&str, &str)], size: (u16, u16)) -> Self {
        let command = with_environment(command, variables);
        Self::with(open(size), size, |pair, _| pair.slave.spawn_command(command).unwrap())
    }

    /// Starts `redflag` on a terminal that isn't the one of its session, so that nothing tells it when the terminal
    /// goes.
    pub fn start_unattached(arguments: &[&str], size: (u16, u16)) -> Self {
        Self::with(open(size), size, |_, line| {
            let side = || Stdio::from(line.try_clone().unwrap());
            let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
            for variable in CLEARED {
                command.env_remove(variable);
            }
            command.envs(SET).args(arguments).stdin(side()).stdout(side()).stderr(side());
            Box::new(command.spawn().unwrap())
        })
    }

    fn with(
        (pair, line): (PtyPair, File),
        (columns, rows): (u16, u16),
        spawn: impl FnOnce(&PtyPair, &File) -> Box<dyn Child + Send + Sync>,
    ) -> Self {
        let modes_before = modes(&line);
        let child = spawn(&pair, &line);
        let screen = Arc::new(Screen {
            parser: Mutex::new(vt100::Parser::new(nonzero(rows), nonzero(columns), 0)),
            written: Mutex::new(Instant::now()),
            bytes: Mutex::new(Vec::new()),
            changed: Condvar::new(),
        });
        let reading = Arc::new(Reading::default());
        let reader = read_screen(pair.master.try_clone_reader().unwrap(), screen.clone(), reading.clone());
        Pty {
            screen,
            keyboard: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            line,
            modes_before,
            reader: Some(reader),
            reading,
            child,
        }
    }

    /// Types `keys`.
    pub fn send(&mut self, keys: impl AsRef<[u8]>) {
        let keyboard = self.keyboard.as_mut().expect("the terminal is still there");
        keyboard.write_all(keys.as_ref()).unwrap();
        keyboard.flush().unwrap();
    }

    /// Waits until the screen is as wanted.
    #[track_caller]
    pub fn until(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + LIMIT;
        let mut parser = self.parser();
        while !wanted(parser.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let (text, state) = (parser.screen().contents(), state(parser.screen()));
                drop(parser);
                let bytes = self.bytes();
                let last = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(400)..]).into_owned();
                panic!("never saw {what}; {state} on this screen:\n{text}\nwritten last: {last:?}");
            }
            parser = self.screen.changed.wait_timeout(parser, left).unwrap().0;
        }
    }

    /// Waits until `text` is on the screen.
    #[track_caller]
    pub fn until_text(&self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    /// Waits until the program has borrowed the terminal and drawn a whole screen: its last line is there, and the
    /// cursor has gone to its place above.
    #[track_caller]
    pub fn until_started(&self) {
        self.until("a full screen", |screen| {
            let above_the_last_line = screen.cursor_position().0 + 1 < screen.size().0.get();
            screen.alternate_screen() && screen.contents().contains("Ctrl-C leave") && above_the_last_line
        });
    }

    /// Leaves the summary by the row with this number: 1 saves, 2 prints, 3 finishes.
    #[track_caller]
    pub fn leave_summary(&mut self, row: &str) {
        self.until_settled();
        self.answer("q", "Finish?");
        self.until_settled();
        self.send(format!("{row}\r"));
    }

    /// Answers what is on the screen and waits for what comes next, and until that takes answers itself.
    #[track_caller]
    pub fn answer(&mut self, keys: &str, next: &str) {
        self.until_settled();
        self.send(keys);
        self.until_text(next);
    }

    /// Answers the small questionnaire from its first page to its summary; the last answer is a text.
    #[track_caller]
    pub fn finish_small(&mut self, last: &str) {
        self.until_started();
        for (keys, next) in [
            (ENTER, "First some questions"),
            (ENTER, "Where does it hurt?"),
            ("2\r", "Have you noticed any of these?"),
            ("2\r", "How bad is it?"),
            ("8\r", "How old are you?"),
            ("40\r", "Have you ever had cancer?"),
            ("1\r", "Anything else?"),
        ] {
            self.answer(keys, next);
        }
        self.answer(&format!("{last}\r"), "[Result]");
    }

    /// Waits until the screen has stood still for longer than the time in which a key may be a bounce.
    pub fn until_settled(&self) {
        self.until_still_for(SETTLING);
    }

    /// Waits until the screen has stood still for so long.
    pub fn until_still_for(&self, time: Duration) {
        loop {
            let since = self.screen.written.lock().unwrap().elapsed();
            if since >= time {
                return;
            }
            std::thread::sleep(time - since);
        }
    }

    /// Waits until the program has read all that was typed and does nothing any more, or has ended. `false`: it has
    /// ended. On a busy machine a screen that stands still isn't enough: the program may be waiting for its turn.
    #[cfg(target_os = "linux")]
    #[track_caller]
    pub fn until_idle(&mut self) -> bool {
        self.wait("the program to have nothing to do", |pty| {
            if !pty.until_read() {
                return Some(false);
            }
            let before = pty.times_gone_to_sleep();
            std::thread::sleep(SETTLING);
            let ended = pty.child.try_wait().unwrap().is_some();
            let idle = || pty.process_fields()[0] == "S" && pty.times_gone_to_sleep() == before;
            (ended || idle()).then_some(!ended)
        })
    }

    /// The screen as text, without blanks at the ends of lines.
    pub fn text(&self) -> String {
        self.parser().screen().contents()
    }

    /// The cursor's column and row from 0; `None` when it is hidden.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let parser = self.parser();
        let (row, column) = parser.screen().cursor_position();
        (!parser.screen().hide_cursor()).then_some((column, row))
    }

    /// Looks at the screen in other ways.
    pub fn look<T>(&self, at: impl FnOnce(&vt100::Screen) -> T) -> T {
        at(self.parser().screen())
    }

    /// Every byte that the program has written until now.
    pub fn bytes(&self) -> Vec<u8> {
        self.screen.bytes.lock().unwrap().clone()
    }

    /// Waits until the program has read all that was typed, or has ended. `false`: it has ended.
    #[track_caller]
    pub fn until_read(&mut self) -> bool {
        self.wait("all keys to be read", |pty| {
            let ended = pty.child.try_wait().unwrap().is_some();
            (ended || ioctl_fionread(&pty.line).unwrap() == 0).then_some(!ended)
        })
    }

    /// Gives the terminal another size in columns and rows; 0 is a terminal that doesn't know its size.
    pub fn resize(&self, size: (u16, u16)) {
        let (columns, rows) = size;
        self.parser().screen_mut().set_size(nonzero(rows.max(1)), nonzero(columns.max(1)));
        self.master.as_ref().expect("the terminal is still there").resize(pty_size(size)).unwrap();
    }

    /// Sends the program a signal, by its number.
    pub fn signal(&self, number: i32) {
        kill_process(self.pid(), named(number)).unwrap();
    }

    /// Sends a signal to the job in the foreground of a shell.
    pub fn signal_foreground(&self, number: i32) {
        let group = self.master.as_ref().and_then(|master| master.process_group_leader());
        kill_process_group(Pid::from_raw(group.unwrap()).unwrap(), named(number)).unwrap();
    }

    /// From now on no file of the program can grow, as on a full disk. It has to have been started with `trap '' XFSZ`.
    #[cfg(target_os = "linux")]
    pub fn fill_up(&self) {
        let no_byte = Rlimit { current: Some(0), maximum: None };
        prlimit(Some(self.pid()), Resource::Fsize, no_byte).expect("a limit");
    }

    /// Lets the program write files of any length again, after `ulimit -S -f`.
    #[cfg(target_os = "linux")]
    pub fn make_room(&self) {
        let any = Rlimit { current: None, maximum: None };
        prlimit(Some(self.pid()), Resource::Fsize, any).expect("the limit is only a soft one");
    }

    /// Writes on the screen behind the program's back, as another program on the same terminal would.
    pub fn overwrite(&mut self, text: &str) {
        self.line.write_all(text.as_bytes()).unwrap();
    }

    /// Gives the window another size than the screen that is read back here, which would not hold it.
    pub fn resize_window(&self, size: (u16, u16)) {
        self.master.as_ref().expect("the terminal is still there").resize(pty_size(size)).unwrap();
    }

    /// From now on the terminal reads nothing, as when the connection to it is frozen, and takes no more byte.
    pub fn freeze(&mut self) {
        let mut frozen = self.reading.frozen.lock().unwrap();
        frozen.0 = true;
        // The thread notices when it has read something; a terminal shows nothing for this byte.
        self.line.write_all(b"\0").unwrap();
        while !frozen.1 {
            frozen = self.reading.changed.wait(frozen).unwrap();
        }
        drop(frozen);
        let name = self.master.as_ref().and_then(|master| master.tty_name()).unwrap();
        let unblocked = rustix::fs::OFlags::NONBLOCK.bits() as i32;
        let mut line = File::options().write(true).custom_flags(unblocked).open(name).unwrap();
        // The system moves on what it has taken, and takes a little more a moment later.
        let mut refused = 0;
        while refused < 5 {
            let taken = [512, 1].map(|size| {
                std::iter::repeat_with(|| line.write(&[0; 512][..size])).take_while(Result::is_ok).count()
            });
            refused = if taken == [0, 0] { refused + 1 } else { 0 };
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The terminal reads again.
    pub fn thaw(&mut self) {
        *self.reading.frozen.lock().unwrap() = (false, false);
        self.reading.changed.notify_all();
    }

    /// Waits until the modes of the terminal are as they were before, whatever its screen shows.
    #[track_caller]
    pub fn modes_given_back(&mut self) {
        self.wait("the modes of the terminal", |pty| (modes(&pty.line) == pty.modes_before).then_some(()));
    }

    /// Waits until the program has borrowed the terminal, whatever its screen shows.
    #[track_caller]
    pub fn until_raw(&mut self) {
        self.wait("raw mode", |pty| pty.is_raw().then_some(()));
    }

    /// The most memory that the program has used until now, in KiB.
    #[cfg(target_os = "linux")]
    pub fn memory(&self) -> u64 {
        let status = self.status_line("VmHWM:");
        status.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Takes the terminal away, as closing its window does.
    pub fn hang_up(&mut self) {
        self.reading.closing.store(true, Ordering::SeqCst);
        // The reading thread holds the terminal open until it has read something.
        let frozen = self.reading.frozen.lock().unwrap().0;
        if frozen {
            self.thaw()
        } else {
            self.line.write_all(b"\0").unwrap()
        }
        self.reader.take().into_iter().for_each(|reader| reader.join().unwrap());
        self.keyboard = None;
        self.master = None;
    }

    /// Whether the keyboard's bytes come as they are typed.
    pub fn is_raw(&self) -> bool {
        !modes(&self.line).2.intersects(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    /// Waits until the program has ended. Its status is 128 and more when a signal was handled, and it carries the
    /// signal's name when one has killed it.
    #[track_caller]
    pub fn ended(&mut self) -> ExitStatus {
        self.wait("the program to end", |pty| pty.child.try_wait().unwrap())
    }

    /// Waits until the program has ended with this status, not by a signal.
    #[track_caller]
    pub fn ended_with(&mut self, status: u32) {
        let ended = self.ended();
        assert_eq!((ended.exit_code(), ended.signal()), (status, None), "the screen was:\n{}", self.text());
    }

    /// Waits until nothing of the program is left in the terminal: alternate screen, cursor, mouse, pasting, modes.
    #[track_caller]
    pub fn given_back(&self) {
        self.until("the terminal given back", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && !screen.application_cursor()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
                && screen.mouse_protocol_encoding() == vt100::MouseProtocolEncoding::Default
        });
        assert_eq!(modes(&self.line), self.modes_before, "the modes of the terminal");
    }

    /// Waits until the program sleeps in state `letter` of `/proc`: `T` stopped, `Z` ended, `S` waiting.
    #[cfg(target_os = "linux")]
    #[track_caller]
    pub fn until_state(&mut self, letter: &str) {
        self.wait("the state of the process", |pty| (pty.process_fields()[0] == letter).then_some(()));
    }

    /// Waits until the program has worked for a while without a pause.
    #[cfg(target_os = "linux")]
    #[track_caller]
    pub fn until_busy(&mut self) {
        let before = self.processor_time();
        self.wait("the program to be at work", |pty| {
            (pty.processor_time() > before + Duration::from_millis(600)).then_some(())
        });
    }

    /// The processor time used until now. An ended program keeps it until [`Pty::ended`] is called.
    #[cfg(target_os = "linux")]
    pub fn processor_time(&self) -> Duration {
        let fields = self.process_fields();
        // utime and stime in proc_pid_stat(5), in hundredths of a second; the state is the third field there.
        let ticks: u64 = fields[11..13].iter().map(|field| field.parse::<u64>().unwrap()).sum();
        Duration::from_millis(ticks * 10)
    }

    /// How often the program has waited for something until now; an ended program keeps what it had.
    #[cfg(target_os = "linux")]
    fn times_gone_to_sleep(&self) -> String {
        self.status_line("voluntary_ctxt_switches")
    }

    #[cfg(target_os = "linux")]
    fn status_line(&self, name: &str) -> String {
        let status = self.of_process("status");
        status.lines().find(|line| line.starts_with(name)).unwrap().to_owned()
    }

    /// The number of the process.
    pub fn id(&self) -> i32 {
        self.pid().as_raw_nonzero().get()
    }

    /// The numbers of the processes that it has started and that are there.
    #[cfg(target_os = "linux")]
    pub fn children(&self) -> Vec<i32> {
        let id = self.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        children.split_whitespace().map(|id| id.parse().unwrap()).collect()
    }

    /// A file of the program in `/proc`.
    #[cfg(target_os = "linux")]
    pub fn of_process(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.pid().as_raw_nonzero())).unwrap()
    }

    #[cfg(target_os = "linux")]
    fn process_fields(&self) -> Vec<String> {
        let line = self.of_process("stat");
        let (_, fields) = line.rsplit_once(')').unwrap();
        fields.split_whitespace().map(String::from).collect()
    }

    /// Asks again and again, for what doesn't show on the screen.
    #[track_caller]
    fn wait<T>(&mut self, what: &str, mut ask: impl FnMut(&mut Self) -> Option<T>) -> T {
        let end = Instant::now() + LIMIT;
        loop {
            if let Some(answer) = ask(self) {
                return answer;
            }
            assert!(Instant::now() < end, "waited in vain for {what}; the screen was:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap() as i32).unwrap()
    }

    fn parser(&self) -> MutexGuard<'_, vt100::Parser> {
        self.screen.parser.lock().unwrap()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        self.thaw();
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            let _ = kill_process(self.pid(), Signal::KILL);
            let _ = self.child.wait();
        }
    }
}

/// What would change what the program shows.
const CLEARED: [&str; 3] = ["NO_COLOR", "ACCESSIBLE", "REDFLAG_TEST_PANIC"];
const SET: [(&str, &str); 2] = [("TERM", "xterm-256color"), ("LC_ALL", "C.UTF-8")];

/// A new pseudo-terminal, and the program's side of it.
fn open(size: (u16, u16)) -> (PtyPair, File) {
    let pair = native_pty_system().openpty(pty_size(size)).unwrap();
    let line = File::options().read(true).write(true).open(pair.master.tty_name().unwrap()).unwrap();
    (pair, line)
}

fn shell(script: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_redflag")]);
    command
}

fn with_environment(mut command: CommandBuilder, variables: &[(&str, &str)]) -> CommandBuilder {
    for variable in CLEARED {
        command.env_remove(variable);
    }
    for (name, value) in SET.iter().chain(variables) {
        command.env(name, value);
    }
    command
}

fn read_screen(mut from: Box<dyn Read + Send>, screen: Arc<Screen>, reading: Arc<Reading>) -> JoinHandle<()> {
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = from.read(&mut bytes) {
            *screen.written.lock().unwrap() = Instant::now();
            screen.bytes.lock().unwrap().extend_from_slice(&bytes[..count]);
            screen.parser.lock().unwrap().process(&bytes[..count]);
            screen.changed.notify_all();
            if reading.closing.load(Ordering::SeqCst) {
                break;
            }
            let mut frozen = reading.frozen.lock().unwrap();
            while frozen.0 {
                frozen.1 = true;
                reading.changed.notify_all();
                frozen = reading.changed.wait(frozen).unwrap();
            }
        }
    })
}

/// What doesn't show in the text of a screen, in words.
fn state(screen: &vt100::Screen) -> String {
    format!(
        "cursor {:?}{}, alternate screen {}, pasting {}, keys {}, mouse {:?} {:?}",
        screen.cursor_position(),
        if screen.hide_cursor() { " hidden" } else { "" },
        screen.alternate_screen(),
        screen.bracketed_paste(),
        screen.application_cursor(),
        screen.mouse_protocol_mode(),
        screen.mouse_protocol_encoding(),
    )
}

fn named(number: i32) -> Signal {
    Signal::from_named_raw(number).expect("a signal with a name")
}

fn modes(line: &File) -> Modes {
    let modes = tcgetattr(line).unwrap();
    (modes.input_modes, modes.output_modes, modes.local_modes)
}

fn pty_size((columns, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn nonzero(number: u16) -> NonZero<u16> {
    NonZero::new(number).expect("a terminal has columns and rows")
}

//! Frames go out here: a frame is collected first and then written at once, so that its first byte and its last
//! leave together and no half-drawn screen is ever seen.
//!
//! What a terminal doesn't take, because it doesn't read, waits here, and the program goes on: it obeys signals, and
//! draws no other frame before the last one has gone out.

use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell as ScreenCell;
use ratatui::layout::{Position, Size};
use rustix::io::Errno;
use rustix::stdio::stdout;

use crate::system::stream::Stream;

/// Used when the terminal doesn't say how large it is, as serial lines and some containers do.
const USUAL_SIZE: Size = Size::new(80, 24);

/// More than this is not drawn, and the rest of the window stays empty. No screen shows as much, but a window can be
/// told to be larger than what memory holds.
const LARGEST: Size = Size::new(1000, 400);

/// Ends a sequence that was cut off in its middle, and does nothing otherwise.
const END_OF_SEQUENCE: &str = "\x1b\\";

/// What the terminal has not taken yet. The panic hook must find it, so it is global, as the terminal is.
static WAITING: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn waiting() -> MutexGuard<'static, Vec<u8>> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The terminal, to write to.
pub fn stream() -> &'static Stream {
    static STREAM: OnceLock<Stream> = OnceLock::new();
    STREAM.get_or_init(Stream::output)
}

/// Whether the terminal has not taken everything yet.
pub fn waits() -> bool {
    !waiting().is_empty()
}

/// Writes `bytes`, after what waits; what the terminal doesn't take waits too.
///
/// # Errors
///
/// Those of `write`; [`is_gone`] tells a vanished terminal from the others.
pub fn write_now(bytes: &[u8]) -> io::Result<()> {
    let mut waiting = waiting();
    if waiting.is_empty() {
        let written = stream().write_some(bytes)?;
        waiting.extend_from_slice(&bytes[written..]);
        return Ok(());
    }
    waiting.extend_from_slice(bytes);
    let written = stream().write_some(&waiting)?;
    // Another piece of memory, so that nothing shown before stays in this one.
    *waiting = waiting[written..].to_vec();
    Ok(())
}

/// Writes the last bytes, in place of what waits. A terminal that takes nothing for so long doesn't get them.
pub fn write_last(bytes: &str, patience: Duration) {
    let cut_off = !std::mem::take(&mut *waiting()).is_empty();
    let end = if cut_off { END_OF_SEQUENCE } else { "" };
    // Whatever fails on a dead terminal is passed over in silence.
    let _ = stream().write_within(format!("{end}{bytes}").as_bytes(), patience);
}

/// Whether an error means that there is no terminal to write to any more.
pub fn is_gone(error: &io::Error) -> bool {
    let gone = [Errno::IO, Errno::PIPE, Errno::NXIO, Errno::NODEV, Errno::BADF];
    gone.iter().any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
}

/// How much of the terminal is drawn on, from its top left corner, in columns and rows; `None` when it doesn't say
/// how large it is.
fn size() -> Option<Size> {
    let size = rustix::termios::tcgetwinsize(stdout()).ok()?;
    let drawn = Size::new(size.ws_col.min(LARGEST.width), size.ws_row.min(LARGEST.height));
    (drawn.width > 0 && drawn.height > 0).then_some(drawn)
}

/// ratatui's crossterm backend with the three things changed that don't fit here: it flushes several times a frame,
/// it asks the terminal for the position of the cursor and waits for the answer, and it starts a program (`tput`)
/// to learn the size of a terminal that has gone.
pub struct Screen {
    commands: CrosstermBackend<Collected>,
    collected: Collected,
    cursor: Position,
    size: Cell<Size>,
}

impl Screen {
    /// A screen whose frames go to standard output. Nothing is written yet.
    pub fn new() -> Self {
        let collected = Collected::default();
        Screen {
            commands: CrosstermBackend::new(collected.clone()),
            collected,
            cursor: Position::ORIGIN,
            size: Cell::new(USUAL_SIZE),
        }
    }
}

impl Default for Screen {
    fn default() -> Self {
        Screen::new()
    }
}

/// The bytes of the frame that is being drawn.
#[derive(Clone, Default)]
struct Collected(Rc<RefCell<Vec<u8>>>);

impl Write for Collected {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Does nothing: the frame is written when it is complete.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Backend for Screen {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a ScreenCell)>>(&mut self, cells: I) -> io::Result<()> {
        self.commands.draw(cells)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.commands.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.commands.show_cursor()
    }

    /// Where the cursor was last put; the terminal isn't asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = position.into();
        self.commands.set_cursor_position(self.cursor)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.commands.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.commands.clear_region(region)
    }

    /// The size now, or the last one known.
    fn size(&self) -> io::Result<Size> {
        self.size.set(size().unwrap_or(self.size.get()));
        Ok(self.size.get())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    /// Writes the frame. ratatui calls this once, at the end of a frame.
    fn flush(&mut self) -> io::Result<()> {
        // Given away and not only emptied: what was shown must not stay in memory.
        let frame = self.collected.0.take();
        write_now(&frame)
    }
}

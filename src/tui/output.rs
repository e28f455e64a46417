//! Frames go out here: a frame is collected first and then written at once, so that its first byte and its last
//! leave together and no half-drawn screen is ever seen.

use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell as ScreenCell;
use ratatui::layout::{Position, Size};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::stdio::stdout;

/// Used when the terminal doesn't say how large it is, as serial lines and some containers do.
const USUAL_SIZE: Size = Size::new(80, 24);

/// Writes all of `bytes` to standard output, in one system call where the terminal takes them all.
///
/// # Errors
///
/// Those of `write`; [`is_gone`] tells a vanished terminal from the others.
pub fn write_now(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(stdout(), bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(Errno::INTR) => {}
            // Somebody who shares the terminal, such as the shell, has made it non-blocking.
            Err(Errno::AGAIN) => wait_until_writable()?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn wait_until_writable() -> io::Result<()> {
    match poll(&mut [PollFd::new(&stdout(), PollFlags::OUT)], None) {
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Whether an error means that there is no terminal to write to any more.
pub fn is_gone(error: &io::Error) -> bool {
    let gone = [Errno::IO, Errno::PIPE, Errno::NXIO, Errno::NODEV, Errno::BADF];
    gone.iter().any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
}

/// The size of the terminal in columns and rows; `None` when it doesn't say.
pub fn size() -> Option<Size> {
    let size = rustix::termios::tcgetwinsize(stdout()).ok()?;
    (size.ws_col > 0 && size.ws_row > 0).then(|| Size::new(size.ws_col, size.ws_row))
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
        let mut frame = self.collected.0.borrow_mut();
        let written = write_now(&frame);
        frame.clear();
        written
    }
}

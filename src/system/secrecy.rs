//! What a program that fails leaves behind must not hold answers.

use std::cell::Cell;
use std::io::{self, Write};

#[cfg(any(target_os = "linux", target_os = "android"))]
use rustix::process::{DumpableBehavior, set_dumpable_behavior};
use rustix::process::{Resource, Rlimit, setrlimit};

use super::signals;

/// From now on no core file is written, whatever ends the program, and a panic prints where it happened and never
/// what it says. `before` runs before it prints.
pub fn keep(before: fn()) {
    // Where both fail there is nothing else to try.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    // The limit doesn't hold for a program that collects core files through a pipe.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);

    std::panic::set_hook(Box::new(move |panic| {
        if let Some(instead) = INSTEAD.with(|instead| instead.take()) {
            instead();
            // Going on here would end the program. The thread ends with it.
            loop {
                std::thread::park();
            }
        }
        before();
        signals::release();
        let place = panic.location().map(|place| format!(" at {}:{}", place.file(), place.line()));
        let place = place.unwrap_or_default();
        // Not `eprintln!`, which would panic again without a terminal.
        let _ = writeln!(io::stderr(), "redflag stopped because of a bug in the program{place}");
        std::process::exit(101);
    }));
}

thread_local! {
    /// What a panic of this thread does in place of ending the program.
    static INSTEAD: Cell<Option<Box<dyn FnOnce()>>> = const { Cell::new(None) };
}

/// Does something that is wrong only if what it reads is: where it panics, `instead` is done, this thread never goes on,
/// and the rest of the program does. For threads that nobody waits for.
pub fn unless_it_panics(instead: Box<dyn FnOnce()>, work: &mut dyn FnMut()) {
    INSTEAD.with(|slot| slot.set(Some(instead)));
    #[cfg(debug_assertions)]
    panic_if_a_test_asks("reading");
    work();
    INSTEAD.with(|slot| slot.set(None));
}

/// From now on nothing of the program's memory goes to the swap space, where the system lets it be so. `false`: it
/// doesn't. That is so where the memory that may be locked has a limit, since a program at that limit would end.
pub fn keep_out_of_swap() -> bool {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::mm::{MlockAllFlags, mlockall};
        let has_no_limit = rustix::process::getrlimit(Resource::Memlock).current.is_none();
        has_no_limit && mlockall(MlockAllFlags::CURRENT | MlockAllFlags::FUTURE).is_ok()
    }
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    false
}

/// From now on the program is killed when the one that has started it ends, whatever ends that.
pub fn end_with_parent() {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

/// Panics where a test has asked for it by this name, to see what a panic leaves behind.
#[cfg(debug_assertions)]
#[track_caller]
pub fn panic_if_a_test_asks(here: &str) {
    if std::env::var_os("REDFLAG_TEST_PANIC").is_some_and(|asked| asked == here) {
        panic!("what a panic says can hold an answer");
    }
}

//! Alone with whoever comes: one person after another, each in a process of their own.
//!
//! A small supervisor holds the terminal, the PIN, the commands and the counts, and never an answer. For each person it
//! starts the program again ([`person`]) on the same terminal, waits until that ends, and clears the screen. What ends
//! a person's process takes their answers with it, whatever that is: done, walked away, a crash.

mod at_desk;
pub mod check;
pub mod counts;
pub mod ended;
mod pages;
pub mod person;
mod slip;
mod staff;
pub mod supervisor;
pub mod ticket;
mod told;

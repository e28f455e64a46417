//! The board: who is there, how urgent each is, and who has waited for too long. It only reads; what is noted of an
//! encounter, that somebody has seen the person or that it is closed, is an entry in the store.

pub mod app;
pub mod draw;
mod history;
pub mod keys;
pub mod row;
pub mod run;

//! The checks of a store onto a FHIR server, each exactly once.
//!
//! There is no list of what is still to be sent that could be lost: a check waits as long as no entry of the store says
//! that this server has it as it is now ([`outbox`]). Before it leaves, that is written down; and what may have arrived
//! there, since it left once, is replaced and never added to (`fhir::amended`). So it makes no difference when the
//! program is killed, or what becomes of an answer.
//!
//! [`address`] is where the server is, [`mod@reply`] what its answer means, [`pace`] how long to wait, [`parcel`] what goes
//! along, [`pieces`] in how many transactions, [`round`] the loop around all of it.

mod address;
mod outbox;
mod pace;
mod parcel;
mod pieces;
mod reply;
mod round;
mod server;

pub use address::Address;
pub use outbox::{Standing, standing};
pub use pace::Pace;
pub use parcel::{Opened, Parcels};
pub use reply::{Reply, Said, reply};
pub use round::{Course, Ended, News, Rounds};
pub use server::{Server, Token};

//! The tables, step by step, in words that both databases read.

/// Each takes a store from one format version to the next; the first makes an empty one.
pub(super) const STEPS: [&str; 1] = ["
create table meta (k text primary key, v bytea not null);
create table questionnaire (sha256 text primary key, id text not null, version text not null, written bytea not null);
create table writer (writer bytea primary key, station bytea not null, n bigint not null, hash bytea not null);
create table encounter (
    enc bytea primary key, opened bigint not null, changed bigint not null, rev bigint not null,
    wrapped bytea, summary bytea
);
create table entry (
    writer bytea not null, n bigint not null, enc bytea not null, rev bigint not null, at bigint not null,
    witness bytea, body bytea, body_hash bytea not null, hash bytea not null,
    primary key (writer, n), unique (enc, rev)
);
create table person (person bytea primary key, sealed bytea not null);
"];

/// The format that this program writes.
pub const FORMAT: u64 = STEPS.len() as u64;

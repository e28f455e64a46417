//! What few people read is in the program in a fourth of the bytes; `build.rs` packs it.

/// # Errors
/// What is wrong with the bytes.
pub fn unpack(bytes: &[u8]) -> Result<Vec<u8>, String> {
    miniz_oxide::inflate::decompress_to_vec(bytes).map_err(|error| error.to_string())
}

/// A packed JSON text as a value; a test reads every one.
pub fn json(bytes: &[u8]) -> serde_json::Value {
    unpack(bytes).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
}

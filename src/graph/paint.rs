//! The colours of the five steps of urgency, in every format.

/// A step of urgency, from the most urgent to the least: letters, lines and stripes, ground.
#[derive(Debug, Clone, Copy)]
pub struct Urgency {
    pub ink: &'static str,
    pub line: &'static str,
    pub ground: &'static str,
}

pub const URGENCY: [Urgency; 5] = [
    Urgency { ink: "#8b0000", line: "#b00020", ground: "#fdeaea" },
    Urgency { ink: "#7a3300", line: "#d9660a", ground: "#fff0e2" },
    Urgency { ink: "#5c4600", line: "#c9a000", ground: "#fdf7d9" },
    Urgency { ink: "#0b4a80", line: "#2176bd", ground: "#e8f2fb" },
    Urgency { ink: "#14542b", line: "#2e8b57", ground: "#e9f6ee" },
];

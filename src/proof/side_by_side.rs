//! Answers of one or two sheets as lines for people.

/// Columns of a text beside another.
const WIDTH: usize = 34;

/// Rows of one cell or two, each below its title.
pub struct SideBySide {
    /// Above the columns, if there are two.
    pub heading: Option<(&'static str, &'static str)>,
    /// A row of one cell takes the whole width.
    pub rows: Vec<(String, Vec<String>)>,
    /// Below all rows.
    pub rest: Option<String>,
}

impl SideBySide {
    /// Indented by two columns, with a line end.
    pub fn drawn(&self) -> String {
        let mut lines = Vec::new();
        if let Some((first, second)) = self.heading {
            lines.push(format!("  {first:<WIDTH$}  {second}"));
        }
        for (title, cells) in &self.rows {
            lines.extend(wrapped(title, 2 * WIDTH + 2).into_iter().map(|line| format!("  {line}")));
            let cells: Vec<Vec<String>> = cells
                .iter()
                .map(|cell| wrapped(cell, if cells.len() == 1 { 2 * WIDTH } else { WIDTH - 2 }))
                .collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or_default();
            for at in 0..height {
                let cell = |cell: &Vec<String>| cell.get(at).cloned().unwrap_or_default();
                let row: Vec<String> =
                    cells.iter().map(|lines| format!("{:<width$}", cell(lines), width = WIDTH - 2)).collect();
                lines.push(format!("    {}", row.join("    ")).trim_end().to_owned());
            }
        }
        lines.extend(self.rest.iter().map(|rest| format!("  {rest}")));
        lines.join("\n") + "\n"
    }
}

/// Words in lines of so many characters.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

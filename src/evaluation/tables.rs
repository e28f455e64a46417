//! Lines and tables of words and figures, as text for a terminal and as Markdown.

/// A part of what is said.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    Heading(String),
    Line(String),
    Table(Table),
}

/// The first column is names, the others are figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new<const N: usize>(columns: [&str; N]) -> Table {
        Table { columns: columns.map(str::to_owned).into(), rows: Vec::new() }
    }

    /// The width of a column, in characters: ids and figures are of single width.
    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().chain([&self.columns]).filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    }
}

/// For a terminal.
pub fn text(parts: &[Part]) -> String {
    let mut said = String::new();
    for part in parts {
        match part {
            Part::Heading(heading) => {
                if !said.is_empty() {
                    said.push('\n');
                }
                said += &format!("{heading}\n");
            }
            Part::Line(line) => said += &format!("  {line}\n"),
            Part::Table(table) => {
                for row in [&table.columns].into_iter().chain(&table.rows) {
                    let cells = row.iter().enumerate().map(|(column, cell)| {
                        let width = table.width(column);
                        if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
                    });
                    let line = cells.collect::<Vec<_>>().join("  ");
                    said += &format!("  {}\n", line.trim_end());
                }
            }
        }
    }
    said
}

/// As Markdown, with tables of its GitHub dialect.
pub fn markdown(parts: &[Part]) -> String {
    let mut said = String::new();
    let mut items = false;
    for part in parts {
        if items && !matches!(part, Part::Line(_)) {
            said.push('\n');
        }
        items = matches!(part, Part::Line(_));
        match part {
            Part::Heading(heading) => said += &format!("## {}\n\n", escaped(heading)),
            Part::Line(line) => said += &format!("- {}\n", escaped(line)),
            Part::Table(table) => {
                let row = |cells: &[String]| {
                    let cells = cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>();
                    format!("| {} |\n", cells.join(" | "))
                };
                said += &row(&table.columns);
                let lines = (0..table.columns.len()).map(|column| if column == 0 { "---" } else { "---:" });
                said += &format!("| {} |\n", lines.collect::<Vec<_>>().join(" | "));
                table.rows.iter().for_each(|cells| said += &row(cells));
                said.push('\n');
            }
        }
    }
    said
}

/// Nothing of a word is markup.
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_markup() {
        let mut table = Table::new(["", "a|b"]);
        table.rows.push(vec!["same_day".to_owned(), "<b>".to_owned()]);
        let said = markdown(&[Part::Table(table)]);
        assert_eq!(said, "|  | a\\|b |\n| --- | ---: |\n| same\\_day | \\<b\\> |\n\n");
    }

    #[test]
    fn figures_stand_below_one_another() {
        let mut table = Table::new(["level", "people"]);
        table.rows.push(vec!["emergency".to_owned(), "7".to_owned()]);
        assert_eq!(text(&[Part::Table(table)]), "  level      people\n  emergency       7\n");
    }
}

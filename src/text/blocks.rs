//! The markup of longer texts: paragraphs and list items, and nothing else.

/// A paragraph or an item of a list, on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Paragraph(String),
    Item(String),
}

/// A blank line ends a paragraph, a line that begins with `- ` begins an item, other line breaks are blanks.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut ended = true;
    for line in text.lines() {
        let words = line.trim();
        if words.is_empty() {
            ended = true;
        } else if let Some(item) = line.strip_prefix("- ") {
            blocks.push(Block::Item(item.trim().to_owned()));
            ended = false;
        } else if let Some(Block::Paragraph(open) | Block::Item(open)) = blocks.last_mut().filter(|_| !ended)
        {
            open.push(' ');
            open.push_str(words);
        } else {
            blocks.push(Block::Paragraph(words.to_owned()));
            ended = false;
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_paragraphs_and_dashes_begin_items() {
        let text = "One\nline.\n\nTwo:\n- first\n  goes on\n- second - not third\n\n\nThree.\n";
        let [paragraph, item] = [Block::Paragraph, Block::Item]
            .map(|make: fn(String) -> Block| move |words: &str| make(words.to_owned()));
        assert_eq!(
            blocks(text),
            [
                paragraph("One line."),
                paragraph("Two:"),
                item("first goes on"),
                item("second - not third"),
                paragraph("Three.")
            ]
        );
        assert_eq!(blocks("\n \n"), []);
    }
}

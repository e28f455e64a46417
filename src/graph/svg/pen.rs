//! Writes shapes as SVG. Everything that comes from a file goes through [`escape`].

use std::fmt::Write;

use super::measure::{Type, is_known};
use super::paint;
use crate::report::html;
use crate::text::clean_line;

/// Shapes of one drawing, in the order in which they cover one another. All numbers are pixels.
#[derive(Debug, Default)]
pub struct Pen {
    pub svg: String,
}

impl Pen {
    /// What was drawn as a document of its own, which says in words what it is and what is on it.
    pub fn document(self, (width, height): (i32, i32), title: &str, description: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"graphics-document document\" lang=\"en\" \
             aria-labelledby=\"picture-title picture-description\">\n\
             <title id=\"picture-title\">{}</title>\n\
             <desc id=\"picture-description\">{}</desc>\n\
             <style>\n{}</style>\n\
             <defs>\n{}</defs>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n\
             {}</svg>\n",
            escape(title),
            escape(description),
            paint::style(),
            paint::patterns(),
            self.svg,
        )
    }

    /// A rectangle with attributes such as `class="card"`.
    pub fn rect(&mut self, (x, y, width, height): (i32, i32, i32, i32), attributes: &str) {
        let _ =
            writeln!(self.svg, r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" {attributes}/>"#);
    }

    /// One line of text from `x` on, its letters standing on `y`, in a room of so many pixels.
    pub fn text(&mut self, (x, y): (i32, i32), room: i32, class: &str, set: Type, words: &str) {
        let escaped = escape(words);
        if is_known(words) {
            let _ = writeln!(self.svg, r#"<text x="{x}" y="{y}" class="{class}">{escaped}</text>"#);
        } else {
            // What stands inside is cut at its edges.
            let (top, height) = (y - set.size, set.leading());
            let _ = writeln!(
                self.svg,
                r#"<svg x="{x}" y="{top}" width="{room}" height="{height}"><text x="0" y="{}" class="{class}">{escaped}</text></svg>"#,
                set.size
            );
        }
    }

    /// Text around a middle.
    pub fn centred(&mut self, (x, y): (i32, i32), class: &str, words: &str) {
        let _ = writeln!(
            self.svg,
            r#"<text x="{x}" y="{y}" class="{class}" text-anchor="middle">{}</text>"#,
            escape(words)
        );
    }

    /// What is drawn inside leads to another place of the drawing, and tells this when it is pointed at.
    pub fn link(&mut self, to: &str, title: &str, inside: impl FnOnce(&mut Pen)) {
        let _ = writeln!(self.svg, r##"<a href="#{}">"##, escape(to));
        self.title(title);
        inside(self);
        self.svg.push_str("</a>\n");
    }

    pub fn title(&mut self, title: &str) {
        if !title.is_empty() {
            let _ = writeln!(self.svg, "<title>{}</title>", escape(title));
        }
    }

    pub fn path(&mut self, class: &str, path: &str) {
        let _ = writeln!(self.svg, r#"<path class="{class}" d="{path}"/>"#);
    }

    /// Shapes moved to a place, as a part that can be linked to.
    pub fn part(&mut self, id: &str, (x, y): (i32, i32), inside: &str) {
        let id = if id.is_empty() { String::new() } else { format!(r#" id="{}""#, escape(id)) };
        let _ = writeln!(self.svg, "<g{id} transform=\"translate({x} {y})\">\n{inside}</g>");
    }
}

/// Text that can be nothing but text, in an element and in quotes.
pub fn escape(text: &str) -> String {
    // These two are not allowed in XML, even as a number.
    html::escape(&clean_line(text)).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_markup() {
        assert_eq!(
            escape("<a href='x'>&\"\u{1b}[31m\u{ffff}\n</a>"),
            "&lt;a href=&#39;x&#39;&gt;&amp;&quot;�� &lt;/a&gt;"
        );
    }
}

//! Sentences, words and syllables of a text, for measures of how hard it is to read.

#[derive(Default)]
pub struct Count {
    pub sentences: usize,
    pub words: usize,
    pub syllables: usize,
}

impl Count {
    /// `words` and `syllables` are those of the language.
    pub fn of(text: &str, words: fn(&str) -> Vec<String>, syllables: fn(&str) -> usize) -> Count {
        let mut count = Count::default();
        for sentence in sentences(text) {
            let words = words(&sentence);
            count.sentences += usize::from(!words.is_empty());
            count.words += words.len();
            count.syllables += words.iter().map(|word| syllables(word)).sum::<usize>();
        }
        count
    }

    pub fn and(&self, other: &Count) -> Count {
        Count {
            sentences: self.sentences + other.sentences,
            words: self.words + other.words,
            syllables: self.syllables + other.syllables,
        }
    }

    pub fn numbers(&self) -> [f64; 3] {
        [self.sentences, self.words, self.syllables].map(|n| n as f64)
    }
}

fn sentences(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    for block in redflag::text::blocks(text) {
        let (redflag::text::Block::Paragraph(words) | redflag::text::Block::Item(words)) = block;
        let mut sentence = String::new();
        for word in words.split_whitespace() {
            sentence += word;
            sentence.push(' ');
            if word.trim_end_matches(['"', '\'', '”', '’', '»', ')']).ends_with(['.', '?', '!']) {
                sentences.push(std::mem::take(&mut sentence));
            }
        }
        sentences.push(sentence);
    }
    sentences
}

//! XML written by hand: tags are ours, texts are escaped on their way in.

/// XML as it grows.
#[derive(Default)]
pub(super) struct Xml(String);

impl Xml {
    /// Tags of ours, as they stand.
    pub fn raw(&mut self, tags: &str) -> &mut Self {
        self.0.push_str(tags);
        self
    }

    /// Somebody's words: nothing in them is markup.
    pub fn text(&mut self, words: &str) -> &mut Self {
        for sign in words.chars() {
            match sign {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                sign => self.0.push(sign),
            }
        }
        self
    }

    /// What has been written.
    pub fn done(self) -> String {
        self.0
    }
}

//! Whether a text is JSON, and what is wrong with it otherwise.

use super::DEEPEST;

/// What is wrong with a text that is no JSON, in the words of Go.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// It ends too early.
    #[error("unexpected end of JSON input")]
    End,
    /// A character stands where it can't.
    #[error("invalid character {0} {1}")]
    Character(String, String),
    /// It is nested too deep.
    #[error("exceeded max depth")]
    Depth,
    /// A value is of a type that can't be held.
    #[error("json: cannot unmarshal {0} into Go value of type {1}")]
    Type(String, &'static str),
}

/// Checks all of a text.
pub(super) fn check(text: &[u8]) -> Result<(), Mistake> {
    let mut scanner = Scanner { text, position: 0 };
    scanner.document()
}

impl Mistake {
    /// Whether the text is no JSON at all.
    #[must_use]
    pub fn is_of_syntax(&self) -> bool {
        !matches!(self, Self::Type(..))
    }
}

struct Scanner<'t> {
    text: &'t [u8],
    position: usize,
}

impl Scanner<'_> {
    /// Values inside of each other are kept in a list, not on the stack.
    fn document(&mut self) -> Result<(), Mistake> {
        let mut open = Vec::new();
        loop {
            self.begin_value(&mut open)?;
            // Closes all that ends here, up to the next value.
            loop {
                let Some(bracket) = open.last().copied() else {
                    return self.end();
                };
                match (self.next_letter()?, bracket) {
                    (b',', b'[') => break,
                    (b',', _) => {
                        self.key(false)?;
                        break;
                    }
                    (b']', b'[') | (b'}', b'{') => _ = open.pop(),
                    (_, b'[') => return Err(self.wrong("after array element")),
                    _ => return Err(self.wrong("after object key:value pair")),
                }
            }
        }
    }

    /// Reads a value, or the beginning of one up to its first element. Empty lists and maps are read wholly.
    fn begin_value(&mut self, open: &mut Vec<u8>) -> Result<(), Mistake> {
        loop {
            let letter = self.next_letter()?;
            match letter {
                b'[' | b'{' if open.len() >= DEEPEST => return Err(Mistake::Depth),
                b'[' => {
                    if self.skip_if(b']') {
                        return Ok(());
                    }
                    open.push(b'[');
                }
                b'{' => {
                    if !self.key(true)? {
                        return Ok(());
                    }
                    open.push(b'{');
                }
                b'"' => return self.string(),
                b'-' | b'0'..=b'9' => return self.number(letter),
                b't' => return self.word("true"),
                b'f' => return self.word("false"),
                b'n' => return self.word("null"),
                _ => return Err(self.wrong("looking for beginning of value")),
            }
        }
    }

    /// Reads a key with its colon; returns whether there is one.
    fn key(&mut self, may_end: bool) -> Result<bool, Mistake> {
        match self.next_letter()? {
            b'}' if may_end => return Ok(false),
            b'"' => self.string()?,
            _ => return Err(self.wrong("looking for beginning of object key string")),
        }
        match self.next_letter()? {
            b':' => Ok(true),
            _ => Err(self.wrong("after object key")),
        }
    }

    fn end(&mut self) -> Result<(), Mistake> {
        self.skip_blanks();
        match self.text.get(self.position) {
            None => Ok(()),
            Some(_) => {
                self.position += 1;
                Err(self.wrong("after top-level value"))
            }
        }
    }

    fn string(&mut self) -> Result<(), Mistake> {
        loop {
            match self.take()? {
                b'"' => return Ok(()),
                b'\\' => self.escape()?,
                ..b' ' => return Err(self.wrong("in string literal")),
                _ => {}
            }
        }
    }

    fn escape(&mut self) -> Result<(), Mistake> {
        match self.take()? {
            b'b' | b'f' | b'n' | b'r' | b't' | b'\\' | b'/' | b'"' => Ok(()),
            b'u' => {
                for _ in 0..4 {
                    if !self.take()?.is_ascii_hexdigit() {
                        return Err(self.wrong("in \\u hexadecimal character escape"));
                    }
                }
                Ok(())
            }
            _ => Err(self.wrong("in string escape code")),
        }
    }

    fn number(&mut self, first: u8) -> Result<(), Mistake> {
        let first = match first {
            b'-' => self.take()?,
            digit => digit,
        };
        if !first.is_ascii_digit() {
            return Err(self.wrong("in numeric literal"));
        }
        if first != b'0' {
            self.digits();
        }
        if self.skip_here(b".") {
            if !self.take()?.is_ascii_digit() {
                return Err(self.wrong("after decimal point in numeric literal"));
            }
            self.digits();
        }
        if self.skip_here(b"eE") {
            self.skip_here(b"+-");
            if !self.take()?.is_ascii_digit() {
                return Err(self.wrong("in exponent of numeric literal"));
            }
            self.digits();
        }
        Ok(())
    }

    fn digits(&mut self) {
        while self.skip_here(b"0123456789") {}
    }

    /// Reads what follows the first letter of a word.
    fn word(&mut self, word: &str) -> Result<(), Mistake> {
        for expected in word.chars().skip(1) {
            if char::from(self.take()?) != expected {
                let why = format!("in literal {word} (expecting '{expected}')");
                return Err(self.wrong(&why));
            }
        }
        Ok(())
    }

    fn skip_here(&mut self, letters: &[u8]) -> bool {
        let next = self.text.get(self.position);
        let skips = next.is_some_and(|letter| letters.contains(letter));
        self.position += usize::from(skips);
        skips
    }

    fn skip_if(&mut self, letter: u8) -> bool {
        self.skip_blanks();
        self.skip_here(&[letter])
    }

    fn skip_blanks(&mut self) {
        while self.skip_here(b" \t\r\n") {}
    }

    fn next_letter(&mut self) -> Result<u8, Mistake> {
        self.skip_blanks();
        match self.position < self.text.len() {
            true => self.take(),
            false => Err(Mistake::End),
        }
    }

    /// The next byte. Go takes the end for one blank, before it sees that nothing follows.
    fn take(&mut self) -> Result<u8, Mistake> {
        let position = self.position;
        self.position += 1;
        match self.text.get(position) {
            Some(letter) => Ok(*letter),
            None if position == self.text.len() => Ok(b' '),
            None => Err(Mistake::End),
        }
    }

    /// The last byte that was read is wrong. Go takes it for a character of Latin-1.
    fn wrong(&self, why: &str) -> Mistake {
        let byte = self.text.get(self.position.saturating_sub(1));
        let letter = match byte.copied().unwrap_or(b' ') {
            b'\'' => "'\\''".into(),
            b'"' => "'\"'".into(),
            byte => quoted(char::from(byte)),
        };
        Mistake::Character(letter, why.into())
    }
}

fn quoted(letter: char) -> String {
    let number = u32::from(letter);
    match letter {
        '\\' => "'\\\\'".into(),
        '\u{7}' => "'\\a'".into(),
        '\u{8}' => "'\\b'".into(),
        '\u{c}' => "'\\f'".into(),
        '\n' => "'\\n'".into(),
        '\r' => "'\\r'".into(),
        '\t' => "'\\t'".into(),
        '\u{b}' => "'\\v'".into(),
        '\u{a0}' | '\u{ad}' | '\u{80}'..='\u{9f}' => format!("'\\u{number:04x}'"),
        '\0'..='\u{1f}' | '\u{7f}' => format!("'\\x{number:02x}'"),
        letter => format!("'{letter}'"),
    }
}

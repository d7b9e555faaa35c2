//! A list of which a part is shown, with a cursor.

/// A list of which a part is shown, with a cursor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct List {
    pub(crate) cursor: usize,
    /// The first line that is shown.
    pub(crate) offset: usize,
}

impl List {
    /// Moves the cursor by so many lines of so many.
    pub(crate) fn step(&mut self, by: isize, lines: usize) {
        self.cursor = self
            .cursor
            .saturating_add_signed(by)
            .min(lines.saturating_sub(1));
    }

    /// Brings the cursor into what is shown, and shows no more than there is.
    pub(crate) fn reveal(&mut self, lines: usize, height: usize) {
        let height = height.max(1);
        self.cursor = self.cursor.min(lines.saturating_sub(1));
        self.offset = self.offset.min(lines.saturating_sub(height));
        if self.cursor < self.offset {
            self.offset = self.cursor;
        } else if self.cursor >= self.offset + height {
            self.offset = self.cursor + 1 - height;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_in_sight() {
        let mut list = List::default();
        let mut shown = Vec::new();
        for (by, lines, height) in [
            (3, 10, 4),
            (1, 10, 4),
            (100, 10, 4),
            (-2, 10, 4),
            (-4, 10, 4),
            (0, 3, 4),
            (5, 0, 4),
        ] {
            list.step(by, lines);
            list.reveal(lines, height);
            shown.push((list.cursor, list.offset));
        }
        assert_eq!(
            shown,
            [(3, 0), (4, 1), (9, 6), (7, 6), (3, 3), (2, 0), (0, 0)]
        );
    }
}

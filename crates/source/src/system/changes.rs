//! Which files of a file system changed lately.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use super::{Moment, Stamp};

/// The most changes that are remembered.
const MOST: usize = 256;

/// Which files changed lately.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// What stands for the file system.
    whose: Stamp,
    /// Since when all changes are remembered.
    since: Stamp,
    /// When files changed, the last change at the end.
    recent: VecDeque<(Stamp, PathBuf)>,
}

impl Changes {
    /// A file has other bytes, as of now.
    pub(super) fn add(&mut self, path: &Path) {
        self.recent.push_back((Stamp::new(), path.to_path_buf()));
        if self.recent.len() > MOST
            && let Some((moment, _)) = self.recent.pop_front()
        {
            self.since = moment;
        }
    }

    /// Any file may have changed, as of now.
    pub(super) fn forget(&mut self) {
        *self = Self {
            whose: self.whose,
            ..Self::default()
        };
    }

    /// The present moment.
    pub(super) fn moment(&self) -> Moment {
        Moment {
            whose: self.whose,
            at: Stamp::new(),
        }
    }

    /// The files that changed after a moment; nothing where that is too long ago, or one of another file system.
    pub(super) fn since(&self, moment: Moment) -> Option<Vec<PathBuf>> {
        let Moment { whose, at } = moment;
        if whose != self.whose || !self.since.is_before(at) {
            return None;
        }
        let later = self.recent.iter().rev();
        let later = later.take_while(|(changed, _)| at.is_before(*changed));
        Some(later.map(|(_, path)| path.clone()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_as_long_as_they_are_remembered() {
        let mut changes = Changes::default();
        let beginning = changes.moment();
        changes.add(Path::new("a"));
        let middle = changes.moment();
        changes.add(Path::new("b"));
        let told = |changes: &Changes, moment| {
            let told = changes.since(moment)?;
            Some(told.iter().map(|path| path.display().to_string()).collect())
        };
        assert_eq!(told(&changes, beginning), Some("ba".to_owned()));
        assert_eq!(told(&changes, middle), Some("b".to_owned()));
        assert_eq!(told(&changes, changes.moment()), Some(String::new()));
        (2..=MOST).for_each(|_| changes.add(Path::new("c")));
        assert_eq!(changes.since(beginning), None);
        assert!(changes.since(middle).is_some());
        assert_eq!(Changes::default().since(changes.moment()), None);
        changes.forget();
        assert_eq!(changes.since(middle), None);
    }
}

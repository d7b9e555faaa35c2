//! What comes from the analysis.

use std::sync::Arc;

use super::{MARKING, Overlay, State};
use crate::message::{Answer, Effect, Tone, Written};
use crate::picture::Picture;
use crate::text::count;

impl State {
    /// An analysis is done.
    pub(super) fn take(&mut self, picture: Arc<Picture>) {
        let here = self.here().filter(|_| self.is_used);
        let is_first = self
            .picture
            .as_ref()
            .is_none_or(|picture| picture.is_early());
        if !picture.is_early() {
            self.stage = None;
        }
        self.failure = None;
        self.asked.clear();
        if !is_first {
            self.tell_changes(&picture);
        }
        self.picture = Some(picture);
        // What is marked and gone is nobody's any more.
        self.rebuild_around(here);
    }

    /// Marks what is new, and says what is gone.
    fn tell_changes(&mut self, picture: &Picture) {
        let new = picture.new.iter();
        let names = new.filter_map(|index| picture.item(*index));
        let names = names.map(|item| item.finding.fingerprint.clone());
        self.new = (names.collect(), self.now + MARKING);
        let number = picture.new.len();
        if number + picture.gone > 0 {
            let gone = match picture.gone {
                0 => String::new(),
                gone => format!("{gone} gone"),
            };
            let new = match number {
                0 => String::new(),
                _ => format!("{number} new"),
            };
            let told: Vec<String> = [new, gone]
                .into_iter()
                .filter(|one| !one.is_empty())
                .collect();
            // What led to it is told a moment ago, mostly.
            let before = self.toast.take().filter(|toast| toast.tone == Tone::Plain);
            let before = before.map_or_else(String::new, |toast| format!("{}; ", toast.text));
            self.tell(
                Tone::Plain,
                format!("{before}findings: {}", told.join(", ")),
            );
        }
    }

    /// A question is answered. Answers about an analysis before are of no use.
    pub(super) fn answered(&mut self, answer: Answer) -> Vec<Effect> {
        let revision = self.picture.as_ref().map(|picture| picture.revision);
        match answer {
            Answer::About(of, index, about) if Some(of) == revision => {
                self.about = Some((of, index, about));
                let here = self.here();
                self.rebuild_around(here);
            }
            Answer::Privileges(of, subjects) if Some(of) == revision => {
                self.subjects = Some((of, subjects));
                let here = self.here();
                self.rebuild_around(here);
            }
            Answer::About(..) | Answer::Privileges(..) => {}
            Answer::Changes(Ok(preview)) => {
                self.toast = None;
                self.overlay = Overlay::Preview(preview, 0);
            }
            Answer::Changes(Err(why)) | Answer::Written(Err(why)) => self.tell(Tone::Bad, why),
            Answer::Written(Ok(written)) => self.written(written),
        }
        Vec::new()
    }

    fn written(&mut self, written: Written) {
        self.marks.clear();
        let files = count(written.changes.len(), "file");
        let key = self.settings.bindings.hint(crate::keys::Action::Undo);
        match written.title.starts_with("undo: ") {
            true => {
                self.undo.pop();
                self.tell(Tone::Plain, format!("undone in {files}"));
            }
            false => {
                self.tell(
                    Tone::Plain,
                    format!("{}: {files} written; {key} undoes it", written.title),
                );
                self.undo.push(written);
            }
        }
    }
}

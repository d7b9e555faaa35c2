//! Why an action can't be run now.

use super::{Rows, State, View};
use crate::keys::Action;

const NOT_DONE: &str = "the scan is not done yet";

impl State {
    /// Why an action can't be run now, as a fragment; nothing where it can.
    pub(crate) fn disabled(&self, action: Action) -> Option<String> {
        let reason = match action {
            Action::Fix | Action::Suppress | Action::Undo | Action::Rescan
                if self
                    .picture
                    .as_ref()
                    .is_none_or(|picture| picture.is_early()) =>
            {
                NOT_DONE
            }
            Action::HistoryBack if self.back.is_empty() => "there is no page before",
            Action::HistoryForward if self.forward.is_empty() => "there is no page behind",
            Action::Why | Action::Explain if self.finding().is_none() => self.no_finding(),
            Action::Suppress | Action::Mark | Action::YankJson if self.finding().is_none() => {
                self.no_finding()
            }
            Action::Suppress => return self.not_suppressible(),
            Action::Fix if self.finding().is_none() && self.marks.is_empty() => self.no_finding(),
            Action::Fix => return self.not_fixable(),
            Action::Undo if self.undo.is_empty() => "nothing was written",
            Action::Unmark if self.marks.is_empty() => "nothing is marked",
            Action::Describe | Action::YankCommand if self.resource_here().is_none() => {
                "the cursor is on no resource"
            }
            Action::Edit => return self.not_editable(),
            Action::Sort | Action::Pane | Action::PaneDown | Action::PaneUp
                if self.page.view != View::Findings =>
            {
                "only the findings have that"
            }
            Action::PaneDown | Action::PaneUp if self.areas().pane.is_none() => {
                "no text is shown beside the list"
            }
            Action::Yank | Action::Follow if self.page.rows.len() == 0 => "there is no line",
            _ => return None,
        };
        Some(reason.to_owned())
    }

    fn no_finding(&self) -> &'static str {
        match self.picture {
            None => NOT_DONE,
            Some(_) => "the cursor is on no finding",
        }
    }

    /// The place of the line that the cursor is on.
    pub(crate) fn span_here(&self) -> Option<source::Span> {
        let picture = self.picture.as_ref()?;
        match &self.page.rows {
            Rows::Findings(_) => Some(self.finding()?.1.finding.span),
            Rows::Tree(_) => Some(picture.resource(self.resource_here()?)?.span),
            Rows::Lines(all) => {
                let line = all.get(self.page.list.cursor)?;
                let finding = || self.finding().map(|(_, item)| item.finding.span);
                let resource = || Some(picture.resource(self.resource_here()?)?.span);
                line.span.or_else(finding).or_else(resource)
            }
        }
    }

    fn not_editable(&self) -> Option<String> {
        let picture = self.picture.as_ref();
        let Some((picture, span)) = picture.zip(self.span_here()) else {
            return Some("the line has no place in a file".to_owned());
        };
        (!picture.is_file(span)).then(|| "it runs in a cluster, which is only read".to_owned())
    }

    /// The findings that are marked, else the one of the cursor.
    pub(crate) fn chosen(&self) -> Vec<u32> {
        let picture = match &self.picture {
            Some(picture) if !self.marks.is_empty() => picture,
            _ => return self.finding().map(|(index, _)| index).into_iter().collect(),
        };
        let marked = self.marks.iter();
        let marked = marked.filter_map(|fingerprint| picture.find(fingerprint));
        let mut chosen: Vec<u32> = marked
            .filter(|index| (*index as usize) < picture.totals.findings)
            .collect();
        chosen.sort_unstable();
        chosen
    }

    fn not_fixable(&self) -> Option<String> {
        let picture = self.picture.as_ref()?;
        let chosen = self.chosen();
        let items: Vec<_> = chosen
            .iter()
            .filter_map(|index| picture.item(*index))
            .collect();
        let is_file = |span| picture.is_file(span);
        let reason = match () {
            () if items.is_empty() => "what was marked is there no more",
            () if items.iter().all(|item| item.suppression.is_some()) => "it is suppressed",
            () if items.iter().all(|item| !is_file(item.finding.span)) => {
                "it runs in a cluster, which is only read"
            }
            () if items.iter().all(|item| item.finding.check.fix.is_none()) => {
                "the check knows no fix; a person has to decide"
            }
            () => return None,
        };
        Some(reason.to_owned())
    }

    fn not_suppressible(&self) -> Option<String> {
        let (_, item) = self.finding()?;
        item.suppression
            .map(|_| "it is suppressed already".to_owned())
    }
}

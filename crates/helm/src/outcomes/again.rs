//! Rendering a chart of which some templates give what they gave before.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use smol_str::SmolStr;

use super::document::Entry;
use super::explore::Explorer;
use super::memory::{Memory, Printed, Remembered};
use super::{Outcomes, Request, Selection, outcomes_from};
use crate::render::{Manifest, Rendered, TemplateFiles, in_order, render_but};

/// Renders a chart as [`super::outcomes`] does. Templates give what they gave in `before` where that is of the same chart and
/// nothing changed that they see. `with` stands for all that the request says beside the chart. Returns what is to be remembered
/// of it, where each template gives what it gives whatever the others do.
#[must_use]
pub fn outcomes_again(
    request: Request<'_>,
    with: &str,
    before: Option<&Memory>,
) -> (Outcomes, Option<Memory>) {
    let known = before.filter(|memory| memory.is_of(request.chart, with));
    if let Some(Ok(attempt)) = known.map(|memory| Attempt::of(request, Some(memory))) {
        return attempt.finish(with);
    }
    match Attempt::of(request, None) {
        Ok(attempt) => attempt.finish(with),
        Err(rendered) => (outcomes_from(request, Some(*rendered)), None),
    }
}

/// A rendering in which each template gives what it gives whatever the others do.
struct Attempt<'a> {
    request: Request<'a>,
    before: Option<&'a Memory>,
    rendered: Rendered,
    files: TemplateFiles,
    /// The templates that were not run, as they give what they gave before.
    left_out: HashSet<String>,
}

impl<'a> Attempt<'a> {
    /// The rendering, where it is such a one, else what it gave.
    fn of(request: Request<'a>, before: Option<&'a Memory>) -> Result<Self, Box<Rendered>> {
        let seen = RefCell::new((TemplateFiles::new(), HashSet::new()));
        let left_out = |files: &TemplateFiles| {
            let left_out = before.map(|memory| memory.holding(files));
            let left_out = left_out.unwrap_or_default();
            seen.replace((files.clone(), left_out.clone()));
            left_out
        };
        let Request {
            chart,
            set,
            sources,
            render,
            ..
        } = request;
        let rendered = render_but(chart, set, sources, render, &left_out);
        if !rendered.is_apart {
            return Err(Box::new(rendered));
        }
        let (files, left_out) = seen.into_inner();
        Ok(Self {
            request,
            before,
            rendered,
            files,
            left_out,
        })
    }

    fn finish(mut self, with: &str) -> (Outcomes, Option<Memory>) {
        let mut memory = Memory::new(self.request.chart, with);
        let mut outcomes = Outcomes {
            problems: std::mem::take(&mut self.rendered.problems),
            ..Outcomes::default()
        };
        for definition in std::mem::take(&mut self.rendered.manifests.crds) {
            let known = self
                .before
                .and_then(|before| before.crds.get(&definition.path));
            let known = known.map(Arc::clone);
            let printed = known.unwrap_or_else(|| Arc::new(self.read(&definition, false)));
            outcomes.add(&printed);
            memory.crds.insert(definition.path, printed);
        }
        let printed = self.printed();
        for is_hook in [false, true] {
            let all = printed.values().flatten();
            let mut all: Vec<&Printed> = all
                .filter(|one| one.is_hook == is_hook)
                .map(AsRef::as_ref)
                .collect();
            all.sort_by(|one, other| in_order(&one.kind, &other.kind));
            all.into_iter().for_each(|one| outcomes.add(one));
        }
        self.remember(printed, &mut memory);
        let memory = memory.is_cheap().then_some(memory);
        (outcomes, memory)
    }

    /// What each template gave, by path, that of one kind in the order of the text.
    fn printed(&mut self) -> BTreeMap<String, Vec<Arc<Printed>>> {
        let known = self.before.into_iter().flat_map(Memory::templates);
        let known = known.filter(|(path, _)| self.left_out.contains(*path));
        let known = known.map(|(path, known)| (path.clone(), known.printed.clone()));
        let mut printed: BTreeMap<String, Vec<Arc<Printed>>> = known.collect();
        let manifests = std::mem::take(&mut self.rendered.manifests);
        let resources = manifests.resources.into_iter().map(|one| (one, false));
        let hooks = manifests.hooks.into_iter().map(|one| (one, true));
        for (manifest, is_hook) in resources.chain(hooks) {
            let one = Arc::new(self.read(&manifest, is_hook));
            printed.entry(manifest.path).or_default().push(one);
        }
        printed
    }

    fn read(&self, manifest: &Manifest, is_hook: bool) -> Printed {
        let mut explorer = Explorer::new(self.request, Selection::ALL);
        let mut outcomes = Outcomes::default();
        let documents = explorer.read(manifest, &mut outcomes.problems);
        for document in documents {
            Entry::certain(document).declare(&self.request, &mut outcomes);
        }
        Printed {
            kind: manifest.kind.clone(),
            is_hook,
            declared: outcomes.declared,
            problems: outcomes.problems,
            comments: explorer.comments,
            values: explorer.values,
        }
    }

    fn remember(self, mut printed: BTreeMap<String, Vec<Arc<Printed>>>, memory: &mut Memory) {
        for path in &self.left_out {
            let known = self.before.and_then(|before| before.get(path));
            memory
                .templates
                .extend(known.map(|known| (path.clone(), known.clone())));
        }
        for ran in self.rendered.ran.into_iter().filter(|ran| !ran.is_refused) {
            let own = SmolStr::from(ran.path.as_str());
            let called = ran.called.into_iter().chain([own]);
            let files = called.filter_map(|path| Some((path.clone(), *self.files.get(&path)?)));
            let remembered = Remembered {
                files: files.collect(),
                steps: ran.steps,
                printed: printed.remove(&ran.path).unwrap_or_default(),
            };
            memory.templates.insert(ran.path, remembered);
        }
    }
}

impl Outcomes {
    fn add(&mut self, printed: &Printed) {
        self.declared.extend_from_slice(&printed.declared);
        self.problems.extend_from_slice(&printed.problems);
        self.comments.extend_from_slice(&printed.comments);
        self.values.extend(&printed.values);
    }
}

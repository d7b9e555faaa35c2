//! A finding on a written scalar without a fix disappears with some other value in its place.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

use check::{Judge, Library};
use graph::{Data, NodeId, SmolStr, Tree};
use source::TextEdit;
use tests::{corpora, parallel};
use yaml::edit::CannotEdit;

use crate::inputs::{self, Case};
use crate::missing::asks_for_links;
use crate::project::{Files, Found, Project, edited, judge};
use crate::values;

/// The bytes of the largest manifest of another project that is changed.
const LARGEST: usize = 32 * 1024;

/// The checks with findings that no value makes disappear.
const STUCK: &str = include_str!("stuck.tsv");

/// What makes a finding disappear where no value does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cure {
    /// That an entry around it goes.
    Remove,
    /// That the resource goes.
    Delete,
}

fn cures() -> BTreeMap<&'static str, Cure> {
    let rows = STUCK.lines().filter(|line| !line.starts_with('#'));
    let cure = |row: &'static str| {
        let [check, cure, _reason] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{row} has not three columns");
        };
        match cure {
            "remove" => (check, Cure::Remove),
            "delete" => (check, Cure::Delete),
            _ => panic!("{cure} is no cure"),
        }
    };
    rows.map(cure).collect()
}

/// What is tried in one test.
struct Trials {
    library: Library,
    values: Vec<Tree>,
    cures: BTreeMap<&'static str, Cure>,
    /// The value that was last right for each check: it is the first to be tried.
    last: Mutex<HashMap<SmolStr, usize>>,
}

/// What became of the findings of a case.
#[derive(Default)]
struct Outcome {
    /// How many disappear with another value.
    gone: usize,
    /// The checks of those that need a cure.
    cured: BTreeSet<String>,
    /// Those that neither helps.
    faults: Vec<String>,
}

/// A finding of a case, and a judge by its check alone.
struct Trial<'a> {
    case: &'a Case,
    project: &'a Project,
    judge: &'a Judge,
    found: &'a Found,
    /// The places of all findings of the check in the resource.
    before: BTreeSet<Place>,
}

/// A place as indexes and missing keys, which no value changes.
type Place = (Vec<usize>, Vec<SmolStr>);

impl Trials {
    fn new() -> Self {
        Self {
            library: Library::builtin().0,
            values: values::generated(),
            cures: cures(),
            last: Mutex::default(),
        }
    }

    fn try_case(&self, case: &Case) -> Outcome {
        let judge = |checks: &[_]| judge(&self.library, checks, &case.settings(), &case.terms);
        let project = Project::read(&case.files, &case.terms);
        let mut by_check: BTreeMap<SmolStr, Vec<Found>> = BTreeMap::new();
        for found in project.found(&judge(&self.library.checks)) {
            let of_check = by_check.entry(found.check.id.clone()).or_default();
            of_check.extend(Some(found).filter(|found| is_concerned(&project, found)));
        }
        by_check.retain(|_, found| !found.is_empty());
        let mut outcome = Outcome::default();
        for found in by_check.values() {
            let judge = judge(&[Arc::clone(&found[0].check)]);
            for found in found {
                self.try_finding(&Trial::new(case, &project, &judge, found), &mut outcome);
            }
        }
        outcome
    }

    fn try_finding(&self, trial: &Trial<'_>, outcome: &mut Outcome) {
        if self.has_right_value(trial) {
            outcome.gone += 1;
            return;
        }
        // Without a right value it lacks a reference, and other tests see to that.
        let check = &trial.found.check;
        if asks_for_links(check) {
            return;
        }
        match self.cures.get(check.id.as_str()) {
            Some(cure) if trial.is_cured(*cure) => {
                outcome.cured.insert(check.id.to_string());
            }
            _ => outcome.faults.push(trial.shown()),
        }
    }

    fn has_right_value(&self, trial: &Trial<'_>) -> bool {
        let check = &trial.found.check.id;
        let last = || {
            self.last
                .lock()
                .expect("no thread panics while it holds the lock")
        };
        let known = last().get(check).copied();
        let mut order = known.into_iter().chain(0..self.values.len());
        let right = order.find(|index| trial.is_gone_with(&self.values[*index]));
        if let Some(right) = right {
            last().insert(check.clone(), right);
        }
        let words = || values::known_words(trial.project);
        let arguments = || values::arguments(trial.tree().as_text(trial.found.place.node));
        let is_right = |value: &Tree| trial.is_gone_with(value);
        right.is_some() || words().iter().any(is_right) || arguments().iter().any(is_right)
    }
}

/// Whether a finding is one on a scalar that somebody wrote, and its check has no fix.
fn is_concerned(project: &Project, found: &Found) -> bool {
    let tree = &project.graph.resource(found.place.resource).tree;
    let is_scalar = !matches!(
        tree.node(found.place.node).data,
        Data::List | Data::Map | Data::Unknown(_) | Data::Partial(_)
    );
    is_scalar && found.place.missing.is_empty() && found.check.fix.is_none()
}

impl<'a> Trial<'a> {
    fn new(case: &'a Case, project: &'a Project, judge: &'a Judge, found: &'a Found) -> Self {
        let before = places(project, judge, found);
        Self {
            case,
            project,
            judge,
            found,
            before,
        }
    }

    fn is_gone_with(&self, value: &Tree) -> bool {
        let (file, tree) = (self.project.file(self.found.place.resource), self.tree());
        let node = self.found.place.node;
        self.is_gone_after(yaml::edit::set(file, tree, node, (value, NodeId::ROOT)))
    }

    fn is_cured(&self, cure: Cure) -> bool {
        let resource = self.project.graph.resource(self.found.place.resource);
        let (tree, node) = (self.tree(), self.found.place.node);
        let file = self.project.file(self.found.place.resource);
        let mut entries = std::iter::successors(Some(node), |node| tree.parent(*node));
        match cure {
            Cure::Delete => node == resource.title_node(),
            Cure::Remove => {
                entries.any(|entry| self.is_gone_after(yaml::edit::remove(file, tree, entry)))
            }
        }
    }

    fn is_gone_after(&self, edits: Result<Vec<TextEdit>, CannotEdit>) -> bool {
        let file = self.project.file(self.found.place.resource).id;
        let files = edits
            .ok()
            .and_then(|edits| edited(&self.case.files, file, &edits));
        files.is_some_and(|files| self.is_gone_from(&files))
    }

    /// Whether the check finds nothing here and nothing new elsewhere, and does not leave the verdict open.
    fn is_gone_from(&self, files: &Files) -> bool {
        let changed = Project::read(files, &self.case.terms);
        let (id, graph) = (self.found.place.resource, &self.project.graph);
        if changed.graph.len() != graph.len() {
            return false;
        }
        let is_open = |graph| {
            let judged = self.judge.judge(graph, id);
            judged.iter().any(|judged| !judged.unknown.is_empty())
        };
        let after = places(&changed, self.judge, self.found);
        after.is_subset(&self.before)
            && !after.contains(&place(self.tree(), self.found))
            && (!is_open(&changed.graph) || is_open(graph))
    }

    fn tree(&self) -> &'a Tree {
        &self.project.graph.resource(self.found.place.resource).tree
    }

    fn shown(&self) -> String {
        let resource = self.project.graph.resource(self.found.place.resource);
        let path = self.found.place.path(resource);
        let value = values::shown(self.tree(), self.found.place.node);
        let (check, case) = (&self.found.check.id, &self.case.name);
        format!("{case}: {check} at {path} of {}: {value}", resource.address)
    }
}

/// The places of all findings of a check in the resource of one of them.
fn places(project: &Project, judge: &Judge, found: &Found) -> BTreeSet<Place> {
    let id = found.place.resource;
    let tree = &project.graph.resource(id).tree;
    let found = project.found_in(judge, id);
    found.iter().map(|found| place(tree, found)).collect()
}

fn place(tree: &Tree, found: &Found) -> Place {
    let above = std::iter::successors(Some(found.place.node), |node| tree.parent(*node));
    let index = |node: NodeId| {
        let parent = tree.parent(node)?;
        tree.children(parent).position(|child| child == node)
    };
    let mut indexes: Vec<usize> = above.filter_map(index).collect();
    indexes.reverse();
    (indexes, found.place.missing.clone())
}

/// Tries all findings of some cases. Returns the checks that needed a cure.
#[track_caller]
fn check(what: &str, cases: &[Case]) -> BTreeSet<String> {
    let trials = Trials::new();
    let outcomes = parallel::map(cases, |case| trials.try_case(case));
    let mut all = Outcome::default();
    for outcome in outcomes {
        all.gone += outcome.gone;
        all.cured.extend(outcome.cured);
        all.faults.extend(outcome.faults);
    }
    corpora::tell(&format!(
        "{what}: {} findings on scalars disappear",
        all.gone
    ));
    assert!(all.gone > 0, "{what} has no finding on a scalar");
    assert!(
        all.faults.is_empty(),
        "{} findings do not disappear:\n{}",
        all.faults.len(),
        all.faults.join("\n")
    );
    all.cured
}

#[test]
fn findings_on_scalars_of_the_shop_disappear() {
    check("the shop", &[inputs::shop()]);
}

#[test]
fn findings_on_scalars_of_examples_disappear() {
    let library = Library::builtin().0;
    let cured = check("the examples", &inputs::all_examples(&library));
    let listed: BTreeSet<String> = cures().into_keys().map(str::to_owned).collect();
    assert_eq!(
        cured, listed,
        "stuck.tsv lists what needs a cure, and nothing else"
    );
}

#[test]
fn findings_on_scalars_of_other_projects_disappear() {
    let cases = inputs::others(LARGEST);
    if !cases.is_empty() {
        check("other projects", &cases);
    }
}

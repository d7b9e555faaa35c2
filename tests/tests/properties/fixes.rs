//! Making a finding's fix removes the finding, adds none, and changes nothing else.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use analysis::{Finding, NoProgress, Options};
use check::{Check, Fix, Judge, Library};
use graph::{NodeId, Resource, Tree};
use serde_json::{Value, json};
use source::{Memory, SourceFile, TextEdit};
use tests::{corpora, json, parallel};

use crate::inputs::{self, Case};
use crate::project::{Files, Found, Project, Settings, Terms, edited, judge};

/// The bytes of the largest manifest of another project whose fixes are tried.
const LARGEST: usize = 32 * 1024;

/// The judges of a test: most cases share one.
struct Judges {
    library: Library,
    usual: Judge,
}

impl Judges {
    fn new() -> Self {
        let library = Library::builtin().0;
        let usual = judge(
            &library,
            &library.checks,
            &Settings::new(),
            &Terms::default(),
        );
        Self { library, usual }
    }

    fn own(&self, case: &Case) -> Option<Judge> {
        let usual = Terms::default();
        let is_usual = case.settings.is_none()
            && (case.terms.version, case.terms.now) == (usual.version, usual.now);
        (!is_usual).then(|| {
            judge(
                &self.library,
                &self.library.checks,
                &case.settings(),
                &case.terms,
            )
        })
    }
}

/// A finding as it is compared before and after a change: check, address and path. In a list, text goes by itself: when its
/// neighbor goes, it has another index.
type Identity = (String, String, String);

fn identity(project: &Project, found: &Found) -> Identity {
    let resource = project.graph.resource(found.place.resource);
    let (tree, node) = (&resource.tree, found.place.node);
    let path = match (tree.parent(node), tree.as_text(node)) {
        (Some(parent), Some(text)) if tree.node(node).key.is_none() => {
            format!("{}[={text}]", resource.path(parent))
        }
        _ => found.place.path(resource).to_string(),
    };
    (
        found.check.id.to_string(),
        resource.address.to_string(),
        path,
    )
}

fn identities(project: &Project, judge: &Judge) -> BTreeSet<Identity> {
    let found = project.found(judge);
    found.iter().map(|found| identity(project, found)).collect()
}

/// The findings of a scan of everything, each with the index of the file that it is in.
fn scan(case: &Case) -> Vec<(usize, Finding)> {
    let mut config = json!({ "complete": case.terms.complete });
    if let Some((check, tree)) = &case.settings {
        let settings = json::value(tree, NodeId::ROOT);
        config["settings"] = json!({ check.as_str(): settings });
    }
    let config = (PathBuf::from("scantling.yaml"), config.to_string());
    let system = Memory::new(case.files.iter().cloned().chain([config.clone()]));
    let options = Options {
        paths: case.files.iter().map(|(path, _)| path.clone()).collect(),
        directory: PathBuf::new(),
        config: Some(config.0),
        select: vec!["all".to_owned()],
        kubernetes_version: Some(case.terms.version.to_string()),
        now: Some(case.terms.now),
        ..Options::default()
    };
    let report = analysis::scan(&system, &options, &NoProgress);
    let report = report.unwrap_or_else(|error| panic!("{}: {error}", case.name));
    let suppressed = report.suppressed.into_iter().map(|(finding, _)| finding);
    let findings = report.findings.into_iter().chain(suppressed);
    let file = |finding: &Finding| {
        let path = report.sources.path(finding.span.file);
        case.files.iter().position(|(shown, _)| *shown == path)
    };
    findings
        .map(|finding| {
            let file = file(&finding).expect("a file of the case");
            (file, Arc::unwrap_or_clone(finding))
        })
        .collect()
}

/// What was tried, and what was wrong with it.
#[derive(Default)]
struct Tried {
    fixes: usize,
    faults: Vec<String>,
}

/// Makes each fix of a case by itself.
fn try_fixes(judges: &Judges, case: &Case) -> Tried {
    let own = judges.own(case);
    let judge = own.as_ref().unwrap_or(&judges.usual);
    let project = Project::read(&case.files, &case.terms);
    let before = project.found(judge);
    let mut tried = Tried::default();
    // A scan reads all checks anew, so only those are made that may give a fix.
    if before.iter().all(|found| found.check.fix.is_none()) {
        return tried;
    }
    let before = before.into_iter();
    let before: Vec<(Identity, Found)> = before
        .map(|found| (identity(&project, &found), found))
        .collect();
    let findings = scan(case);
    for (file, finding) in &findings {
        let is_it = |(_, found): &&(Identity, Found)| is_same(&project, found, finding, *file);
        let found = before.iter().find(is_it);
        for fix in &finding.fixes {
            tried.fixes += 1;
            let fault = match found {
                Some(found) => fault(case, judge, &project, &before, found, &fix.edits),
                None => Some("it is not found without a scan".to_owned()),
            };
            let place = format!("{}: {} at {}", case.name, finding.check.id, finding.path);
            tried
                .faults
                .extend(fault.map(|fault| format!("{place}: {fault}")));
        }
    }
    tried
}

fn is_same(project: &Project, found: &Found, finding: &Finding, file: usize) -> bool {
    let resource = project.graph.resource(found.place.resource);
    let span = resource.span();
    found.check.id == finding.check.id
        && resource.address == finding.resource.address
        && span.file.0 as usize == file
        // Two resources of a file may have the same address.
        && span.range().contains(&(finding.span.start as usize))
        && found.place.path(resource).to_string() == finding.path
}

fn fault(
    case: &Case,
    judge: &Judge,
    project: &Project,
    before: &[(Identity, Found)],
    (gone, found): &(Identity, Found),
    edits: &[TextEdit],
) -> Option<String> {
    let file = project.file(found.place.resource).id;
    let Some(files) = edited(&case.files, file, edits) else {
        return Some("the edits overlap".to_owned());
    };
    let changed = Project::read(&files, &case.terms);
    let after = identities(&changed, judge);
    if after.contains(gone) {
        return Some("it is still found".to_owned());
    }
    let known: BTreeSet<&Identity> = before.iter().map(|(identity, _)| identity).collect();
    if let Some(new) = after.iter().find(|identity| !known.contains(identity)) {
        return Some(format!("{new:?} is found instead"));
    }
    difference(case, &files, project, found)
}

/// How the values after a fix differ from those that it should make.
fn difference(case: &Case, files: &Files, project: &Project, found: &Found) -> Option<String> {
    let resource = project.graph.resource(found.place.resource);
    let changed = resource.span().file.0 as usize;
    let others = (0..files.len()).filter(|index| *index != changed);
    if let Some(other) = others
        .into_iter()
        .find(|index| files[*index] != case.files[*index])
    {
        return Some(format!("{} changes", files[other].0.display()));
    }
    let expected = expected(&project.files[changed], resource, found);
    let (path, text) = &files[changed];
    let after = documents(&SourceFile::new(
        project.files[changed].id,
        path,
        text.as_str(),
    ));
    let after: Vec<Value> = after
        .iter()
        .map(|tree| json::value(tree, NodeId::ROOT))
        .collect();
    (after != expected).then(|| format!("the values are {after:?} instead of {expected:?}"))
}

fn documents(file: &SourceFile) -> Vec<Tree> {
    let yaml = yaml::read(file, &yaml::Options::default());
    yaml.documents
        .into_iter()
        .map(|document| document.tree)
        .collect()
}

/// The values of a file with the fix made in them, wherever the text of the found place is used.
fn expected(file: &SourceFile, resource: &Resource, found: &Found) -> Vec<Value> {
    let documents = documents(file);
    let mut values: Vec<Value> = Vec::new();
    for tree in &documents {
        let mut value = json::value(tree, NodeId::ROOT);
        // From the last to the first, as what is removed moves what stands behind it.
        for path in uses(tree, resource, found.place.node).iter().rev() {
            make(&mut value, path, found);
        }
        values.push(value);
    }
    values
}

/// A key or an index.
#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Index(usize),
}

/// The paths of all nodes that are written in the same place as a node.
fn uses(tree: &Tree, resource: &Resource, node: NodeId) -> Vec<Vec<Step>> {
    let node = resource.tree.node(node);
    let mut uses = Vec::new();
    let mut open = vec![(NodeId::ROOT, Vec::new())];
    while let Some((at, path)) = open.pop() {
        let (span, key) = (tree.node(at).span, &tree.node(at).key);
        // The root of an object in a list has no key.
        if span == node.span && (node.key.is_none() || *key == node.key) {
            uses.push(path.clone());
        }
        let start = open.len();
        open.extend(tree.children(at).enumerate().map(|(index, child)| {
            let step = match &tree.node(child).key {
                Some(key) => Step::Key(key.text.to_string()),
                None => Step::Index(index),
            };
            (child, path.iter().cloned().chain([step]).collect())
        }));
        open[start..].reverse();
    }
    uses
}

/// Makes the fix of a check at a path.
fn make(value: &mut Value, path: &[Step], found: &Found) {
    let check: &Check = &found.check;
    let missing = found.place.missing.iter();
    let missing: Vec<Step> = missing.map(|key| Step::Key(key.to_string())).collect();
    let whole: Vec<Step> = path.iter().cloned().chain(missing).collect();
    match check.fix {
        Some(Fix::Set(node)) => *at(value, &whole) = json::value(&check.tree, node),
        Some(Fix::Insert(node)) => {
            let list = at(value, &whole);
            if list.is_null() {
                *list = json!([]);
            }
            let list = list.as_array_mut().expect("items are inserted into lists");
            list.push(json::value(&check.tree, node));
        }
        Some(Fix::Remove) => {
            let (last, above) = whole.split_last().expect("the root is not removed");
            match (at(value, above), last) {
                (Value::Object(map), Step::Key(key)) => drop(map.shift_remove(key)),
                (Value::Array(list), Step::Index(index)) => drop(list.remove(*index)),
                (value, step) => panic!("{step:?} is nothing of {value}"),
            }
        }
        None => panic!("{} has no fix", check.id),
    }
}

/// The value at a path, with the maps that are missing on the way.
fn at<'a>(value: &'a mut Value, path: &[Step]) -> &'a mut Value {
    path.iter().fold(value, |value, step| match step {
        Step::Key(key) => {
            if !value.is_object() {
                *value = json!({});
            }
            &mut value[key]
        }
        Step::Index(index) => &mut value[index],
    })
}

#[track_caller]
fn check(what: &str, cases: &[Case]) {
    let judges = Judges::new();
    let tried = parallel::map(cases, |case| try_fixes(&judges, case));
    let fixes: usize = tried.iter().map(|tried| tried.fixes).sum();
    let faults: Vec<String> = tried.into_iter().flat_map(|tried| tried.faults).collect();
    corpora::tell(&format!("{what}: {fixes} fixes made, each by itself"));
    assert!(fixes > 0, "{what} has no fix");
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn fixes_of_the_shop_fix_and_change_nothing_else() {
    check("the shop", &[inputs::shop()]);
}

#[test]
fn fixes_of_examples_fix_and_change_nothing_else() {
    let library = Library::builtin().0;
    check("the examples", &inputs::all_examples(&library));
}

#[test]
fn fixes_of_other_projects_fix_and_change_nothing_else() {
    let cases = inputs::others(LARGEST);
    if !cases.is_empty() {
        check("other projects", &cases);
    }
}

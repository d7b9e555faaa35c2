//! Sets of applications: what their generators give, put into their templates.

mod generators;
mod git;
mod selector;
mod template;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::PathBuf;

use graph::{Data, Key, NodeId, Tree};
use source::{Level, Problem, Span};

use super::follow_application;
use crate::gitops::deployment::{Deployer, Deployments, Object};
use crate::gitops::field::{flag, items};
use crate::gitops::merge::{Nulls, merged};
use crate::gitops::{Finder, NOT_RENDERED, Place, text};
use template::Templates;

/// The most applications of a set.
const MOST: usize = 1_000;
/// The most values that their parameters and templates may have together.
const VALUES: usize = 2_000_000;

/// A set that is looked at.
struct Set<'a> {
    finder: &'a Finder<'a>,
    tree: &'a Tree,
    spec: NodeId,
    place: &'a Place,
    templates: Templates,
    /// The files of the repository by their paths in it, as soon as a generator asks for them.
    files: OnceCell<BTreeMap<String, PathBuf>>,
    /// How many values parameters and templates may still have.
    budget: usize,
    problems: Vec<Problem>,
}

/// What a generator gives.
struct Generated {
    /// The parameters of each application.
    params: Vec<Tree>,
    /// The template of the generator, in which others count before those of the set.
    template: Option<NodeId>,
}

/// Adds what the applications of a set deploy.
pub(super) fn follow(finder: &Finder<'_>, object: &Object, found: &mut Deployments) {
    let tree = &object.resource.tree;
    let Some(spec) = tree.get(NodeId::ROOT, "spec") else {
        return;
    };
    let place = finder.place(object);
    let options: Vec<_> = items(tree, spec, "goTemplateOptions").collect();
    let mut options = options.iter().filter_map(|node| tree.as_text(*node));
    let mut set = Set {
        finder,
        tree,
        spec,
        place: &place,
        templates: Templates {
            is_go: flag(tree, spec, "goTemplate"),
            is_strict: options.any(|option| option == "missingkey=error"),
        },
        files: OnceCell::new(),
        budget: VALUES,
        problems: Vec::new(),
    };
    for generator in items(tree, spec, "generators") {
        let generated = set.generator(tree, generator, 0);
        for params in generated.params {
            if let Some(application) = set.application(&params, generated.template) {
                let name = application.at(NodeId::ROOT, &["metadata", "name"]);
                let name = name.and_then(|name| application.as_text(name)).cloned();
                let by = Deployer {
                    name: name.unwrap_or_default(),
                    word: "application",
                    object: object.clone(),
                    source: 0,
                    needs: Vec::new(),
                };
                follow_application(finder, &application, by, &place, found);
            }
        }
    }
    found.problems.extend(set.problems);
}

impl Set<'_> {
    /// The application with these parameters.
    fn application(&mut self, params: &Tree, template: Option<NodeId>) -> Option<Tree> {
        let own = self.tree.get(self.spec, "template")?;
        let mut tree = self.tree.subtree(own);
        let span = self.tree.node(own).span;
        if !self.spend(tree.len() + params.len()) {
            self.fail("they are too large", span);
            return None;
        }
        if let Some(other) = template {
            tree = merged(&tree, &self.tree.subtree(other), Nulls::Stay);
        }
        self.fill(&mut tree, params)?;
        self.patched(tree, params)
    }

    /// Whether so many values may still be made.
    fn spend(&mut self, values: usize) -> bool {
        let rest = self.budget.checked_sub(values);
        self.budget = rest.unwrap_or_default();
        rest.is_some()
    }

    /// Puts parameters into all texts of a tree. What fails is told, and then there is no application.
    fn fill(&mut self, tree: &mut Tree, params: &Tree) -> Option<()> {
        let filled = self.templates.fill(tree, params, self.finder.sources);
        filled.map_err(|(span, why)| self.fail(&why, span)).ok()
    }

    /// The application with the patch of the set.
    fn patched(&mut self, application: Tree, params: &Tree) -> Option<Tree> {
        let Some(node) = self.tree.get(self.spec, "templatePatch") else {
            return Some(application);
        };
        let span = self.tree.node(node).span;
        let mut patch = Tree::new(self.tree.node(node).data.clone(), span);
        self.fill(&mut patch, params)?;
        let text = patch.as_text(NodeId::ROOT)?.clone();
        let file = self.finder.sources.get(span.file);
        let (patch, problems) = text::tree(&text, &file, span);
        self.problems.extend(problems);
        let Some(mut patch) = patch else {
            return Some(application);
        };
        // The project stays, so that a patch gives no rights.
        if let Some(spec) = patch.get(NodeId::ROOT, "spec")
            && let Some(project) = patch.get(spec, "project")
        {
            patch.remove(project);
        }
        Some(merged(&application, &patch, Nulls::Remove))
    }

    /// What these generators make is not in the graph, for a reason.
    fn fail(&mut self, why: &str, span: Span) {
        let message = format!(
            "applications of this set are not followed, so what they deploy is not judged: {why}"
        );
        let problem = Problem::at(Level::Warning, NOT_RENDERED, message, span);
        self.problems.push(problem);
    }
}

/// An empty map of parameters.
fn empty(span: Span) -> Tree {
    Tree::new(Data::Map, span)
}

/// Sets a parameter, in the place of one of that name.
fn set(params: &mut Tree, parent: NodeId, name: &str, data: Data, span: Span) -> NodeId {
    if let Some(old) = params.get(parent, name) {
        params.remove(old);
    }
    let key = Key {
        text: name.into(),
        span,
    };
    params.push(parent, Some(key), data, span)
}

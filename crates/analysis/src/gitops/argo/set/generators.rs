//! Generators: lists, repositories, and combinations of them.

use std::collections::BTreeMap;

use graph::{Data, NodeId, SmolStr, Tree};
use source::Span;

use super::selector::matches;
use super::{Generated, MOST, Set, empty, set};
use crate::gitops::field::items;
use crate::gitops::merge::{Nulls, merged};
use crate::gitops::text;

/// How deep generators may stand in each other: Argo CD takes two.
const DEEPEST: usize = 4;

/// Why something is not generated; none where that was told already.
pub(super) type Failed = Option<(Span, String)>;

impl Set<'_> {
    /// What one generator of the set gives. What can't be known is told.
    pub(super) fn generator(&mut self, tree: &Tree, generator: NodeId, depth: usize) -> Generated {
        let mut params = Vec::new();
        match self.params(tree, generator, depth) {
            Ok(found) => params = found,
            Err(Some((span, why))) => self.fail(&why, span),
            Err(None) => {}
        }
        if params.len() > MOST {
            let why = format!("there are more than {MOST} of them");
            self.fail(&why, tree.node(generator).span);
            params.truncate(MOST);
        }
        let mut kinds = tree.children(generator);
        Generated {
            params,
            template: kinds.find_map(|kind| tree.get(kind, "template")),
        }
    }

    /// The parameters of a generator, by its kind.
    fn params(
        &mut self,
        tree: &Tree,
        generator: NodeId,
        depth: usize,
    ) -> Result<Vec<Tree>, Failed> {
        let span = tree.node(generator).span;
        let fail = |why: &str| Err(Some((span, why.to_owned())));
        if depth > DEEPEST {
            return fail("its generators stand too deep in each other");
        }
        let is_kind = |node: &NodeId| {
            let key = tree.node(*node).key.as_ref();
            key.is_some_and(|key| key.text != "selector") && tree.node(*node).data != Data::Null
        };
        let Some(kind) = tree.children(generator).find(is_kind) else {
            return fail("a generator is empty");
        };
        let name = tree.node(kind).key.as_ref().map(|key| key.text.clone());
        let name = name.unwrap_or_default();
        let mut found = match name.as_str() {
            "list" => self.list(tree, kind),
            "git" => self.git(tree, kind),
            "matrix" => self.matrix(tree, kind, depth),
            "merge" => self.merge(tree, kind, depth),
            "clusters" | "clusterDecisionResource" => fail("only Argo CD knows its clusters"),
            "scmProvider" | "pullRequest" | "plugin" => fail("only the server that it asks knows"),
            _ => fail("there is no such generator"),
        }?;
        found.retain(|params| matches(tree, generator, params));
        Ok(found)
    }

    fn list(&mut self, tree: &Tree, list: NodeId) -> Result<Vec<Tree>, Failed> {
        let mut all = Vec::new();
        for element in items(tree, list, "elements") {
            all.push(self.element(&tree.subtree(element))?);
        }
        if let Some(node) = tree.get(list, "elementsYaml") {
            let span = tree.node(node).span;
            let Some(text) = tree.as_text(node) else {
                return Err(Some((span, "its elements can't be known".to_owned())));
            };
            let file = self.finder.sources.get(span.file);
            let (elements, problems) = text::tree(text, &file, span);
            self.problems.extend(problems);
            if let Some(elements) = elements {
                let each = elements.children(NodeId::ROOT);
                all.extend(each.map(|element| elements.subtree(element)));
            }
        }
        Ok(all)
    }

    /// The parameters of an element of a list, which are texts where templates are not those of Go.
    fn element(&self, element: &Tree) -> Result<Tree, Failed> {
        if self.templates.is_go {
            return Ok(element.clone());
        }
        let mut params = empty(element.node(NodeId::ROOT).span);
        for child in element.children(NodeId::ROOT) {
            let name = element.node(child).key.as_ref().map(|key| key.text.clone());
            let name = name.unwrap_or_default();
            match element.node(child).data {
                Data::Map if name == "values" => {
                    for value in element.children(child) {
                        let key = element.node(value).key.as_ref();
                        let key = key.map_or("", |key| key.text.as_str());
                        add_text(&mut params, &format!("values.{key}"), element, value)?;
                    }
                }
                _ => add_text(&mut params, &name, element, child)?,
            }
        }
        Ok(params)
    }

    /// Each of the first generator with each of the second, which sees the parameters of the first.
    fn matrix(&mut self, tree: &Tree, matrix: NodeId, depth: usize) -> Result<Vec<Tree>, Failed> {
        let span = tree.node(matrix).span;
        let generators: Vec<NodeId> = items(tree, matrix, "generators").collect();
        let [first, second] = generators[..] else {
            return Err(Some((
                span,
                "a matrix is made of two generators".to_owned(),
            )));
        };
        let mut all = Vec::new();
        for one in self.params(tree, first, depth + 1)? {
            let mut generator = tree.subtree(second);
            self.fill(&mut generator, &one).ok_or(None)?;
            for other in self.params(&generator, NodeId::ROOT, depth + 1)? {
                if all.len() > MOST {
                    return Ok(all);
                }
                if !self.spend(one.len() + other.len()) {
                    return Err(Some((span, "they are too large".to_owned())));
                }
                all.push(self.combined(&one, &other, span)?);
            }
        }
        Ok(all)
    }

    /// The parameters of both generators of a matrix.
    fn combined(&self, one: &Tree, other: &Tree, span: Span) -> Result<Tree, Failed> {
        if self.templates.is_go {
            return Ok(merged(other, one, Nulls::Stay));
        }
        let differs = other.children(NodeId::ROOT).any(|node| {
            let key = other.node(node).key.as_ref();
            let own = key.and_then(|key| one.get(NodeId::ROOT, &key.text));
            own.is_some_and(|own| one.node(own).data != other.node(node).data)
        });
        match differs {
            true => {
                let why = "both generators of a matrix give a parameter, and with other values";
                Err(Some((span, why.to_owned())))
            }
            false => Ok(merged(one, other, Nulls::Stay)),
        }
    }

    /// The parameters of the first generator, with those of the others that have equal keys on top.
    fn merge(&mut self, tree: &Tree, merge: NodeId, depth: usize) -> Result<Vec<Tree>, Failed> {
        let span = tree.node(merge).span;
        let generators: Vec<NodeId> = items(tree, merge, "generators").collect();
        let keys: Vec<NodeId> = items(tree, merge, "mergeKeys").collect();
        let keys: Vec<&SmolStr> = keys.iter().filter_map(|key| tree.as_text(*key)).collect();
        if generators.len() < 2 || keys.is_empty() {
            let why = "a merge needs two generators and the names of keys";
            return Err(Some((span, why.to_owned())));
        }
        let mut sets = Vec::new();
        for generator in generators {
            let params = self.params(tree, generator, depth + 1)?;
            sets.push(by_keys(params, &keys, span)?);
        }
        let mut sets = sets.into_iter();
        let mut all = sets.next().unwrap_or_default();
        for others in sets {
            for (key, other) in others {
                if let Some(own) = all.get_mut(&key) {
                    *own = merged(own, &other, Nulls::Stay);
                }
            }
        }
        Ok(all.into_values().collect())
    }
}

/// Parameters by the values of some of them.
fn by_keys(
    params: Vec<Tree>,
    keys: &[&SmolStr],
    span: Span,
) -> Result<BTreeMap<String, Tree>, Failed> {
    let mut all = BTreeMap::new();
    for params in params {
        let value = |key: &&SmolStr| {
            let node = params.get(NodeId::ROOT, key);
            node.map(|node| params.node(node).data.clone())
        };
        let key: Vec<Option<Data>> = keys.iter().map(value).collect();
        if all.insert(format!("{key:?}"), params).is_some() {
            let why = "a generator of a merge gives the same keys twice";
            return Err(Some((span, why.to_owned())));
        }
    }
    Ok(all)
}

/// Adds a parameter that must be text.
fn add_text(params: &mut Tree, name: &str, tree: &Tree, node: NodeId) -> Result<(), Failed> {
    let found = tree.node(node);
    let is_text = matches!(
        found.data,
        Data::String(_) | Data::Partial(_) | Data::Unknown(_)
    );
    if !is_text {
        let why = "parameters are texts, unless `goTemplate` is true";
        return Err(Some((found.span, why.to_owned())));
    }
    set(params, NodeId::ROOT, name, found.data.clone(), found.span);
    Ok(())
}

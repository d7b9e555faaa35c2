//! Replacements: values of one object that go to others.

use graph::{Role, SmolStr};

use crate::accumulate::Target as Building;
use crate::build::Use;
use crate::context::Context;
use crate::kustomization::{
    Decoder, FieldOptions, Replacement, Selector, Source, Target, Text, read_replacement,
};
use crate::node::{Created, DEEPEST, Data, Node, Origin, find, lookup, split_dotted};
use crate::resources::{Id, Resource, ResourceMap, annotations, labels};
use crate::select::LabelSelector;
use crate::tables;

/// The field that is meant where none is named.
const NAME: &str = "metadata.name";

impl Building<'_, '_> {
    /// The replacements of entries, with those of the files that they name.
    pub(crate) fn replacements(&self, entries: &[Replacement]) -> Vec<Replacement> {
        let mut all = Vec::new();
        for entry in entries {
            let Some(path) = &entry.path else {
                all.push(entry.clone());
                continue;
            };
            if entry.source.is_some() || entry.targets.is_some() {
                let message = "an entry has either `path` or a replacement";
                self.context
                    .error("kustomization-replacement", message, entry.span);
                continue;
            }
            all.extend(self.replacements_of(path));
        }
        all
    }

    fn replacements_of(&self, path: &Text) -> Vec<Replacement> {
        let Some(file) = self.context.load_text(&self.root, path, Use::Replacement) else {
            return Vec::new();
        };
        let yaml = yaml::read(&file, &yaml::Options::default());
        self.context.tell_all(yaml.problems);
        let Some(document) = yaml.documents.first() else {
            let message = "the file holds no replacement";
            self.context
                .error("kustomization-replacement", message, path.span);
            return Vec::new();
        };
        let mut decoder = Decoder::new(&document.tree);
        let root = graph::NodeId::ROOT;
        let replacements = match document.tree.node(root).data {
            graph::Data::List => {
                let items = decoder.items(root).into_iter();
                items
                    .map(|item| read_replacement(&mut decoder, item))
                    .collect()
            }
            _ => vec![read_replacement(&mut decoder, root)],
        };
        self.context.tell_all(decoder.problems);
        replacements
    }
}

/// Puts values in their places.
pub(super) fn apply(
    context: &Context<'_>,
    resources: &mut ResourceMap,
    replacements: &[Replacement],
) {
    for replacement in replacements {
        let (Some(source), Some(targets)) = (&replacement.source, &replacement.targets) else {
            let message = "a replacement needs a source and targets";
            context.error("kustomization-replacement", message, replacement.span);
            continue;
        };
        let span = source.selector.span;
        let value = context
            .bounds
            .steps(resources.all.len())
            .and_then(|()| value_of(context, resources, source));
        let Some(value) = context.or_tell("kustomization-replacement", value, span) else {
            continue;
        };
        for target in targets {
            let replaced = replace(context, resources, &value, target);
            context.or_tell("kustomization-replacement", replaced, target.span);
        }
    }
}

/// The value that a source names.
fn value_of(
    context: &Context<'_>,
    resources: &ResourceMap,
    source: &Source,
) -> Result<Node, String> {
    let mut all = resources.all.iter();
    let mut matching = all
        .by_ref()
        .filter(|resource| is_selected(resource, &source.selector));
    let resource = matching.next().ok_or("there is no such object")?;
    if matching.next().is_some() {
        return Err("there are several such objects".to_owned());
    }
    let path = source
        .field
        .as_ref()
        .map_or(NAME, |field| field.value.as_str());
    let path_of = split_dotted(path);
    let noted = is_of_notes(&path_of).then(|| resource.noted());
    let node = lookup(noted.as_ref().unwrap_or(resource.node()), &path_of)?;
    let node = node.filter(|node| !node.is_empty());
    let node = node.ok_or_else(|| format!("the source has no field `{path}`"))?;
    context.bounds.copies(node.size())?;
    part(node, &source.options)
}

/// The part of a value that is meant.
fn part(node: &Node, options: &FieldOptions) -> Result<Node, String> {
    let mut node = node.clone();
    if options.delimiter.is_empty() {
        return Ok(node);
    }
    let Data::Scalar(scalar) = &mut node.data else {
        return Err("only texts have parts with a delimiter between them".to_owned());
    };
    let index = usize::try_from(options.index).ok();
    let mut parts = scalar.text.split(options.delimiter.as_str());
    let part: Option<SmolStr> = index.and_then(|index| parts.nth(index)).map(SmolStr::from);
    scalar.text = part.ok_or("the value has no part of this index")?;
    Ok(node)
}

/// Whether an object is called as a selector says, now or before. Empty parts select all.
fn is_selected(resource: &Resource, selector: &Selector) -> bool {
    let kinds = tables::Selector {
        group: selector.group.clone(),
        version: selector.version.clone(),
        kind: selector.kind.clone(),
    };
    let wanted = Id {
        kinds: kinds.clone(),
        name: selector.name.clone(),
        namespace: selector.namespace.clone(),
        is_cluster_wide: false,
    };
    // Here kustomize does not look at whether a kind has namespaces.
    let now = Id {
        is_cluster_wide: false,
        ..resource.id().clone()
    };
    resource.previous_ids().chain([now]).any(|id| {
        (selector.name.is_empty() || selector.name == id.name)
            && (selector.namespace.is_empty() || wanted.has_same_namespace(&id))
            && kinds.selects(&id.kinds)
    })
}

fn replace(
    context: &Context<'_>,
    resources: &mut ResourceMap,
    value: &Node,
    target: &Target,
) -> Result<(), String> {
    let select = target.select.as_ref().ok_or("a target needs `select`")?;
    let choice = Choice::of(select, &target.reject)?;
    let default = [Text {
        value: NAME.into(),
        span: target.span,
    }];
    let fields = match target.fields.as_slice() {
        [] => default.as_slice(),
        fields => fields,
    };
    context
        .bounds
        .steps(resources.all.len().saturating_mul(fields.len()))?;
    for resource in &mut resources.all {
        if choice.takes(resource) {
            for field in fields {
                copy(context, resource, value, field, &target.options)?;
            }
        }
    }
    Ok(())
}

/// Which objects a target takes.
struct Choice<'a> {
    select: &'a Selector,
    labels: LabelSelector,
    annotations: LabelSelector,
    reject: Vec<(&'a Selector, Option<(LabelSelector, LabelSelector)>)>,
}

impl<'a> Choice<'a> {
    fn of(select: &'a Selector, reject: &'a [Selector]) -> Result<Self, String> {
        let reject = reject.iter().map(|selector| {
            let is_open = selector.labels.is_empty() && selector.annotations.is_empty();
            let pairs = match is_open {
                true => None,
                false => Some((
                    LabelSelector::read(&selector.labels)?,
                    LabelSelector::read(&selector.annotations)?,
                )),
            };
            Ok((selector, pairs))
        });
        Ok(Self {
            select,
            labels: LabelSelector::read(&select.labels)?,
            annotations: LabelSelector::read(&select.annotations)?,
            reject: reject.collect::<Result<_, String>>()?,
        })
    }

    fn takes(&self, resource: &Resource) -> bool {
        let node = resource.node();
        let has = |of: &LabelSelector, and: &LabelSelector| {
            of.matches(labels(node)) && and.matches(annotations(node))
        };
        let is_rejected =
            |(selector, pairs): &(&Selector, Option<(LabelSelector, LabelSelector)>)| {
                let by_pairs = pairs.as_ref().is_some_and(|(one, other)| has(one, other));
                by_pairs || (!is_empty(selector) && is_selected(resource, selector))
            };
        has(&self.labels, &self.annotations)
            && is_selected(resource, self.select)
            && !self.reject.iter().any(is_rejected)
    }
}

fn is_empty(selector: &Selector) -> bool {
    let parts = [
        &selector.group,
        &selector.version,
        &selector.kind,
        &selector.name,
        &selector.namespace,
    ];
    parts.into_iter().all(SmolStr::is_empty)
}

fn copy(
    context: &Context<'_>,
    resource: &mut Resource,
    value: &Node,
    field: &Text,
    options: &FieldOptions,
) -> Result<(), String> {
    let path = split_dotted(&field.value);
    if path.len() + value.depth() > DEEPEST {
        return Err("values are nested too deep".to_owned());
    }
    let created = options.creates.then(|| Created {
        kind: value.kind(),
        origin: Origin::at(field.span),
    });
    let size = value.size();
    let edit = |node: &mut Node| {
        let count = find(node, &path, created.as_ref(), &mut |found| {
            context.bounds.copies(size)?;
            set(found, value, field, options)
        });
        match node.depth() > DEEPEST {
            true => Err("values are nested too deep".to_owned()),
            false => count,
        }
    };
    let count = match is_of_notes(&path) {
        true => resource.edit_noted(edit),
        false => resource.edit(edit),
    };
    match count? {
        0 => Err(format!(
            "there is no field `{}` to be replaced",
            field.value
        )),
        _ => Ok(()),
    }
}

/// Whether a path leads to annotations as a whole, which hold what kustomize remembers, or to what they stand in.
fn is_of_notes(path: &[SmolStr]) -> bool {
    let around = ["metadata", "annotations"];
    path.len() <= around.len() && path.iter().zip(around).all(|(part, key)| part == key)
}

fn set(found: &mut Node, value: &Node, field: &Text, options: &FieldOptions) -> Result<(), String> {
    let text = match options.delimiter.is_empty() {
        true => value.text().clone(),
        false => joined(found, value, options)?,
    };
    let mut value = value.clone();
    value.unshare();
    let is_undecided = found.is_undecided() && options.delimiter.is_empty();
    let origin = value.origin.through(Role::Placed, field.span);
    let origin = match options.delimiter.is_empty() {
        true => origin.over(&found.origin, Role::Replaced),
        false => origin.over(&found.origin, Role::Operand),
    };
    match &mut found.data {
        // A text keeps its tag and its quotes.
        Data::Scalar(scalar) if !is_undecided => {
            scalar.text = text;
            scalar.shared = scalar.shared.changed();
        }
        data => *data = value.data,
    }
    found.doubt.rest = value.doubt.rest;
    found.origin = origin;
    Ok(())
}

/// The text that a value goes to, with the value among its parts. Lists and maps are empty parts.
fn joined(found: &Node, value: &Node, options: &FieldOptions) -> Result<SmolStr, String> {
    let Data::Scalar(target) = &found.data else {
        return Err("only texts have parts with a delimiter between them".to_owned());
    };
    let delimiter = options.delimiter.as_str();
    let mut parts: Vec<&str> = target.text.split(delimiter).collect();
    let text = match value.is_null() {
        true => "",
        false => value.text(),
    };
    match usize::try_from(options.index) {
        Err(_) => parts.insert(0, text),
        Ok(index) => match parts.get_mut(index) {
            Some(part) => *part = text,
            None => parts.push(text),
        },
    }
    Ok(parts.join(delimiter).into())
}

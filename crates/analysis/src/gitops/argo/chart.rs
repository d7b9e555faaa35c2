//! Charts that applications of Argo CD deploy: with which values.

use std::path::Path;
use std::sync::Arc;

use ::helm::set::Form;
use graph::{Cause, Data, NodeId, SmolStr, Unknown};
use source::{FileSystem as _, Level, Span};

use super::application::{Application, Source};
use crate::gitops::deployment::{ChartOptions, Given, Parameter, Values};
use crate::gitops::field::{flag, items, text};
use crate::gitops::text;
use crate::helm::{passages, written};

/// What the chart of a source is rendered with.
pub(super) fn options(application: &mut Application<'_>, source: &Source) -> Option<ChartOptions> {
    let tree = application.tree;
    let helm = tree.get(source.node, "helm");
    let release = helm.and_then(|helm| tree.get(helm, "releaseName"));
    let own_name = tree.at(NodeId::ROOT, &["metadata", "name"])?;
    let namespace = tree.at(NodeId::ROOT, &["spec", "destination", "namespace"]);
    let namespace = helm
        .and_then(|helm| tree.get(helm, "namespace"))
        .or(namespace);
    let mut options = ChartOptions {
        name: written(tree, release.unwrap_or(own_name)),
        namespace: namespace.map(|node| written(tree, node)),
        defaults: Vec::new(),
        values: Vec::new(),
        parameters: Vec::new(),
        passages: passages([tree]),
        open: None,
        skips_crds: helm.is_some_and(|helm| flag(tree, helm, "skipCrds")),
        apis: Vec::new(),
        secrets: Vec::new(),
    };
    if let Some(helm) = helm {
        application.add_files(source, helm, &mut options);
        application.add_values(helm, &mut options);
        application.add_parameters(source, helm, &mut options);
        let apis = items(tree, helm, "apiVersions").filter_map(|node| tree.as_text(node));
        options.apis = apis.map(SmolStr::to_string).collect();
    }
    Some(options)
}

impl Application<'_> {
    fn add_files(&mut self, source: &Source, helm: NodeId, options: &mut ChartOptions) {
        let ignores_missing = flag(self.tree, helm, "ignoreMissingValueFiles");
        for node in items(self.tree, helm, "valueFiles") {
            let span = self.tree.node(node).span;
            let file = match self.tree.as_text(node) {
                Some(path) => self.file(source, path),
                None => Err("its path can't be known".to_owned()),
            };
            match file {
                Ok(path) if self.has(&path) => {
                    let shown = (self.finder.shown)(&path);
                    options.values.push(Values::File { path, shown });
                }
                Ok(_) if ignores_missing => {}
                Ok(_) => {
                    let message =
                        "there is no such file of values, so Argo CD refuses to render the chart";
                    self.problem(Level::Error, message, span);
                }
                Err(why) => {
                    let message = format!("a file of values is not read: {why}");
                    self.problem(Level::Warning, message.as_str(), span);
                    options.open = Some(unknown(&message, span));
                }
            }
        }
    }

    pub(super) fn has(&self, path: &Path) -> bool {
        self.finder.confined(&self.place.boundary).exists(path)
    }

    /// Adds the values that are written in the application: as an object, or else as a text.
    fn add_values(&mut self, helm: NodeId, options: &mut ChartOptions) {
        let given = |key| {
            let node = self.tree.get(helm, key);
            node.filter(|node| self.tree.node(*node).data != Data::Null)
        };
        if let Some(node) = given("valuesObject") {
            let values = self.tree.subtree(node);
            return options.values.push(Values::Tree(Arc::new(values)));
        }
        let Some(node) = given("values") else {
            return;
        };
        let span = self.tree.node(node).span;
        match &self.tree.node(node).data {
            Data::String(text) => {
                let file = self.finder.sources.get(span.file);
                let (tree, problems) = text::tree(text, &file, span);
                self.problems.extend(problems);
                let tree = tree.map(|tree| Values::Tree(Arc::new(tree)));
                options.values.extend(tree);
            }
            Data::Unknown(_) | Data::Partial(_) => {
                let why = "the values of the application can't be known";
                options.open = Some(unknown(why, span));
            }
            _ => {
                let message = "`values` is a text; `valuesObject` is not";
                self.problem(Level::Error, message, span);
                options.open = Some(unknown(message, span));
            }
        }
    }

    fn add_parameters(&mut self, source: &Source, helm: NodeId, options: &mut ChartOptions) {
        for node in items(self.tree, helm, "parameters") {
            let form = match flag(self.tree, node, "forceString") {
                true => Form::String,
                false => Form::Set,
            };
            let Some(path) = text(self.tree, node, "name") else {
                continue;
            };
            let written = self.tree.get(node, "value");
            let value = written.map(|value| self.parameter(source, value));
            options.parameters.push(Parameter {
                path: path.clone(),
                form,
                value: value.unwrap_or_else(|| Given::Text(String::new())),
                span: self.tree.node(written.unwrap_or(node)).span,
            });
        }
        for node in items(self.tree, helm, "fileParameters") {
            let (Some(name), Some(path)) =
                (text(self.tree, node, "name"), self.tree.get(node, "path"))
            else {
                continue;
            };
            let span = self.tree.node(path).span;
            options.parameters.push(Parameter {
                path: name.clone(),
                form: Form::File,
                value: self.file_parameter(source, path, span),
                span,
            });
        }
    }

    /// The value of a parameter. A comma is one of the text, unless it is a list.
    fn parameter(&mut self, source: &Source, node: NodeId) -> Given {
        let span = self.tree.node(node).span;
        let text = match &self.tree.node(node).data {
            Data::String(text) => text.clone(),
            Data::Unknown(unknown) => return Given::Unknown(Arc::clone(unknown)),
            Data::Partial(_) => {
                return Given::Unknown(unknown("parts of the parameter can't be known", span));
            }
            Data::Null => SmolStr::default(),
            _ => {
                let message = "a parameter is a text: the API server refuses anything else";
                self.problem(Level::Error, message, span);
                return Given::Unknown(unknown(message, span));
            }
        };
        match self.expanded(source, &text) {
            Some(text) => Given::Text(with_commas(&text)),
            None => Given::Unknown(unknown("it depends on the revision", span)),
        }
    }

    fn file_parameter(&mut self, source: &Source, path: NodeId, span: Span) -> Given {
        let file = match self.tree.as_text(path) {
            Some(path) => self.file(source, path),
            None => Err("its path can't be known".to_owned()),
        };
        match file {
            Ok(path) if self.has(&path) => Given::File(path),
            Ok(_) => {
                let message = "there is no such file, so Argo CD refuses to render the chart";
                self.problem(Level::Error, message, span);
                Given::Unknown(unknown(message, span))
            }
            Err(why) => {
                let message = format!("the file of a parameter is not read: {why}");
                self.problem(Level::Warning, message.as_str(), span);
                Given::Unknown(unknown(&message, span))
            }
        }
    }

    /// A text with the variables of Argo CD in it; none where one of them can't be known here.
    ///
    /// Source: <https://argo-cd.readthedocs.io/en/stable/user-guide/build-environment/>
    pub(super) fn expanded(&self, source: &Source, text: &str) -> Option<String> {
        if !text.contains('$') {
            return Some(text.to_owned());
        }
        let at = |keys: &[&str]| {
            let node = self.tree.at(NodeId::ROOT, keys);
            let text = node.and_then(|node| self.tree.as_text(node));
            Some(text.cloned().unwrap_or_default())
        };
        let of_source = |key| Some(self.text(source.node, key).cloned().unwrap_or_default());
        expand(text, &|name| match name {
            "ARGOCD_APP_NAME" => Some(self.by.name.clone()),
            "ARGOCD_APP_NAMESPACE" => at(&["spec", "destination", "namespace"]),
            "ARGOCD_APP_PROJECT_NAME" => at(&["spec", "project"]),
            "ARGOCD_APP_SOURCE_PATH" => of_source("path"),
            "ARGOCD_APP_SOURCE_REPO_URL" => of_source("repoURL"),
            "ARGOCD_APP_SOURCE_TARGET_REVISION" => of_source("targetRevision"),
            "ARGOCD_APP_REVISION"
            | "ARGOCD_APP_REVISION_SHORT"
            | "KUBE_VERSION"
            | "KUBE_API_VERSIONS" => None,
            _ => Some(SmolStr::default()),
        })
    }
}

fn unknown(why: &str, span: Span) -> Arc<Unknown> {
    let mut unknown = Unknown::new(Cause::Other(why.into()));
    unknown.place = Some(span);
    Arc::new(unknown)
}

/// Protects the commas of a value from being read as the ends of arguments.
fn with_commas(text: &str) -> String {
    if text.starts_with('{') && text.ends_with('}') {
        return text.to_owned();
    }
    let mut written = String::new();
    let mut before = None;
    for sign in text.chars() {
        if sign == ',' && before.is_some_and(|before| before != '\\') {
            written.push('\\');
        }
        written.push(sign);
        before = Some(sign);
    }
    written
}

/// Puts values in place of `$name` and `${name}`; `$$` is `$`. Nothing where a value is not known.
///
/// Source: <https://pkg.go.dev/os#Expand>
fn expand(text: &str, value: &dyn Fn(&str) -> Option<SmolStr>) -> Option<String> {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('$') {
        expanded.push_str(before);
        let is_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
        let end = behind.find(|sign| !is_name(sign)).unwrap_or(behind.len());
        let (name, after) = match behind
            .strip_prefix('{')
            .and_then(|inner| inner.split_once('}'))
        {
            Some((name, after)) => (name, after),
            None if behind.starts_with('$') => ("$", &behind[1..]),
            None => (&behind[..end], &behind[end..]),
        };
        match name {
            "$" => expanded.push('$'),
            "" => {
                expanded.push('$');
            }
            name => expanded.push_str(&value(name)?),
        }
        rest = after;
    }
    expanded.push_str(rest);
    Some(expanded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_of_values_end_no_arguments() {
        for (text, expected) in [
            ("a,b", "a\\,b"),
            ("a\\,b", "a\\,b"),
            ("{a,b}", "{a,b}"),
            (",a", ",a"),
        ] {
            assert_eq!(with_commas(text), expected);
        }
    }

    #[test]
    fn variables_are_put_into_texts() {
        let value = |name: &str| (name != "REVISION").then(|| SmolStr::from("web"));
        for (text, expected) in [
            ("$NAME-1", Some("web-1")),
            ("${NAME}x", Some("webx")),
            ("a$$b", Some("a$b")),
            ("1$", Some("1$")),
            ("$REVISION", None),
        ] {
            assert_eq!(expand(text, &value).as_deref(), expected, "{text}");
        }
    }
}

//! What `helm_release` asks Helm to render: a chart with values.
//!
//! Source: <https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release>. Version 2 of the provider
//! has blocks where version 3 has lists of objects; both are lists of maps here.

use graph::{NodeId, Resource, Tree};

use crate::functions::encoded;
use crate::kubernetes::{Object, as_written, grown_object};
use crate::resource::{Keys, document};
use crate::root::Instance;
use crate::value::{Data, Shape, Value};

/// The type of resource that installs a chart.
pub(crate) const RELEASE: &str = "helm_release";

/// A chart to render. Nodes are those of the resource, so that every value keeps its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenderRequest {
    /// The name of the release.
    pub name: Option<NodeId>,
    /// The namespace that it is installed into.
    pub namespace: Option<NodeId>,
    /// The chart: its name in the repository, a path or an address.
    pub chart: Option<NodeId>,
    /// The address of the repository.
    pub repository: Option<NodeId>,
    /// The version of the chart.
    pub version: Option<NodeId>,
    /// Texts of YAML, each of which overrides those before it.
    pub values: Vec<NodeId>,
    /// Single values, each of which overrides those before it and all of `values`.
    pub set: Vec<SetValue>,
    /// Whether it is unknown how many of `values` or `set` there are.
    pub is_open: bool,
}

/// A single value, as `--set` of Helm takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetValue {
    /// Its path in the values, such as `controller.service.type`.
    pub name: NodeId,
    /// The value: text, for [`SetForm::List`] a list.
    pub value: Option<NodeId>,
    /// `auto`, `string` or `literal`: how the text is read.
    pub ty: Option<NodeId>,
    /// The argument that holds it.
    pub form: SetForm,
}

/// The argument that holds a single value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetForm {
    /// `set`.
    Plain,
    /// `set_list`.
    List,
    /// `set_sensitive`.
    Sensitive,
    /// `set_wo`, which Terraform stores nowhere.
    WriteOnly,
}

/// The arguments that hold single values, in the order in which the provider applies them.
const FORMS: [(&str, SetForm); 4] = [
    ("set", SetForm::Plain),
    ("set_list", SetForm::List),
    ("set_sensitive", SetForm::Sensitive),
    ("set_wo", SetForm::WriteOnly),
];

impl RenderRequest {
    /// What a resource asks for; none of one that is no release.
    #[must_use]
    pub fn of(resource: &Resource) -> Option<Self> {
        (resource.kind == RELEASE).then(|| Self::read(&resource.tree))
    }

    fn read(tree: &Tree) -> Self {
        let argument = |name| set(tree, NodeId::ROOT, name);
        let lists = ["values", "set", "set_list", "set_sensitive", "set_wo"];
        let mut lists = lists.iter().filter_map(|name| argument(name));
        let is_open = lists.any(|list| tree.open(list).is_some() || is_unknown(tree, list));
        Self {
            name: argument("name"),
            namespace: argument("namespace"),
            chart: argument("chart"),
            repository: argument("repository"),
            version: argument("version"),
            values: argument("values").map_or_else(Vec::new, |list| sure(tree, list)),
            set: FORMS
                .iter()
                .flat_map(|form| set_values(tree, *form))
                .collect(),
            is_open,
        }
    }
}

/// What the texts in `values` of a release say; nothing of one that is unknown or no YAML. They are in the order of those of its
/// [`RenderRequest`].
pub(crate) fn documents(instance: &Instance, keys: &Keys) -> Vec<Option<Object>> {
    if instance.address.ty != RELEASE {
        return Vec::new();
    }
    let values = instance
        .value
        .as_entries()
        .and_then(|all| all.get("values"));
    let texts = values.map_or(&[][..], sure_items).iter();
    let documents = texts.map(|text| {
        if let Data::Null(_) = &text.data {
            return Some(grown_object(text, keys));
        }
        let text = as_written(text, instance.value.origin.span);
        if let Some(encoded) = encoded(&text) {
            return Some(grown_object(&encoded, keys));
        }
        let tree = document(&text)?;
        let sensitive = match text.marks.sensitive {
            true => all(&tree),
            false => Vec::new(),
        };
        Some(Object {
            sensitive,
            tree,
            references: Vec::new(),
        })
    });
    documents.collect()
}

/// All nodes of a tree.
fn all(tree: &Tree) -> Vec<NodeId> {
    let mut all = vec![NodeId::ROOT];
    let mut next = 0;
    while let Some(node) = all.get(next) {
        all.extend(tree.children(*node).collect::<Vec<_>>());
        next += 1;
    }
    all
}

/// The elements of a list that are sure to be there.
fn sure_items(list: &Value) -> &[Value] {
    match &list.data {
        Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => items,
        Data::Unknown(unknown) => match &unknown.shape {
            Some(Shape::Items { items, .. }) => items,
            _ => &[],
        },
        _ => &[],
    }
}

/// The values that are never printed, whatever the configuration says of them.
pub(crate) fn secrets(tree: &Tree) -> impl Iterator<Item = NodeId> + '_ {
    let secret = FORMS
        .into_iter()
        .filter(|(_, form)| matches!(form, SetForm::Sensitive | SetForm::WriteOnly));
    secret
        .flat_map(|form| set_values(tree, form))
        .filter_map(|value| value.value)
}

fn set_values(tree: &Tree, (argument, form): (&str, SetForm)) -> Vec<SetValue> {
    let blocks = set(tree, NodeId::ROOT, argument);
    let blocks = blocks.into_iter().flat_map(|list| tree.children(list));
    blocks
        .filter_map(|block| {
            Some(SetValue {
                name: set(tree, block, "name")?,
                value: set(tree, block, "value"),
                ty: set(tree, block, "type"),
                form,
            })
        })
        .collect()
}

/// An argument that is not null.
fn set(tree: &Tree, node: NodeId, name: &str) -> Option<NodeId> {
    let found = tree.get(node, name)?;
    (tree.node(found).data != graph::Data::Null).then_some(found)
}

fn sure(tree: &Tree, list: NodeId) -> Vec<NodeId> {
    let items = tree.children(list);
    match tree.node(list).data {
        graph::Data::List => items.filter(|item| !tree.is_symbolic(*item)).collect(),
        _ => Vec::new(),
    }
}

fn is_unknown(tree: &Tree, node: NodeId) -> bool {
    matches!(tree.node(node).data, graph::Data::Unknown(_))
}

#[cfg(test)]
mod tests {
    use graph::NodeId;

    use super::RenderRequest;
    use crate::resource::{Declared, resources};
    use crate::root::testing::root;

    /// What the first release of a file asks for, a line for each part.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let root = root(&[("main.tf", text)]);
        assert_eq!(root.problems, []);
        let rows = resources(&root);
        let found = rows
            .iter()
            .find_map(|row| Some((row, RenderRequest::of(&row.resource)?)));
        let (row, request) = found.expect("there is a release");
        assert_eq!(lines(row, &request), expected);
    }

    fn lines(row: &Declared, request: &RenderRequest) -> Vec<String> {
        let tree = &row.resource.tree;
        let shown = |node: NodeId| format!("{:?}", tree.node(node).data);
        let parts = [
            request.name,
            request.namespace,
            request.chart,
            request.repository,
            request.version,
        ];
        let mut lines: Vec<String> = parts.into_iter().flatten().map(shown).collect();
        lines.extend(
            request
                .values
                .iter()
                .map(|node| format!("values {}", shown(*node))),
        );
        for set in &request.set {
            let value = set.value.map(|value| {
                let is_secret = row.resource.facts.sensitive.contains(&value);
                if is_secret {
                    "secret".to_owned()
                } else {
                    shown(value)
                }
            });
            let value = value.unwrap_or_default();
            lines.push(format!("{:?} {} {value}", set.form, shown(set.name)));
        }
        lines.extend(request.is_open.then(|| "open".to_owned()));
        lines
    }

    #[test]
    fn releases_are_requests() {
        check(
            r#"
            resource "helm_release" "web" {
              name       = "web"
              namespace  = "shop"
              chart      = "nginx"
              repository = "https://charts.example.org"
              version    = "1.2.3"
              values     = ["a: 1", yamlencode({ b = 2 })]
              set {
                name  = "replicas"
                value = 2
              }
              set_list {
                name  = "hosts"
                value = ["h"]
              }
              set_sensitive {
                name  = "password"
                value = "hidden"
              }
            }
            "#,
            &[
                r#"String("web")"#,
                r#"String("shop")"#,
                r#"String("nginx")"#,
                r#"String("https://charts.example.org")"#,
                r#"String("1.2.3")"#,
                r#"values String("a: 1")"#,
                r#"values String("\"b\": 2\n")"#,
                r#"Plain String("replicas") String("2")"#,
                r#"List String("hosts") List"#,
                r#"Sensitive String("password") secret"#,
            ],
        );
    }

    #[test]
    fn lists_of_objects_are_the_same_as_blocks() {
        check(
            r#"
            variable "more" {}
            resource "helm_release" "web" {
              chart   = "./charts/web"
              version = null
              set     = [{ name = "a", value = "b", type = "string" }]
              set_wo  = [{ name = "c", value = "d" }]
              values  = var.more
            }
            "#,
            &[
                r#"String("./charts/web")"#,
                r#"Plain String("a") String("b")"#,
                r#"WriteOnly String("c") secret"#,
                "open",
            ],
        );
    }
}

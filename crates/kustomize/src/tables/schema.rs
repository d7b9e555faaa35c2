//! Which lists of an object are merged, by which keys, and which kinds have a namespace: the schema of Kubernetes 1.21.2, which
//! kustomize 5.5 contains.

use std::collections::HashMap;
use std::sync::LazyLock;

use smol_str::SmolStr;

/// The table of kustomize's own schema.
pub(super) const TABLE: &str = include_str!("schema.txt");

static BUILT_IN: LazyLock<Schema> = LazyLock::new(|| Schema::read(TABLE));

/// What is known of kinds and of what stands in them.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// By version of the API and kind.
    kinds: HashMap<(SmolStr, SmolStr), Kind>,
    nodes: Vec<Node>,
}

/// What is known of a kind.
#[derive(Clone, Copy, Debug, Default)]
struct Kind {
    scope: Option<Scope>,
    node: Option<usize>,
}

/// Whether objects of a kind have a namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// They have.
    Namespaced,
    /// They have none.
    Cluster,
}

/// What is known of a value.
#[derive(Clone, Debug, Default)]
struct Node {
    /// The fields of an object in which something is merged.
    fields: HashMap<SmolStr, usize>,
    /// The values of a map, whatever their keys.
    values: Option<usize>,
    /// The keys by which a list is merged.
    merge: Option<Vec<SmolStr>>,
    /// The elements of a list.
    elements: Option<usize>,
}

/// A value's place in a schema.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    schema: &'a Schema,
    node: &'a Node,
}

impl<'a> Place<'a> {
    /// A field of an object; none of what nothing is known of.
    #[must_use]
    pub fn field(self, name: &str) -> Option<Self> {
        let node = self.node.fields.get(name).copied();
        self.schema.place(node.or(self.node.values)?)
    }

    /// The keys by which a list is merged; none for a list of scalars, and no list of keys where the list is replaced.
    #[must_use]
    pub fn merge_keys(self) -> Option<&'a [SmolStr]> {
        self.node.merge.as_deref()
    }

    /// The elements of a list.
    #[must_use]
    pub fn elements(self) -> Option<Self> {
        self.schema.place(self.node.elements?)
    }
}

impl Schema {
    /// The schema that kustomize contains.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// What is known of the objects of a kind.
    #[must_use]
    pub fn object(&self, api_version: &str, kind: &str) -> Option<Place<'_>> {
        self.place(self.kind(api_version, kind)?.node?)
    }

    /// Whether objects of a kind have a namespace, where it is known.
    #[must_use]
    pub fn scope(&self, api_version: &str, kind: &str) -> Option<Scope> {
        self.kind(api_version, kind)?.scope
    }

    fn kind(&self, api_version: &str, kind: &str) -> Option<&Kind> {
        self.kinds.get(&(api_version.into(), kind.into()))
    }

    fn place(&self, node: usize) -> Option<Place<'_>> {
        let node = self.nodes.get(node)?;
        Some(Place { schema: self, node })
    }

    /// The table of a text; its head says how it is written.
    pub(super) fn read(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let (kinds, definitions): (Vec<_>, Vec<_>) = lines.partition(|line| line.starts_with(':'));
        let words = |line: &&'_ str| line.split(' ').map(SmolStr::new).collect::<Vec<_>>();
        let definitions: Vec<_> = definitions.iter().map(words).collect();
        let names = definitions.iter().enumerate();
        let numbers: HashMap<_, _> = names.map(|(at, words)| (words[0].clone(), at)).collect();
        let mut schema = Self {
            kinds: HashMap::new(),
            nodes: vec![Node::default(); definitions.len()],
        };
        for (at, words) in definitions.iter().enumerate() {
            for field in &words[1..] {
                schema.add_field(at, field, &numbers);
            }
        }
        for line in kinds {
            schema.add_kind(line, &numbers);
        }
        schema
    }

    /// `field=definition`, `field{}=definition`, `field[key,…]=definition`
    fn add_field(&mut self, of: usize, text: &str, numbers: &HashMap<SmolStr, usize>) {
        let (name, target) = text.split_once('=').unwrap_or((text, ""));
        let target = numbers.get(target).copied();
        let mut node = Node::default();
        let name = if let Some((name, keys)) = name.split_once('[') {
            let keys = keys.trim_end_matches(']').split(',');
            let keys = keys.filter(|key| !key.is_empty()).map(SmolStr::new);
            node.merge = Some(keys.collect());
            node.elements = target;
            name
        } else if let Some(name) = name.strip_suffix("{}") {
            node.values = target;
            name
        } else {
            let fields = target.map(|target| (name.into(), target));
            self.nodes[of].fields.extend(fields);
            return;
        };
        let list = self.nodes.len();
        self.nodes.push(node);
        self.nodes[of].fields.insert(name.into(), list);
    }

    /// `:Kind apiVersion scope definition`
    fn add_kind(&mut self, line: &str, numbers: &HashMap<SmolStr, usize>) {
        let mut words = line.trim_start_matches(':').split(' ');
        let mut word = || words.next().unwrap_or_default();
        let (kind, api_version) = (word(), word());
        let scope = match word() {
            "namespaced" => Some(Scope::Namespaced),
            "cluster" => Some(Scope::Cluster),
            _ => None,
        };
        let node = numbers.get(word()).copied();
        let key = (api_version.into(), kind.into());
        let known = self.kinds.entry(key).or_default();
        // The scope that is known first counts, and the last definition.
        known.scope = known.scope.or(scope);
        known.node = node.or(known.node);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Place, Schema, Scope};

    /// `apiVersion Kind path`, where `[]` are the elements of a list.
    fn at(text: &str) -> Option<Place<'static>> {
        let mut words = text.split(' ');
        let mut word = || words.next().unwrap_or_default();
        let place = Schema::built_in().object(word(), word())?;
        let parts = word().split('/').filter(|part| !part.is_empty());
        parts.into_iter().try_fold(place, |place, part| match part {
            "[]" => place.elements(),
            name => place.field(name),
        })
    }

    #[test]
    fn lists_are_merged_by_their_keys() {
        for (place, keys) in [
            ("v1 Pod spec/containers", "name"),
            ("v1 Pod spec/containers/[]/ports", "containerPort protocol"),
            ("v1 Pod spec/containers/[]/volumeMounts", "mountPath"),
            (
                "v1 Pod spec/topologySpreadConstraints",
                "topologyKey whenUnsatisfiable",
            ),
            ("v1 Pod spec/hostAliases", "ip"),
            ("apps/v1 StatefulSet spec/template/spec/volumes", "name"),
            (
                "batch/v1 CronJob spec/jobTemplate/spec/template/spec/initContainers/[]/env",
                "name",
            ),
            ("v1 Service spec/ports", "port protocol"),
            ("v1 ServiceAccount secrets", "name"),
            ("v1 Secret metadata/finalizers", ""),
            ("v1 Secret metadata/ownerReferences", "uid"),
        ] {
            let found = at(place)
                .and_then(Place::merge_keys)
                .map(|keys| keys.join(" "));
            assert_eq!(found.as_deref(), Some(keys), "{place}");
        }
    }

    #[test]
    fn other_lists_are_replaced() {
        for place in [
            "v1 Pod spec/containers/[]/args",
            "v1 Pod spec/tolerations",
            "v1 Pod spec/containers/[]/envFrom",
            "apps/v1 StatefulSet spec/volumeClaimTemplates",
            "networking.k8s.io/v1 Ingress spec/rules",
            "apps/v1beta1 Deployment spec/template/spec/containers",
            "example.org/v1 Thing metadata/finalizers",
        ] {
            assert!(at(place).and_then(Place::merge_keys).is_none(), "{place}");
        }
    }

    #[test]
    fn kinds_of_unknown_groups_have_no_scope() {
        let scope = |api, kind| Schema::built_in().scope(api, kind);
        assert_eq!(scope("v1", "Node"), Some(Scope::Cluster));
        assert_eq!(scope("apps/v1", "Deployment"), Some(Scope::Namespaced));
        assert_eq!(scope("v1", "Binding"), None);
        assert_eq!(scope("apps/v1beta1", "Deployment"), None);
        assert_eq!(scope("example.org/v1", "Thing"), None);
    }

    #[test]
    fn every_name_of_a_definition_is_defined() {
        let lines = include_str!("schema.txt").lines();
        let lines: Vec<_> = lines.filter(|line| !line.starts_with('#')).collect();
        let defined = lines.iter().filter(|line| !line.starts_with(':'));
        let defined: HashSet<_> = defined.filter_map(|line| line.split(' ').next()).collect();
        let named = lines.iter().flat_map(|line| {
            let of_kind = line
                .starts_with(':')
                .then(|| line.split(' ').nth(3))
                .flatten();
            let of_fields = line
                .split(' ')
                .filter_map(|word| Some(word.split_once('=')?.1));
            of_kind.into_iter().chain(of_fields)
        });
        let missing: Vec<_> = named.filter(|name| !defined.contains(name)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}

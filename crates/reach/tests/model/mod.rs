//! Random roles and bindings, written with and without holes, and a plain evaluator of what they allow without holes.

use std::fmt::Write as _;

/// A small generator of numbers: the same seed gives the same numbers everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let bits = usize::try_from(self.0 >> 33).unwrap_or_default();
        bits % bound
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// A text, and how it is written where it has a hole.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    text: String,
    shown: String,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct List {
    words: Vec<Word>,
    /// How many of the last words only the text without holes has.
    hidden: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// Verbs, API groups, resources, names, paths.
    lists: [List; 5],
}

#[derive(Clone, Debug)]
pub(crate) struct Object {
    kind: &'static str,
    name: Word,
    /// Empty for the cluster.
    namespace: Word,
    /// Whether it exists, where that is not known.
    conditional: Option<bool>,
    labels: Vec<String>,
    aggregates: Option<String>,
    rules: Vec<Rule>,
    role: Option<(&'static str, Word)>,
    subjects: Vec<(&'static str, Word, Option<Word>)>,
}

/// A question: user, groups, verb, group, resource, subresource, name, namespace; or with a path in place of the resource.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) user: &'static str,
    pub(crate) groups: Vec<String>,
    pub(crate) verb: &'static str,
    pub(crate) group: &'static str,
    pub(crate) resource: &'static str,
    pub(crate) sub: &'static str,
    pub(crate) name: &'static str,
    pub(crate) namespace: &'static str,
    pub(crate) path: Option<&'static str>,
}

const VERBS: [&str; 4] = ["get", "list", "*", "*"];
const GROUPS: [&str; 4] = ["", "apps", "*", "*"];
const RESOURCES: [&str; 8] = [
    "*",
    "pods",
    "pods/exec",
    "*/exec",
    "secrets",
    "*",
    "*/*",
    "pods/log",
];
const NAMES: [&str; 2] = ["web", "db"];
const PATHS: [&str; 4] = ["/metrics", "/logs/*", "*", "/logs/a"];
const SPACES: [&str; 2] = ["a", "b"];
const USERS: [&str; 4] = [
    "alice",
    "bob",
    "system:serviceaccount:a:x",
    "system:serviceaccount:b:y",
];
const TEAMS: [&str; 3] = ["dev", "system:authenticated", "system:serviceaccounts:a"];

fn word(random: &mut Random, holes: usize, text: &str) -> Word {
    let mut shown = text.to_owned();
    if random.chance(holes / 2) {
        let other = random.one(&["*", "get", "pods", "c1", "dev", "alice", "/logs/*"]);
        shown = format!("{other}|{text}");
    } else if random.chance(holes) {
        let start = random.below(text.len() + 1);
        let end = start + random.below(text.len() - start + 1);
        shown = format!("{}?{}", &text[..start], &text[end..]);
    }
    Word {
        text: text.into(),
        shown,
    }
}

fn list(random: &mut Random, holes: usize, least: usize, of: &[&str]) -> List {
    let words = (0..least + random.below(2)).map(|_| {
        let text = random.one(of);
        word(random, holes, text)
    });
    let words: Vec<Word> = words.collect();
    let hidden = if random.chance(holes) {
        random.below(words.len() + 1)
    } else {
        0
    };
    List { words, hidden }
}

fn rule(random: &mut Random, holes: usize) -> Rule {
    let is_path = random.chance(20);
    let mut list = |least, of: &[&str], wanted: bool| {
        if wanted {
            list(random, holes, least, of)
        } else {
            List::default()
        }
    };
    Rule {
        lists: [
            list(1, &VERBS, true),
            list(1, &GROUPS, !is_path),
            list(1, &RESOURCES, !is_path),
            list(0, &NAMES, !is_path),
            list(1, &PATHS, is_path),
        ],
    }
}

fn object(random: &mut Random, holes: usize, kind: &'static str, name: &str) -> Object {
    let is_local = !kind.starts_with("Cluster");
    let namespace = if is_local { random.one(&SPACES) } else { "" };
    let is_unset = is_local && random.chance(holes);
    Object {
        kind,
        name: word(random, if kind.ends_with("Role") { holes } else { 0 }, name),
        namespace: Word {
            text: namespace.into(),
            shown: if is_unset {
                "?".into()
            } else {
                namespace.into()
            },
        },
        conditional: random.chance(holes).then(|| random.chance(50)),
        labels: Vec::new(),
        aggregates: None,
        rules: Vec::new(),
        role: None,
        subjects: Vec::new(),
    }
}

/// Most roles have few rules.
fn rules(random: &mut Random) -> usize {
    if random.chance(15) {
        20
    } else {
        1 + random.below(2)
    }
}

/// Objects with holes in about so many percent of the places where one can be.
pub(crate) fn objects(random: &mut Random, holes: usize) -> Vec<Object> {
    let mut objects = Vec::new();
    for index in 0..3 {
        let mut role = object(random, holes, "Role", &format!("r{index}"));
        role.rules = (0..rules(random)).map(|_| rule(random, holes)).collect();
        objects.push(role);
    }
    for index in 0..4 {
        let mut role = object(random, holes, "ClusterRole", &format!("c{index}"));
        role.rules = (0..rules(random)).map(|_| rule(random, holes)).collect();
        // Only later roles are aggregated, so that there is no cycle.
        role.labels = (0..index)
            .filter(|_| random.chance(50))
            .map(|other| format!("to-{other}"))
            .collect();
        role.aggregates = random.chance(25).then(|| format!("to-{index}"));
        objects.push(role);
    }
    for index in 0..6 {
        let kind = if index < 4 {
            "RoleBinding"
        } else {
            "ClusterRoleBinding"
        };
        let mut binding = object(random, holes, kind, &format!("b{index}"));
        binding.role = Some(if random.chance(40) {
            let name = random.one(&["r0", "r1", "r2", "gone"]);
            ("Role", word(random, holes, name))
        } else {
            let name = random.one(&["c0", "c1", "c2", "c3", "gone"]);
            ("ClusterRole", word(random, holes, name))
        });
        binding.subjects = (0..2 + random.below(3))
            .map(|_| subject(random, holes))
            .collect();
        objects.push(binding);
    }
    objects
}

fn subject(random: &mut Random, holes: usize) -> (&'static str, Word, Option<Word>) {
    match random.below(3) {
        0 => {
            let name = random.one(&USERS);
            ("User", word(random, holes, name), None)
        }
        1 => {
            let name = random.one(&TEAMS);
            ("Group", word(random, holes, name), None)
        }
        _ => {
            let (name, space) = (random.one(&["x", "y"]), random.one(&SPACES));
            let is_written = random.chance(70);
            let name = word(random, holes, name);
            (
                "ServiceAccount",
                name,
                is_written.then(|| word(random, holes, space)),
            )
        }
    }
}

pub(crate) fn question(random: &mut Random) -> Question {
    let user = random.one(&USERS);
    let mut groups = vec!["system:authenticated".to_owned()];
    if let Some((space, _)) = account(user) {
        groups.push("system:serviceaccounts".into());
        groups.push(format!("system:serviceaccounts:{space}"));
    }
    if random.chance(30) {
        groups.push("dev".into());
    }
    Question {
        user,
        groups,
        verb: random.one(&["get", "list"]),
        group: random.one(&["", "apps"]),
        resource: random.one(&["pods", "secrets"]),
        sub: random.one(&["", "", "exec", "log"]),
        name: random.one(&["", "web", "db"]),
        namespace: random.one(&["", "a", "a", "b", "c"]),
        path: random
            .chance(20)
            .then(|| random.one(&["/metrics", "/logs/a", "/logs/b", "/logs", "/"])),
    }
}

fn account(user: &str) -> Option<(&str, &str)> {
    user.strip_prefix("system:serviceaccount:")?.split_once(':')
}

/// The objects as manifests.
pub(crate) fn manifests(objects: &[Object], with_holes: bool) -> String {
    let mut text = String::new();
    for object in objects {
        if with_holes || object.conditional != Some(false) {
            object.write(&mut text, with_holes);
        }
    }
    text
}

impl Word {
    fn show(&self, with_holes: bool) -> String {
        let text = if with_holes { &self.shown } else { &self.text };
        format!("{text:?}")
    }
}

impl List {
    fn show(&self, with_holes: bool) -> String {
        let mut words: Vec<String> = self
            .words
            .iter()
            .map(|word| word.show(with_holes))
            .collect();
        if with_holes && self.hidden > 0 {
            words.truncate(self.words.len() - self.hidden);
            words.push("'...'".into());
        }
        words.join(", ")
    }

    fn has(&self, text: &str) -> bool {
        self.words.iter().any(|word| word.text == text)
    }
}

impl Rule {
    fn show(&self, with_holes: bool) -> String {
        let [verbs, groups, resources, names, paths] =
            self.lists.each_ref().map(|list| list.show(with_holes));
        format!(
            "{{verbs: [{verbs}], apiGroups: [{groups}], resources: [{resources}], resourceNames: [{names}], nonResourceURLs: [{paths}]}}"
        )
    }

    fn allows(&self, asked: &Question) -> bool {
        let [verbs, groups, resources, names, paths] = &self.lists;
        if !verbs.has("*") && !verbs.has(asked.verb) {
            return false;
        }
        if let Some(path) = asked.path {
            let covers = |word: &Word| {
                let start = word.text.strip_suffix('*');
                word.text == path || start.is_some_and(|start| path.starts_with(start))
            };
            return paths.words.iter().any(covers);
        }
        let resource = match asked.sub {
            "" => resources.has(asked.resource),
            sub => {
                resources.has(&format!("{}/{sub}", asked.resource))
                    || resources.has(&format!("*/{sub}"))
            }
        };
        (groups.has("*") || groups.has(asked.group))
            && (resources.has("*") || resource)
            && (names.words.is_empty() || names.has(asked.name))
    }
}

impl Object {
    fn write(&self, text: &mut String, with_holes: bool) {
        let version = "rbac.authorization.k8s.io/v1";
        let _ = write!(
            text,
            "---\napiVersion: {version}\nkind: {}\nmetadata:\n  name: {}\n",
            self.kind,
            self.name.show(with_holes)
        );
        if !self.namespace.text.is_empty() {
            let _ = writeln!(text, "  namespace: {}", self.namespace.show(with_holes));
        }
        if with_holes && self.conditional.is_some() {
            text.push_str("  annotations: {conditional: 'yes'}\n");
        }
        let labels: Vec<String> = self
            .labels
            .iter()
            .map(|label| format!("{label}: 'true'"))
            .collect();
        let _ = writeln!(text, "  labels: {{{}}}", labels.join(", "));
        if let Some(label) = &self.aggregates {
            let _ = writeln!(
                text,
                "aggregationRule: {{clusterRoleSelectors: [{{matchLabels: {{{label}: 'true'}}}}]}}"
            );
        }
        match &self.role {
            None => {
                let rules: Vec<String> = self
                    .rules
                    .iter()
                    .map(|rule| rule.show(with_holes))
                    .collect();
                let _ = writeln!(text, "rules: [{}]", rules.join(", "));
            }
            Some((kind, name)) => {
                let _ = writeln!(
                    text,
                    "roleRef: {{kind: {kind}, name: {}}}",
                    name.show(with_holes)
                );
                let subjects: Vec<String> = self
                    .subjects
                    .iter()
                    .map(|subject| show(subject, with_holes))
                    .collect();
                let _ = writeln!(text, "subjects: [{}]", subjects.join(", "));
            }
        }
    }

    fn means(&self, (kind, name, space): &(&str, Word, Option<Word>), asked: &Question) -> bool {
        match *kind {
            "User" => name.text == asked.user,
            "Group" => asked.groups.contains(&name.text),
            _ => {
                let space = space.as_ref().unwrap_or(&self.namespace);
                account(asked.user) == Some((&space.text, &name.text)) && !space.text.is_empty()
            }
        }
    }
}

fn show((kind, name, space): &(&str, Word, Option<Word>), with_holes: bool) -> String {
    let space = space
        .as_ref()
        .map(|space| format!(", namespace: {}", space.show(with_holes)));
    format!(
        "{{kind: {kind}, name: {}{}}}",
        name.show(with_holes),
        space.unwrap_or_default()
    )
}

/// Whether the objects without holes allow what is asked, by looking at each of them.
pub(crate) fn allows(objects: &[Object], asked: &Question) -> bool {
    let there: Vec<&Object> = objects
        .iter()
        .filter(|object| object.conditional != Some(false))
        .collect();
    let namespace = if asked.path.is_some() {
        ""
    } else {
        asked.namespace
    };
    there.iter().any(|binding| {
        let Some((kind, name)) = &binding.role else {
            return false;
        };
        let applies = binding.kind == "ClusterRoleBinding" || binding.namespace.text == namespace;
        applies
            && binding
                .subjects
                .iter()
                .any(|subject| binding.means(subject, asked))
            && there.iter().any(|role| {
                let is_local = *kind == "Role" && role.namespace.text != binding.namespace.text;
                role.kind == *kind
                    && role.name.text == name.text
                    && !is_local
                    && has(&there, role, asked)
            })
    })
}

/// Whether a role allows it, or one that it aggregates.
fn has(there: &[&Object], role: &Object, asked: &Question) -> bool {
    held(there, role).iter().any(|rule| rule.allows(asked))
}

/// The rules that a role has: those of the roles that it aggregates, or its own where these have none.
fn held<'a>(there: &[&'a Object], role: &'a Object) -> Vec<&'a Rule> {
    let aggregated = role.aggregates.iter().flat_map(|label| {
        let others = there.iter().filter(|other| other.labels.contains(label));
        others.flat_map(|other| held(there, other))
    });
    let aggregated: Vec<&Rule> = aggregated.collect();
    match aggregated.is_empty() {
        true => role.rules.iter().collect(),
        false => aggregated,
    }
}

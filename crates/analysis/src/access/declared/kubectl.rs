//! What a command of kubectl asks of the API server.

use std::collections::BTreeSet;

use graph::{Namespace, SmolStr};
use reach::{Action, Named, Resources};

use super::requests::{Objects, Request, Row, Use, row};
use super::script::Word;

/// Flags behind which a value stands, where no `=` is in them.
const WITH_VALUE: &str = "
-o --output -c --container -p --patch --type --timeout --for --field-selector --tail --since
--since-time --replicas --image --overrides --sort-by --template --grace-period --to-revision --from-literal --from-file
--request-timeout --max --min --cpu-percent --port --target-port --from --duration --audience --schedule --restart --labels
-L --label-columns --chunk-size --limit-bytes --cascade --field-manager -v --pod-running-timeout --name --env --revision
--bound-object-kind --bound-object-name --clusterrole --role --serviceaccount --user --group --verb --resource
";

/// Flags without a value.
const WITHOUT_VALUE: &str = "
--force --wait --overwrite --ignore-not-found --no-headers --follow --previous
-i --stdin -t --tty -it -ti -q --quiet --show-labels --recursive -R --ignore-daemonsets --delete-emptydir-data --rm --list --now
--all-containers --timestamps --prefix --show-managed-fields --output-watch-events --client --short --server-print --dry-run
--disable-eviction --save-config --attach
";

/// Flags by which somebody else asks, or elsewhere.
const ELSEWHERE: [&str; 9] = [
    "--as",
    "--as-group",
    "--kubeconfig",
    "--context",
    "--server",
    "-s",
    "--token",
    "--user",
    "--cluster",
];

/// What commands are read with.
pub(super) struct Kubectl<'a> {
    pub(super) resources: &'a Resources,
    /// The namespace of the pod, in which kubectl asks where nothing else is said.
    pub(super) namespace: &'a Namespace,
}

/// A command line in parts.
#[derive(Default)]
struct Line {
    /// The words that are no flags, up to `--`.
    words: Vec<Word>,
    namespace: Option<Namespace>,
    is_watched: bool,
    /// Whether objects are chosen by labels, or all are meant.
    is_many: bool,
    /// Whether objects are read from files.
    has_files: bool,
    /// The object that something is made from.
    from: Option<Word>,
}

/// An object, or all of a kind where there is no name. A name that is computed is empty: it may be any.
struct Object {
    named: Named,
    name: Option<SmolStr>,
}

impl Kubectl<'_> {
    /// What the arguments make kubectl ask.
    ///
    /// # Errors
    /// When that can't be known.
    pub(super) fn needs(&self, arguments: &[Word]) -> Result<BTreeSet<Action>, String> {
        let line = Line::read(arguments)?;
        let first = match line.words.first() {
            Some(Word::Known(first)) => first,
            Some(Word::Unknown) => {
                return Err("what `kubectl` asks with a verb that is computed".to_owned());
            }
            None => return Ok(BTreeSet::new()),
        };
        if line.has_files {
            return Err(format!("what `kubectl {first}` asks about what files hold"));
        }
        let unknown = || format!("what `kubectl {first}` asks");
        let (row, rest) = rows(first, &line.words[1..]).ok_or_else(unknown)?;
        let mut actions = BTreeSet::new();
        for object in self
            .objects(row.objects, rest)
            .map_err(|why| format!("{}{why}", unknown()))?
        {
            let used = Use {
                is_named: object.name.is_some() && !line.is_many,
                is_watched: line.is_watched,
            };
            for request in row.requests.iter().filter(|request| request.counts(used)) {
                actions.extend(self.actions(request, &object, &line).ok_or_else(unknown)?);
            }
        }
        if let Some(from) = &line.from {
            let (get, _) = rows("get", &[]).ok_or_else(unknown)?;
            let objects = self.objects(get.objects, std::slice::from_ref(from));
            for object in objects.map_err(|why| format!("{}{why}", unknown()))? {
                actions.extend(
                    self.actions(&get.requests[0], &object, &line)
                        .ok_or_else(unknown)?,
                );
            }
        }
        Ok(actions)
    }

    fn objects(&self, objects: Objects, words: &[Word]) -> Result<Vec<Object>, String> {
        let computed = || " of objects that are computed".to_owned();
        let no_kind = |word: &str| format!(" of {word}, which nobody defines");
        let kind = match objects {
            Objects::None => {
                let named = self.resources.named("pods").ok_or_else(computed)?;
                return Ok(vec![Object { named, name: None }]);
            }
            Objects::Of(kind) => {
                let named = self.resources.named(kind).ok_or_else(computed)?;
                let first = words.first().map(name);
                return Ok(vec![Object { named, name: first }]);
            }
            Objects::Written => words.first().and_then(Word::known).ok_or_else(computed)?,
        };
        if kind.contains('/') {
            let typed = words.iter().take_while(|word| !is_setting(word));
            let typed = typed.map(|word| {
                let (kind, name) = word
                    .known()
                    .and_then(|word| word.split_once('/'))
                    .ok_or_else(computed)?;
                let named = self.resources.named(kind).ok_or_else(|| no_kind(kind))?;
                Ok(Object {
                    named,
                    name: Some(name.into()),
                })
            });
            return typed.collect();
        }
        let mut found = Vec::new();
        for kind in kind.split(',') {
            let named = self.resources.named(kind).ok_or_else(|| no_kind(kind))?;
            let names = words[1..].iter().take_while(|word| !is_setting(word));
            let names: Vec<Option<SmolStr>> = names.map(|word| Some(name(word))).collect();
            let names = if names.is_empty() { vec![None] } else { names };
            found.extend(names.into_iter().map(|name| Object {
                named: named.clone(),
                name,
            }));
        }
        Ok(found)
    }

    /// A request about an object, once for each verb.
    fn actions(&self, request: &Request, object: &Object, line: &Line) -> Option<Vec<Action>> {
        let (own, subresource) = match request.resource.strip_prefix('=') {
            Some(rest) => (true, rest.trim_start_matches('/')),
            None => (false, ""),
        };
        let other = match own {
            true => None,
            false => Some(self.resources.named(request.resource)?),
        };
        let named = other.as_ref().unwrap_or(&object.named);
        let subresource = if own { subresource } else { &named.subresource };
        let name = object
            .name
            .clone()
            .filter(|_| own && !line.is_many)
            .unwrap_or_default();
        let namespace = match named.resource.is_namespaced && !request.is_everywhere {
            true => line.namespace.as_ref().unwrap_or(self.namespace).clone(),
            false => Namespace::Cluster,
        };
        let actions = request.verbs.iter().map(|verb| Action::Resource {
            verb: (*verb).into(),
            group: named.resource.group.clone(),
            resource: named.resource.plural.clone(),
            subresource: subresource.into(),
            // What is created has its name in the body of the request.
            name: match (*verb, subresource) {
                ("create", "") => SmolStr::default(),
                _ => name.clone(),
            },
            namespace: namespace.clone(),
        });
        Some(actions.collect())
    }
}

/// The row of a command, and the words that are none of it.
fn rows<'w>(first: &str, rest: &'w [Word]) -> Option<(&'static Row, &'w [Word])> {
    let second = rest.first().and_then(Word::known).unwrap_or_default();
    if let Some(row) = row(&format!("{first} {second}")) {
        return Some((row, &rest[1..]));
    }
    let kind = second.split_once('/').map(|(kind, _)| kind);
    let of_other = kind.filter(|kind| !["pod", "pods", "po"].contains(kind));
    let of_other = of_other.and_then(|_| row(&format!("{first}/")));
    Some((of_other.or_else(|| row(first))?, rest))
}

/// The name of an object, with its kind before it or not.
fn name(word: &Word) -> SmolStr {
    let text = word.known().unwrap_or_default();
    text.split_once('/').map_or(text, |(_, name)| name).into()
}

/// Whether a word sets or removes a label or something like that, and names no object.
fn is_setting(word: &Word) -> bool {
    word.known()
        .is_some_and(|word| word.contains('=') || word.ends_with('-'))
}

impl Line {
    fn read(arguments: &[Word]) -> Result<Self, String> {
        let mut line = Self::default();
        let mut rest = arguments.iter();
        while let Some(word) = rest.next() {
            let Some(text) = word.known() else {
                line.words.push(Word::Unknown);
                continue;
            };
            if text == "--" {
                break;
            }
            if !text.starts_with('-') || text == "-" {
                line.words.push(word.clone());
                continue;
            }
            let (flag, value) = match text.split_once('=') {
                Some((flag, value)) => (flag, Some(Word::Known(value.into()))),
                None => (text, None),
            };
            let takes = |table: &str| table.split_whitespace().any(|one| one == flag);
            let mut value = || {
                value
                    .clone()
                    .or_else(|| rest.next().cloned())
                    .unwrap_or(Word::Unknown)
            };
            match flag {
                _ if ELSEWHERE.contains(&flag) => {
                    return Err(format!("what `kubectl {flag}` asks"));
                }
                "-f" | "--filename" | "-k" | "--kustomize" => {
                    line.has_files = true;
                    value();
                }
                "-n" | "--namespace" => line.namespace = Some(super::named(&value())?),
                "--from" => line.from = Some(value()),
                "-A" | "--all-namespaces" => line.namespace = Some(Namespace::Cluster),
                "-w" | "--watch" | "--watch-only" => line.is_watched = true,
                "--all" => line.is_many = true,
                "-l" | "--selector" => {
                    line.is_many = true;
                    value();
                }
                _ if takes(WITH_VALUE) => {
                    value();
                }
                // What stands behind another flag may be its value, or what is asked about.
                _ if takes(WITHOUT_VALUE) || text.contains('=') => {}
                _ => return Err(format!("what `kubectl {flag}` asks")),
            }
        }
        Ok(line)
    }
}

#[cfg(test)]
mod tests {
    use graph::Graph;

    use super::super::script;
    use super::*;

    fn told(command: &str) -> String {
        let commands = script::commands(command).expect("test data is well-formed");
        let namespace = Namespace::Named("shop".into());
        let resources = Resources::of(&Graph::default());
        let kubectl = Kubectl {
            resources: &resources,
            namespace: &namespace,
        };
        let told = |action: &Action| match action {
            Action::Resource {
                namespace: Namespace::Named(place),
                ..
            } if place != "shop" => {
                format!("{action} in {place}")
            }
            Action::Resource {
                namespace: Namespace::Cluster,
                ..
            } => format!("{action} *"),
            action => action.to_string(),
        };
        match kubectl.needs(&commands[0][1..]) {
            Ok(actions) => actions.iter().map(told).collect::<Vec<_>>().join(", "),
            Err(why) => format!("unknown: {why}"),
        }
    }

    #[test]
    fn commands_ask_what_they_need() {
        for (command, expected) in [
            ("get pods", "list pods"),
            ("get pods -A", "list pods *"),
            ("get po web -o jsonpath={.status}", "get pods web"),
            ("get po -l app=web -w", "list pods, watch pods"),
            (
                "get deploy/a svc/b",
                "get services b, get deployments.apps a",
            ),
            (
                "-n ops get cm,secret x",
                "get configmaps x in ops, get secrets x in ops",
            ),
            ("get node $N", "get nodes *"),
            ("delete job old", "delete jobs.batch old"),
            ("delete pod --all", "delete pods, list pods"),
            ("delete pod $P", "delete pods"),
            ("label ns a x=y", "get namespaces a *, patch namespaces a *"),
            (
                "scale deploy/web --replicas 3",
                "get deployments.apps web, patch deployments/scale.apps web",
            ),
            (
                "rollout restart deployment web",
                "get deployments.apps web, patch deployments.apps web",
            ),
            (
                "rollout status deploy/web --timeout=5m",
                "get deployments.apps web, list deployments.apps web, watch deployments.apps web",
            ),
            ("exec web -- ls -n /", "create pods/exec web, get pods web"),
            (
                "exec deploy/web -- ls",
                "create pods/exec, get pods, get deployments.apps web, list pods",
            ),
            ("logs web --tail 5", "get pods web, get pods/log web"),
            (
                "create job x --from=cronjob/backup",
                "create jobs.batch, get cronjobs.batch backup",
            ),
            ("create token api", "create serviceaccounts/token api"),
            (
                "create secret generic x --from-literal=a=b",
                "create secrets",
            ),
            (
                "drain n1 --ignore-daemonsets",
                "create pods/eviction *, get nodes n1 *, get pods *, get daemonsets.apps *, list pods *, patch nodes n1 *",
            ),
            ("version", ""),
            (
                "apply -f x.yaml",
                "unknown: what `kubectl apply` asks about what files hold",
            ),
            ("describe pod web", "unknown: what `kubectl describe` asks"),
            (
                "get things",
                "unknown: what `kubectl get` asks of things, which nobody defines",
            ),
            (
                "get pods -n $N",
                "unknown: what `kubectl` asks in a namespace that is computed",
            ),
            ("get pods --as jane", "unknown: what `kubectl --as` asks"),
            ("get pods --odd x", "unknown: what `kubectl --odd` asks"),
            (
                "$VERB pods",
                "unknown: what `kubectl` asks with a verb that is computed",
            ),
        ] {
            assert_eq!(told(&format!("kubectl {command}")), expected, "{command}");
        }
    }
}

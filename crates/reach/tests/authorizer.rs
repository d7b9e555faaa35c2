//! The answers are those of Kubernetes' own RBAC authorizer, recorded by `authorizer/record/`. `SCANTLING_AUTHORIZER_ANSWERS`
//! names a file with others, of any size.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads its own data and no scanned input"
)]
#![expect(clippy::print_stdout, reason = "it tells how much was asked")]

mod support;

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use graph::Namespace;
use kubernetes::Version;
use reach::{Access, Action, Asker, Groups, Options, Subject, Verdict};

/// A set of roles and bindings with questions about them.
#[derive(Default)]
struct Set {
    options: Options,
    objects: String,
    questions: Vec<String>,
}

impl Set {
    fn new(line: &str) -> Self {
        let built_in = line.ends_with("built-in").then_some(Version { minor: 37 });
        Self {
            options: Options {
                environment: None,
                built_in,
                ..Options::default()
            },
            ..Self::default()
        }
    }

    fn add(&mut self, line: &str) {
        match line.strip_prefix('{') {
            Some(rest) => {
                let version = "\"apiVersion\":\"rbac.authorization.k8s.io/v1\"";
                self.objects += &format!("---\n{{{version},{rest}\n");
            }
            None => self.questions.push(line.to_owned()),
        }
    }

    /// How many questions have a yes, and those that are answered otherwise than by Kubernetes.
    fn ask(&self) -> (usize, Vec<&str>) {
        let access = Access::of(&support::graph(&self.objects), &self.options);
        let mut allowed = 0;
        let mut wrong = Vec::new();
        for question in &self.questions {
            let (asker, action, answer) = read(question);
            allowed += usize::from(answer == Verdict::Yes);
            let found = access.may(&asker, &action);
            let is_held = access.who_can(&action).iter().any(|holder| {
                holder.answer.verdict == Verdict::Yes && is_among(holder.subject.as_ref(), &asker)
            });
            if found.verdict != answer || is_held != (answer == Verdict::Yes) {
                wrong.push(question.as_str());
            }
        }
        (allowed, wrong)
    }
}

/// Whether someone is the subject, or in that group.
fn is_among(subject: Option<&Subject>, asker: &Asker) -> bool {
    let (Subject::User(user), Groups::All(groups)) = (&asker.subject, &asker.groups) else {
        return false;
    };
    let account = user
        .strip_prefix("system:serviceaccount:")
        .and_then(|rest| rest.split_once(':'));
    match subject {
        Some(Subject::User(name)) => name == user,
        Some(Subject::Account { namespace, name }) => account.is_some_and(|account| {
            (namespace.name(), name.as_str()) == (Some(account.0), account.1)
        }),
        Some(Subject::Group(group)) => {
            groups.contains(group)
                || match (group.as_str(), account) {
                    ("system:unauthenticated", _) => user == "system:anonymous",
                    ("system:authenticated", _) => user != "system:anonymous",
                    ("system:serviceaccounts", account) => account.is_some(),
                    (group, Some((namespace, _))) => {
                        group == format!("system:serviceaccounts:{namespace}")
                    }
                    _ => false,
                }
        }
        None => false,
    }
}

fn read(question: &str) -> (Asker, Action, Verdict) {
    let fields: Vec<&str> = question.split('\t').collect();
    let groups = fields[1].split(',').filter(|group| !group.is_empty());
    let asker = Asker {
        subject: Subject::User(fields[0].into()),
        groups: Groups::All(groups.map(Into::into).collect()),
    };
    let action = match fields[2..fields.len() - 1] {
        [verb, path] => Action::Path {
            verb: verb.into(),
            path: path.into(),
        },
        [verb, group, resource, subresource, name, namespace] => Action::Resource {
            verb: verb.into(),
            group: group.into(),
            resource: resource.into(),
            subresource: subresource.into(),
            name: name.into(),
            namespace: if namespace.is_empty() {
                Namespace::Cluster
            } else {
                Namespace::Named(namespace.into())
            },
        },
        _ => panic!("a question has other fields: {question}"),
    };
    let answer = match fields[fields.len() - 1] {
        "+" => Verdict::Yes,
        _ => Verdict::No,
    };
    (asker, action, answer)
}

/// All sets of a file, one after the other.
fn each(path: &Path, mut visit: impl FnMut(Set)) {
    let file = File::open(path).expect("the answers are there");
    let mut set: Option<Set> = None;
    for line in BufReader::new(file).lines() {
        let line = line.expect("the answers are text");
        if line.starts_with("set") {
            set.replace(Set::new(&line))
                .into_iter()
                .for_each(&mut visit);
        } else if let Some(set) = &mut set {
            set.add(&line);
        }
    }
    set.into_iter().for_each(visit);
}

#[test]
fn answers_are_those_of_kubernetes() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/authorizer/answers.txt");
    let path = std::env::var_os("SCANTLING_AUTHORIZER_ANSWERS").map_or(own, Into::into);
    let (mut asked, mut allowed, mut wrong) = (0, 0, Vec::new());
    each(&path, |set| {
        let (yes, differing) = set.ask();
        asked += set.questions.len();
        allowed += yes;
        wrong.extend(differing.into_iter().map(str::to_owned));
    });
    assert!(
        wrong.is_empty(),
        "{} of {asked} differ, such as {:?}",
        wrong.len(),
        &wrong[..wrong.len().min(10)]
    );
    println!("{asked} questions, {allowed} of them with a yes, are answered alike");
    assert!(
        asked >= 1_000 && allowed * 10 >= asked * 3,
        "{allowed} of {asked} are allowed"
    );
}

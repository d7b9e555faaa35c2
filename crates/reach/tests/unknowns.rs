//! What is answered with yes or no stays so however holes are filled, and without holes a plain evaluator answers the same.

mod model;
mod support;

use graph::Namespace;
use model::{Question, Random};
use proptest::prelude::{ProptestConfig, any, proptest};
use reach::{Access, Action, Asker, Groups, Options, Rule, Subject, Verdict};

fn options() -> Options {
    Options {
        environment: None,
        built_in: None,
        ..Options::default()
    }
}

fn access(objects: &[model::Object], with_holes: bool) -> Access {
    let text = model::manifests(objects, with_holes);
    Access::of(&support::graph(&text), &options())
}

fn asker(asked: &Question) -> Asker {
    Asker {
        subject: Subject::User(asked.user.into()),
        groups: Groups::All(asked.groups.iter().map(Into::into).collect()),
    }
}

fn scope(asked: &Question) -> Namespace {
    match asked.namespace {
        "" => Namespace::Cluster,
        name => Namespace::Named(name.into()),
    }
}

fn action(asked: &Question) -> Action {
    match asked.path {
        Some(path) => Action::Path {
            verb: asked.verb.into(),
            path: path.into(),
        },
        None => Action::Resource {
            verb: asked.verb.into(),
            group: asked.group.into(),
            resource: asked.resource.into(),
            subresource: asked.sub.into(),
            name: asked.name.into(),
            namespace: scope(asked),
        },
    }
}

/// Whether the roles that someone has allow it, by their rules as they are told.
fn allowed_by_rules(access: &Access, asked: &Question) -> bool {
    access.can(&asker(asked)).iter().any(|holding| {
        let applies = holding.scope == Namespace::Cluster
            || asked.path.is_none() && holding.scope == scope(asked);
        let role = holding.role.filter(|_| applies);
        role.is_some_and(|role| {
            access
                .rules(role, &holding.scope)
                .any(|rule| allows(&rule, asked))
        })
    })
}

fn allows(rule: &Rule, asked: &Question) -> bool {
    let has = |list: &[graph::SmolStr], text: &str| {
        list.iter().any(|element| element == text || element == "*")
    };
    let object = match asked.path {
        Some(path) => rule
            .paths
            .iter()
            .any(|covered| match covered.strip_suffix('*') {
                Some(start) => path.starts_with(start),
                None => covered == path,
            }),
        None => {
            let whole = match asked.sub {
                "" => asked.resource.to_owned(),
                sub => format!("{}/{sub}", asked.resource),
            };
            let is_sub = !asked.sub.is_empty() && has(&rule.resources, &format!("*/{}", asked.sub));
            has(&rule.groups, asked.group)
                && (has(&rule.resources, &whole) || is_sub)
                && (rule.names.is_empty() || rule.names.iter().any(|name| name == asked.name))
        }
    };
    has(&rule.verbs, asked.verb) && object
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn answers_hold_however_holes_are_filled(seed in any::<u64>(), holes in 0..12_usize) {
        let mut random = Random(seed);
        let objects = model::objects(&mut random, holes);
        let (open, filled) = (access(&objects, true), access(&objects, false));
        for _ in 0..25 {
            let asked = model::question(&mut random);
            let expected = if model::allows(&objects, &asked) { Verdict::Yes } else { Verdict::No };
            let (asker, action) = (asker(&asked), action(&asked));
            let found = filled.may(&asker, &action);
            assert_eq!(found.verdict, expected, "{asked:?}\n{}", model::manifests(&objects, false));
            assert_eq!(allowed_by_rules(&filled, &asked), expected == Verdict::Yes, "{asked:?}");
            let answer = open.may(&asker, &action);
            assert!(
                answer.verdict == Verdict::Unknown || answer.verdict == expected,
                "{asked:?} gives {answer:?}, and filled {expected:?}\n{}",
                model::manifests(&objects, true)
            );
            assert_eq!(answer.verdict == Verdict::Unknown, !answer.causes.is_empty());
            let may_anyone = open.who_can(&action).len() > 1;
            assert!(answer.verdict == Verdict::No || may_anyone, "nobody can, but {asked:?} is {answer:?}");
        }
    }
}

#[test]
fn enough_answers_are_yes_and_few_are_unknown() {
    let mut random = Random(7);
    let mut counts = [0; 3];
    for _ in 0..200 {
        let objects = model::objects(&mut random, 3);
        let access = access(&objects, true);
        for _ in 0..25 {
            let asked = model::question(&mut random);
            let verdict = access.may(&asker(&asked), &action(&asked)).verdict;
            counts[usize::from(verdict != Verdict::No) + usize::from(verdict == Verdict::Yes)] += 1;
        }
    }
    let [no, unknown, yes] = counts;
    assert!(yes >= 500 && unknown >= 400 && no >= 500, "{counts:?}");
}

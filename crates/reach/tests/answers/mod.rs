//! Questions to clusters, with their answers.

use expect_test::Expect;
use reach::network::{Answer, Options};

use crate::asked::World;

/// Shows each answer: the verdict, `partly` where it is another for some, the rules that decide, and why it is not known.
#[track_caller]
pub(crate) fn check(world: &str, questions: &str, expected: &Expect) {
    check_with(&Options::default(), world, questions, expected);
}

#[track_caller]
pub(crate) fn check_with(options: &Options, world: &str, questions: &str, expected: &Expect) {
    let world = World::new(world, options);
    let mut shown = String::new();
    for question in questions
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let answer = world.ask(question);
        shown += &format!("{question}: {}\n", show(&world, &answer));
    }
    expected.assert_eq(&shown);
}

fn show(world: &World, answer: &Answer) -> String {
    let mut text = format!("{:?}", answer.verdict).to_lowercase();
    if answer.is_partial {
        text += " partly";
    }
    for reason in &answer.reasons {
        let policy = world.graph.resource(reason.policy);
        let rule = reason.rule.map_or(String::new(), |rule| {
            let path = policy.path(rule).to_string();
            format!(" {}", path.trim_start_matches("spec."))
        });
        let maybe = reason.unknown.as_ref().map_or("", |_| "?");
        let action = format!("{:?}", reason.action).to_lowercase();
        text += &format!(", {}{rule} {action}{maybe}", policy.name);
    }
    for cause in &answer.causes {
        text += &format!("; {}", cause.cause.text());
    }
    text
}

const SHOP: &str = "
    namespace shop {team: shop}
    namespace ops {team: ops}
    pod shop/web {app: web}
    pod shop/db {app: db}
    pod ops/job {app: job}
";

/// Two namespaces with three pods, and some policies.
pub(crate) fn shop(policies: &str) -> String {
    format!("{SHOP}{policies}")
}

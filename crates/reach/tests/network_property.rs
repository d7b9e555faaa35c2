//! An evaluator that looks at one pod, one policy and one port at a time answers the same, and what is answered with yes or no
//! stays so however holes are filled.

mod asked;
mod plain;
mod support;
mod worlds;

use asked::World;
use plain::{Asked, Random, World as Plain};
use proptest::prelude::{ProptestConfig, any, proptest};
use reach::network::{Block, Options, Verdict};

fn options() -> Options {
    Options {
        blocks_mean_pods: Some(false),
        pod_networks: vec![Block::read("10.0.0.0/8").expect("test data is well-formed")],
        nodes: Some(Vec::new()),
        ..Options::default()
    }
}

/// Pairs of classes have the ports that are found for each pair by itself.
fn pairs_are_the_same(world: &World) {
    let mut count = 0;
    world.network.pairs(|pair| {
        count += 1;
        let found = world.network.connections(pair.from, pair.to);
        assert_eq!(*pair.connections, found, "{:?} to {:?}", pair.from, pair.to);
    });
    assert_eq!(count, world.network.classes().count().pow(2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn classes_answer_as_a_plain_evaluator(seed in any::<u64>(), holes in 0..8_usize) {
        let mut random = Random(seed);
        let plain = Plain::random(&mut random, holes);
        let filled = World::new(&plain.text(false), &options());
        let open = World::new(&plain.text(true), &options());
        pairs_are_the_same(&filled);
        pairs_are_the_same(&open);
        for _ in 0..60 {
            let asked = Asked::random(&mut random, &plain);
            let question = asked.text(&plain);
            let expected = if plain.allows(&asked) { Verdict::Allowed } else { Verdict::Denied };
            let found = filled.ask(&question).verdict;
            // A node always reaches its own pods.
            let is_near = expected == Verdict::Denied && plain.is_on_node(&asked);
            let expected = if is_near { Verdict::Unknown } else { expected };
            assert_eq!(found, expected, "{question}\n{}", plain.text(false));
            let answer = open.ask(&question);
            assert!(
                answer.verdict == Verdict::Unknown || answer.verdict == expected,
                "{question} is {answer:?}, and filled {expected:?}\n{}",
                plain.text(true)
            );
            assert_eq!(answer.verdict == Verdict::Unknown, !answer.causes.is_empty(), "{question}: {answer:?}\n{}", plain.text(true));
        }
    }
}

#[test]
fn both_verdicts_are_frequent() {
    let mut allowed = 0;
    for seed in 0..40 {
        let mut random = Random(seed);
        let plain = Plain::random(&mut random, 0);
        let asked = (0..50).map(|_| Asked::random(&mut random, &plain));
        let asked: Vec<Asked> = asked.collect();
        allowed += asked.iter().filter(|asked| plain.allows(asked)).count();
    }
    assert!((400..1_700).contains(&allowed), "{allowed} of 2000");
}

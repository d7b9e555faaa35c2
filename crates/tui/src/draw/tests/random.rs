//! Whatever is pressed, and however large the screen is, something is drawn.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};

use crate::message::Message;
use crate::state::tests::{Driver, SHOP, any_key};
use crate::text::width;

/// What happens at once: a key, another size, or a click.
#[derive(Clone, Debug)]
enum Happening {
    Key(usize),
    Size(u16, u16),
    Click(u16, u16),
    Scan,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        20 => any::<usize>().prop_map(Happening::Key),
        2 => (1..=300_u16, 1..=100_u16).prop_map(|(columns, lines)| Happening::Size(columns, lines)),
        1 => (0..300_u16, 0..100_u16).prop_map(|(column, line)| Happening::Click(column, line)),
        1 => Just(Happening::Scan),
    ]
}

/// Lets all happen, and draws after each.
fn play(driver: &mut Driver, all: &[Happening]) {
    for one in all {
        match one {
            Happening::Key(number) => driver.send(Message::Pressed(any_key(*number))),
            Happening::Size(columns, lines) => driver.send(Message::Resized(*columns, *lines)),
            Happening::Click(column, line) => driver.send(Message::Clicked(*column, *line)),
            Happening::Scan => driver.scan(),
        }
        driver.effects.clear();
        let (columns, lines) = driver.state.size;
        let screen = driver.screen();
        assert_eq!(screen.split('\n').count(), usize::from(lines.max(1)));
        assert!(
            screen
                .lines()
                .all(|line| width(line) <= usize::from(columns) * 2)
        );
    }
}

#[test]
fn random_keys_and_sizes_do_no_harm() {
    let config = Config {
        cases: 12,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let all = prop::collection::vec(happening(), 1..60);
    let played = runner.run(&all, |all| {
        let mut driver = Driver::new(&[("shop.yaml", SHOP)], (80, 24));
        play(&mut driver, &all);
        Ok(())
    });
    played.expect("whatever happens can be drawn");
}

/// How long the long test runs.
const LONG: Duration = Duration::from_secs(600);

#[test]
#[ignore = "it runs for ten minutes"]
fn random_keys_and_sizes_do_no_harm_for_ten_minutes() {
    let start = Instant::now();
    let mut runner = TestRunner::new(Config::default());
    let all = prop::collection::vec(happening(), 500);
    while start.elapsed() < LONG {
        let mut driver = Driver::new(&[("shop.yaml", SHOP)], (80, 24));
        let tree = all.new_tree(&mut runner).expect("numbers can be made");
        play(&mut driver, &tree.current());
    }
}

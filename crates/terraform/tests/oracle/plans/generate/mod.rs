//! Whole configurations: variables with values from several files, locals, repeated resources, nested and repeated
//! modules, and values that only the provider knows.

mod expression;
mod module;
mod random;

use std::collections::BTreeMap;

use expression::Entry;
use module::Module;
use random::Random;

/// How many there are.
const COUNT: u64 = 100;

/// The files of a configuration by their paths.
pub(crate) type Files = BTreeMap<String, String>;

/// All generated configurations by their names.
pub(crate) fn configurations() -> BTreeMap<String, Files> {
    let named = |seed| (format!("generated-{seed:02}"), configuration(seed));
    (1..=COUNT).map(named).collect()
}

fn configuration(seed: u64) -> Files {
    let mut random = Random(seed.wrapping_mul(0x5851_f42d_4c95_7f2d));
    let mut files = Files::new();
    let depth = if seed.is_multiple_of(6) { 2 } else { 1 };
    build(&mut random, &mut files, "", depth);
    values(&mut random, &mut files);
    files
}

/// Adds a module in a folder and those that it calls; gives its outputs.
fn build(
    random: &mut Random,
    files: &mut Files,
    folder: &str,
    depth: usize,
) -> Vec<(String, Entry)> {
    let mut module = Module::new();
    module.variables();
    module.locals(random);
    let blocks = 1 + random.below(3);
    for _ in 0..blocks {
        module.resource(random);
    }
    module.locals(random);
    if depth > 0 {
        for name in ["a", "b"].iter().take(1 + random.below(depth)) {
            let outputs = build(random, files, &format!("{folder}{name}/"), depth - 1);
            for _ in 0..=random.below(2) {
                module.call(random, name, &outputs);
            }
        }
    }
    module.resource(random);
    module.locals(random);
    let outputs = module.outputs(random);
    files.insert(format!("{folder}main.tf"), module.text);
    outputs
}

/// Values of the root's variables, in files of different precedence.
fn values(random: &mut Random, files: &mut Files) {
    let all = [
        ("terraform.tfvars", "name = \"from-tfvars\"\nsize = \"4\"\n"),
        (
            "terraform.tfvars.json",
            r#"{"name": "from-json", "items": ["json", "${not}"]}"#,
        ),
        (
            "a.auto.tfvars",
            "name   = \"from-a\"\nlabels = { a = \"A\", z = 5 }\n",
        ),
        (
            "b.auto.tfvars.json",
            r#"{"name": "from-b", "options": {"first": "b", "second": "2"}}"#,
        ),
        (
            "c.auto.tfvars",
            "enabled = null\nitems = [\"c\", 1, true]\n",
        ),
    ];
    for (path, text) in all {
        if random.chance(25) {
            files.insert(path.to_owned(), text.to_owned());
        }
    }
}

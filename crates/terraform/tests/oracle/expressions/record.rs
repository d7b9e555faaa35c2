//! Asks `terraform` what the expressions are.
//!
//! Expressions become locals of one plan, and an attribute each of a `terraform_data`, whose planned value tells what is
//! unknown and sensitive. Those that the plan refuses are asked for one by one in the console, which gives the types
//! too.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::answer::Answer;
use super::cases::{CaseFile, folder};
use super::shown;
use crate::terraform::Folder;
use crate::value::{Value, parse, planned};

/// What a plan holds at once.
const BATCH: usize = 1000;

/// Rewrites the answers of the files.
pub(crate) fn record<'a>(files: impl Iterator<Item = &'a CaseFile>) {
    let mut batch = Vec::new();
    let mut size = 0;
    for file in files {
        size += file.expressions.len();
        batch.push(file);
        if size > BATCH {
            record_batch(&batch);
            batch.clear();
            size = 0;
        }
    }
    record_batch(&batch);
}

fn record_batch(files: &[&CaseFile]) {
    let expressions: Vec<&str> = files
        .iter()
        .flat_map(|file| file.expressions.iter().map(String::as_str))
        .collect();
    if expressions.is_empty() {
        return;
    }
    let answers = ask(&expressions);
    let mut answers = answers.as_slice();
    for file in files {
        let (own, later) = answers.split_at(file.expressions.len());
        file.write(own);
        answers = later;
    }
}

fn ask(expressions: &[&str]) -> Vec<Answer> {
    let mut accepted: BTreeMap<usize, &str> = expressions.iter().copied().enumerate().collect();
    let folder = environment();
    add(&folder, &accepted);
    let plan = loop {
        let refused = match folder.plan() {
            Ok(plan) => break plan,
            Err(errors) => refused(&errors),
        };
        let refused = match refused.is_empty() {
            true => BTreeSet::from([culprit(&accepted)]),
            false => refused,
        };
        for index in refused {
            accepted.remove(&index);
            folder.remove(&file(index));
        }
    };
    let mut types = types(&folder, &accepted);
    let mut values = values(&plan);
    let refused: Vec<usize> = (0..expressions.len())
        .filter(|index| !accepted.contains_key(index))
        .collect();
    let mut alone = ask_alone(expressions, &refused);
    let answers = expressions.iter().enumerate().map(|(index, expression)| {
        let answer = alone.remove(&index).unwrap_or_else(|| Answer::Value {
            ty: types.remove(&index).expect("the console gives its type"),
            value: values.remove(&index).expect("the plan has its value"),
        });
        without_clock(expression, answer)
    });
    answers.collect()
}

fn environment() -> Folder {
    let folder = Folder::copy_of(&folder("environment"));
    folder.init().expect("the environment is right");
    folder
}

fn add(folder: &Folder, expressions: &BTreeMap<usize, &str>) {
    for (index, expression) in expressions {
        folder.write(&file(*index), &configuration(*index, expression));
    }
}

/// The number of the first expression that the plan refuses without saying where.
fn culprit(expressions: &BTreeMap<usize, &str>) -> usize {
    let numbers: Vec<usize> = expressions.keys().copied().collect();
    let (mut fine, mut wrong) = (0, numbers.len());
    while wrong - fine > 1 {
        let middle = usize::midpoint(fine, wrong);
        let folder = environment();
        let half = numbers[..middle]
            .iter()
            .map(|index| (*index, expressions[index]));
        add(&folder, &half.collect());
        match folder.plan() {
            Ok(_) => fine = middle,
            Err(_) => wrong = middle,
        }
    }
    numbers[fine]
}

fn file(index: usize) -> String {
    format!("c{index}.tf")
}

fn configuration(index: usize, expression: &str) -> String {
    format!(
        "locals {{\n  c{index} = (\n{expression}\n)\n}}\n\
         resource \"terraform_data\" \"c{index}\" {{\n  input = local.c{index}\n}}\n"
    )
}

/// The numbers of the expressions that the errors are about.
fn refused(errors: &[Json]) -> BTreeSet<usize> {
    errors.iter().filter_map(number).collect()
}

fn number(diagnostic: &Json) -> Option<usize> {
    let file = diagnostic["range"]["filename"].as_str();
    let file = file.and_then(|file| file.strip_prefix('c')?.strip_suffix(".tf"));
    let summary = diagnostic["summary"].as_str().unwrap_or_default();
    let address = summary
        .split_whitespace()
        .find_map(|word| word.strip_prefix("terraform_data.c"));
    file.or(address)?.parse().ok()
}

/// The time of the plan is unknown to whoever only reads the configuration.
fn without_clock(expression: &str, answer: Answer) -> Answer {
    match answer {
        Answer::Value { ty, .. } if expression == "plantimestamp()" => Answer::Value {
            ty,
            value: Value::Unknown,
        },
        answer => answer,
    }
}

/// The values that a plan has for the expressions, by their number.
fn values(plan: &str) -> BTreeMap<usize, Value> {
    let plan: BTreeMap<&str, &RawValue> = parse(plan);
    let changes: Vec<BTreeMap<&str, &RawValue>> = parse(plan["resource_changes"].get());
    let numbered = changes.iter().filter_map(|change| {
        let name: &str = parse(change["name"].get());
        let index = name.strip_prefix('c')?.parse().ok()?;
        match planned(change["change"]) {
            Value::Entries(mut attributes) => {
                let input = attributes.remove("input");
                Some((index, input.unwrap_or_else(Value::null)))
            }
            _ => None,
        }
    });
    numbered.collect()
}

/// The types of the expressions of a folder, by their number.
fn types(folder: &Folder, indices: &BTreeMap<usize, &str>) -> BTreeMap<usize, String> {
    let entries: Vec<String> = indices
        .keys()
        .map(|index| format!("c{index} = local.c{index}"))
        .collect();
    let all = folder.console(&format!("type({{ {} }})", entries.join(", ")));
    let all = all.expect("the plan has accepted them");
    let mut parts: BTreeMap<usize, String> = BTreeMap::new();
    let mut part = None;
    for line in all.lines() {
        let name = line
            .strip_prefix("    c")
            .and_then(|line| line.split_once(": "));
        if let Some((index, ty)) = name.and_then(|(name, ty)| Some((name.parse().ok()?, ty))) {
            part = Some(parts.entry(index).or_insert(ty.to_owned()));
        } else if let Some(part) = &mut part {
            part.push_str(line.trim_start());
        }
    }
    let cut = |ty: &str| compact(ty.trim_end_matches("})").trim_end_matches(','));
    parts
        .into_iter()
        .map(|(index, ty)| (index, cut(&ty)))
        .collect()
}

/// A type on one line.
fn compact(ty: &str) -> String {
    let joined: String = ty.lines().map(str::trim_start).collect();
    joined
        .replace(",]", "]")
        .replace(",}", "}")
        .replace(",)", ")")
}

/// The answers for expressions that a plan refuses.
fn ask_alone(expressions: &[&str], indices: &[usize]) -> BTreeMap<usize, Answer> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let share = indices.len().div_ceil(workers).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = indices
            .chunks(share)
            .map(|share| scope.spawn(|| ask_share(expressions, share)))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("terraform answers"))
            .collect()
    })
}

fn ask_share(expressions: &[&str], indices: &[usize]) -> Vec<(usize, Answer)> {
    let folder = environment();
    let answers = indices
        .iter()
        .map(|index| (*index, ask_one(&folder, expressions[*index])));
    answers.collect()
}

/// What the console says of one expression.
fn ask_one(folder: &Folder, expression: &str) -> Answer {
    if expression.contains('\n') {
        folder.write(&file(0), &configuration(0, expression));
        let answer = ask_one(folder, "local.c0");
        folder.remove(&file(0));
        return answer;
    }
    match folder.console(expression) {
        Ok(shown) => of_shown(folder, expression, &shown),
        Err(problem) => error(&problem),
    }
}

/// The answer for what the console shows of a value that no plan can hold.
fn of_shown(folder: &Folder, expression: &str, shown: &str) -> Answer {
    let ask = |form: String| folder.console(&form).expect("its parts have a value");
    let ty = compact(&ask(format!("type({expression})")));
    if shown.contains("(ephemeral value)") || expression.contains("var.token") {
        return Answer::Ephemeral { ty };
    }
    // The plan validates first, with less knowledge of types, and refuses what has a value all the same.
    let reveal = |steps: &str| ask(format!("nonsensitive(({expression}){steps})"));
    let value = shown::read(shown, &reveal)
        .unwrap_or_else(|| panic!("no value in what is shown of {expression}: {shown}"));
    Answer::Value { ty, value }
}

fn error(shown: &str) -> Answer {
    let shown: Vec<&str> = shown
        .lines()
        .map(|line| line.trim_start_matches(['│', '╷', '╵', ' ']))
        .collect();
    let mut errors = shown.split(|line| line.starts_with("Error: "));
    let first = errors.nth(1).unwrap_or_default();
    let class = shown.iter().find_map(|line| line.strip_prefix("Error: "));
    let words = first.join(" ");
    let argument = words
        .split_once("Invalid value for \"")
        .and_then(|(_, rest)| rest.split_once("\" parameter"));
    Answer::Error {
        class: class
            .unwrap_or_else(|| panic!("no error in {words}"))
            .to_owned(),
        argument: argument.map(|(name, _)| name.to_owned()),
    }
}

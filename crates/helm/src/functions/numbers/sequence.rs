//! Sequences of integers: `until`, `untilStep`, `seq`.

use crate::functions::Arguments;
use crate::run::{Failure, Run};
use crate::value::{Data, List, ListType, Value};

/// The most numbers of one sequence.
const MOST: u64 = 1_000_000;

pub(super) fn until(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let end = arguments.integer(0)?;
    let numbers = steps(run, 0, end, if end < 0 { -1 } else { 1 })?;
    Ok(ints(&numbers))
}

pub(super) fn until_step(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (start, end) = (arguments.integer(0)?, arguments.integer(1)?);
    let numbers = steps(run, start, end, arguments.integer(2)?)?;
    Ok(ints(&numbers))
}

fn ints(numbers: &[i64]) -> Value {
    let items = numbers.iter().map(|number| Value::int(*number));
    Value::new(Data::List(List::new(&ListType::INTS, items)))
}

/// As the program of Unix: all numbers up to the end, and the end too.
pub(super) fn seq(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let number = |index| arguments.integer(index);
    let (start, step, end) = match arguments.len() {
        1 => (1, None, number(0)?),
        2 => (number(0)?, None, number(1)?),
        3 => (number(0)?, Some(number(1)?), number(2)?),
        _ => return Ok(Value::string("")),
    };
    let towards = if end < start { -1 } else { 1 };
    if towards < 0 && step.is_some_and(|step| step > 0) {
        return Ok(Value::string(""));
    }
    let behind = end.saturating_add(towards);
    let numbers = steps(run, start, behind, step.unwrap_or(towards))?;
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    Ok(Value::string(numbers.join(" ")))
}

/// The numbers from the start up to the end and without it; none where the step leads away from it.
fn steps(run: &mut Run, start: i64, end: i64, step: i64) -> Result<Vec<i64>, Failure> {
    let distance = end.abs_diff(start);
    if distance == 0 || step == 0 || (end < start) != (step < 0) {
        return Ok(Vec::new());
    }
    let count = distance.div_ceil(step.unsigned_abs());
    if count > MOST {
        return Err(Failure::bound(format!(
            "there are more than {MOST} numbers"
        )));
    }
    run.spend(count)?;
    let numbers = (0..count).map_while(|index| {
        let index = i64::try_from(index).ok()?;
        start.checked_add(step.checked_mul(index)?)
    });
    Ok(numbers.collect())
}

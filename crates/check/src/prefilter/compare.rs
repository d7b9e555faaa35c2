//! Comparisons and arithmetic of known values, by jq's own operations.

use std::cmp::Ordering;
use std::ops::ControlFlow;

use graph::Graph;
use jaq_core::ops::{Cmp, Math};
use smol_str::SmolStrBuilder;

use super::datum::{Datum, length};
use super::{Flow, Stop};
use crate::value::{Value, View, scalar_order, scalars_equal};

/// Whether a comparison holds.
pub(super) fn compare(operator: Cmp, left: &Datum<'_>, right: &Datum<'_>) -> Flow<bool> {
    ControlFlow::Continue(match operator {
        Cmp::Eq => equal(left, right)?,
        Cmp::Ne => !equal(left, right)?,
        Cmp::Lt => order(left, right)? == Ordering::Less,
        Cmp::Le => order(left, right)? != Ordering::Greater,
        Cmp::Gt => order(left, right)? == Ordering::Greater,
        Cmp::Ge => order(left, right)? != Ordering::Less,
    })
}

fn equal(left: &Datum<'_>, right: &Datum<'_>) -> Flow<bool> {
    let (one, two) = match (left.known()?, right.known()?) {
        (View::Array(one), View::Array(two)) | (View::Object(one), View::Object(two)) => (one, two),
        (one, two) => return ControlFlow::Continue(scalars_equal(one, two)),
    };
    let (one, two) = (length(one)?, length(two)?);
    if one != two || one == 0 {
        return ControlFlow::Continue(one == two);
    }
    left.all_known()?;
    right.all_known()?;
    ControlFlow::Continue(left.value() == right.value())
}

fn order(left: &Datum<'_>, right: &Datum<'_>) -> Flow<Ordering> {
    match (left.known()?, right.known()?) {
        (View::Array(_), View::Array(_)) | (View::Object(_), View::Object(_)) => {
            ControlFlow::Break(Stop::Undecided)
        }
        (one, two) => ControlFlow::Continue(scalar_order(one, two)),
    }
}

/// The result of an operation.
pub(super) fn calculate<'a>(
    operator: Math,
    left: &Datum<'a>,
    right: &Datum<'a>,
    graph: &'a Graph,
) -> Flow<Datum<'a>> {
    if let (Math::Add, View::Text(left), View::Text(right)) =
        (operator, left.known()?, right.known()?)
    {
        let mut text = SmolStrBuilder::new();
        text.push_str(left);
        text.push_str(right);
        return ControlFlow::Continue(Datum::Computed(Value::Text(text.finish())));
    }
    left.all_known()?;
    right.all_known()?;
    match operator.run(left.value().into_owned(), right.value().into_owned()) {
        Ok(result) => Datum::from_value(result, graph),
        Err(_) => ControlFlow::Break(Stop::Undecided),
    }
}

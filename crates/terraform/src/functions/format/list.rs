//! `formatlist`: a layout for each element of lists.

use super::write::write;
use crate::functions::arguments::computed;
use crate::functions::pieces::{Pieces, because, check_length, unknown_text};
use crate::functions::{Environment, Failure};
use crate::value::{Data, Shape, Type, Unknown, Value, set_length};

pub(super) fn format_list(
    environment: &Environment<'_>,
    arguments: &[Value],
) -> Result<Value, Failure> {
    let (layout, values) = (&arguments[0], &arguments[1..]);
    let columns: Vec<Column<'_>> = values.iter().map(Column::of).collect();
    let count = common_length(&columns)?.unwrap_or(1);
    if let Some(unknown) = columns.iter().find_map(Column::unknown) {
        return Ok(unknown_list(environment, layout, &columns, unknown));
    }
    let mut items = Vec::new();
    let mut bytes = 0;
    let mut cursors = vec![0; columns.len()];
    for index in 0..count {
        let row = next_row(&columns, &mut cursors, index);
        let item = format_row(environment, layout, &row)?;
        bytes += item.as_str().map_or(0, str::len);
        check_length(bytes)?;
        items.push(item);
    }
    let data = Data::List(Type::String, items.into());
    Ok(computed(environment, data))
}

/// What a value gives to each row.
enum Column<'a> {
    /// One element after the other.
    Items(&'a [Value]),
    /// The same each time.
    Single(&'a Value),
    /// Elements that can't be known; their number may be.
    Unknown(&'a Unknown, Option<usize>),
}

impl<'a> Column<'a> {
    fn of(value: &'a Value) -> Self {
        match &value.data {
            Data::List(_, items) | Data::Tuple(items) => Self::Items(items),
            Data::Set(_, items) => match (set_length(items).exact(), value.first_unknown()) {
                (None, Some(unknown)) => Self::Unknown(unknown, None),
                _ => Self::Items(items),
            },
            Data::Unknown(unknown) => match &unknown.ty {
                Type::List(_) | Type::Set(_) => Self::Unknown(unknown, None),
                Type::Tuple(items) => Self::Unknown(unknown, Some(items.len())),
                _ => Self::Single(value),
            },
            _ => Self::Single(value),
        }
    }

    fn length(&self) -> Option<usize> {
        match self {
            Self::Items(items) => Some(items.len()),
            Self::Single(_) => None,
            Self::Unknown(_, length) => *length,
        }
    }

    fn unknown(&self) -> Option<&'a Unknown> {
        match self {
            Self::Unknown(unknown, _) => Some(unknown),
            _ => None,
        }
    }

    /// What it gives to a row; nothing where that can't be known.
    fn at(&self, index: usize) -> Option<Value> {
        match self {
            Self::Items(items) => items.get(index).cloned(),
            Self::Single(value) => Some((*value).clone()),
            Self::Unknown(..) => None,
        }
    }
}

/// The values of the next row. Terraform stops at the first that is unknown, so that the lists behind it fall behind:
/// to the next row they give what they would have given to this one.
fn next_row(columns: &[Column<'_>], cursors: &mut [usize], index: usize) -> Vec<Value> {
    let mut row = Vec::new();
    for (column, cursor) in columns.iter().zip(cursors) {
        let value = column.at(*cursor);
        *cursor += 1;
        let is_known = value.as_ref().is_some_and(Value::is_wholly_known);
        row.extend(value);
        if !is_known {
            // The row is unknown, and of what it may be made, the right values tell.
            let rest = &columns[row.len()..];
            row.extend(rest.iter().filter_map(|column| column.at(index)));
            break;
        }
    }
    row
}

/// The length that all lists have.
fn common_length(columns: &[Column<'_>]) -> Result<Option<usize>, Failure> {
    let mut common = None;
    for (index, column) in columns.iter().enumerate() {
        let Some(length) = column.length() else {
            continue;
        };
        if *common.get_or_insert(length) != length {
            let message = "the list has another length than one before it";
            return Err(Failure::argument(index + 1, message));
        }
    }
    Ok(common)
}

fn format_row(
    environment: &Environment<'_>,
    layout: &Value,
    row: &[Value],
) -> Result<Value, Failure> {
    let pieces = write(layout, row);
    if let Some(unknown) = row.iter().find_map(Value::first_unknown) {
        let shape = pieces.ok().and_then(Pieces::shape);
        return Ok(unknown_text(environment, layout, unknown, shape));
    }
    match pieces {
        Ok(pieces) => Ok(pieces.known(environment)),
        // Terraform blames the call where a row fails, also for a value too many.
        Err(Failure::Argument { message, .. }) => Err(Failure::Call(message)),
        Err(failure) => Err(failure),
    }
}

/// A list of which no more is known than what each element is made of.
fn unknown_list(
    environment: &Environment<'_>,
    layout: &Value,
    columns: &[Column<'_>],
    unknown: &Unknown,
) -> Value {
    let element = Data::Unknown(because(unknown, Type::String).into());
    let element = Value::new(element, layout.origin.clone());
    let row = columns.iter().map(|column| match column {
        Column::Single(value) => (*value).clone(),
        _ => element.clone(),
    });
    let row: Vec<Value> = row.collect();
    let mut result = because(unknown, Type::list(Type::String));
    result.known.not_null = true;
    result.shape = format_row(environment, layout, &row)
        .ok()
        .map(|rest| Shape::Items {
            items: [].into(),
            rest: rest.into(),
        });
    computed(environment, Data::Unknown(result.into()))
}

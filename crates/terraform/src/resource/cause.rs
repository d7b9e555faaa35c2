//! Why a value is unknown, told to people.

use smol_str::SmolStr;

use crate::value::{Cause, Refinements, Type, Unknown};

/// The unknown as the graph has it.
pub(super) fn unknown(unknown: &Unknown) -> graph::Unknown {
    let mut known = known(&unknown.ty, &unknown.known);
    if is_identifier(&unknown.cause) {
        known.not_null = true;
        known.characters = 1;
    }
    graph::Unknown {
        cause: graph::Cause::Other(text(&unknown.cause).into()),
        place: unknown.place,
        known,
    }
}

/// Whether a provider decides or reads the identifier of a resource. Terraform allows for it to be null, but everything that
/// exists has one, which is not empty: whoever refers to a key or a network by it has set one.
fn is_identifier(cause: &Cause) -> bool {
    const NAMES: [&str; 7] = ["id", "arn", "name", "identifier", "self_link", "uri", "url"];
    let (Cause::Computed(address) | Cause::DataSource(address)) = cause else {
        return false;
    };
    let attribute = address.rsplit('.').next().unwrap_or_default();
    let last = attribute.rsplit('_').next().unwrap_or_default();
    NAMES.contains(&attribute) || NAMES.contains(&last)
}

/// Why a value is unknown, as a fragment.
#[must_use]
pub fn text(cause: &Cause) -> String {
    match cause {
        Cause::Variable(name) => format!("variable `{name}` has neither a value nor a default"),
        Cause::Computed(address) => format!("the provider decides `{address}` when it applies"),
        Cause::DataSource(address) => data_source(address),
        Cause::Module(address) => format!("the source of `{address}` is not in the input"),
        Cause::Impure(name) => format!("`{name}` answers differently at each call"),
        Cause::ProviderFunction(name) => format!("`{name}` is a function of a provider"),
        Cause::File(path) => format!("the file `{path}` is not in the input"),
        Cause::Plan(name) => format!("the plan does not say what `{name}` is"),
        Cause::Workspace => "the workspace is not given (`--workspace` gives it)".to_owned(),
        Cause::Instance(address) => format!("the number of instances of `{address}` is unknown"),
        Cause::Backend => {
            "`terraform init` is given the other settings of the backend (`-backend-config`)".into()
        }
        Cause::Invalid => "the configuration is wrong here".to_owned(),
    }
}

/// Why what a data source gives is unknown.
fn data_source(address: &str) -> String {
    let is_of = |ty: &str| {
        let block = format!("data.{ty}.");
        address.starts_with(&block) || address.contains(&format!(".{block}"))
    };
    if is_of("http") {
        return format!("`{address}` is answered by a server, which is never asked");
    }
    if is_of("external") {
        return format!("`{address}` is printed by a program, which is never run");
    }
    format!("`{address}` is read from the provider")
}

fn known(ty: &Type, refinements: &Refinements) -> graph::Known {
    let length = match ty {
        Type::List(_) | Type::Set(_) | Type::Map(_) => {
            (Some(refinements.min_length), refinements.max_length)
        }
        _ => (None, None),
    };
    let bound =
        |bound: &Option<crate::value::Bound>| bound.as_ref().map(|bound| bound.number.to_f64());
    graph::Known {
        // A null has a type of its own in a check.
        kind: kind(ty).filter(|_| refinements.not_null),
        not_null: refinements.not_null,
        prefix: refinements.prefix.clone(),
        suffix: SmolStr::default(),
        characters: refinements.prefix.chars().count(),
        length,
        number: (bound(&refinements.lower), bound(&refinements.upper)),
    }
}

fn kind(ty: &Type) -> Option<graph::Type> {
    Some(match ty {
        Type::Dynamic => return None,
        Type::Bool => graph::Type::Bool,
        Type::Number => graph::Type::Number,
        Type::String => graph::Type::String,
        Type::List(_) | Type::Set(_) | Type::Tuple(_) => graph::Type::List,
        Type::Map(_) | Type::Object(_) => graph::Type::Map,
    })
}

#[cfg(test)]
mod tests {
    use super::{text, unknown};
    use crate::value::{Cause, Type, Unknown};

    #[test]
    fn identifiers_of_what_exists_are_not_empty() {
        for (attribute, characters) in [("aws_kms_key.a.arn", 1), ("aws_kms_key.a.policy", 0)] {
            let cause = Cause::Computed(attribute.into());
            let told = unknown(&Unknown::new(Type::String, cause, None));
            assert_eq!(told.known.characters, characters, "{attribute}");
            assert_eq!(told.known.not_null, characters > 0, "{attribute}");
        }
    }

    #[test]
    fn data_sources_that_leave_the_input_say_so() {
        for (address, told) in [
            ("data.aws_vpc.http", "read from the provider"),
            ("data.http.a", "server, which is never asked"),
            (
                "module.m[0].data.external.a[0]",
                "program, which is never run",
            ),
        ] {
            let text = text(&Cause::DataSource(address.into()));
            assert!(text.ends_with(told), "{text}");
        }
    }
}

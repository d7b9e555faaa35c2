//! Functions of strings.
//!
//! Source: <https://developer.hashicorp.com/terraform/language/functions>, section "String Functions".

mod case;
mod cut;
mod join;
mod replace;
mod search;
mod template;
#[cfg(test)]
mod tests;
mod trim;

use super::arguments::{
    any_parameter, number_parameter, returns_bool, returns_string, returns_strings,
    string_parameter, strings_parameter,
};
use super::{Function, Parameter};

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    row("chomp", &[carried("str")], trim::chomp),
    Function {
        returns: returns_bool,
        ..row(
            "endswith",
            &[string_parameter("str"), string_parameter("suffix")],
            search::ends_with,
        )
    },
    row(
        "indent",
        &[number_parameter("spaces"), string_parameter("str")],
        join::indent,
    ),
    Function {
        variadic: Some(strings_parameter("lists").or_unknown()),
        ..row("join", &[carried("separator")], join::join)
    },
    row("lower", &[carried("str").or_dynamic()], case::lower),
    row(
        "replace",
        &[
            carried("str"),
            string_parameter("substr"),
            string_parameter("replace"),
        ],
        replace::replace,
    ),
    Function {
        returns: returns_strings,
        ..row(
            "split",
            &[string_parameter("separator"), carried("str")],
            cut::split,
        )
    },
    Function {
        returns: returns_bool,
        ..row(
            "startswith",
            &[carried("str"), string_parameter("prefix")],
            search::starts_with,
        )
    },
    Function {
        returns: returns_bool,
        not_null: false,
        ..row(
            "strcontains",
            &[string_parameter("str"), string_parameter("substr")],
            search::contains,
        )
    },
    row(
        "strrev",
        &[string_parameter("str").or_dynamic()],
        cut::reverse,
    ),
    row(
        "substr",
        &[
            string_parameter("str").or_dynamic(),
            number_parameter("offset").or_dynamic(),
            number_parameter("length").or_dynamic(),
        ],
        cut::substring,
    ),
    // Terraform takes the template as an expression, so that nothing is asked of its value before the call. That it is
    // a reference can only be checked where the expression is known.
    row(
        "templatestring",
        &[
            any_parameter("template")
                .or_null()
                .or_unknown()
                .or_dynamic()
                .or_marked(),
            any_parameter("vars"),
        ],
        template::render,
    ),
    row("title", &[string_parameter("str")], case::title),
    row(
        "trim",
        &[string_parameter("str"), string_parameter("cutset")],
        trim::trim,
    ),
    row(
        "trimprefix",
        &[carried("str"), string_parameter("prefix")],
        trim::prefix,
    ),
    row("trimspace", &[carried("str")], trim::space),
    row(
        "trimsuffix",
        &[carried("str"), string_parameter("suffix")],
        trim::suffix,
    ),
    row("upper", &[carried("str").or_dynamic()], case::upper),
];

const fn row(
    name: &'static str,
    parameters: &'static [Parameter],
    compute: super::Compute,
) -> Function {
    Function {
        name,
        parameters,
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute,
    }
}

/// A parameter for a string whose known pieces are carried on where it is unknown.
const fn carried(name: &'static str) -> Parameter {
    string_parameter(name).or_unknown()
}

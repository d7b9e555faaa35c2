//! Functions of IP networks.
//!
//! Source: <https://developer.hashicorp.com/terraform/language/functions>, section "IP Network Functions";
//! <https://opentofu.org/docs/language/functions/cidrcontains/>.

mod network;
mod parse;
mod subnets;
#[cfg(test)]
mod tests;

use dashu_int::IBig;

use super::arguments::{
    computed_from, integer_or_failed_call, number, number_parameter, returns_bool, returns_string,
    returns_strings, string, string_parameter, through_operand,
};
use super::{Environment, Failure, Function, Parameter};
use crate::value::{Data, Type, Value};

use network::Network;

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        returns: returns_bool,
        not_null: false,
        ..row(
            "cidrcontains",
            &[
                string_parameter("containing_prefix"),
                string_parameter("contained_ip_or_prefix"),
            ],
            contains,
        )
    },
    row(
        "cidrhost",
        &[string_parameter("prefix"), number_parameter("hostnum")],
        host,
    ),
    row("cidrnetmask", &[string_parameter("prefix")], netmask),
    row(
        "cidrsubnet",
        &[
            string_parameter("prefix"),
            number_parameter("newbits"),
            number_parameter("netnum"),
        ],
        subnet,
    ),
    Function {
        variadic: Some(number_parameter("newbits")),
        returns: returns_strings,
        ..row("cidrsubnets", &[string_parameter("prefix")], all_subnets)
    },
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

fn host(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let number = whole(arguments, 1)?;
    let host = network(arguments)?.host(number).map_err(Failure::Call)?;
    Ok(computed_from(
        environment,
        &arguments[0],
        Data::string(host.to_string()),
    ))
}

fn netmask(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let network = network(arguments)?;
    if network.address.as_ipv4().is_none() {
        return Err(Failure::Call("a network of IPv6 has no netmask".into()));
    }
    let mask = network.mask().to_string();
    Ok(computed_from(
        environment,
        &arguments[0],
        Data::string(mask),
    ))
}

fn subnet(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let bits = integer_or_failed_call(arguments, 1)?;
    let number = whole(arguments, 2)?;
    let network = network(arguments)?;
    let subnet = network.subnet(bits, &number).map_err(Failure::Call)?;
    Ok(computed_from(
        environment,
        &arguments[0],
        Data::string(subnet),
    ))
}

fn all_subnets(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let network = Network::parse(string(arguments, 0)?).ok_or_else(|| Failure::Argument {
        index: 0,
        message: NO_NETWORK.into(),
    })?;
    let lengths = arguments[1..]
        .iter()
        .map(|length| length.as_number()?.to_i64());
    let lengths: Vec<Option<i64>> = lengths.collect();
    let subnets =
        subnets::all(&network, &lengths).map_err(|(index, message)| Failure::Argument {
            index: index + 1,
            message,
        })?;
    let origin = through_operand(environment.origin, &arguments[0]);
    let items = subnets
        .iter()
        .map(|subnet| Value::new(Data::string(subnet.to_string()), origin.clone()));
    let data = Data::List(Type::String, items.collect());
    Ok(Value::new(data, origin.clone()))
}

fn contains(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let outer = network(arguments)?;
    let inner = string(arguments, 1)?;
    let (first, last) = match parse::address(inner) {
        Some(address) => (address, address),
        None => Network::parse(inner)
            .map(|network| (network.address, network.last()))
            .ok_or_else(|| Failure::Call("this is neither an address nor a network".into()))?,
    };
    if first.as_ipv4().is_some() != outer.address.as_ipv4().is_some() {
        return Err(Failure::Call("one is of IPv4 and the other of IPv6".into()));
    }
    let contains = outer.contains(first) && outer.contains(last);
    Ok(computed_from(
        environment,
        &arguments[0],
        Data::Bool(contains),
    ))
}

const NO_NETWORK: &str = "this is no network such as `10.0.0.0/8`";

fn network(arguments: &[Value]) -> Result<Network, Failure> {
    Network::parse(string(arguments, 0)?).ok_or_else(|| Failure::Call(NO_NETWORK.into()))
}

fn whole(arguments: &[Value], index: usize) -> Result<IBig, Failure> {
    let failure = || Failure::Call("a whole number is needed".into());
    number(arguments, index)?.to_integer().ok_or_else(failure)
}

//! `--var` and `--var-file`, of which the last one given counts, whichever of the two it is; and `TF_VAR_…`.

use std::path::PathBuf;

use analysis::Variable;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, value_parser};

const VALUE: &str = "var";
const FILE: &str = "var-file";

/// Values for variables, in the order in which they are given.
#[derive(Debug, Default)]
pub(crate) struct VariableArgs(pub(crate) Vec<Variable>);

/// The variables that the environment of this process gives, by name, as Terraform reads them
/// (<https://developer.hashicorp.com/terraform/cli/config/environment-variables#tf_var_name>). Names and values that are not
/// UTF-8 are none of Terraform's.
pub(crate) fn of_process() -> Vec<(String, String)> {
    let all = std::env::vars_os().filter_map(|(name, value)| {
        let name = name.into_string().ok()?.strip_prefix("TF_VAR_")?.to_owned();
        Some((name, value.into_string().ok()?))
    });
    let mut variables: Vec<(String, String)> = all.collect();
    variables.sort();
    variables
}

impl FromArgMatches for VariableArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut given = Self::default();
        given.update_from_arg_matches(matches)?;
        Ok(given)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        let values = matches.get_many::<Variable>(VALUE).unwrap_or_default();
        let places = matches.indices_of(VALUE).unwrap_or_default();
        let values = places.zip(values.cloned());
        let files = matches.get_many::<PathBuf>(FILE).unwrap_or_default();
        let places = matches.indices_of(FILE).unwrap_or_default();
        let files = places.zip(files.cloned().map(Variable::File));
        let mut all: Vec<(usize, Variable)> = values.chain(files).collect();
        all.sort_by_key(|(place, _)| *place);
        self.0 = all.into_iter().map(|(_, variable)| variable).collect();
        Ok(())
    }
}

impl Args for VariableArgs {
    fn augment_args(command: Command) -> Command {
        let value = Arg::new(VALUE)
            .long(VALUE)
            .value_name("NAME=VALUE")
            .action(ArgAction::Append)
            .value_parser(parse)
            .help("Give a variable of root modules a value; may be repeated");
        let file = Arg::new(FILE)
            .long(FILE)
            .value_name("FILE")
            .action(ArgAction::Append)
            .value_parser(value_parser!(PathBuf))
            .help("Read values for variables from this file; may be repeated, and the last value of a variable counts");
        command.arg(value).arg(file)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn parse(text: &str) -> Result<Variable, String> {
    match text.split_once('=') {
        Some((name, value)) if is_name(name.trim()) => Ok(Variable::Value {
            name: name.trim().to_owned(),
            value: value.to_owned(),
        }),
        Some((name, _)) => Err(format!(
            "`{}` is no name of a variable",
            source::neutral(name)
        )),
        None => Err("there is no `=`; write it as `NAME=VALUE`".to_owned()),
    }
}

fn is_name(text: &str) -> bool {
    let is_word = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && text.chars().all(is_word)
}

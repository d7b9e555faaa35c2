//! What a run gives to root modules: values for their variables, and the workspace.

use std::sync::Arc;

use smol_str::SmolStr;
use source::SourceFile;
use terraform::root::Given;

use super::environments::Environment;
use crate::config::{Config, VariableValue};
use crate::error::Error;
use crate::named::NamedFiles;
use crate::options::{Options, Variable};

/// What all root modules of a run are evaluated with.
#[derive(Default)]
pub(crate) struct Settings {
    /// What the configuration and then the call give, the weakest first.
    pub(super) given: Vec<GivenValue>,
    /// What the environment of the process gives, which any file overrides.
    process: Vec<(SmolStr, Arc<SourceFile>)>,
    /// `terraform.workspace`.
    pub(super) workspace: Option<String>,
    /// The environments that the configuration declares, by name.
    pub(super) environments: Vec<Environment>,
}

/// Something given, of which it is not yet decided to which roots.
pub(super) enum GivenValue {
    /// A variable file.
    File(Arc<SourceFile>),
    /// The value of one variable, as the line of a variable file.
    Expression {
        name: SmolStr,
        file: Arc<SourceFile>,
    },
    /// The value of one variable as text.
    Text {
        name: SmolStr,
        file: Arc<SourceFile>,
    },
}

impl Settings {
    /// Reads what the configuration and the call give.
    ///
    /// # Errors
    /// When a variable file can't be read.
    pub(crate) fn read(
        named: &NamedFiles<'_>,
        options: &Options,
        config: &Config,
    ) -> Result<Self, Error> {
        let sources = named.sources;
        let text = |place: String, name: &str, text: &str| GivenValue::Text {
            name: name.into(),
            file: sources.add(place, text),
        };
        let mut given = Vec::new();
        for path in &config.terraform.var_files {
            let file = named.configured(config, &["terraform", "var-files"], path)?;
            given.push(GivenValue::File(file));
        }
        for (name, value) in &config.terraform.vars {
            let place = format!("<terraform.vars.{name} in {}>", config.file.display());
            given.push(match value {
                VariableValue::Text(value) => text(place, name, value),
                VariableValue::Expression(value) => GivenValue::Expression {
                    name: name.into(),
                    file: sources.add(place, format!("{name} = {value}")),
                },
            });
        }
        for variable in &options.terraform.variables {
            given.push(match variable {
                Variable::File(path) => GivenValue::File(named.called(path)?),
                Variable::Value { name, value } => text(format!("<--var {name}>"), name, value),
            });
        }
        let workspace = options.terraform.workspace.as_ref();
        let workspace = workspace.or(config.terraform.workspace.as_ref()).cloned();
        let mut environments = Vec::new();
        for (name, environment) in &config.environments {
            let key = ["environments", name, "var-files"];
            let own = environment.var_files.iter();
            let own = own.map(|path| named.configured(config, &key, path));
            environments.push(Environment {
                name: Some(name.into()),
                files: own.collect::<Result<_, _>>()?,
                workspace: environment.workspace.clone().or_else(|| workspace.clone()),
            });
        }
        let process = options.terraform.process.iter();
        let process = process.map(|(name, value)| {
            let file = sources.add(format!("<TF_VAR_{name}>"), value.as_str());
            (SmolStr::from(name), file)
        });
        Ok(Self {
            given,
            process: process.collect(),
            workspace,
            environments,
        })
    }

    /// The variable files among what is given.
    pub(super) fn files(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        self.given.iter().filter_map(|given| match given {
            GivenValue::File(file) => Some(file),
            GivenValue::Expression { .. } | GivenValue::Text { .. } => None,
        })
    }

    /// What the environment of the process gives to a root that declares these variables.
    pub(super) fn of_process(
        &self,
        declares: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = Given> {
        let wanted = self.process.iter().filter(move |(name, _)| declares(name));
        wanted.map(|(name, file)| Given::Text {
            name: name.clone(),
            file: Arc::clone(file),
        })
    }

    /// What is given to a root that declares these variables. Where there is one root, all is meant for it, and what it does
    /// not declare is a mistake; else each root takes what it declares.
    pub(super) fn of_root(
        &self,
        is_only: bool,
        declares: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = Given> {
        self.given.iter().filter_map(move |given| match given {
            GivenValue::File(file) | GivenValue::Expression { file, .. } => Some(Given::File {
                file: Arc::clone(file),
                named: is_only,
            }),
            GivenValue::Text { name, file } => (is_only || declares(name)).then(|| Given::Text {
                name: name.clone(),
                file: Arc::clone(file),
            }),
        })
    }
}

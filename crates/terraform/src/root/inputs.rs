//! The values that are given to a root: variable files and single values.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;
use source::{FileSystem, Limits, Problem, SourceFile, Sources};

use super::bounds::STEPS_OF_ONE;
use super::files::ModuleFiles;
use crate::evaluate::{self, Budget, Evaluated, evaluate};
use crate::module::{Module, Variable};
use crate::syntax::{self, Document, Expression, ExpressionKind, Places};
use crate::value::{Data, Origin, Value};

/// A source of values for the variables of a root.
#[derive(Clone, Debug)]
pub enum Given {
    /// A variable file, and whether each of its names must be declared.
    File {
        /// The file.
        file: Arc<SourceFile>,
        /// Whether someone named the file, and so meant this root.
        named: bool,
    },
    /// One value as text, as `--var name=value` and `TF_VAR_name` give it. The file holds nothing but the text.
    Text {
        /// The variable.
        name: SmolStr,
        /// The text.
        file: Arc<SourceFile>,
    },
}

/// Values by variable.
#[derive(Default)]
pub(super) struct Values {
    pub(super) values: BTreeMap<SmolStr, GivenValue>,
    pub(super) problems: Vec<Problem>,
}

/// A value and whether the root must declare its variable.
pub(super) struct GivenValue {
    pub(super) value: Value,
    pub(super) required: bool,
}

/// The variable files that Terraform reads by itself, the weakest first.
///
/// Source: <https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence>.
pub struct Inputs;

impl Inputs {
    /// The files of a folder that are read by themselves.
    #[must_use]
    pub fn automatic(system: &dyn FileSystem, folder: &Path) -> Vec<PathBuf> {
        let mut names: Vec<PathBuf> = system
            .list(folder)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|entry| entry.path.file_name().map(PathBuf::from))
            .collect();
        names.sort();
        let fixed = ["terraform.tfvars", "terraform.tfvars.json"].map(PathBuf::from);
        let is_auto = |name: &&PathBuf| {
            let text = name.to_string_lossy();
            text.ends_with(".auto.tfvars") || text.ends_with(".auto.tfvars.json")
        };
        let auto = names.iter().filter(is_auto).cloned();
        let fixed = fixed.into_iter().filter(|name| names.contains(name));
        fixed.chain(auto).collect()
    }

    /// Reads a variable file.
    ///
    /// # Errors
    /// It can't be read.
    pub fn load(
        system: &dyn FileSystem,
        sources: &Sources,
        path: &Path,
        shown: &Path,
        named: bool,
    ) -> Result<Given, source::ReadError> {
        let file = sources.load(system, path, shown, Limits::default())?;
        Ok(Given::File { file, named })
    }
}

/// All values that are given, the last one of a name.
pub(super) fn values(
    given: &[Given],
    module: &Module,
    files: &ModuleFiles<'_>,
    budget: &Budget,
) -> Values {
    let mut values = Values::default();
    let scope = Constants { files, budget };
    for given in given {
        match given {
            Given::File { file, named } => values.read_file(file, *named, &scope),
            Given::Text { name, file } if takes_text(module.variables.get(name)) => {
                let text = Data::string(file.text.as_ref());
                values.set(name, Value::new(text, Origin::new(file.span())), true);
            }
            Given::Text { name, file } => values.read_text(name, file, &scope),
        }
    }
    values
}

/// Whether a text is the value of a variable as it is, to be converted to its type: where that is a primitive one or not
/// given. Otherwise it is an expression.
///
/// Source: <https://developer.hashicorp.com/terraform/language/values/variables#complex-typed-values>.
fn takes_text(variable: Option<&Variable>) -> bool {
    let Some(ty) = variable.and_then(|variable| variable.ty.as_ref()) else {
        return true;
    };
    let name = match &ty.kind {
        ExpressionKind::Variable(name) => Some(name.clone()),
        _ => ty.literal(),
    };
    name.is_some_and(|name| ["string", "number", "bool"].contains(&name.as_str()))
}

impl Values {
    fn read_file(&mut self, file: &Arc<SourceFile>, named: bool, scope: &Constants<'_>) {
        let is_json = file
            .path
            .extension()
            .is_some_and(|extension| extension == "json");
        let Document { body, problems, .. } = match is_json {
            true => syntax::read_json(file),
            false => syntax::read(file),
        };
        self.problems.extend(problems);
        for attribute in &body.attributes {
            match scope.evaluate(&attribute.value) {
                Ok(value) => self.set(&attribute.name.text, value, named),
                Err(error) => self.problems.push(error.problem()),
            }
        }
    }

    /// A text that is an expression; what is none is text.
    fn read_text(&mut self, name: &SmolStr, file: &Arc<SourceFile>, scope: &Constants<'_>) {
        let (expression, problems) =
            syntax::read_expression(&file.text, &Places::verbatim(file.id, 0));
        let value = problems
            .is_empty()
            .then(|| scope.evaluate(&expression).ok())
            .flatten();
        let text = || Value::new(Data::string(file.text.as_ref()), Origin::new(file.span()));
        self.set(name, value.unwrap_or_else(text), true);
    }

    fn set(&mut self, name: &SmolStr, value: Value, required: bool) {
        self.values
            .insert(name.clone(), GivenValue { value, required });
    }
}

/// What evaluates values that are written out: in a variable file, or as the default of a variable.
pub(super) struct Constants<'a> {
    pub(super) files: &'a ModuleFiles<'a>,
    pub(super) budget: &'a Budget,
}

impl Constants<'_> {
    pub(super) fn evaluate(&self, expression: &Expression) -> Evaluated {
        self.budget.begin(STEPS_OF_ONE);
        let scope = evaluate::Constants {
            files: self.files,
            budget: self.budget,
        };
        evaluate(expression, &scope)
    }
}

//! Expressions, evaluated as if they stood in a root module.

use std::path::{Path, PathBuf};

use source::{Confined, FileSystem, Sources, Span};
use terraform::evaluate::{Evaluated, EvaluationError};
use terraform::module::{Modules, is_configuration};
use terraform::resource::cause_text;
use terraform::root::{Options as Root, evaluate_expressions};
use terraform::syntax::{Expression, Places as Offsets, read_expression};
use terraform::value::Value;

use super::Reader;
use super::environments::Environment;
use super::places::Places;
use super::settings::Settings;
use crate::config::Config;
use crate::discover::{boundary, clean};
use crate::error::Error;
use crate::named::NamedFiles;
use crate::options::{NoProgress, Options};
use crate::project::shown;
use crate::workspace::Kept;

/// The name under which an expression of the call is shown.
const EXPRESSION: &str = "<expression>";

/// What an expression gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A value.
    Value {
        /// As `terraform console` prints it.
        text: String,
        /// Why parts of it are unknown: the causes, as fragments.
        unknown: Vec<Explanation>,
    },
    /// There is no value: what is wrong.
    Failed(Vec<Explanation>),
}

/// Something told of a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Explanation {
    /// A fragment.
    pub message: String,
    /// The place, such as `main.tf:3:5`, where it is known.
    pub place: Option<String>,
}

/// Evaluates expressions in the root module of a folder with its variable files, and what options and configuration give.
///
/// # Errors
/// When there is no module in the folder, or something that the call or the configuration names can't be read.
pub fn evaluate(
    system: &dyn FileSystem,
    options: &Options,
    folder: &Path,
    expressions: &[String],
) -> Result<Vec<Answer>, Error> {
    let config = Config::find(system, options.config.as_deref(), &options.directory)?;
    let sources = Sources::default();
    let settings = Settings::read(&NamedFiles::of(system, &sources, options), options, &config)?;
    let path = clean(&options.directory.join(folder));
    let boundary = boundary(system, options, &path)?;
    let is_module = system
        .list(&path)
        .map_err(|source| Error::Read {
            path: folder.to_path_buf(),
            source,
        })?
        .iter()
        .filter_map(|entry| entry.path.file_name())
        .any(|name| is_configuration(Path::new(name)));
    if !is_module {
        return Err(Error::NoModule {
            path: folder.to_path_buf(),
        });
    }
    let places = Places::new(system, &options.directory, &[]);
    let shown = |path: &Path| places.shown(path);
    let confined = Confined::new(system, vec![boundary.clone()]);
    let modules = Modules::new(&confined, &sources, &shown);
    let root = places.full(&path);
    let reader = Reader {
        system: &confined,
        sources: &sources,
        settings: &settings,
        kubernetes: &kubernetes::Options::default(),
        directory: &options.directory,
        progress: &NoProgress,
        kept: &Kept::default(),
    };
    let environment = Environment::default();
    let (inputs, _) = reader.inputs(&modules, &root, &environment, true, &mut Vec::new());
    let read: Vec<Result<Expression, Vec<Explanation>>> = expressions
        .iter()
        .map(|text| read(text, &sources))
        .collect();
    let sound: Vec<Expression> = read.iter().filter_map(|read| read.clone().ok()).collect();
    let options = Root {
        modules: &modules,
        folder: &root,
        boundary: &boundary,
        inputs: &inputs,
        workspace: settings.workspace.as_deref(),
    };
    let mut evaluated = evaluate_expressions(&options, &sound).into_iter();
    let answers = read.into_iter().map(|read| match read {
        Err(problems) => Answer::Failed(problems),
        Ok(_) => evaluated
            .next()
            .map_or(Answer::Failed(Vec::new()), |evaluated| {
                answer(evaluated, &sources)
            }),
    });
    Ok(answers.collect())
}

fn read(text: &str, sources: &Sources) -> Result<Expression, Vec<Explanation>> {
    let file = sources.add(EXPRESSION, text);
    let (expression, problems) = read_expression(&file.text, &Offsets::verbatim(file.id, 0));
    if problems.is_empty() {
        return Ok(expression);
    }
    let told = problems.iter().map(|problem| Explanation {
        message: source::neutral(&problem.message).into_owned(),
        place: match &problem.place {
            source::Place::Span(span) => Some(place(*span, sources)),
            source::Place::Path(path) => Some(shown(path)),
        },
    });
    Err(told.collect())
}

fn answer(evaluated: Evaluated, sources: &Sources) -> Answer {
    match evaluated {
        Ok(value) => {
            let mut unknown = Vec::new();
            causes(&value, sources, &mut unknown);
            unknown.sort();
            unknown.dedup();
            Answer::Value {
                text: terraform::console::format(&value),
                unknown,
            }
        }
        Err(EvaluationError { message, span, .. }) => Answer::Failed(vec![Explanation {
            message: source::neutral(&message).into_owned(),
            place: Some(place(span, sources)),
        }]),
    }
}

/// Why parts of a value are unknown; of a sensitive one, nothing is told.
fn causes(value: &Value, sources: &Sources, into: &mut Vec<Explanation>) {
    if value.marks.sensitive {
        return;
    }
    if let Some(unknown) = value.unknown() {
        into.push(Explanation {
            message: source::neutral(&cause_text(&unknown.cause)).into_owned(),
            place: unknown.place.map(|span| place(span, sources)),
        });
    }
    value.parts().for_each(|part| causes(part, sources, into));
}

fn place(span: Span, sources: &Sources) -> String {
    let file = sources.get(span.file);
    let position = file.position(span.start);
    let path: PathBuf = file.path.clone();
    let path = source::neutral(&shown(&path)).into_owned();
    format!("{path}:{}:{}", position.line + 1, position.char_column + 1)
}

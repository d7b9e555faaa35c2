//! Templates of applications: texts into which parameters are put.

use ::helm::run::{self, Run, Scope};
use ::helm::value::{Mark, Place, Text};
use ::helm::values::{Origin, read_tree};
use graph::{Data, NodeId, Role, Step, Tree};
use source::{Sources, Span};

/// How the templates of a set are read.
#[derive(Clone, Copy)]
pub(super) struct Templates {
    /// Whether they are those of Go, and not only names in braces.
    pub(super) is_go: bool,
    /// Whether a parameter that is not there is a fault.
    pub(super) is_strict: bool,
}

/// A text with parameters in it, and where these stand.
struct Filled {
    data: Data,
    places: Vec<Span>,
    /// Whether all of it is one parameter.
    is_whole: bool,
}

impl Templates {
    /// Puts parameters into all texts of a tree.
    ///
    /// # Errors
    /// The place of a text that can't be filled, and why.
    pub(super) fn fill(
        self,
        tree: &mut Tree,
        params: &Tree,
        sources: &Sources,
    ) -> Result<(), (Span, String)> {
        let mut open = vec![NodeId::ROOT];
        while let Some(node) = open.pop() {
            open.extend(tree.children(node));
            let Some(text) = tree.as_text(node).filter(|text| text.contains("{{")) else {
                continue;
            };
            let span = tree.node(node).span;
            let filled = self.text(text, params, sources);
            let filled = filled.map_err(|why| (span, why))?;
            tree.set(node, filled.data);
            let is_moved = filled.is_whole && filled.places.len() == 1;
            let steps = match is_moved {
                true => {
                    tree.set_span(node, filled.places[0]);
                    vec![Step {
                        span,
                        role: Role::Template,
                    }]
                }
                false => {
                    let places = filled.places.iter();
                    let step = |span: &Span| Step {
                        span: *span,
                        role: Role::Operand,
                    };
                    places.map(step).collect()
                }
            };
            tree.passage_mut(node).steps.extend(steps);
        }
        Ok(())
    }

    fn text(self, text: &str, params: &Tree, sources: &Sources) -> Result<Filled, String> {
        match self.is_go {
            true => self.go(text, params, sources),
            false => Ok(plain(text, params)),
        }
    }

    /// Source: <https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/GoTemplate/>
    fn go(self, text: &str, params: &Tree, sources: &Sources) -> Result<Filled, String> {
        let file = sources.get(params.node(NodeId::ROOT).span.file);
        let dot = read_tree(params, &file, Origin::Values);
        let options = run::Options {
            is_strict: self.is_strict,
            ..run::Options::default()
        };
        let mut run = Run::new(Scope::default(), options);
        let made = run.render_text(&Text::marked(text, Mark::default()), dot);
        let made = made.map_err(|failure| {
            let message = source::neutral(&failure.message);
            // What stands before it is Helm's way to say that the text is no file.
            let own = message.split_once(": template: ");
            own.map_or(message.as_ref(), |(_, own)| own).to_owned()
        })?;
        Ok(of_text(&made, sources))
    }
}

fn of_text(made: &Text, sources: &Sources) -> Filled {
    let mark = made.mark();
    let mut places: Vec<Span> = mark.places().iter().filter_map(Place::span).collect();
    places.sort();
    places.dedup();
    let is_same = |span: &Span| {
        let file = sources.get(span.file);
        file.slice(*span).trim_matches(['"', '\'']) == made.to_str()
    };
    let is_whole = places.first().is_some_and(is_same);
    let data = match mark.unknowns().first() {
        Some(unknown) => Data::Unknown(std::sync::Arc::new((**unknown).clone())),
        None => Data::String(made.to_str().into()),
    };
    Filled {
        data,
        places,
        is_whole,
    }
}

/// Puts the values of names in braces into a text. What is no name of a parameter stays.
fn plain(text: &str, params: &Tree) -> Filled {
    let mut filled = String::new();
    let mut places = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{{") {
        filled.push_str(before);
        let Some((tag, after)) = behind.split_once("}}") else {
            filled.push_str("{{");
            rest = behind;
            continue;
        };
        let param = params.get(NodeId::ROOT, tag.trim());
        match param.and_then(|param| Some((param, params.as_text(param)?))) {
            Some((param, value)) => {
                filled.push_str(value);
                places.push(params.node(param).span);
            }
            None => filled.push_str(&format!("{{{{{tag}}}}}")),
        }
        rest = after;
    }
    filled.push_str(rest);
    let trimmed = text.trim();
    let is_whole = trimmed.starts_with("{{")
        && trimmed.ends_with("}}")
        && trimmed.matches("{{").count() == 1
        && !places.is_empty();
    Filled {
        data: Data::String(filled.into()),
        places,
        is_whole,
    }
}

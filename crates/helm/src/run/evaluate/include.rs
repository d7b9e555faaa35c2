//! Calling templates by their names, and texts that are templates themselves.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use smol_str::SmolStr;

use super::Held;
use super::frame::Frame;
use crate::run::{Definition, Failure, Run, Scope};
use crate::template::{TemplateSource, parse, quote};
use crate::value::{Text, TextBuilder, Value};
use go::deeper;

/// How often Helm lets a name include itself.
const MOST_INCLUDED: usize = 1_000;

/// The name of Helm's own template, which those that `tpl` makes have too.
const ROOT: &str = "gotpl";

impl Run {
    /// Runs the template of a name. What it wrote before a failure stays in `out`.
    ///
    /// # Errors
    /// The failure with the places on the way to it.
    pub fn execute(
        &mut self,
        name: &str,
        dot: Value,
        out: &mut TextBuilder,
    ) -> Result<(), Failure> {
        self.spend(self.scope.depth() / 16)?;
        let Some(definition) = self.callee(name) else {
            return Err(Failure::new(format!(
                "template: no template {} associated with template {}",
                quote(name.as_bytes()),
                quote(ROOT.as_bytes())
            )));
        };
        self.invoke(&definition, &Held::plain(dot), out)
    }

    /// Runs a template inside of what is run now.
    pub(super) fn invoke(
        &mut self,
        definition: &Definition,
        dot: &Held,
        out: &mut TextBuilder,
    ) -> Result<(), Failure> {
        if self.depth >= self.bounds.depth {
            return Err(Failure::bound(format!(
                "more than {} templates run inside each other",
                self.bounds.depth
            )));
        }
        let callers = self.via.clone();
        let mut frame = Frame::new(definition, dot.clone(), callers.clone());
        self.depth += 1;
        let flow = deeper(|| self.walk(&mut frame, dot, &definition.template.nodes, out));
        self.depth -= 1;
        self.via = callers;
        flow.map(|_| ())
    }

    /// What `include` gives: the text of a template.
    ///
    /// # Errors
    /// As [`Run::execute`], and when the name includes itself too often.
    pub fn include(&mut self, name: &str, dot: Value) -> Result<Text, Failure> {
        let count = self.included.entry(SmolStr::from(name)).or_default();
        if *count > MOST_INCLUDED {
            return Err(Failure::new(format!(
                "rendering template has a nested reference name: {name}: unable to execute template"
            )));
        }
        *count += 1;
        let mut out = TextBuilder::default();
        let result = self.execute(name, dot, &mut out);
        if let Some(count) = self.included.get_mut(name) {
            *count -= 1;
        }
        result.map(|()| out.finish())
    }

    /// What `tpl` gives: the text of a template that is a value itself. It sees all templates, and what it defines is seen
    /// only while it is run.
    ///
    /// # Errors
    /// When the text is no template, or can't be run.
    pub fn render_text(&mut self, text: &Text, dot: Value) -> Result<Text, Failure> {
        let shown = text.to_str();
        self.spend(text.len() as u64 / 8)?;
        let templates = parse(&Arc::new(TemplateSource {
            name: ROOT.into(),
            text: Arc::from(&*shown),
            file: None,
        }));
        let templates = templates.map_err(|failure| {
            failure.after(&format!(
                "cannot parse template {}: ",
                quote(text.as_bytes())
            ))
        })?;
        let text = match &shown {
            Cow::Borrowed(_) => text.clone(),
            Cow::Owned(shown) => Text::marked(shown, text.mark()),
        };
        let mut scope = Scope::inside(Rc::clone(&self.scope));
        scope.add(&templates, Some(&text));
        let outer = std::mem::replace(&mut self.scope, Rc::new(scope));
        let mut out = TextBuilder::default();
        let result = self.execute(ROOT, dot, &mut out);
        self.scope = outer;
        result.map_err(|failure| {
            let shown = quote(text.as_bytes());
            failure.after(&format!(
                "error during tpl function execution for {shown}: "
            ))
        })?;
        Ok(out.finish().replace(b"<no value>", &Text::default()))
    }
}

//! The parts of templates: text, actions, branches, loops and calls.

use super::Held;
use super::frame::{At, Frame};
use crate::run::{Failure, Run};
use crate::template::{Action, Branch, BranchKind, Call, Node, Range, quote};
use crate::value::{Data, IntegerKind, Map, Mark, Text, TextBuilder, Type, Value};
use go::deeper;

/// How deep Go lets templates call each other, in its message.
const GO_DEPTH: usize = 100_000;

/// How the walk goes on behind a node.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    Next,
    Break,
    Continue,
}

/// What `range` goes through.
enum Items {
    Numbers(IntegerKind, i64, Mark),
    Pairs(Vec<(Value, Held)>),
}

impl Run {
    pub(super) fn walk<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Held,
        nodes: &'t [Node],
        out: &mut TextBuilder,
    ) -> Result<Flow, Failure> {
        for node in nodes {
            self.spend(1).map_err(|failure| frame.place(failure))?;
            let flow = match node {
                Node::Text(range) => self.text(frame, *range, out)?,
                Node::Action(action) => self.action(frame, dot, action, out)?,
                Node::Branch(branch) => self.branch(frame, dot, branch, out)?,
                Node::Template(call) => self.template(frame, dot, call, out)?,
                Node::Break => Flow::Break,
                Node::Continue => Flow::Continue,
            };
            if flow != Flow::Next {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn text(
        &mut self,
        frame: &Frame<'_>,
        range: Range,
        out: &mut TextBuilder,
    ) -> Result<Flow, Failure> {
        let via = frame.callers.as_ref();
        let Some(written) = frame.written(range) else {
            return self.push(frame, &frame.text(range, via), out);
        };
        let mark = frame.mark(range, via);
        self.pay(frame, out, written.len(), usize::from(!mark.is_empty()))?;
        out.push_verbatim(written, mark);
        Ok(Flow::Next)
    }

    fn action<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Held,
        action: &'t Action,
        out: &mut TextBuilder,
    ) -> Result<Flow, Failure> {
        self.via = frame.via(action.range);
        let held = self.pipeline(frame, dot, &action.pipeline)?;
        if !action.pipeline.variables.is_empty() {
            return Ok(Flow::Next);
        }
        if held.value.is_unknown() && self.left_helm() && self.shows_nothing(frame, &held)? {
            let placeholder = Held::plain(Value::unknown(held.value.whole_mark()));
            return self.show(frame, &placeholder, out);
        }
        if held.is_absent() {
            let mark = held.value.mark.union(&frame.mark(action.range, None));
            let text = Text::marked("<no value>", mark);
            return self.push(frame, &text, out);
        }
        self.show(frame, &held, out)
    }

    /// Whether nothing stands in the text where a value can't be known, so that nothing can tell that.
    fn shows_nothing(&mut self, frame: &Frame<'_>, held: &Held) -> Result<bool, Failure> {
        if held.is_absent() {
            return Ok(true);
        }
        let printed = self.printed(&held.value);
        let text = printed.map_err(|failure| frame.place(failure))?;
        Ok(text.is_empty() || text.as_bytes() == b"<no value>")
    }

    fn show(
        &mut self,
        frame: &Frame<'_>,
        held: &Held,
        out: &mut TextBuilder,
    ) -> Result<Flow, Failure> {
        let printed = match pointer_string(held) {
            Some(text) => Ok(text),
            None => self.printed(&held.value),
        };
        let text = printed.map_err(|failure| frame.place(failure))?;
        let text = match &self.via {
            Some(via) => text.through(via),
            None => text,
        };
        self.push(frame, &text, out)
    }

    fn push(
        &mut self,
        frame: &Frame<'_>,
        text: &Text,
        out: &mut TextBuilder,
    ) -> Result<Flow, Failure> {
        self.pay(frame, out, text.len(), text.pieces().len())?;
        out.push(text);
        Ok(Flow::Next)
    }

    /// Pays for so many bytes, in so many pieces, that are to be written.
    fn pay(
        &mut self,
        frame: &Frame<'_>,
        out: &TextBuilder,
        bytes: usize,
        pieces: usize,
    ) -> Result<(), Failure> {
        self.room_for_more(out.len(), bytes)
            .and_then(|()| self.spend_on_pieces(pieces))
            .map_err(|failure| frame.place(failure))
    }

    fn branch<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Held,
        branch: &'t Branch,
        out: &mut TextBuilder,
    ) -> Result<Flow, Failure> {
        let known = frame.variables.len();
        self.via = frame.via(branch.range);
        let held = self.pipeline(frame, dot, &branch.pipeline)?;
        self.spend(held.value.cost())
            .map_err(|failure| frame.place(failure))?;
        let flow = deeper(|| {
            if branch.kind == BranchKind::Range {
                return self.range(frame, dot, branch, &held, out);
            }
            if !self.truth(&held.value) {
                return self.walk(frame, dot, &branch.otherwise, out);
            }
            let inner = if branch.kind == BranchKind::With {
                &held
            } else {
                dot
            };
            self.walk(frame, inner, &branch.body, out)
        })?;
        frame.variables.truncate(known);
        Ok(flow)
    }

    fn range<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Held,
        branch: &'t Branch,
        held: &Held,
        out: &mut TextBuilder,
    ) -> Result<Flow, Failure> {
        let is_unknown = held.value.is_unknown();
        let mark = held.value.whole_mark();
        let mut items = self.items(frame, branch, &held.value)?;
        if is_unknown {
            let wanted = self.decide(!items.is_empty(), &mark);
            items = items.decided(wanted, &mark);
        }
        if items.is_empty() {
            return self.walk(frame, dot, &branch.otherwise, out);
        }
        let known = frame.variables.len();
        for (key, item) in items.iter() {
            self.spend(1).map_err(|failure| frame.place(failure))?;
            bind(frame, branch, key, &item);
            let flow = self.walk(frame, &item, &branch.body, out)?;
            frame.variables.truncate(known);
            if flow == Flow::Break {
                break;
            }
        }
        Ok(Flow::Next)
    }

    fn items(
        &mut self,
        frame: &Frame<'_>,
        branch: &Branch,
        value: &Value,
    ) -> Result<Items, Failure> {
        let pairs = match &value.data {
            Data::Integer(kind, number) => {
                if branch.pipeline.variables.len() > 1 {
                    let number = kind.number(*number);
                    return frame.fail(format!(
                        "can't use {number} to iterate over more than one variable"
                    ));
                }
                return Ok(Items::Numbers(*kind, *number, value.mark.clone()));
            }
            Data::Nil | Data::Unknown => Vec::new(),
            Data::Bytes(bytes) => {
                let byte = |byte: &u8| Data::Integer(IntegerKind::Uint8, i64::from(*byte));
                let bytes = bytes.iter().map(byte).map(Value::new).map(Held::plain);
                counted(bytes)
            }
            Data::List(list) => {
                let items = list.items().iter();
                counted(items.map(|item| Held::element(item.clone(), list.ty.element)))
            }
            Data::Map(map) => keyed(map),
            _ => {
                let shown = self.printed_as(value, "%v")?;
                return frame.fail(format!("range can't iterate over {}", shown.to_str()));
            }
        };
        self.spend(pairs.len() as u64)
            .map_err(|failure| frame.place(failure))?;
        Ok(Items::Pairs(pairs))
    }

    fn template<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Held,
        call: &'t Call,
        out: &mut TextBuilder,
    ) -> Result<Flow, Failure> {
        self.via = frame.via(call.range);
        frame.at = Some(At::Call(call));
        self.spend(self.scope.depth() / 16)
            .map_err(|failure| frame.place(failure))?;
        let Some(definition) = self.callee(&call.name) else {
            let name = quote(call.name.as_bytes());
            return frame.fail(format!("template {name} not defined"));
        };
        if self.depth >= self.bounds.depth {
            return frame.fail(format!("exceeded maximum template depth ({GO_DEPTH})"));
        }
        let inner = match &call.pipeline {
            Some(pipeline) => self.pipeline(frame, dot, pipeline)?,
            None => Held::default(),
        };
        self.invoke(&definition, &inner, out)?;
        Ok(Flow::Next)
    }
}

impl Items {
    fn is_empty(&self) -> bool {
        match self {
            Self::Numbers(kind, number, _) => kind.number(*number) <= 0,
            Self::Pairs(pairs) => pairs.is_empty(),
        }
    }

    /// What is gone through after it was decided whether there is anything. If there is and nothing is known of it, one
    /// unknown item stands for all.
    fn decided(self, wanted: bool, mark: &Mark) -> Self {
        let unknown = Value::unknown(mark.clone());
        match self {
            _ if !wanted => Self::Pairs(Vec::new()),
            items if items.is_empty() => {
                let item = Held::element(unknown.clone(), Type::Any);
                Self::Pairs(vec![(unknown, item)])
            }
            Self::Pairs(pairs) => {
                Self::Pairs(pairs.into_iter().map(|pair| tainted(pair, mark)).collect())
            }
            numbers => numbers,
        }
    }

    /// Keys and items; a number has no keys.
    fn iter(&self) -> Box<dyn Iterator<Item = (Value, Held)> + '_> {
        match self {
            Self::Numbers(kind, number, mark) => {
                let number_of = |item| Value::new(Data::Integer(*kind, item)).marked(mark.clone());
                let numbers = (0..*number).map(number_of);
                Box::new(numbers.map(|item| (Value::nil(), Held::plain(item))))
            }
            Self::Pairs(pairs) => Box::new(pairs.iter().cloned()),
        }
    }
}

fn tainted((key, item): (Value, Held), mark: &Mark) -> (Value, Held) {
    let value = item.value.tainted_by(mark);
    (key.tainted_by(mark), Held { value, ..item })
}

fn counted(items: impl Iterator<Item = Held>) -> Vec<(Value, Held)> {
    let counted = (0..).map(Value::int).zip(items);
    counted.collect()
}

fn keyed(map: &Map) -> Vec<(Value, Held)> {
    let entries = map.entries().into_iter();
    let pairs = entries.map(|(key, value)| {
        let text = Text::marked(&*key.text, key.mark.clone());
        let key = Value::text(text).marked(key.mark);
        (key, Held::element(value, map.ty.element))
    });
    pairs.collect()
}

/// Gives the variables of a loop what one turn is about. With two variables the key comes first.
fn bind(frame: &mut Frame<'_>, branch: &Branch, key: Value, item: &Held) {
    let variables = &branch.pipeline.variables;
    let mut values = match variables.len() {
        0 => Vec::new(),
        1 => vec![item.clone()],
        _ => vec![Held::plain(key), item.clone()],
    };
    for (name, held) in variables.iter().zip(values.drain(..)) {
        frame.assign(name, held);
    }
}

/// What the method `String` of pointers to a value gives, where the value stands in a struct.
fn pointer_string(held: &Held) -> Option<Text> {
    match &held.value.data {
        Data::Object(object) if !held.is_boxed => object.ty.pointer_string.map(|text| text(object)),
        _ => None,
    }
}

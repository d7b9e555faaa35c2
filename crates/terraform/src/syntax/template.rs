//! Tokens to the parts of strings, heredocs and templates.
//!
//! Source: <https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#templates>, and for what strip markers take,
//! <https://github.com/hashicorp/hcl/blob/main/hclsyntax/parser_template.go>.

use std::ops::Range;

use super::ast::{Expression, Name, TemplateFor, TemplateIf, TemplatePart};
use super::lex::{Group, Kind, behind};
use super::literal::{Indented, Literal, flush};
use super::read::{MAX_DEPTH, Reader};

/// How a template is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `"…"`
    Quoted,
    /// `<<EOT`, or `<<-EOT` where it is flush.
    Heredoc { flush: bool },
    /// A whole text.
    Bare,
}

/// A part before directives are matched.
enum Part<'a> {
    Literal(Literal<'a>),
    Interpolation(Expression),
    Directive(Directive, (u32, u32)),
}

enum Directive {
    If(Expression),
    For {
        key: Option<Name>,
        value: Name,
        collection: Expression,
    },
    Else,
    EndIf,
    EndFor,
}

/// A directive that is not ended yet.
struct Frame {
    directive: Directive,
    place: (u32, u32),
    /// The parts between it and its `else`, where that came.
    then: Option<Vec<TemplatePart>>,
    /// The parts around the directive, before it.
    before: Vec<TemplatePart>,
}

impl<'a> Reader<'a> {
    /// The parts of the tokens; none where directives don't match.
    pub(super) fn template(
        &mut self,
        tokens: Range<usize>,
        style: Style,
        depth: usize,
    ) -> Option<Vec<TemplatePart>> {
        let mut parts = self.parts(tokens, style, depth);
        if style == (Style::Heredoc { flush: true }) {
            flush(parts.iter_mut().map(|part| match part {
                Part::Literal(literal) => Indented::Text(literal),
                _ => Indented::Other,
            }));
        }
        let is_one = matches!(parts[..], [Part::Interpolation(_)]);
        let mut parts = self.nest(joined(parts), depth)?;
        // What stands alone is a value of any type; beside text that was stripped to nothing, it is a string.
        if !is_one && let [TemplatePart::Interpolation(only)] = &parts[..] {
            let span = only.span;
            parts.push(TemplatePart::Literal {
                text: "".into(),
                span: source::Span::new(span.file, span.end, span.end),
                verbatim: true,
            });
        }
        Some(parts)
    }

    fn parts(&mut self, tokens: Range<usize>, style: Style, depth: usize) -> Vec<Part<'a>> {
        let mut parts: Vec<Part<'a>> = Vec::new();
        let mut strips_next = false;
        // How many directives are open.
        let mut nesting: usize = 0;
        let mut at = tokens.start;
        while at < tokens.end {
            let close = self.tokens[at].partner as usize;
            match self.tokens[at].kind {
                Kind::Literal => {
                    let mut literal = self.literal(at, style == Style::Quoted);
                    if strips_next {
                        literal.strip_start();
                    }
                    strips_next = false;
                    parts.push(Part::Literal(literal));
                }
                Kind::Open(group) => {
                    if self.written(at).ends_with('~')
                        && let Some(Part::Literal(literal)) = parts.last_mut()
                    {
                        literal.strip_end();
                    }
                    strips_next = self.written(close).starts_with('~');
                    let part = self.sequence(at, close, group, depth + nesting);
                    nesting = match &part {
                        Part::Directive(Directive::If(_) | Directive::For { .. }, _) => nesting + 1,
                        Part::Directive(Directive::EndIf | Directive::EndFor, _) => {
                            nesting.saturating_sub(1)
                        }
                        _ => nesting,
                    };
                    parts.push(part);
                }
                _ => {}
            }
            at = behind(self.tokens, at);
        }
        parts
    }

    fn sequence(&mut self, open: usize, close: usize, group: Group, depth: usize) -> Part<'a> {
        let place = self.offsets(open..close + 1);
        if self.tokens[close].is_missing() {
            return Part::Interpolation(self.broken(open..close + 1));
        }
        if group == Group::Interpolation {
            return Part::Interpolation(self.expression(open + 1..close, place, depth + 1));
        }
        match self.directive(open + 1..close, place, depth) {
            Some(directive) => Part::Directive(directive, place),
            None => Part::Interpolation(self.broken(open..close + 1)),
        }
    }

    fn directive(
        &mut self,
        inner: Range<usize>,
        place: (u32, u32),
        depth: usize,
    ) -> Option<Directive> {
        let word = inner.start;
        let rest = (word + 1).min(inner.end)..inner.end;
        let directive = match self.written(word) {
            "if" => {
                let condition = self.expression(rest, place, depth + 1);
                return Some(Directive::If(condition));
            }
            "for" => return self.for_directive(rest, place, depth),
            "else" => Directive::Else,
            "endif" => Directive::EndIf,
            "endfor" => Directive::EndFor,
            _ => {
                let message = "`%{` begins with `if`, `else`, `endif`, `for` or `endfor`";
                let help = "write one of them, or `%%{` for the characters themselves";
                self.error("invalid-directive", message, help, place);
                return None;
            }
        };
        if !rest.is_empty() {
            let message = "nothing can follow this directive in its braces";
            let place = self.offsets(rest);
            self.error("invalid-directive", message, "remove it", place);
        }
        Some(directive)
    }

    fn for_directive(
        &mut self,
        rest: Range<usize>,
        place: (u32, u32),
        depth: usize,
    ) -> Option<Directive> {
        let first = rest.start;
        let has_key = self.kinds(first, rest.end, &[Kind::Identifier, Kind::Comma]);
        let value = if has_key { first + 2 } else { first };
        let word = value + 1;
        let has_names = self.kinds(value, rest.end, &[Kind::Identifier, Kind::Identifier]);
        if !has_names || self.written(word) != "in" {
            let message = "`for` has one or two names and `in` before what it walks";
            let help = "write `%{ for name in values }`";
            self.error("invalid-directive", message, help, place);
            return None;
        }
        Some(Directive::For {
            key: has_key.then(|| self.name(first)),
            value: self.name(value),
            collection: self.expression(word + 1..rest.end, place, depth + 1),
        })
    }

    fn kinds(&self, at: usize, limit: usize, kinds: &[Kind]) -> bool {
        let end = (at + kinds.len()).min(limit);
        let tokens = self.tokens[at.min(end)..end].iter();
        tokens.map(|token| token.kind).eq(kinds.iter().copied())
    }

    /// Puts what stands between directives into them.
    fn nest(&mut self, parts: Vec<Part<'a>>, depth: usize) -> Option<Vec<TemplatePart>> {
        let mut frames: Vec<Frame> = Vec::new();
        let mut current = Vec::new();
        for part in parts {
            match part {
                Part::Literal(literal) if literal.text.is_empty() => {}
                Part::Literal(literal) => current.push(self.literal_part(literal)),
                Part::Interpolation(value) => {
                    current.push(TemplatePart::Interpolation(Box::new(value)));
                }
                Part::Directive(directive, place) => {
                    self.nest_directive(directive, place, &mut frames, &mut current)?;
                    if frames.len() + depth > MAX_DEPTH {
                        let message = format!("this is nested deeper than {MAX_DEPTH} levels");
                        self.error("nesting-too-deep", message, "nest less deeply", place);
                        return None;
                    }
                }
            }
        }
        if let Some(frame) = frames.last() {
            let (message, help) = match frame.directive {
                Directive::For { .. } => ("this `for` has no `endfor`", "write `%{ endfor }`"),
                _ => ("this `if` has no `endif`", "write `%{ endif }`"),
            };
            self.error("unclosed-directive", message, help, frame.place);
            return None;
        }
        Some(current)
    }

    fn nest_directive(
        &mut self,
        directive: Directive,
        place: (u32, u32),
        frames: &mut Vec<Frame>,
        current: &mut Vec<TemplatePart>,
    ) -> Option<()> {
        let top = frames.last_mut();
        match (directive, top) {
            (directive @ (Directive::If(_) | Directive::For { .. }), _) => frames.push(Frame {
                directive,
                place,
                then: None,
                before: std::mem::take(current),
            }),
            (Directive::Else, Some(frame))
                if matches!(frame.directive, Directive::If(_)) && frame.then.is_none() =>
            {
                frame.then = Some(std::mem::take(current));
            }
            (Directive::EndIf, Some(frame)) if matches!(frame.directive, Directive::If(_)) => {
                self.end_directive(place, frames, current);
            }
            (Directive::EndFor, Some(frame))
                if matches!(frame.directive, Directive::For { .. }) =>
            {
                self.end_directive(place, frames, current);
            }
            _ => {
                let message = "no directive above is open that this belongs to";
                let help = "remove it, or write the `if` or `for` that it ends";
                self.error("unexpected-directive", message, help, place);
                return None;
            }
        }
        Some(())
    }

    fn end_directive(
        &mut self,
        (_, end): (u32, u32),
        frames: &mut Vec<Frame>,
        current: &mut Vec<TemplatePart>,
    ) {
        let Some(frame) = frames.pop() else { return };
        let last = std::mem::replace(current, frame.before);
        let span = self.places.span(frame.place.0, end);
        let (then, otherwise) = match frame.then {
            Some(then) => (then, last),
            None => (last, Vec::new()),
        };
        current.push(match frame.directive {
            Directive::For {
                key,
                value,
                collection,
            } => TemplatePart::For(Box::new(TemplateFor {
                key,
                value,
                collection,
                body: then,
                span,
            })),
            Directive::If(condition) => TemplatePart::If(Box::new(TemplateIf {
                condition,
                then,
                otherwise,
                span,
            })),
            Directive::Else | Directive::EndIf | Directive::EndFor => return,
        });
    }
}

/// The parts, in which text is joined that stands together.
fn joined(parts: Vec<Part<'_>>) -> Vec<Part<'_>> {
    let mut out: Vec<Part<'_>> = Vec::with_capacity(parts.len());
    for part in parts {
        if let (Some(Part::Literal(last)), Part::Literal(next)) = (out.last_mut(), &part)
            && last.join(next)
        {
            continue;
        }
        out.push(part);
    }
    out
}

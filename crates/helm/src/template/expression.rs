//! Pipelines, commands and operands.

use smol_str::SmolStr;

use super::parser::Parser;
use super::quoted::quote;
use super::token::{Keyword, Token, TokenKind};
use super::{Command, Names, Number, Operand, OperandKind, Pipeline, Range};
use crate::functions;
use crate::run::Failure;

impl Parser<'_> {
    /// A pipeline up to the token that ends it.
    pub(super) fn pipeline(&mut self, context: &str, end: TokenKind) -> Result<Pipeline, Failure> {
        let mut pipeline = Pipeline {
            variables: Vec::new(),
            assigns: false,
            commands: Vec::with_capacity(1),
            position: self.peek_word().start,
        };
        while self.declaration(&mut pipeline, context)? {}
        loop {
            let token = self.next_word();
            if token.kind == end {
                return self.checked(pipeline, context);
            }
            if !begins_operand(token) {
                return Err(self.unexpected(token, context));
            }
            self.back();
            pipeline.commands.push(self.command()?);
        }
    }

    /// A variable that gets the result, if one stands here, and whether another one must follow.
    fn declaration(&mut self, pipeline: &mut Pipeline, context: &str) -> Result<bool, Failure> {
        let variable = self.peek_word();
        if variable.kind != TokenKind::Variable {
            return Ok(false);
        }
        self.next_word();
        let after = self.peek();
        let next = self.peek_word();
        match next.kind {
            TokenKind::Assign | TokenKind::Declare => {
                pipeline.assigns = next.kind == TokenKind::Assign;
                self.next_word();
                self.declare(pipeline, variable);
                Ok(false)
            }
            TokenKind::Char if next.text == "," => {
                self.next_word();
                self.declare(pipeline, variable);
                self.second_declaration(pipeline, context)
            }
            _ => {
                if after.kind == TokenKind::Space {
                    self.back_to_both(variable, after);
                } else {
                    self.back_to(variable);
                }
                Ok(false)
            }
        }
    }

    fn declare(&mut self, pipeline: &mut Pipeline, variable: Token<'_>) {
        let name = SmolStr::from(variable.text);
        pipeline.variables.push(name.clone());
        self.tree.variables.push(name);
    }

    /// Only `range` takes a second variable.
    fn second_declaration(&mut self, pipeline: &Pipeline, context: &str) -> Result<bool, Failure> {
        if context != "range" || pipeline.variables.len() >= 2 {
            return Err(self.failure(format!("too many declarations in {context}")));
        }
        match self.peek_word().kind {
            TokenKind::Variable | TokenKind::RightDelimiter | TokenKind::RightParenthesis => {
                Ok(true)
            }
            _ => Err(self.failure("range can only initialize variables")),
        }
    }

    fn checked(&self, pipeline: Pipeline, context: &str) -> Result<Pipeline, Failure> {
        if pipeline.commands.is_empty() {
            return Err(self.failure(format!("missing value for {context}")));
        }
        let mut later = pipeline.commands.iter().skip(1);
        let constant = later.position(|command| {
            let first = command.operands.first();
            first.is_some_and(|operand| {
                matches!(
                    operand.kind,
                    OperandKind::Bool(_)
                        | OperandKind::Dot
                        | OperandKind::Nil
                        | OperandKind::Number(_)
                        | OperandKind::String(_)
                )
            })
        });
        match constant {
            Some(index) => Err(self.failure(format!(
                "non executable command in pipeline stage {}",
                index + 2
            ))),
            None => Ok(pipeline),
        }
    }

    fn command(&mut self) -> Result<Command, Failure> {
        let position = self.peek_word().start;
        let first = self.operands.len();
        loop {
            self.peek_word();
            if let Some(operand) = self.operand()? {
                self.operands.push(operand);
            }
            let token = self.next();
            match token.kind {
                TokenKind::Space => continue,
                TokenKind::RightDelimiter | TokenKind::RightParenthesis => self.back(),
                TokenKind::Pipe => (),
                _ => return Err(self.unexpected(token, "operand")),
            }
            break;
        }
        let operands = self.operands.split_off(first);
        if operands.is_empty() {
            return Err(self.failure("empty command"));
        }
        Ok(Command { operands, position })
    }

    /// A term and the fields behind it; nothing if something else follows.
    fn operand(&mut self) -> Result<Option<Operand>, Failure> {
        let Some(term) = self.term()? else {
            return Ok(None);
        };
        let first = self.peek();
        if first.kind != TokenKind::Field {
            return Ok(Some(term));
        }
        let start = term.range.start;
        let (kind, end) = match term.kind {
            OperandKind::Field(_) => {
                let (names, end) = self.fields(start);
                (OperandKind::Field(names), end)
            }
            OperandKind::Variable(name, _) => {
                let (names, end) = self.fields(first.start);
                (OperandKind::Variable(name, names), end)
            }
            OperandKind::Function(_) | OperandKind::Pipeline(_) | OperandKind::Chain(..) => {
                let (names, end) = self.fields(first.start);
                (OperandKind::Chain(Box::new(term), names), end)
            }
            _ => {
                // Go reads all of the fields before it looks at what they stand behind.
                self.fields(first.start);
                let shown = quote(term.to_string().as_bytes());
                return Err(self.failure(format!("unexpected . after term {shown}")));
            }
        };
        Ok(Some(Operand {
            kind,
            position: first.start,
            range: Range { start, end },
        }))
    }

    /// Reads the fields that follow; the first of all begins at `start`. Returns their names, and where they end.
    fn fields(&mut self, start: usize) -> (Names, usize) {
        let mut end = self.last_end();
        while self.peek().kind == TokenKind::Field {
            end = self.next().end();
        }
        let start = start + 1;
        let names = Names::new(self.source.slice(Range { start, end }));
        (names, end)
    }

    fn term(&mut self) -> Result<Option<Operand>, Failure> {
        let token = self.next_word();
        let mut range = Range {
            start: token.start,
            end: token.end(),
        };
        let mut position = token.start;
        let kind = match token.kind {
            TokenKind::Identifier => self.function(token)?,
            TokenKind::Dot => OperandKind::Dot,
            TokenKind::Keyword(Keyword::Nil) => OperandKind::Nil,
            TokenKind::Variable => self.variable(token)?,
            TokenKind::Field => OperandKind::Field(Names::new(&token.text[1..])),
            TokenKind::Bool => OperandKind::Bool(token.text == "true"),
            TokenKind::CharConstant | TokenKind::Complex | TokenKind::Number => {
                let number = Number::read(token.kind, token.text);
                let number = number.map_err(|message| self.failure(message))?;
                OperandKind::Number(Box::new(number))
            }
            TokenKind::LeftParenthesis => {
                let pipeline = self.deeper(|parser| {
                    parser.pipeline("parenthesized pipeline", TokenKind::RightParenthesis)
                })?;
                position = pipeline.position;
                range.end = self.last_end();
                OperandKind::Pipeline(Box::new(pipeline))
            }
            TokenKind::String | TokenKind::RawString => OperandKind::String(self.quoted(token)?),
            _ => {
                self.back();
                return Ok(None);
            }
        };
        Ok(Some(Operand {
            kind,
            position,
            range,
        }))
    }

    fn function(&self, token: Token<'_>) -> Result<OperandKind, Failure> {
        match functions::find(token.text) {
            Some(function) => Ok(OperandKind::Function(function)),
            None => {
                let name = quote(token.text.as_bytes());
                Err(self.failure(format!("function {name} not defined")))
            }
        }
    }

    fn variable(&self, token: Token<'_>) -> Result<OperandKind, Failure> {
        let name = SmolStr::from(token.text);
        if self.tree.variables.contains(&name) {
            return Ok(OperandKind::Variable(name, Names::default()));
        }
        let name = quote(name.as_bytes());
        Err(self.failure(format!("undefined variable {name}")))
    }
}

fn begins_operand(token: Token<'_>) -> bool {
    matches!(
        token.kind,
        TokenKind::Bool
            | TokenKind::CharConstant
            | TokenKind::Complex
            | TokenKind::Dot
            | TokenKind::Field
            | TokenKind::Identifier
            | TokenKind::Number
            | TokenKind::Keyword(Keyword::Nil)
            | TokenKind::RawString
            | TokenKind::String
            | TokenKind::Variable
            | TokenKind::LeftParenthesis
    )
}

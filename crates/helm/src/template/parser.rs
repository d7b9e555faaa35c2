//! From tokens to syntax trees: texts, actions and definitions. Pipelines are read in `expression`.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use super::lexer::Lexer;
use super::quoted::quote;
use super::token::{Keyword, Token, TokenKind};
use super::{
    Action, Branch, BranchKind, Call, Node, Operand, Quoted, Range, Template, TemplateSource,
};
use crate::run::{Failure, FailureKind};
use go::deeper;

/// How deep actions, and parentheses in them, may be nested. Go takes more; no chart comes near.
pub(super) const DEEPEST: usize = 400;

/// What was read from one text: the template of the whole text, which has the name of the text, and those that it defines.
pub type Parsed = Vec<Arc<Template>>;

/// Reads a text.
///
/// # Errors
/// When Go's reader refuses it. The message is Go's.
pub fn parse(source: &Arc<TemplateSource>) -> Result<Parsed, Failure> {
    let mut parser = Parser {
        lexer: Lexer::new(&source.text),
        tokens: [Token {
            kind: TokenKind::End,
            start: 0,
            text: "",
        }; 3],
        peeked: 0,
        source,
        templates: Vec::new(),
        positions: BTreeMap::new(),
        tree: Tree::new(),
        depth: 0,
        operands: Vec::new(),
        nodes: Vec::new(),
    };
    parser.file()?;
    Ok(parser.templates.into_iter().map(Arc::new).collect())
}

pub(super) struct Parser<'a> {
    lexer: Lexer<'a>,
    /// The token read last, and up to two before it that were put back.
    tokens: [Token<'a>; 3],
    peeked: usize,
    pub(super) source: &'a Arc<TemplateSource>,
    templates: Vec<Template>,
    /// Where in `templates` each name stands.
    positions: BTreeMap<SmolStr, usize>,
    pub(super) tree: Tree,
    pub(super) depth: usize,
    /// The operands of the commands, and the nodes of the lists, that are being read. They become lists of their own when their
    /// number is known, so that these take no more memory than they need.
    pub(super) operands: Vec<Operand>,
    nodes: Vec<Node>,
}

/// What is known while one template is read.
pub(super) struct Tree {
    pub(super) variables: Variables,
    range_depth: usize,
    /// Where the action begins that is being read.
    action_start: Option<usize>,
}

impl Tree {
    fn new() -> Self {
        Self {
            variables: Variables::default(),
            range_depth: 0,
            action_start: None,
        }
    }
}

/// The variables that are known beside `$`, some of them several times.
#[derive(Default)]
pub(super) struct Variables {
    names: Vec<SmolStr>,
    counts: BTreeMap<SmolStr, usize>,
}

impl Variables {
    pub(super) fn push(&mut self, name: SmolStr) {
        *self.counts.entry(name.clone()).or_default() += 1;
        self.names.push(name);
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        name == "$" || self.counts.get(name).is_some_and(|count| *count > 0)
    }

    /// Forgets those after the first `length`.
    fn truncate(&mut self, length: usize) {
        for name in self.names.drain(length..) {
            if let Some(count) = self.counts.get_mut(&name) {
                *count -= 1;
            }
        }
    }
}

/// What ends a list of nodes.
enum Ending {
    End,
    Else,
}

/// What stands at a place: a node, or what ends the list.
enum Item {
    Node(Node),
    Ending(Ending),
}

impl<'a> Parser<'a> {
    #[inline]
    pub(super) fn next(&mut self) -> Token<'a> {
        if self.peeked > 0 {
            self.peeked -= 1;
        } else {
            self.tokens[0] = self.lexer.next_token();
        }
        self.tokens[self.peeked]
    }

    pub(super) fn back(&mut self) {
        self.peeked += 1;
    }

    /// Puts back one token more than the last one.
    pub(super) fn back_to(&mut self, token: Token<'a>) {
        self.tokens[1] = token;
        self.peeked = 2;
    }

    /// Puts back two tokens more than the last one.
    pub(super) fn back_to_both(&mut self, first: Token<'a>, second: Token<'a>) {
        self.tokens[1] = second;
        self.tokens[2] = first;
        self.peeked = 3;
    }

    pub(super) fn peek(&mut self) -> Token<'a> {
        let token = self.next();
        self.back();
        token
    }

    pub(super) fn next_word(&mut self) -> Token<'a> {
        loop {
            let token = self.next();
            if token.kind != TokenKind::Space {
                return token;
            }
        }
    }

    pub(super) fn peek_word(&mut self) -> Token<'a> {
        let token = self.next_word();
        self.back();
        token
    }

    /// The failure at the token read last.
    pub(super) fn failure(&self, cause: impl Into<String>) -> Failure {
        let (cause, token) = (cause.into(), &self.tokens[0]);
        let range = Range {
            start: token.start,
            end: token.end(),
        };
        let name = &self.source.name;
        let place = self.source.failure_place(token.start, range, name);
        Failure {
            message: format!("template: {name}:{}: {cause}", place.line),
            cause,
            kind: FailureKind::Parse,
            places: vec![place],
        }
    }

    pub(super) fn unexpected(&self, token: Token<'_>, context: &str) -> Failure {
        if token.kind != TokenKind::Error {
            return self.failure(format!("unexpected {} in {context}", token.shown()));
        }
        let message = self.lexer.error.as_deref().unwrap_or_default();
        let mut extra = String::new();
        let line_of = |start| self.source.line(start).0;
        let action_line = self.tree.action_start.map(line_of);
        if let Some(line) = action_line.filter(|line| *line != line_of(token.start)) {
            extra = format!(" in action started at {}:{line}", self.source.name);
            if message.ends_with(" action") {
                extra = extra.replacen(" in action", "", 1);
            }
        }
        self.failure(format!("{message}{extra}"))
    }

    fn expect(&mut self, kind: TokenKind, context: &str) -> Result<Token<'a>, Failure> {
        let token = self.next_word();
        if token.kind == kind {
            Ok(token)
        } else {
            Err(self.unexpected(token, context))
        }
    }

    fn file(&mut self) -> Result<(), Failure> {
        let mut nodes = Vec::new();
        while self.peek().kind != TokenKind::End {
            if self.peek().kind == TokenKind::LeftDelimiter {
                let delimiter = self.next();
                if self.next_word().is(Keyword::Define) {
                    self.definition()?;
                    continue;
                }
                self.back_to(delimiter);
            }
            match self.item()? {
                Item::Node(node) => nodes.push(node),
                Item::Ending(ending) => {
                    return Err(self.failure(format!("unexpected {}", ending.shown())));
                }
            }
        }
        let name = self.source.name.clone();
        self.add(name, nodes)
    }

    /// A definition, after its keyword.
    fn definition(&mut self) -> Result<(), Failure> {
        let context = "define clause";
        let outer = std::mem::replace(&mut self.tree, Tree::new());
        let token = self.next_word();
        let name = self.template_name(token, context)?;
        self.expect(TokenKind::RightDelimiter, context)?;
        self.named_body(name, context)?;
        self.tree = outer;
        Ok(())
    }

    /// The body of a definition or block up to its end.
    fn named_body(&mut self, name: SmolStr, context: &str) -> Result<(), Failure> {
        let (nodes, ending) = self.list()?;
        if let Ending::Else = ending {
            return Err(self.failure(format!("unexpected {} in {context}", ending.shown())));
        }
        self.add(name, nodes)
    }

    /// Of two definitions of one name only one may hold more than space.
    fn add(&mut self, name: SmolStr, nodes: Vec<Node>) -> Result<(), Failure> {
        let source = Arc::clone(self.source);
        let template = Template {
            name,
            source,
            nodes,
        };
        match self.positions.get(&template.name).copied() {
            None => {
                let position = self.templates.len();
                self.positions.insert(template.name.clone(), position);
                self.templates.push(template);
            }
            Some(index) if self.templates[index].is_empty() => self.templates[index] = template,
            Some(_) if template.is_empty() => (),
            Some(_) => {
                let name = quote(template.name.as_bytes());
                return Err(
                    self.failure(format!("template: multiple definition of template {name}"))
                );
            }
        }
        Ok(())
    }

    /// Nodes up to `end` or `else`.
    fn list(&mut self) -> Result<(Vec<Node>, Ending), Failure> {
        let first = self.nodes.len();
        while self.peek_word().kind != TokenKind::End {
            match self.item()? {
                Item::Node(node) => self.nodes.push(node),
                Item::Ending(ending) => return Ok((self.nodes.split_off(first), ending)),
            }
        }
        Err(self.failure("unexpected EOF"))
    }

    fn item(&mut self) -> Result<Item, Failure> {
        let token = self.next_word();
        match token.kind {
            TokenKind::Text => Ok(Item::Node(Node::Text(Range {
                start: token.start,
                end: token.end(),
            }))),
            TokenKind::LeftDelimiter => {
                self.tree.action_start = Some(token.start);
                let item = self.deeper(|parser| parser.action(token.start))?;
                self.tree.action_start = None;
                Ok(item)
            }
            _ => Err(self.unexpected(token, "input")),
        }
    }

    /// Reads something that may hold others of its kind.
    pub(super) fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        if self.depth >= DEEPEST {
            return Err(self.failure("max expression depth exceeded"));
        }
        self.depth += 1;
        let result = deeper(|| read(self));
        self.depth -= 1;
        result
    }

    /// An action, after its opening braces, which stand at `start`.
    fn action(&mut self, start: usize) -> Result<Item, Failure> {
        let token = self.next_word();
        let TokenKind::Keyword(keyword) = token.kind else {
            self.back();
            return self.plain_action(start);
        };
        match keyword {
            Keyword::Block => self.block(start),
            Keyword::Break => self.loop_control(Node::Break, "{{break}}"),
            Keyword::Continue => self.loop_control(Node::Continue, "{{continue}}"),
            Keyword::Else => self.else_control(),
            Keyword::End => {
                self.expect(TokenKind::RightDelimiter, "end")?;
                Ok(Item::Ending(Ending::End))
            }
            Keyword::If => self.branch(BranchKind::If, start),
            Keyword::Range => self.branch(BranchKind::Range, start),
            Keyword::With => self.branch(BranchKind::With, start),
            Keyword::Template => self.template(start),
            Keyword::Define | Keyword::Nil => {
                self.back();
                self.plain_action(start)
            }
        }
    }

    fn plain_action(&mut self, start: usize) -> Result<Item, Failure> {
        let pipeline = self.pipeline("command", TokenKind::RightDelimiter)?;
        let range = self.range_from(start);
        Ok(Item::Node(Node::Action(Action { pipeline, range })))
    }

    /// The bytes from `start` to the end of the token read last.
    fn range_from(&self, start: usize) -> Range {
        let end = self.last_end();
        Range { start, end }
    }

    pub(super) fn last_end(&self) -> usize {
        self.tokens[0].end()
    }

    fn loop_control(&mut self, node: Node, name: &str) -> Result<Item, Failure> {
        let token = self.next_word();
        if token.kind != TokenKind::RightDelimiter {
            return Err(self.unexpected(token, name));
        }
        if self.tree.range_depth == 0 {
            return Err(self.failure(format!("{name} outside {{{{range}}}}")));
        }
        Ok(Item::Node(node))
    }

    /// `else`, where an `if` or `with` behind it is left for the branch to read.
    fn else_control(&mut self) -> Result<Item, Failure> {
        let next = self.peek_word();
        if !next.is(Keyword::If) && !next.is(Keyword::With) {
            self.expect(TokenKind::RightDelimiter, "else")?;
        }
        Ok(Item::Ending(Ending::Else))
    }

    fn branch(&mut self, kind: BranchKind, start: usize) -> Result<Item, Failure> {
        let known = self.tree.variables.names.len();
        let pipeline = self.pipeline(kind.keyword(), TokenKind::RightDelimiter)?;
        let range = self.range_from(start);
        let is_range = usize::from(kind == BranchKind::Range);
        self.tree.range_depth += is_range;
        let (body, ending) = self.list()?;
        self.tree.range_depth -= is_range;
        let otherwise = match ending {
            Ending::End => Vec::new(),
            Ending::Else => self.otherwise(kind)?,
        };
        self.tree.variables.truncate(known);
        Ok(Item::Node(Node::Branch(Box::new(Branch {
            kind,
            pipeline,
            body,
            otherwise,
            range,
        }))))
    }

    /// What follows `else`: another branch of the same kind, or nodes up to `end`.
    fn otherwise(&mut self, kind: BranchKind) -> Result<Vec<Node>, Failure> {
        let next = self.peek();
        let continues = match kind {
            BranchKind::If => next.is(Keyword::If),
            BranchKind::With => next.is(Keyword::With),
            BranchKind::Range => false,
        };
        if continues {
            self.next();
            return match self.deeper(|parser| parser.branch(kind, next.start))? {
                Item::Node(node) => Ok(vec![node]),
                Item::Ending(_) => Ok(Vec::new()),
            };
        }
        match self.list()? {
            (nodes, Ending::End) => Ok(nodes),
            (_, ending) => Err(self.failure(format!("expected end; found {}", ending.shown()))),
        }
    }

    fn template_name(&mut self, token: Token<'_>, context: &str) -> Result<SmolStr, Failure> {
        if !matches!(token.kind, TokenKind::String | TokenKind::RawString) {
            return Err(self.unexpected(token, context));
        }
        let name = self.quoted(token)?;
        Ok(String::from_utf8_lossy(name.bytes()).into())
    }

    /// What a string of these letters is.
    pub(super) fn quoted(&self, token: Token<'_>) -> Result<Quoted, Failure> {
        Quoted::read(token.text).ok_or_else(|| self.failure("invalid syntax"))
    }

    fn block(&mut self, start: usize) -> Result<Item, Failure> {
        let context = "block clause";
        let token = self.next_word();
        let name = self.template_name(token, context)?;
        let pipeline = self.pipeline(context, TokenKind::RightDelimiter)?;
        let range = self.range_from(start);
        let outer = std::mem::replace(&mut self.tree, Tree::new());
        self.named_body(name.clone(), context)?;
        self.tree = outer;
        Ok(Item::Node(Node::Template(Box::new(Call {
            name,
            pipeline: Some(pipeline),
            position: token.start,
            range,
        }))))
    }

    fn template(&mut self, start: usize) -> Result<Item, Failure> {
        let context = "template clause";
        let token = self.next_word();
        let name = self.template_name(token, context)?;
        let mut pipeline = None;
        if self.next_word().kind != TokenKind::RightDelimiter {
            self.back();
            pipeline = Some(self.pipeline(context, TokenKind::RightDelimiter)?);
        }
        Ok(Item::Node(Node::Template(Box::new(Call {
            name,
            pipeline,
            position: token.start,
            range: self.range_from(start),
        }))))
    }
}

impl BranchKind {
    fn keyword(self) -> &'static str {
        match self {
            Self::If => "if",
            Self::With => "with",
            Self::Range => "range",
        }
    }
}

impl Ending {
    fn shown(&self) -> &'static str {
        match self {
            Self::End => "{{end}}",
            Self::Else => "{{else}}",
        }
    }
}

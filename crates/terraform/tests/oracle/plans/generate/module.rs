//! A module: its blocks, one after the other, each of what stands before it.

use std::fmt::Write as _;

use super::expression::{Entry, Kind, Need, Pool, expression};
use super::random::Random;

/// A module under construction.
pub(super) struct Module {
    pub(super) text: String,
    pub(super) pool: Pool,
    count: usize,
}

const KINDS: [Kind; 5] = [Kind::Text, Kind::Number, Kind::Bool, Kind::Texts, Kind::Map];

/// Known to everybody.
fn open(kind: Kind) -> Entry {
    Entry {
        text: String::new(),
        kind,
        unknown: false,
        secret: false,
    }
}

fn unknown() -> Entry {
    Entry {
        unknown: true,
        ..open(Kind::Text)
    }
}

impl Module {
    pub(super) fn new() -> Self {
        Self {
            text: String::new(),
            pool: Pool::default(),
            count: 0,
        }
    }

    pub(super) fn name(&mut self, stem: &str) -> String {
        self.count += 1;
        format!("{stem}{}", self.count)
    }

    pub(super) fn expression(&self, random: &mut Random, kind: Kind, need: Need) -> Entry {
        let depth = 1 + random.below(3);
        expression(&self.pool, random, kind, need, depth)
    }

    /// Variables that every module has.
    pub(super) fn variables(&mut self) {
        self.text.push_str(
            "variable \"name\" {\n  type    = string\n  default = \"named\"\n}\n\n\
             variable \"size\" {\n  default = 3\n}\n\n\
             variable \"enabled\" {\n  type     = bool\n  default  = true\n  nullable = false\n}\n\n\
             variable \"items\" {\n  type    = list(string)\n  default = [\"i\", \"j\"]\n}\n\n\
             variable \"labels\" {\n  type    = map(string)\n  default = { a = \"la\", b = \"lb\" }\n}\n\n\
             variable \"password\" {\n  type      = string\n  default   = \"secret\"\n  sensitive = true\n}\n\n\
             variable \"options\" {\n  type = object({\n    first  = optional(string, \"one\")\n    \
             second = optional(number)\n    tags   = optional(map(string), { t = \"tag\" })\n  })\n  \
             default = {}\n\n  validation {\n    condition     = var.options.first != \"bad\"\n    \
             error_message = \"The first option is bad.\"\n  }\n}\n\n",
        );
        let maybe = unknown();
        let secret = Entry {
            secret: true,
            ..unknown()
        };
        self.pool.add("var.name", Kind::Text, &maybe);
        self.pool.add("var.size", Kind::Number, &maybe);
        self.pool.add("var.password", Kind::Text, &secret);
        let known = open(Kind::Text);
        self.pool.add("var.enabled", Kind::Bool, &known);
        self.pool.add("var.items", Kind::Texts, &known);
        self.pool.add("var.labels", Kind::Map, &known);
        self.pool.add("var.options.first", Kind::Text, &known);
        self.pool.add("var.options.tags", Kind::Map, &known);
    }

    pub(super) fn locals(&mut self, random: &mut Random) {
        self.text.push_str("locals {\n");
        for _ in 0..=random.below(4) {
            let name = self.name("l");
            let kind = *random.pick(&KINDS);
            let value = self.expression(random, kind, Need::Anything);
            let _ = writeln!(self.text, "  {name} = {}", value.text);
            self.pool.add(format!("local.{name}"), value.kind, &value);
        }
        self.text.push_str("}\n\n");
    }

    /// A resource, single or repeated.
    pub(super) fn resource(&mut self, random: &mut Random) {
        let name = self.name("r");
        let address = format!("terraform_data.{name}");
        let (head, inside) = self.repetition(random);
        let outside = std::mem::replace(&mut self.pool, inside);
        let kind = *random.pick(&KINDS);
        let input = self.expression(random, kind, Need::Anything);
        let trigger = self.expression(random, Kind::Text, Need::Anything);
        self.pool = outside;
        let _ = writeln!(self.text, "resource \"terraform_data\" \"{name}\" {{");
        let _ = writeln!(self.text, "{}  input = {}", head.text(), input.text);
        if random.chance(30) {
            let _ = writeln!(self.text, "  triggers_replace = [{}, 1]", trigger.text);
        }
        if random.chance(15) {
            self.text
                .push_str("\n  lifecycle {\n    ignore_changes = [input]\n  }\n");
        }
        self.text.push_str("}\n\n");
        let output = Entry {
            unknown: true,
            ..input.clone()
        };
        match head {
            Repetition::None => {
                self.pool.add(format!("{address}.input"), kind, &input);
                self.pool.add(format!("{address}.output"), kind, &output);
                self.pool
                    .add(format!("{address}.id"), Kind::Text, &unknown());
            }
            Repetition::Count(_) => {
                self.pool
                    .add(format!("{address}[*].id"), Kind::Texts, &unknown());
                self.pool
                    .add(format!("length({address})"), Kind::Number, &open(kind));
                if kind == Kind::Text {
                    self.pool
                        .add(format!("{address}[*].input"), Kind::Texts, &input);
                    let first = format!("try({address}[0].output, \"none\")");
                    self.pool.add(first, Kind::Text, &output);
                }
            }
            Repetition::ForEach(_) => {
                self.pool
                    .add(format!("keys({address})"), Kind::Texts, &open(kind));
                let ids = format!("{{ for k, r in {address} : k => r.id }}");
                self.pool.add(ids, Kind::Map, &unknown());
                if kind == Kind::Text {
                    self.pool
                        .add(format!("values({address})[*].input"), Kind::Texts, &input);
                }
            }
        }
    }

    /// How a block is repeated, and what its expressions may refer to.
    pub(super) fn repetition(&self, random: &mut Random) -> (Repetition, Pool) {
        let mut pool = self.pool.clone();
        let known = open(Kind::Text);
        match random.below(6) {
            0 | 1 => {
                let count = match random.below(3) {
                    0 => "var.enabled ? 1 : 0".to_owned(),
                    1 => format!(
                        "min(3, {})",
                        self.expression(random, Kind::Number, Need::Known).text
                    ),
                    _ => random.below(4).to_string(),
                };
                pool.add("count.index", Kind::Number, &known);
                (Repetition::Count(count), pool)
            }
            2 | 3 => {
                let each = match random.below(2) {
                    0 => {
                        let texts = self.expression(random, Kind::Texts, Need::Known).text;
                        format!("toset({texts})")
                    }
                    _ => self.expression(random, Kind::Map, Need::Known).text,
                };
                pool.add("each.key", Kind::Text, &known);
                pool.add("each.value", Kind::Text, &known);
                (Repetition::ForEach(each), pool)
            }
            _ => (Repetition::None, pool),
        }
    }

    /// Outputs, each with the kind it has.
    pub(super) fn outputs(&mut self, random: &mut Random) -> Vec<(String, Entry)> {
        let mut outputs = Vec::new();
        for kind in KINDS {
            let name = self.name("o");
            let value = self.expression(random, kind, Need::Anything);
            let sensitive = if value.secret {
                "  sensitive = true\n"
            } else {
                ""
            };
            let _ = writeln!(
                self.text,
                "output \"{name}\" {{\n  value = {}\n{sensitive}}}\n",
                value.text
            );
            // Whoever calls the module passes what may be unknown.
            let unknown = true;
            outputs.push((name, Entry { unknown, ..value }));
        }
        outputs
    }

    /// A call of a module in a folder beside this one.
    pub(super) fn call(&mut self, random: &mut Random, folder: &str, outputs: &[(String, Entry)]) {
        let name = self.name("m");
        let (head, inside) = self.repetition(random);
        let outside = std::mem::replace(&mut self.pool, inside);
        let arguments = self.arguments(random);
        self.pool = outside;
        let head_text = head.text();
        let _ = writeln!(
            self.text,
            "module \"{name}\" {{\n  source = \"./{folder}\"\n{head_text}{arguments}}}\n"
        );
        let address = format!("module.{name}");
        for (output, entry) in outputs {
            match head {
                Repetition::None => {
                    self.pool
                        .add(format!("{address}.{output}"), entry.kind, entry);
                }
                Repetition::Count(_) if entry.kind == Kind::Text => {
                    self.pool
                        .add(format!("{address}[*].{output}"), Kind::Texts, entry);
                }
                Repetition::ForEach(_) if entry.kind == Kind::Text => {
                    let map = format!("{{ for k, m in {address} : k => m.{output} }}");
                    self.pool.add(map, Kind::Map, entry);
                }
                _ => {}
            }
        }
    }

    fn arguments(&self, random: &mut Random) -> String {
        let all = [
            ("name", Kind::Text, Need::Open),
            ("size", Kind::Number, Need::Open),
            ("enabled", Kind::Bool, Need::Known),
            ("items", Kind::Texts, Need::Known),
            ("labels", Kind::Map, Need::Known),
            ("password", Kind::Text, Need::Anything),
        ];
        let mut text = String::new();
        for (name, kind, need) in all {
            if random.chance(60) {
                let value = self.expression(random, kind, need);
                let _ = writeln!(text, "  {name} = {}", value.text);
            }
        }
        if random.chance(40) {
            let first = self.expression(random, Kind::Text, Need::Known);
            let _ = writeln!(
                text,
                "  options = {{ first = \"f-${{{}}}\", other = 1 }}",
                first.text
            );
        }
        text
    }
}

/// How often a block is there.
pub(super) enum Repetition {
    None,
    Count(String),
    ForEach(String),
}

impl Repetition {
    fn text(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Count(count) => format!("  count = {count}\n"),
            Self::ForEach(each) => format!("  for_each = {each}\n"),
        }
    }
}

//! What the functions of templates do with values: which of them hand them on, and which read all of them.

use super::ACTION;
use super::pipeline::Argument;
use super::seen::Seen;
use super::walk::Walk;

impl Walk {
    /// What a function gives. One that is not named here reads all of its arguments, and gives nothing of them.
    pub(super) fn function(&mut self, name: &str, arguments: &[Argument]) -> Seen {
        let values = || arguments.iter().map(|argument| argument.value.clone());
        let name = name.strip_prefix("must").map_or(name.to_owned(), lowered);
        match name.as_str() {
            "default" | "coalesce" | "and" | "or" => Seen::union(values()),
            "ternary" => Seen::union(values().take(2)),
            "required" => Seen::union(values().skip(1)),
            "not" | "empty" | "len" | "kindIs" | "kindOf" | "typeIs" | "typeIsLike" | "typeOf" => {
                Seen::other()
            }
            "dict" => self.dict(arguments),
            "list" | "tuple" => {
                let items = values().enumerate();
                let items = items.map(|(index, value)| (index.to_string().into(), value));
                Seen {
                    entries: items.collect(),
                    ..Seen::default()
                }
            }
            "deepCopy" | "omit" | "pick" => values().next().unwrap_or_default(),
            "index" | "get" => self.index(arguments),
            "hasKey" => {
                self.index(arguments);
                Seen::other()
            }
            "dig" => self.dig(arguments),
            "pluck" => self.pluck(arguments),
            "set" | "merge" | "mergeOverwrite" => self.merge(&name, arguments),
            "unset" => values().next().unwrap_or_default(),
            "values" | "first" | "last" | "rest" | "initial" | "reverse" | "compact" | "uniq"
            | "slice" | "without" | "concat" | "append" | "prepend" | "push" => {
                self.list(&name, arguments)
            }
            "keys" => {
                values().for_each(|value| {
                    self.elements(&value);
                });
                Seen::other()
            }
            "include" => self.include(arguments),
            "tpl" => self.tpl(arguments),
            "print" | "printf" | "println" | "quote" | "squote" | "toString" | "trunc" | "trim" => {
                values().for_each(|value| self.print(&value));
                computed(arguments)
            }
            _ => {
                values().for_each(|value| self.escape(&value));
                computed(arguments)
            }
        }
    }

    fn dict(&mut self, arguments: &[Argument]) -> Seen {
        let mut dict = Seen::default();
        for pair in arguments.chunks(2) {
            let value = pair.get(1).map(|pair| pair.value.clone());
            let value = value.unwrap_or_else(Seen::other);
            match pair[0].value.constants() {
                Some(names) => names.iter().for_each(|name| {
                    let entry = dict.entries.entry(name.clone()).or_default();
                    entry.join(value.clone());
                }),
                None => {
                    self.escape(&pair[0].value);
                    dict.rest.get_or_insert_default().join(value);
                }
            }
        }
        dict
    }

    fn index(&mut self, arguments: &[Argument]) -> Seen {
        let Some((first, keys)) = arguments.split_first() else {
            return Seen::default();
        };
        let keys = keys.iter();
        keys.fold(first.value.clone(), |value, key| {
            self.indexed(&value, &key.value)
        })
    }

    /// `dig "a" "b" DEFAULT MAP`
    fn dig(&mut self, arguments: &[Argument]) -> Seen {
        let [keys @ .., default, map] = arguments else {
            return Seen::default();
        };
        let found = keys.iter().fold(map.value.clone(), |value, key| {
            self.indexed(&value, &key.value)
        });
        Seen::union([found, default.value.clone()])
    }

    fn pluck(&mut self, arguments: &[Argument]) -> Seen {
        let Some((key, maps)) = arguments.split_first() else {
            return Seen::default();
        };
        let found = maps.iter().map(|map| self.indexed(&map.value, &key.value));
        Seen::list(Seen::union(found.collect::<Vec<_>>()))
    }

    /// The first argument, which takes over what is in the others. Where somebody else holds it, nobody can tell where that will
    /// be read.
    fn merge(&mut self, name: &str, arguments: &[Argument]) -> Seen {
        let Some((first, others)) = arguments.split_first() else {
            return Seen::default();
        };
        let mut value = first.value.clone();
        if !first.is_fresh {
            others.iter().for_each(|other| self.escape(&other.value));
        }
        match (name, others) {
            ("set", [key, entry]) => {
                let entry = Argument {
                    value: entry.value.clone(),
                    is_fresh: false,
                };
                let key = Argument {
                    value: key.value.clone(),
                    is_fresh: false,
                };
                value.join(self.dict(&[key, entry]));
            }
            _ => value.join(Seen::union(others.iter().map(|one| one.value.clone()))),
        }
        value
    }

    /// Functions of lists, and `values`.
    fn list(&mut self, name: &str, arguments: &[Argument]) -> Seen {
        let Some((first, others)) = arguments.split_first() else {
            return Seen::default();
        };
        if let ("first", Some(value)) = (name, first.value.entries.get("0")) {
            return value.clone();
        }
        let mut elements = self.elements(&first.value);
        for other in others {
            match name {
                "concat" => elements.join(self.elements(&other.value)),
                "append" | "prepend" | "push" => elements.join(other.value.clone()),
                _ => self.escape(&other.value),
            }
        }
        match name {
            "first" | "last" => elements,
            _ => Seen::list(elements),
        }
    }

    fn include(&mut self, arguments: &[Argument]) -> Seen {
        if let [name, dot] = arguments {
            self.escape(&name.value);
            match name.value.constants() {
                Some(names) => self.call(Some(names), &dot.value),
                None => self.call(None, &dot.value),
            }
        }
        Seen::other()
    }

    fn tpl(&mut self, arguments: &[Argument]) -> Seen {
        if let [text, dot] = arguments {
            let texts = text.value.texts.iter().cloned();
            self.texts
                .extend(texts.filter(|text| text.contains(ACTION)));
            self.dots.insert(dot.value.clone());
        }
        Seen::other()
    }
}

/// Something new, in which texts of the templates may stand.
fn computed(arguments: &[Argument]) -> Seen {
    let texts = arguments.iter().flat_map(|one| one.value.texts.clone());
    Seen {
        texts: texts.collect(),
        ..Seen::other()
    }
}

fn lowered(rest: &str) -> String {
    let mut letters = rest.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

//! The Pod Security Standards as a whole: the places of a workload that break a level at a version, by the checks that are part
//! of the standards.

use std::sync::{Arc, OnceLock};

use jaq_core::Vars;

use crate::file::{Check, PodSecurity};
use crate::native::Context;
use crate::program::{Program, Run};
use crate::value::Value;

/// The checks that are part of the Pod Security Standards, compiled when the first namespace asks for them.
pub(crate) struct Standards {
    checks: Vec<Arc<Check>>,
    library: String,
    compiled: OnceLock<Option<Compiled>>,
}

struct Compiled {
    program: Program,
    rules: Vec<Rule>,
}

struct Rule {
    levels: PodSecurity,
    head: Option<usize>,
    rest: usize,
    settings: Value,
}

impl Standards {
    /// The standards made of those of `checks` that are part of them.
    pub(crate) fn new(checks: &[Arc<Check>], library: String) -> Self {
        let part = |check: &&Arc<Check>| check.pod_security != PodSecurity::default();
        Self {
            checks: checks.iter().filter(part).cloned().collect(),
            library,
            compiled: OnceLock::new(),
        }
    }

    /// The places of a resource that break a level at a minor version.
    ///
    /// # Errors
    /// When there is no such level, or a query fails.
    pub(crate) fn violations<'a>(
        &'a self,
        level: &str,
        minor: u32,
        context: Context<'a>,
        root: &Value,
    ) -> Result<Vec<Value>, String> {
        let range = match level {
            "privileged" => return Ok(Vec::new()),
            "baseline" => |levels: &PodSecurity| levels.baseline,
            "restricted" => |levels: &PodSecurity| levels.restricted,
            _ => return Err(format!("{level} is no level of the Pod Security Standards")),
        };
        let compiled = self.compiled.get_or_init(|| self.compile());
        let Some(Compiled { program, rules }) = compiled else {
            return Err("the standards do not compile".to_owned());
        };
        let context = Context {
            kubernetes_minor: minor,
            ..context
        };
        let mut places = Vec::new();
        for rule in rules
            .iter()
            .filter(|rule| range(&rule.levels).is_some_and(|range| range.contains(minor)))
        {
            let version = Value::from(format!("1.{minor}"));
            let variables = [
                root.clone(),
                rule.settings.clone(),
                version,
                Value::Null,
                Value::Null,
            ];
            let run = Run {
                context,
                variables: Vars::new(variables),
            };
            let items = match rule.head {
                Some(head) => program
                    .run(head, &run, root.clone())
                    .collect::<Result<Vec<_>, _>>()?,
                None => vec![root.clone()],
            };
            for item in items {
                places.extend(
                    program
                        .run(rule.rest, &run, item)
                        .collect::<Result<Vec<_>, _>>()?,
                );
            }
        }
        Ok(places)
    }

    fn compile(&self) -> Option<Compiled> {
        let mut texts: Vec<&str> = Vec::new();
        let mut rules = Vec::new();
        for check in &self.checks {
            let mut entry = |text| {
                texts.push(text);
                texts.len() - 1
            };
            let head = check.query.head.as_deref().map(&mut entry);
            let rest = entry(&check.query.rest);
            let settings = check
                .settings
                .map_or(Value::Null, |node| Value::constant(&check.tree, node));
            rules.push(Rule {
                levels: check.pod_security,
                head,
                rest,
                settings,
            });
        }
        Program::compile(&self.library, &texts)
            .ok()
            .map(|program| Compiled { program, rules })
    }
}

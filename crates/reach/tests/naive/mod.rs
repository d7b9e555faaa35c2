//! Policies of AWS as plain data, and the documented algorithm over them, with a matcher of its own.

const ACTIONS: [&str; 4] = [
    "s3:GetObject",
    "s3:PutObject",
    "s3:ListBucket",
    "ec2:RunInstances",
];
const ACTION_PATTERNS: [&str; 6] = [
    "*",
    "s3:*",
    "s3:*Object",
    "S3:getobject",
    "ec2:Run*",
    "s3:???Object",
];
const RESOURCES: [&str; 3] = [
    "arn:aws:s3:::b/anna/k",
    "arn:aws:s3:::b/bert/k",
    "arn:aws:sqs:eu-west-1:2:q",
];
const RESOURCE_PATTERNS: [&str; 6] = [
    "*",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b/${aws:username}/*",
    "arn:aws:s3:::b/bert/k",
    "arn:aws:sqs:*:2:q",
    "arn:aws:s3:::b/?????k",
];
const USER: &str = "arn:aws:iam::1:user/anna";
const ROLE: &str = "arn:aws:iam::1:role/deploy";
const SESSION: &str = "arn:aws:sts::1:assumed-role/deploy/run";
const NAMES: [&str; 6] = ["*", "1", "arn:aws:iam::1:root", USER, ROLE, SESSION];
const TEAMS: [&str; 2] = ["red", "blue"];

/// Numbers that look random.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).expect("31 bits fit") % bound
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// A text that may be written as a hole.
#[derive(Clone, Debug)]
struct Value {
    text: &'static str,
    is_open: bool,
}

#[derive(Clone, Debug)]
struct Statement {
    allows: Value,
    is_not_action: bool,
    actions: Vec<Value>,
    is_not_resource: bool,
    resources: Vec<Value>,
    /// Of policies of resources only.
    principals: Vec<Value>,
    /// The operator, and the team that it compares with.
    condition: Option<(&'static str, Value)>,
}

type Document = Vec<Statement>;

/// A request with policies.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) asker: &'static str,
    pub(crate) action: &'static str,
    pub(crate) resource: &'static str,
    pub(crate) team: Option<&'static str>,
    identity: Vec<Document>,
    boundary: Option<Document>,
    session: Option<Document>,
    organization: Option<Document>,
    may: Option<Document>,
    must: Option<Document>,
}

fn value(text: &'static str) -> Value {
    Value {
        text,
        is_open: false,
    }
}

fn statement(random: &mut Random, of_resource: bool) -> Statement {
    let texts = |random: &mut Random, from: &[&'static str]| {
        (0..=random.below(2))
            .map(|_| value(random.pick(from)))
            .collect()
    };
    Statement {
        allows: value(if random.one_in(9) { "Deny" } else { "Allow" }),
        is_not_action: random.one_in(8),
        actions: texts(random, &ACTION_PATTERNS),
        is_not_resource: random.one_in(8),
        resources: texts(random, &RESOURCE_PATTERNS),
        principals: if of_resource {
            texts(random, &NAMES)
        } else {
            Vec::new()
        },
        condition: random.one_in(5).then(|| {
            let operators = [
                "StringEquals",
                "StringNotEquals",
                "StringEqualsIfExists",
                "StringLike",
            ];
            (random.pick(&operators), value(random.pick(&TEAMS)))
        }),
    }
}

fn document(random: &mut Random, of_resource: bool) -> Document {
    (0..=random.below(2))
        .map(|_| statement(random, of_resource))
        .collect()
}

impl Case {
    pub(crate) fn random(random: &mut Random, holes: usize) -> Self {
        let asker = random.pick(&[USER, ROLE, SESSION]);
        let maybe = |random: &mut Random, count, of_resource| {
            random.one_in(count).then(|| document(random, of_resource))
        };
        let must = maybe(random, 4, true);
        let mut case = Self {
            asker,
            action: random.pick(&ACTIONS),
            resource: random.pick(&RESOURCES),
            team: random.one_in(2).then(|| random.pick(&TEAMS)),
            identity: (0..=random.below(2))
                .map(|_| document(random, false))
                .collect(),
            boundary: maybe(random, 4, false),
            session: maybe(random, 5, false),
            organization: maybe(random, 4, false),
            may: maybe(random, 2, true).filter(|_| must.is_none()),
            must,
        };
        for _ in 0..holes {
            case.open(random);
        }
        case
    }

    fn documents(&mut self) -> impl Iterator<Item = &mut Document> {
        let single = [
            &mut self.boundary,
            &mut self.session,
            &mut self.organization,
            &mut self.may,
            &mut self.must,
        ];
        self.identity.iter_mut().chain(single.into_iter().flatten())
    }

    /// Makes a hole of a text.
    fn open(&mut self, random: &mut Random) {
        let statements = self.documents().flatten();
        let mut values: Vec<&mut Value> = statements
            .flat_map(|statement| {
                let lists = [
                    &mut statement.actions,
                    &mut statement.resources,
                    &mut statement.principals,
                ];
                let condition = statement.condition.iter_mut().map(|(_, value)| value);
                let lists = lists.into_iter().flatten();
                lists.chain(condition).chain([&mut statement.allows])
            })
            .collect();
        let index = random.below(values.len());
        values[index].is_open = true;
    }

    /// The documented algorithm.
    pub(crate) fn is_allowed(&self) -> bool {
        let own: Vec<&Statement> = self.identity.iter().flatten().collect();
        let of =
            |document: &Option<Document>| document.iter().flatten().cloned().collect::<Vec<_>>();
        let resource = [of(&self.may), of(&self.must)].concat();
        let limits = [&self.boundary, &self.session, &self.organization];
        let says = |statement: &Statement, effect: &str| {
            statement.allows.text == effect && self.is_about(statement)
        };
        let names = |statement: &Statement, names: &[&str]| {
            statement
                .principals
                .iter()
                .any(|name| names.contains(&name.text))
        };
        let all_names = ["*", "1", "arn:aws:iam::1:root", self.asker, self.role()];
        // A statement that denies wins.
        let denies = own.iter().any(|statement| says(statement, "Deny"))
            || limits
                .iter()
                .any(|limit| of(limit).iter().any(|statement| says(statement, "Deny")))
            || resource
                .iter()
                .any(|statement| says(statement, "Deny") && names(statement, &all_names));
        if denies {
            return false;
        }
        let allows = |limit: &Option<Document>| {
            limit.is_none() || of(limit).iter().any(|statement| says(statement, "Allow"))
        };
        let grants = |wanted: &[&str]| {
            resource
                .iter()
                .any(|statement| says(statement, "Allow") && names(statement, wanted))
        };
        if !allows(&self.organization) {
            return false;
        }
        let identity = own.iter().any(|statement| says(statement, "Allow"));
        let is_limited = !(allows(&self.boundary) && allows(&self.session));
        // A user or a session is named itself, and is then not limited.
        let directly = self.asker != ROLE && grants(&[self.asker]);
        let named = directly || grants(&["*", self.role()]);
        let account = grants(&["1", "arn:aws:iam::1:root"]);
        let is_same = !self.resource.contains(":2:");
        if !is_same {
            return identity && (named || account) && !is_limited;
        }
        if directly {
            return true;
        }
        let own = match self.must {
            Some(_) => account && identity,
            None => identity,
        };
        (named || own) && !is_limited
    }

    fn role(&self) -> &str {
        if self.asker == SESSION {
            ROLE
        } else {
            self.asker
        }
    }

    fn is_about(&self, statement: &Statement) -> bool {
        let lower = |text: &str| text.to_ascii_lowercase();
        let mut actions = statement.actions.iter();
        let is_action =
            actions.any(|text| fits(lower(text.text).as_bytes(), lower(self.action).as_bytes()));
        let mut resources = statement.resources.iter();
        let is_resource = resources.any(|text| match (text.text.contains("${"), self.asker) {
            (true, USER) => {
                let text = text.text.replace("${aws:username}", "anna");
                fits(text.as_bytes(), self.resource.as_bytes())
            }
            (true, _) => false,
            (false, _) => fits(text.text.as_bytes(), self.resource.as_bytes()),
        });
        let holds = statement
            .condition
            .as_ref()
            .is_none_or(|(operator, wanted)| match *operator {
                "StringNotEquals" => self.team != Some(wanted.text),
                "StringEqualsIfExists" => self.team.is_none_or(|team| team == wanted.text),
                _ => self.team == Some(wanted.text),
            });
        is_action != statement.is_not_action && is_resource != statement.is_not_resource && holds
    }

    /// The policies as YAML.
    pub(crate) fn text(&self, with_holes: bool) -> String {
        let one = |key: &str, document: &Option<Document>| {
            document.as_ref().map_or(String::new(), |document| {
                format!(", {key}: {}", write(document, with_holes))
            })
        };
        let identity: Vec<String> = self
            .identity
            .iter()
            .map(|document| write(document, with_holes))
            .collect();
        format!(
            "{{identity: [{}]{}{}{}{}{}}}",
            identity.join(", "),
            one("boundary", &self.boundary),
            one("session", &self.session),
            one("organization", &self.organization),
            one("may", &self.may),
            one("must", &self.must)
        )
    }
}

/// Whether a pattern matches all of a text.
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => (0..=text.len()).any(|skip| fits(rest, &text[skip..])),
        ([b'?', rest @ ..], [_, after @ ..]) => fits(rest, after),
        ([one, rest @ ..], [other, after @ ..]) => one == other && fits(rest, after),
        _ => false,
    }
}

fn write(document: &Document, with_holes: bool) -> String {
    let write = |value: &Value| match with_holes && value.is_open {
        true => "'?'".to_owned(),
        // A question mark is a hole in tests, so that one is written otherwise.
        false => format!("'{}'", value.text.replace('?', "%")),
    };
    let list = |values: &[Value]| values.iter().map(write).collect::<Vec<_>>().join(", ");
    let statements = document.iter().map(|statement| {
        let action = if statement.is_not_action {
            "NotAction"
        } else {
            "Action"
        };
        let resource = if statement.is_not_resource {
            "NotResource"
        } else {
            "Resource"
        };
        let mut text = format!(
            "{{Effect: {}, {action}: [{}], {resource}: [{}]",
            write(&statement.allows),
            list(&statement.actions),
            list(&statement.resources)
        );
        if !statement.principals.is_empty() {
            text += &format!(", Principal: {{AWS: [{}]}}", list(&statement.principals));
        }
        if let Some((operator, value)) = &statement.condition {
            text += &format!(
                ", Condition: {{{operator}: {{aws:PrincipalTag/team: {}}}}}",
                write(value)
            );
        }
        text + "}"
    });
    let statements = statements.collect::<Vec<_>>().join(", ");
    format!("{{Version: '2012-10-17', Statement: [{statements}]}}")
}

//! A cluster as plain data, and the documented algorithm over it.

mod write;

const PROTOCOLS: [&str; 3] = ["TCP", "UDP", "SCTP"];
const PORTS: [u16; 6] = [79, 80, 81, 443, 1000, 65535];
const ADDRESSES: [[u8; 4]; 4] = [[1, 2, 3, 4], [1, 2, 200, 4], [10, 0, 0, 1], [9, 9, 9, 9]];
const BLOCKS: [([u8; 4], u32); 5] = [
    ([1, 2, 0, 0], 16),
    ([1, 2, 128, 0], 17),
    ([0, 0, 0, 0], 0),
    ([9, 9, 9, 9], 32),
    ([8, 0, 0, 0], 7),
];

/// Numbers that look random.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).expect("test data is well-formed")
    }

    fn below(&mut self, bound: usize) -> usize {
        self.next() % bound
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    fn some<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.below(most + 1);
        (0..count).map(|_| make(self)).collect()
    }
}

/// A value that may be written as a hole.
#[derive(Clone, Debug)]
struct Value {
    text: String,
    is_open: bool,
}

impl Value {
    fn new(text: &impl ToString) -> Self {
        Self {
            text: text.to_string(),
            is_open: false,
        }
    }

    fn write(&self, with_holes: bool) -> &str {
        if with_holes && self.is_open {
            "'?'"
        } else {
            &self.text
        }
    }
}

type Labels = Vec<(&'static str, Value)>;

/// Labels that must be there, and keys that must not.
#[derive(Clone, Debug)]
struct Selector {
    equal: Labels,
    absent: Option<&'static str>,
}

#[derive(Clone, Debug)]
struct Pod {
    namespace: usize,
    name: String,
    labels: Labels,
    is_host: bool,
    /// A port with a name: protocol and number.
    web: Option<(&'static str, Value)>,
}

#[derive(Clone, Debug)]
enum Peer {
    Pods {
        namespaces: Option<Selector>,
        pods: Option<Selector>,
    },
    Block {
        block: ([u8; 4], u32),
        except: Option<([u8; 4], u32)>,
    },
}

#[derive(Clone, Debug)]
enum Port {
    All(&'static str),
    Number(&'static str, Value),
    Range(&'static str, u16, Value),
    Named(&'static str),
}

#[derive(Clone, Debug)]
struct Rule {
    action: Value,
    peers: Vec<Peer>,
    ports: Vec<Port>,
}

#[derive(Clone, Debug)]
struct Policy {
    /// A namespace, or the tier and priority.
    place: Result<usize, (&'static str, usize)>,
    namespaces: Selector,
    pods: Selector,
    types: Vec<Value>,
    rules: [Vec<Rule>; 2],
}

/// A cluster.
pub(crate) struct World {
    namespaces: Vec<(&'static str, Labels)>,
    pods: Vec<Pod>,
    policies: Vec<Policy>,
}

#[derive(Clone, Copy, Debug)]
enum End {
    Pod(usize),
    Address([u8; 4]),
}

/// A question.
#[derive(Debug)]
pub(crate) struct Asked {
    from: End,
    to: End,
    protocol: &'static str,
    port: u16,
}

impl Asked {
    pub(crate) fn random(random: &mut Random, world: &World) -> Self {
        let pod = End::Pod(random.below(world.pods.len()));
        let other = match random.one_in(3) {
            true => End::Address(random.pick(&ADDRESSES)),
            false => End::Pod(random.below(world.pods.len())),
        };
        let (from, to) = if random.one_in(2) {
            (pod, other)
        } else {
            (other, pod)
        };
        Self {
            from,
            to,
            protocol: random.pick(&PROTOCOLS[..2]),
            port: random.pick(&PORTS),
        }
    }

    pub(crate) fn text(&self, world: &World) -> String {
        let end = |end| match end {
            End::Pod(pod) => {
                let pod = &world.pods[pod];
                format!("{}/{}", world.namespaces[pod.namespace].0, pod.name)
            }
            End::Address([a, b, c, d]) => format!("{a}.{b}.{c}.{d}"),
        };
        format!(
            "{} {} {} {}",
            end(self.from),
            end(self.to),
            self.protocol,
            self.port
        )
    }
}

fn labels(random: &mut Random) -> Labels {
    let mut labels = Vec::new();
    for key in ["app", "tier"] {
        if !random.one_in(3) {
            labels.push((key, Value::new(&random.pick(&["red", "blue"]))));
        }
    }
    labels
}

fn selector(random: &mut Random) -> Selector {
    let mut equal = labels(random);
    equal.truncate(random.below(3));
    Selector {
        equal,
        absent: random.one_in(5).then_some("tier"),
    }
}

fn peer(random: &mut Random, is_namespaced: bool, is_ingress: bool) -> Peer {
    if random.one_in(3) && (is_namespaced || !is_ingress) {
        return Peer::Block {
            block: random.pick(&BLOCKS),
            except: (is_namespaced && random.one_in(2)).then(|| random.pick(&BLOCKS)),
        };
    }
    let namespaces = (!is_namespaced || random.one_in(2)).then(|| selector(random));
    let pods = (namespaces.is_none() || random.one_in(2)).then(|| selector(random));
    Peer::Pods { namespaces, pods }
}

fn port(random: &mut Random, is_namespaced: bool) -> Port {
    let protocol = random.pick(&PROTOCOLS[..2]);
    let number = Value::new(&random.pick(&PORTS));
    match random.below(4) {
        0 if is_namespaced => Port::All(protocol),
        1 => Port::Named(protocol),
        2 => Port::Range(protocol, 80, Value::new(&random.pick(&PORTS[1..]))),
        _ => Port::Number(protocol, number),
    }
}

fn rule(random: &mut Random, is_namespaced: bool, is_ingress: bool) -> Rule {
    let action = if is_namespaced {
        "Allow"
    } else {
        random.pick(&["Allow", "Deny", "Pass"])
    };
    let mut peers = random.some(2, |random| peer(random, is_namespaced, is_ingress));
    if peers.is_empty() && !is_namespaced {
        peers.push(peer(random, is_namespaced, is_ingress));
    }
    Rule {
        action: Value::new(&action),
        peers,
        ports: random.some(2, |random| port(random, is_namespaced)),
    }
}

impl World {
    pub(crate) fn random(random: &mut Random, holes: usize) -> Self {
        let namespaces = ["a", "b", "c"].map(|name| (name, labels(random)));
        let pods = (0..6).map(|index| Pod {
            namespace: random.below(3),
            name: format!("p{index}"),
            labels: labels(random),
            is_host: random.one_in(8),
            web: random.one_in(2).then(|| {
                let number = Value::new(&random.pick(&PORTS[..3]));
                (random.pick(&PROTOCOLS[..2]), number)
            }),
        });
        let pods = pods.collect();
        let policies = (0..random.below(7)).map(|index| Self::policy(random, index));
        let policies = policies.collect();
        let mut world = Self {
            namespaces: namespaces.into(),
            pods,
            policies,
        };
        for _ in 0..holes {
            world.open(random);
        }
        world
    }

    fn policy(random: &mut Random, index: usize) -> Policy {
        let place = match random.one_in(3) {
            // Priorities are different.
            true => Err((random.pick(&["Admin", "Baseline"]), index)),
            false => Ok(random.below(3)),
        };
        let is_namespaced = place.is_ok();
        let types = random.pick(&[&[][..], &["Ingress"], &["Egress"], &["Ingress", "Egress"]]);
        Policy {
            place,
            namespaces: selector(random),
            pods: selector(random),
            types: types.iter().map(Value::new).collect(),
            rules: [true, false]
                .map(|is_ingress| random.some(2, |random| rule(random, is_namespaced, is_ingress))),
        }
    }

    /// Makes a hole of a value.
    fn open(&mut self, random: &mut Random) {
        let mut values: Vec<&mut Value> = Vec::new();
        for (_, labels) in &mut self.namespaces {
            values.extend(labels.iter_mut().map(|(_, value)| value));
        }
        for pod in &mut self.pods {
            values.extend(pod.labels.iter_mut().map(|(_, value)| value));
            values.extend(pod.web.iter_mut().map(|(_, value)| value));
        }
        for policy in &mut self.policies {
            let selectors = [&mut policy.namespaces, &mut policy.pods];
            values.extend(
                selectors
                    .into_iter()
                    .flat_map(|one| &mut one.equal)
                    .map(|(_, value)| value),
            );
            if policy.place.is_ok() {
                values.extend(&mut policy.types);
            }
            for rule in policy.rules.iter_mut().flatten() {
                values.push(&mut rule.action);
                for peer in &mut rule.peers {
                    let Peer::Pods { namespaces, pods } = peer else {
                        continue;
                    };
                    let selectors = [namespaces, pods].into_iter().flatten();
                    values.extend(
                        selectors
                            .flat_map(|one| &mut one.equal)
                            .map(|(_, value)| value),
                    );
                }
                for port in &mut rule.ports {
                    if let Port::Number(_, value) | Port::Range(_, _, value) = port {
                        values.push(value);
                    }
                }
            }
        }
        if !values.is_empty() {
            let index = random.below(values.len());
            values[index].is_open = true;
        }
    }

    /// Whether one end is on the network of a node, and the other is a pod.
    pub(crate) fn is_on_node(&self, asked: &Asked) -> bool {
        let (End::Pod(from), End::Pod(to)) = (asked.from, asked.to) else {
            return false;
        };
        self.pods[from].is_host || self.pods[to].is_host
    }

    /// The documented algorithm.
    pub(crate) fn allows(&self, asked: &Asked) -> bool {
        let is_itself =
            matches!((asked.from, asked.to), (End::Pod(from), End::Pod(to)) if from == to);
        is_itself || self.lets(asked, 0) && self.lets(asked, 1)
    }

    /// Whether the policies for one end let it through: ingress is 0.
    fn lets(&self, asked: &Asked, direction: usize) -> bool {
        let (own, other) = if direction == 0 {
            (asked.to, asked.from)
        } else {
            (asked.from, asked.to)
        };
        let End::Pod(own) = own else { return true };
        if self.pods[own].is_host {
            return true;
        }
        let admin = self.first(asked, direction, own, other, "Admin");
        if let Some("Allow" | "Deny") = admin {
            return admin == Some("Allow");
        }
        let isolating = self.policies.iter().filter(|policy| {
            policy.place == Ok(self.pods[own].namespace)
                && matches(&policy.pods, &self.pods[own].labels)
                && restricts(policy, direction)
        });
        let isolating: Vec<&Policy> = isolating.collect();
        if !isolating.is_empty() {
            let mut rules = isolating.iter().flat_map(|policy| &policy.rules[direction]);
            return rules
                .any(|rule| self.speaks(rule, asked, Some(self.pods[own].namespace), other));
        }
        self.first(asked, direction, own, other, "Baseline") != Some("Deny")
    }

    /// What the first rule of a tier does that speaks of it.
    fn first(
        &self,
        asked: &Asked,
        direction: usize,
        own: usize,
        other: End,
        tier: &str,
    ) -> Option<&str> {
        let pod = &self.pods[own];
        let mut policies: Vec<&Policy> = self
            .policies
            .iter()
            .filter(|policy| policy.place.is_err_and(|(own, _)| own == tier))
            .filter(|policy| matches(&policy.namespaces, &self.namespaces[pod.namespace].1))
            .filter(|policy| matches(&policy.pods, &pod.labels))
            .collect();
        policies.sort_by_key(|policy| policy.place.err().map(|(_, priority)| priority));
        let mut rules = policies.iter().flat_map(|policy| &policy.rules[direction]);
        let rule = rules.find(|rule| self.speaks(rule, asked, None, other))?;
        Some(&rule.action.text)
    }

    fn speaks(&self, rule: &Rule, asked: &Asked, namespace: Option<usize>, other: End) -> bool {
        let is_peer = rule.peers.is_empty()
            || rule
                .peers
                .iter()
                .any(|peer| self.is_peer(peer, namespace, other));
        let has_port = rule.ports.is_empty()
            || rule
                .ports
                .iter()
                .any(|port| self.has_port(port, asked, namespace.is_some()));
        is_peer && has_port
    }

    fn is_peer(&self, peer: &Peer, namespace: Option<usize>, other: End) -> bool {
        match (peer, other) {
            (Peer::Pods { namespaces, pods }, End::Pod(pod)) => {
                let pod = &self.pods[pod];
                let in_namespace = match namespaces {
                    Some(selector) => matches(selector, &self.namespaces[pod.namespace].1),
                    None => Some(pod.namespace) == namespace,
                };
                let is_pod = pods
                    .as_ref()
                    .is_none_or(|selector| matches(selector, &pod.labels));
                !pod.is_host && in_namespace && is_pod
            }
            (Peer::Block { block, except }, End::Address(address)) => {
                is_in(*block, address) && !except.is_some_and(|except| is_in(except, address))
            }
            // Networks of administrators mean pods too, which have addresses that begin with 10.
            (Peer::Block { block, .. }, End::Pod(pod)) => {
                namespace.is_none() && !self.pods[pod].is_host && is_in(*block, [10, 0, 0, 0])
            }
            _ => false,
        }
    }

    fn has_port(&self, port: &Port, asked: &Asked, with_protocol: bool) -> bool {
        let number = |value: &Value| value.text.parse::<u16>().expect("test data is well-formed");
        match port {
            Port::All(protocol) => *protocol == asked.protocol,
            Port::Number(protocol, value) => {
                *protocol == asked.protocol && number(value) == asked.port
            }
            Port::Range(protocol, start, end) => {
                *protocol == asked.protocol && (*start..=number(end)).contains(&asked.port)
            }
            Port::Named(protocol) => {
                let End::Pod(to) = asked.to else { return false };
                self.pods[to].web.as_ref().is_some_and(|(own, value)| {
                    *own == asked.protocol
                        && number(value) == asked.port
                        && (!with_protocol || own == protocol)
                })
            }
        }
    }
}

/// Where nothing is said, egress is restricted once there is a rule for it.
fn restricts(policy: &Policy, direction: usize) -> bool {
    let wanted = ["Ingress", "Egress"][direction];
    match policy.types[..] {
        [] => direction == 0 || !policy.rules[1].is_empty(),
        _ => policy.types.iter().any(|own| own.text == wanted),
    }
}

fn matches(selector: &Selector, labels: &Labels) -> bool {
    let has = |(key, value): &(&str, Value)| {
        labels
            .iter()
            .any(|(own, other)| own == key && other.text == value.text)
    };
    selector.equal.iter().all(has)
        && selector
            .absent
            .is_none_or(|absent| labels.iter().all(|(key, _)| *key != absent))
}

fn is_in((network, length): ([u8; 4], u32), address: [u8; 4]) -> bool {
    let shift = 32 - length;
    let high = |address| u32::from_be_bytes(address).checked_shr(shift).unwrap_or(0);
    high(network) == high(address)
}

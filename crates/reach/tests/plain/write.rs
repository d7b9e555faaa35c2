//! A plain cluster as manifests, with holes or without.

use std::fmt::Write as _;

use super::{Labels, Peer, Policy, Port, Rule, Selector, World};

impl World {
    /// The cluster, a line for each object.
    pub(crate) fn text(&self, with_holes: bool) -> String {
        let mut text = String::new();
        for (name, labels) in &self.namespaces {
            writeln!(
                text,
                "namespace {name} {}",
                write_labels(labels, with_holes)
            )
            .expect("test data is well-formed");
        }
        for pod in &self.pods {
            let ports = pod
                .web
                .as_ref()
                .map_or(String::new(), |(protocol, number)| {
                    let number = number.write(with_holes);
                    format!(
                        ", ports: [{{name: web, protocol: {protocol}, containerPort: {number}}}]"
                    )
                });
            writeln!(
                text,
                "pod {}/{} {} {{hostNetwork: {}, containers: [{{name: c, image: i{ports}}}]}}",
                self.namespaces[pod.namespace].0,
                pod.name,
                write_labels(&pod.labels, with_holes),
                pod.is_host
            )
            .expect("test data is well-formed");
        }
        for (index, policy) in self.policies.iter().enumerate() {
            writeln!(text, "{}", self.write_policy(index, policy, with_holes))
                .expect("test data is well-formed");
        }
        text
    }

    fn write_policy(&self, index: usize, policy: &Policy, with_holes: bool) -> String {
        let pods = write_selector(&policy.pods, with_holes);
        let lists = ["ingress", "egress"]
            .iter()
            .zip(&policy.rules)
            .map(|(key, rules)| {
                let peers = if *key == "ingress" { "from" } else { "to" };
                let rules = rules
                    .iter()
                    .map(|rule| write_rule(rule, peers, policy.place.is_ok(), with_holes));
                format!("{key}: [{}]", rules.collect::<Vec<_>>().join(", "))
            });
        let lists = lists.collect::<Vec<_>>().join(", ");
        match policy.place {
            Ok(namespace) => {
                let types: Vec<&str> = policy
                    .types
                    .iter()
                    .map(|one| one.write(with_holes))
                    .collect();
                let types = match types[..] {
                    [] => String::new(),
                    _ => format!("policyTypes: [{}], ", types.join(", ")),
                };
                let namespace = self.namespaces[namespace].0;
                format!("policy {namespace}/n{index} {{podSelector: {pods}, {types}{lists}}}")
            }
            Err((tier, priority)) => {
                let namespaces = write_selector(&policy.namespaces, with_holes);
                format!(
                    "cluster n{index} {{tier: {tier}, priority: {priority}, subject: {{pods: {{namespaceSelector: {namespaces}, podSelector: {pods}}}}}, {lists}}}"
                )
            }
        }
    }
}

fn write_labels(labels: &Labels, with_holes: bool) -> String {
    let pairs = labels
        .iter()
        .map(|(key, value)| format!("{key}: {}", value.write(with_holes)));
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
}

fn write_selector(selector: &Selector, with_holes: bool) -> String {
    let labels = write_labels(&selector.equal, with_holes);
    let absent = selector.absent.map_or(String::new(), |key| {
        format!(", matchExpressions: [{{key: {key}, operator: DoesNotExist}}]")
    });
    format!("{{matchLabels: {labels}{absent}}}")
}

fn write_rule(rule: &Rule, key: &str, is_namespaced: bool, with_holes: bool) -> String {
    let block = |([a, b, c, d], length): ([u8; 4], u32)| format!("{a}.{b}.{c}.{d}/{length}");
    let peers = rule.peers.iter().map(|peer| match peer {
        Peer::Pods { namespaces, pods } => {
            let write = |key: &str, selector: &Option<Selector>| {
                selector
                    .as_ref()
                    .map(|selector| format!("{key}: {}", write_selector(selector, with_holes)))
            };
            let keys = [
                write("namespaceSelector", namespaces),
                write("podSelector", pods),
            ];
            let keys = keys.into_iter().flatten().collect::<Vec<_>>().join(", ");
            match is_namespaced {
                true => format!("{{{keys}}}"),
                false => format!("{{pods: {{{keys}}}}}"),
            }
        }
        Peer::Block { block: own, .. } if !is_namespaced => {
            format!("{{networks: [{}]}}", block(*own))
        }
        Peer::Block { block: own, except } => {
            let except = except.map_or(String::new(), |except| {
                format!(", except: [{}]", block(except))
            });
            format!("{{ipBlock: {{cidr: {}{except}}}}}", block(*own))
        }
    });
    let peers = peers.collect::<Vec<_>>().join(", ");
    let ports = rule
        .ports
        .iter()
        .map(|port| write_port(port, is_namespaced, with_holes));
    let ports = ports.collect::<Vec<_>>().join(", ");
    match is_namespaced {
        true => format!("{{{key}: [{peers}], ports: [{ports}]}}"),
        false => {
            let action = rule.action.write(with_holes);
            format!("{{action: {action}, {key}: [{peers}], protocols: [{ports}]}}")
        }
    }
}

fn write_port(port: &Port, is_namespaced: bool, with_holes: bool) -> String {
    match (port, is_namespaced) {
        (Port::All(protocol), _) => format!("{{protocol: {protocol}}}"),
        (Port::Named(protocol), true) => format!("{{protocol: {protocol}, port: web}}"),
        (Port::Named(_), false) => "{destinationNamedPort: web}".into(),
        (Port::Number(protocol, value), true) => {
            format!(
                "{{protocol: {protocol}, port: {}}}",
                value.write(with_holes)
            )
        }
        (Port::Number(protocol, value), false) => {
            let protocol = protocol.to_lowercase();
            format!(
                "{{{protocol}: {{destinationPort: {{number: {}}}}}}}",
                value.write(with_holes)
            )
        }
        (Port::Range(protocol, start, end), true) => {
            format!(
                "{{protocol: {protocol}, port: {start}, endPort: {}}}",
                end.write(with_holes)
            )
        }
        (Port::Range(protocol, start, end), false) => {
            let protocol = protocol.to_lowercase();
            format!(
                "{{{protocol}: {{destinationPort: {{range: {{start: {start}, end: {}}}}}}}}}",
                end.write(with_holes)
            )
        }
    }
}

//! The internet reaches pods.

use graph::Graph;

use super::{Crossing, Crossings};
use crate::network::{Network, Verdict};
use crate::paths::Party;
use crate::truth::{Truth, because};

impl Crossings {
    /// Adds the best way of the internet to each pod.
    pub(super) fn add_exposures(&mut self, graph: &Graph, network: &Network) {
        let exposures = network.exposures(graph);
        for ways in exposures.chunk_by(|one, other| one.pod == other.pod) {
            let best = ways.iter().max_by_key(|way| way.verdict);
            let Some(way) = best.filter(|way| way.verdict != Verdict::Denied) else {
                continue;
            };
            let unknown = way.causes.first().cloned();
            let truth = match way.verdict {
                Verdict::Denied => Truth::No,
                Verdict::Allowed => Truth::Yes,
                Verdict::Unknown => {
                    Truth::Maybe(unknown.unwrap_or_else(|| because("a way is not known")))
                }
            };
            let pod = Party::Pods {
                resource: way.pod.resource,
                index: way.pod.index,
            };
            // Of several ways none can be missed alone.
            let doors = ways.iter().filter(|way| way.verdict != Verdict::Denied);
            let mut doors: Vec<_> = doors
                .filter_map(|way| way.chain.first().map(|(door, _)| *door))
                .collect();
            doors.sort_unstable();
            doors.dedup();
            let crossing = Crossing {
                name: way.door.text(),
                technique: "T1190",
                severity: "medium",
                places: way.chain.clone(),
                needs: vec![doors],
            };
            self.push((Party::Internet, pod), crossing, &truth);
        }
    }
}

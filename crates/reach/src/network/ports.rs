//! Sets of ports.

use std::cmp::{max, min};

/// A protocol with ports that policies speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
}

impl Protocol {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Tcp, Self::Udp, Self::Sctp];

    /// As the API writes it.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Tcp => "TCP",
            Self::Udp => "UDP",
            Self::Sctp => "SCTP",
        }
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|protocol| protocol.text() == text)
    }
}

/// A range of ports, both ends included.
pub type Range = (u16, u16);

/// All ports.
const WHOLE: Range = (1, u16::MAX);

/// Ports of the three protocols. The ranges of each are sorted, and neither overlap nor touch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ports([Vec<Range>; 3]);

impl Ports {
    /// All ports of all protocols.
    #[must_use]
    pub fn all() -> Self {
        Self(std::array::from_fn(|_| vec![WHOLE]))
    }

    /// The ports from one to another; none where the first is greater, or both are zero.
    #[must_use]
    pub fn of(protocol: Protocol, start: u16, end: u16) -> Self {
        let mut ports = Self::default();
        if max(start, 1) <= end {
            ports.0[protocol as usize].push((max(start, 1), end));
        }
        ports
    }

    /// All ports of one protocol.
    #[must_use]
    pub fn all_of(protocol: Protocol) -> Self {
        Self::of(protocol, WHOLE.0, WHOLE.1)
    }

    /// The ranges of one protocol, sorted.
    #[must_use]
    pub fn ranges(&self, protocol: Protocol) -> &[Range] {
        &self.0[protocol as usize]
    }

    /// Whether there is no port in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    /// Whether all ports of all protocols are in it.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.0.iter().all(|ranges| ranges[..] == [WHOLE])
    }

    /// Whether a port is in it.
    #[must_use]
    pub fn contains(&self, protocol: Protocol, port: u16) -> bool {
        let ranges = self.ranges(protocol);
        let before = ranges.partition_point(|(_, end)| *end < port);
        ranges
            .get(before)
            .is_some_and(|(start, _)| *start <= port && port > 0)
    }

    /// The first port.
    #[must_use]
    pub fn first(&self) -> Option<(Protocol, u16)> {
        let first = |protocol: &Protocol| self.ranges(*protocol).first().map(|range| range.0);
        let mut firsts = Protocol::ALL
            .into_iter()
            .filter_map(|one| Some((one, first(&one)?)));
        firsts.next()
    }

    /// The ports that are in one of some sets.
    pub(super) fn union_of(sets: &[Self]) -> Self {
        Self(std::array::from_fn(|index| {
            let ranges = sets.iter().flat_map(|set| &set.0[index]);
            let mut all: Vec<Range> = ranges.copied().collect();
            all.sort_unstable();
            joined(&all)
        }))
    }

    /// The ports that are in one of two sets.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|index| {
            let mut all: Vec<Range> = self.0[index]
                .iter()
                .chain(&other.0[index])
                .copied()
                .collect();
            all.sort_unstable();
            joined(&all)
        }))
    }

    /// The ports that are in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|index| {
            common(&self.0[index], &other.0[index])
        }))
    }

    /// The ports that are not in it.
    #[must_use]
    pub fn complement(&self) -> Self {
        Self(std::array::from_fn(|index| gaps(&self.0[index])))
    }

    /// The ports that are not in another set.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.intersection(&other.complement())
    }
}

/// Sorted ranges with those joined that overlap or touch.
fn joined(sorted: &[Range]) -> Vec<Range> {
    let mut ranges: Vec<Range> = Vec::with_capacity(sorted.len());
    for (start, end) in sorted {
        match ranges.last_mut() {
            Some(last) if *start <= last.1.saturating_add(1) => last.1 = max(last.1, *end),
            _ => ranges.push((*start, *end)),
        }
    }
    ranges
}

fn common(mut one: &[Range], mut two: &[Range]) -> Vec<Range> {
    let mut ranges = Vec::new();
    while let ([a, rest_of_one @ ..], [b, rest_of_two @ ..]) = (one, two) {
        let both = (max(a.0, b.0), min(a.1, b.1));
        if both.0 <= both.1 {
            ranges.push(both);
        }
        if a.1 < b.1 {
            one = rest_of_one;
        } else {
            two = rest_of_two;
        }
    }
    ranges
}

fn gaps(ranges: &[Range]) -> Vec<Range> {
    let mut gaps = Vec::with_capacity(ranges.len() + 1);
    let mut next = Some(WHOLE.0);
    for (start, end) in ranges {
        if let Some(from) = next.filter(|from| from < start) {
            gaps.push((from, start - 1));
        }
        next = end.checked_add(1);
    }
    gaps.extend(next.map(|from| (from, WHOLE.1)));
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tcp(ranges: &[Range]) -> Ports {
        let sets = ranges
            .iter()
            .map(|(start, end)| Ports::of(Protocol::Tcp, *start, *end));
        sets.fold(Ports::default(), |all, one| all.union(&one))
    }

    #[test]
    fn sets_are_joined_cut_and_turned() {
        let (one, two) = (
            tcp(&[(1, 80), (100, 200), (81, 90)]),
            tcp(&[(85, 150), (65535, 65535)]),
        );
        assert_eq!(one, tcp(&[(1, 90), (100, 200)]));
        assert_eq!(one.union(&two), tcp(&[(1, 200), (65535, 65535)]));
        assert_eq!(one.intersection(&two), tcp(&[(85, 90), (100, 150)]));
        assert_eq!(two.minus(&one), tcp(&[(91, 99), (65535, 65535)]));
        assert_eq!(
            one.complement().ranges(Protocol::Tcp),
            [(91, 99), (201, 65535)]
        );
        assert!(Ports::all().complement().is_empty());
        assert!(one.union(&one.complement()).is_all());
    }

    #[test]
    fn ports_are_found() {
        let ports = tcp(&[(80, 90), (443, 443)]);
        for (port, is_in) in [
            (0, false),
            (79, false),
            (80, true),
            (90, true),
            (91, false),
            (443, true),
        ] {
            assert_eq!(ports.contains(Protocol::Tcp, port), is_in, "{port}");
            assert!(!ports.contains(Protocol::Udp, port));
        }
        assert!(Ports::of(Protocol::Tcp, 90, 80).is_empty());
        assert!(Ports::of(Protocol::Tcp, 0, 0).is_empty());
    }
}

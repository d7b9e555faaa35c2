//! Blocks of addresses.

use std::cmp::{max, min};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Addresses of one family from a first to a last one, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Block {
    first: IpAddr,
    last: IpAddr,
}

/// Addresses that are not of the internet: private networks, those of carriers and of one link, those that mean the machine
/// itself or many, and those that are reserved (RFC 6890). Those of documentation stand for any of the internet.
const NOT_OF_THE_INTERNET: [&str; 16] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/3",
    "::/8",
    "100::/64",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
];

/// Networks that are given to pods where nothing else is said: private ones, and those of carriers.
const OF_PODS: [&str; 5] = [
    "10.0.0.0/8",
    "100.64.0.0/10",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "fc00::/7",
];

impl Block {
    /// The addresses from one to another; none where they are not of one family, or in the wrong order.
    #[must_use]
    pub fn between(first: IpAddr, last: IpAddr) -> Option<Self> {
        (first.is_ipv4() == last.is_ipv4() && first <= last).then_some(Self { first, last })
    }

    /// A block as the API writes it, such as `10.0.0.0/8`. Bits behind the mask count for nothing.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/')?;
        let is_plain = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
        let length: u32 = length.parse().ok().filter(|_| is_plain)?;
        let address: IpAddr = address.parse().ok()?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let free = width - Some(length).filter(|length| *length <= width)?;
        let mask = u128::MAX.checked_shl(free).unwrap_or(0);
        let start = bits(address) & mask;
        let end = start | (!mask & bits(greatest(address)));
        Some(Self {
            first: address_of(start, address),
            last: address_of(end, address),
        })
    }

    /// All addresses of both families.
    #[must_use]
    pub fn all() -> [Self; 2] {
        let (four, six) = (
            IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        );
        [four, six].map(|first| Self {
            first,
            last: greatest(first),
        })
    }

    /// The addresses of the internet, sorted.
    #[must_use]
    pub fn internet() -> Vec<Self> {
        minus(&Self::all(), &blocks(&NOT_OF_THE_INTERNET))
    }

    pub(super) fn of_pods() -> Vec<Self> {
        blocks(&OF_PODS)
    }

    /// The first address.
    #[must_use]
    pub fn first(&self) -> IpAddr {
        self.first
    }

    /// The last address.
    #[must_use]
    pub fn last(&self) -> IpAddr {
        self.last
    }

    /// Whether an address is in it.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.first <= address && address <= self.last
    }

    fn overlap(&self, other: &Self) -> Option<Self> {
        Self::between(max(self.first, other.first), min(self.last, other.last))
    }
}

impl fmt::Display for Block {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.first, self.last)
    }
}

fn blocks(texts: &[&str]) -> Vec<Block> {
    texts.iter().filter_map(|text| Block::read(text)).collect()
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// The address with these bits in the family of another one.
fn address_of(bits: u128, family: IpAddr) -> IpAddr {
    match (family, u32::try_from(bits)) {
        (IpAddr::V4(_), Ok(bits)) => IpAddr::V4(Ipv4Addr::from_bits(bits)),
        (IpAddr::V4(_), Err(_)) => IpAddr::V4(Ipv4Addr::BROADCAST),
        (IpAddr::V6(_), _) => IpAddr::V6(Ipv6Addr::from_bits(bits)),
    }
}

fn greatest(family: IpAddr) -> IpAddr {
    match family {
        IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::BROADCAST),
        IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::from_bits(u128::MAX)),
    }
}

fn after(address: IpAddr) -> Option<IpAddr> {
    (address != greatest(address)).then(|| address_of(bits(address) + 1, address))
}

fn before(address: IpAddr) -> Option<IpAddr> {
    let bits = bits(address).checked_sub(1)?;
    Some(address_of(bits, address))
}

/// Blocks sorted, with those joined that overlap.
pub(super) fn joined(blocks: &[Block]) -> Vec<Block> {
    let mut sorted = blocks.to_vec();
    sorted.sort_unstable();
    let mut joined: Vec<Block> = Vec::with_capacity(sorted.len());
    for block in sorted {
        match joined.last_mut() {
            Some(last) if last.contains(block.first) => last.last = max(last.last, block.last),
            _ => joined.push(block),
        }
    }
    joined
}

/// What is in some blocks and in none of others, sorted.
pub(super) fn minus(blocks: &[Block], others: &[Block]) -> Vec<Block> {
    let others = joined(others);
    let mut left = Vec::new();
    for block in joined(blocks) {
        let mut rest = Some(block);
        let first = others.partition_point(|other| other.last < block.first);
        for other in &others[first..] {
            let Some(current) = rest.filter(|current| other.first <= current.last) else {
                break;
            };
            left.extend(before(other.first).and_then(|last| Block::between(current.first, last)));
            rest = after(other.last).and_then(|first| Block::between(first, current.last));
        }
        left.extend(rest);
    }
    left
}

/// What is in some blocks and in some others too, sorted. Both are sorted and do not overlap.
pub(super) fn common(mut blocks: &[Block], mut others: &[Block]) -> Vec<Block> {
    let mut found = Vec::new();
    while let ([one, rest @ ..], [two, rest_of_others @ ..]) = (blocks, others) {
        found.extend(one.overlap(two));
        if one.last < two.last {
            blocks = rest;
        } else {
            others = rest_of_others;
        }
    }
    found
}

/// Whether an address is in one of some sorted blocks that do not overlap.
pub(super) fn holds(blocks: &[Block], address: IpAddr) -> bool {
    let index = blocks.partition_point(|block| block.last < address);
    blocks
        .get(index)
        .is_some_and(|block| block.contains(address))
}

/// Cuts sorted blocks wherever one of others begins or ends, so that each part is wholly in any of them or not at all.
pub(super) fn cut<'b>(blocks: &[Block], others: impl Iterator<Item = &'b Block>) -> Vec<Block> {
    let mut starts: Vec<IpAddr> = others
        .flat_map(|other| [Some(other.first), after(other.last)])
        .flatten()
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let mut parts = Vec::new();
    for block in blocks {
        let mut first = block.first;
        let begin = starts.partition_point(|start| *start <= block.first);
        for start in &starts[begin..] {
            let Some(part) = before(*start).and_then(|last| Block::between(first, last)) else {
                continue;
            };
            if !block.contains(*start) {
                break;
            }
            parts.push(part);
            first = *start;
        }
        parts.extend(Block::between(first, block.last));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(blocks: &[Block]) -> String {
        let texts: Vec<String> = blocks.iter().map(ToString::to_string).collect();
        texts.join(" ")
    }

    #[test]
    fn blocks_are_read_as_the_api_server_reads_them() {
        for (text, expected) in [
            ("10.1.2.3/8", "10.0.0.0-10.255.255.255"),
            ("1.2.3.4/32", "1.2.3.4-1.2.3.4"),
            ("0.0.0.0/0", "0.0.0.0-255.255.255.255"),
            (
                "fe80::1/10",
                "fe80::-febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            ),
            ("::/0", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ] {
            assert_eq!(show(&blocks(&[text])), expected, "{text}");
        }
        for text in [
            "10.0.0.0",
            "10.0.0.0/33",
            "10.0.0/8",
            "10.0.0.0/+8",
            "010.0.0.0/8",
            "/8",
            "::/129",
        ] {
            assert_eq!(Block::read(text), None, "{text}");
        }
    }

    #[test]
    fn blocks_are_cut_out_of_each_other() {
        let left = minus(
            &blocks(&["10.0.0.0/8", "::/0"]),
            &blocks(&["10.0.0.0/9", "10.200.0.0/16", "8000::/1"]),
        );
        assert_eq!(
            show(&left),
            "10.128.0.0-10.199.255.255 10.201.0.0-10.255.255.255 ::-7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
        );
        assert_eq!(
            show(&common(&left, &blocks(&["10.199.0.0/16"]))),
            "10.199.0.0-10.199.255.255"
        );
        let parts = cut(
            &blocks(&["10.0.0.0/30"]),
            blocks(&["10.0.0.1/32", "10.0.0.0/8"]).iter(),
        );
        assert_eq!(
            show(&parts),
            "10.0.0.0-10.0.0.0 10.0.0.1-10.0.0.1 10.0.0.2-10.0.0.3"
        );
        assert!(minus(&Block::all(), &Block::all()).is_empty());
    }

    #[test]
    fn the_internet_has_no_private_addresses() {
        let internet = Block::internet();
        for (address, is_public) in [
            ("1.1.1.1", true),
            ("10.1.1.1", false),
            ("172.32.0.1", true),
            ("169.254.169.254", false),
            ("2606:4700::1", true),
            ("fd00::1", false),
            ("::1", false),
        ] {
            assert_eq!(
                holds(&internet, address.parse().unwrap()),
                is_public,
                "{address}"
            );
        }
    }
}

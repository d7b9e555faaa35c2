//! Addresses as Terraform reads them: like Go before 1.17, with zeros in front of the numbers of IPv4.

use super::network::Address;

/// Numbers of this and above are too large whatever they mean.
const TOO_LARGE: u32 = 0xff_ffff;

/// An address of either kind: the first mark decides.
pub(super) fn address(text: &str) -> Option<Address> {
    match text.find(['.', ':']).map(|at| text.as_bytes()[at])? {
        b'.' => ipv4(text),
        _ => ipv6(text),
    }
}

/// Four numbers with points between them.
pub(super) fn ipv4(text: &str) -> Option<Address> {
    let mut rest = text;
    let mut number = 0;
    for index in 0..4 {
        if index > 0 {
            rest = rest.strip_prefix('.')?;
        }
        let (octet, after) = decimal(rest).filter(|(octet, _)| *octet <= 0xff)?;
        number = number << 8 | u128::from(octet);
        rest = after;
    }
    rest.is_empty().then_some(Address { number, bits: 32 })
}

/// Eight groups with colons between them, of which `::` leaves out those that are zero; the last two may be written as
/// an address of IPv4.
pub(super) fn ipv6(text: &str) -> Option<Address> {
    let mut groups: Vec<u16> = Vec::new();
    let mut left_out = None;
    let mut rest = text;
    if let Some(after) = rest.strip_prefix("::") {
        left_out = Some(0);
        rest = after;
    }
    while !rest.is_empty() && groups.len() < 8 {
        let (group, after) = number(rest, 16)?;
        if after.starts_with('.') {
            let is_last = groups.len() == 6 || (left_out.is_some() && groups.len() < 6);
            let embedded = ipv4(rest).filter(|_| is_last)?.as_ipv4()?;
            groups.extend([(embedded >> 16) as u16, embedded as u16]);
            rest = "";
            break;
        }
        groups.push(u16::try_from(group).ok()?);
        rest = after;
        if rest.is_empty() {
            break;
        }
        rest = rest.strip_prefix(':').filter(|after| !after.is_empty())?;
        if let Some(after) = rest.strip_prefix(':') {
            if left_out.replace(groups.len()).is_some() {
                return None;
            }
            rest = after;
        }
    }
    let complete = (groups.len() == 8) != left_out.is_some();
    (rest.is_empty() && complete).then(|| join(&groups, left_out.unwrap_or(8)))
}

fn join(groups: &[u16], left_out: usize) -> Address {
    let (before, after) = groups.split_at(left_out.min(groups.len()));
    let zeros = std::iter::repeat_n(&0, 8 - groups.len());
    let all = before.iter().chain(zeros).chain(after);
    let number = all.fold(0, |number, group| number << 16 | u128::from(*group));
    Address { number, bits: 128 }
}

/// A decimal number at the beginning of a text, and what follows it.
pub(super) fn decimal(text: &str) -> Option<(u32, &str)> {
    number(text, 10)
}

fn number(text: &str, base: u32) -> Option<(u32, &str)> {
    let end = text
        .find(|digit: char| !digit.is_digit(base))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let mut number = 0;
    for digit in digits.chars() {
        number = number * base + digit.to_digit(base)?;
        if number >= TOO_LARGE {
            return None;
        }
    }
    (!digits.is_empty()).then_some((number, rest))
}

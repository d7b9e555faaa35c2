//! Networks one behind the other in a network.

use super::network::{Address, Network};

/// The networks whose prefixes are longer by some bits than that of `whole`, in order, without gaps where they fit. A
/// length is none where the argument is no integer of 64 bits. Otherwise which of the lengths is wrong, and why.
pub(super) fn all(
    whole: &Network,
    lengths: &[Option<i64>],
) -> Result<Vec<Network>, (usize, String)> {
    let mut networks: Vec<Network> = Vec::new();
    for (index, length) in lengths.iter().enumerate() {
        let network = prefix(whole, *length).and_then(|prefix| {
            let last = match networks.last() {
                Some(last) => *last,
                None => before(whole, prefix),
            };
            next(whole, &last, prefix)
        });
        networks.push(network.map_err(|message| (index, message))?);
    }
    Ok(networks)
}

fn prefix(whole: &Network, length: Option<i64>) -> Result<u32, String> {
    let length = length.ok_or("a whole number of at most 64 bits is needed")?;
    let length = u32::try_from(length)
        .ok()
        .filter(|length| (1..=32).contains(length))
        .ok_or("the prefix must be extended by at least 1 and at most 32 bits")?;
    let prefix = whole.prefix + length;
    if prefix > whole.address.bits {
        return Err("the prefix would be longer than the address".into());
    }
    Ok(prefix)
}

/// The network in front of the whole; that in front of the first address is the last.
fn before(whole: &Network, prefix: u32) -> Network {
    let Address { number, bits } = whole.address;
    let number = number.wrapping_sub(1) & (u128::MAX >> (128 - bits));
    let address = Address { number, bits }.masked(prefix);
    Network { address, prefix }
}

fn next(whole: &Network, last: &Network, prefix: u32) -> Result<Network, String> {
    let address = last.last().masked(prefix);
    let Address { number, bits } = Network { address, prefix }.last();
    let address = Address {
        number: number.wrapping_add(1) & (u128::MAX >> (128 - bits)),
        bits,
    };
    // Behind the last address comes the first, which Terraform never takes. Nor does it find room among addresses of
    // IPv6 that stand for some of IPv4.
    let is_mapped = bits == 128 && whole.address.as_ipv4().is_some();
    if address.number == 0 || is_mapped || !whole.contains(address) {
        return Err("no room is left for a network of that size".into());
    }
    Ok(Network { address, prefix })
}

//! Addresses and networks, with the arithmetic of Terraform's library down to its slips.
//!
//! Source: <https://pkg.go.dev/github.com/apparentlymart/go-cidr/cidr>.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use dashu_int::{IBig, UBig};

use super::parse;

/// An address of IPv4 or IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) number: u128,
    /// 32 or 128.
    pub(super) bits: u32,
}

/// A network: the address has only zeros behind the prefix, unless it is a subnet of odd numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Network {
    pub(super) address: Address,
    pub(super) prefix: u32,
}

impl Address {
    /// The same address with zeros behind a prefix.
    pub(super) fn masked(self, prefix: u32) -> Self {
        Self {
            number: self.number & mask(self.bits, prefix),
            bits: self.bits,
        }
    }

    /// The address as one of IPv4: it is one, or stands for one (`::ffff:10.0.0.1`).
    pub(super) fn as_ipv4(self) -> Option<u32> {
        let low = u32::try_from(self.number & u128::from(u32::MAX)).ok()?;
        (self.bits == 32 || self.number >> 32 == 0xffff).then_some(low)
    }

    /// Puts a number into the address so that it ends at a bit; none where it does not fit.
    fn with(self, number: &IBig, end: i64) -> Option<Self> {
        let shift = i64::from(self.bits) - end;
        let number = if *number == IBig::ZERO {
            IBig::ZERO
        } else {
            let shift = usize::try_from(shift).ok().filter(|shift| *shift <= 256)?;
            number.clone() << shift
        };
        let (_, joined) = (IBig::from(self.number) | number).into_parts();
        let number = u128::try_from(joined).ok()?;
        let fits = self.bits == 128 || number >> 32 == 0;
        fits.then_some(Self { number, ..self })
    }
}

impl Network {
    /// Reads `10.0.0.0/8`. Bits of the address behind the prefix are dropped.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/')?;
        let address = parse::ipv4(address).or_else(|| parse::ipv6(address))?;
        let (prefix, rest) = parse::decimal(prefix)?;
        let fits = rest.is_empty() && prefix <= address.bits;
        fits.then(|| Self {
            address: address.masked(prefix),
            prefix,
        })
    }

    /// The last address.
    pub(super) fn last(&self) -> Address {
        let Address { number, bits } = self.address;
        let number = number | (mask(bits, bits) & !mask(bits, self.prefix));
        Address { number, bits }
    }

    /// The mask as an address.
    pub(super) fn mask(&self) -> Address {
        let bits = self.address.bits;
        let number = mask(bits, self.prefix);
        Address { number, bits }
    }

    pub(super) fn contains(&self, address: Address) -> bool {
        let (network, prefix) = self.plain();
        let address = plain(address);
        address.bits == network.bits && address.masked(prefix) == network.masked(prefix)
    }

    /// The address with a number in the network; a negative one counts from the end.
    pub(super) fn host(&self, number: IBig) -> Result<Address, String> {
        let bits = self.address.bits;
        let most = (IBig::ONE << (bits - self.prefix) as usize) - IBig::ONE;
        let (number, checked) = if number < IBig::ZERO {
            let back = -number - IBig::ONE;
            (&most - &back, back)
        } else {
            // Only 64 bits are checked, as a number with a sign.
            let checked = IBig::from(low_bits(&number).cast_signed());
            (number, checked)
        };
        let end = if self.address.as_ipv4().is_some() {
            32
        } else {
            128
        };
        let host = (checked <= most)
            .then(|| self.address.with(&number, end))
            .flatten();
        host.ok_or_else(|| "the network has no host of that number".into())
    }

    /// The network with a number among those whose prefix is longer by some bits, as text: a prefix below zero, which
    /// Terraform does not refuse, has none.
    pub(super) fn subnet(&self, bits: i64, number: &IBig) -> Result<String, String> {
        let length = i64::from(self.prefix).wrapping_add(bits);
        if length > i64::from(self.address.bits) {
            return Err("the prefix can't be extended by so many bits".into());
        }
        let most = u32::try_from(bits)
            .ok()
            .and_then(|bits| 1_u64.checked_shl(bits));
        let most = most.unwrap_or(0).wrapping_sub(1);
        let fits = low_bits(number) <= most;
        let address = fits.then(|| self.address.with(number, length)).flatten();
        let address = address.ok_or("so many bits have no network of that number")?;
        Ok(match u32::try_from(length) {
            Ok(prefix) => Self { address, prefix }.to_string(),
            Err(_) => "<nil>".into(),
        })
    }

    /// The address as one of IPv4 where it stands for one, and the length of the prefix within that.
    fn plain(&self) -> (Address, u32) {
        let address = plain(self.address);
        let dropped = self.address.bits - address.bits;
        (address, self.prefix.saturating_sub(dropped))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_ipv4() {
            Some(number) => Ipv4Addr::from_bits(number).fmt(f),
            None => Ipv6Addr::from_bits(self.number).fmt(f),
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (address, prefix) = self.plain();
        write!(f, "{address}/{prefix}")
    }
}

fn plain(address: Address) -> Address {
    address.as_ipv4().map_or(address, |number| Address {
        number: number.into(),
        bits: 32,
    })
}

fn mask(bits: u32, prefix: u32) -> u128 {
    let all = u128::MAX >> (128 - bits);
    all & !all.checked_shr(prefix).unwrap_or(0)
}

/// The lowest 64 bits of the magnitude.
fn low_bits(number: &IBig) -> u64 {
    let (_, magnitude) = number.clone().into_parts();
    let low = magnitude & UBig::from(u64::MAX);
    u64::try_from(low).unwrap_or(u64::MAX)
}

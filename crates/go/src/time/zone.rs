//! Zones of clocks.

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use smol_str::SmolStr;

/// The clock that a time is told by.
#[derive(Clone, Debug, PartialEq)]
pub enum Zone {
    /// Universal time, which also stands for the local time of the machine: nothing here asks for that.
    Utc,
    /// A clock that is always ahead of universal time by the same seconds, with a name that may be empty.
    Fixed(i32, SmolStr),
    /// A zone of the database.
    Named(TimeZone),
}

impl Zone {
    /// The zone of a name such as `Europe/Paris`, as `time.LoadLocation` finds it in the database that is built in.
    #[must_use]
    pub fn load(name: &str) -> Option<Self> {
        if matches!(name, "" | "UTC" | "Local") {
            return Some(Self::Utc);
        }
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        // Names are those of files, so their case counts.
        (zone.iana_name() == Some(name)).then_some(Self::Named(zone))
    }

    /// The seconds that the clock is ahead of universal time at a point in time, and the name that it then has.
    pub(super) fn at(&self, unix: i64) -> (i32, SmolStr) {
        match self {
            Self::Utc => (0, "UTC".into()),
            Self::Fixed(offset, name) => (*offset, name.clone()),
            Self::Named(zone) => {
                let least = Timestamp::MIN.as_second();
                let unix = unix.clamp(least, Timestamp::MAX.as_second());
                let at = Timestamp::from_second(unix).unwrap_or(Timestamp::UNIX_EPOCH);
                let info = zone.to_offset_info(at);
                (info.offset().seconds(), info.abbreviation().into())
            }
        }
    }
}

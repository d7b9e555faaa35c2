//! What is different between what is declared and what runs, in each format.

mod human;
mod json;
mod sarif;

use std::io::Write;

use analysis::DriftReport;

use super::{Format, Shape};
use crate::error::Error;

pub(crate) use human::summary;
pub(crate) use json::schema;

/// Writes a comparison in a format.
pub(crate) fn write(
    format: Format,
    drift: &DriftReport,
    shape: Shape,
    out: &mut dyn Write,
) -> Result<(), Error> {
    match format {
        Format::Json => json::write(drift, out),
        Format::Sarif => sarif::write(drift, out),
        Format::Human | Format::Github | Format::Junit => Ok(human::write(drift, shape, out)?),
    }
}

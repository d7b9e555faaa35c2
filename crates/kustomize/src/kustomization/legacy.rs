//! Fields of older versions, which stand for newer ones.

use super::generators::{self, ChartGlobals};
use super::{Decoder, Fields, Kustomization, read_image};

/// Reads the older fields behind the newer ones that they stand for.
pub(super) fn read(
    decoder: &mut Decoder<'_>,
    fields: &mut Fields,
    kustomization: &mut Kustomization,
) {
    let bases = fields.texts(decoder, "bases");
    kustomization.resources.extend(bases);
    let images = fields.each(decoder, "imageTags", read_image);
    kustomization.images.extend(images);
    let older = fields.each(
        decoder,
        "helmChartInflationGenerator",
        generators::read_older_chart,
    );
    let mut globals = ChartGlobals::default();
    for (chart, own) in older {
        kustomization.charts.push(chart);
        // What stands last counts for all.
        globals.home = own.home.or(globals.home);
        globals.config_home = own.config_home.or(globals.config_home);
    }
    if globals.is_set() {
        kustomization.chart_globals.get_or_insert(globals);
    }
}

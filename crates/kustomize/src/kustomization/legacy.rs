//! Fields of older versions, which stand for newer ones.

use super::{Decoder, Fields, Kustomization, generators, read_image};

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
    for (chart, globals) in older {
        kustomization.charts.push(chart);
        if globals.is_set() && kustomization.chart_globals.is_none() {
            kustomization.chart_globals = Some(globals);
        }
    }
}

//! The examples as charts that releases of Terraform install, with values of theirs.

use crate::cases::Case;
use crate::verdicts::File;
use crate::{charts, kubernetes};

/// An example of which all scalars are in a file of values that the release names.
pub(crate) fn with_file(case: &Case) -> Vec<File> {
    let (mut files, values) = installed(charts::scalars(case));
    files.push(("given.yaml".to_owned(), values));
    release(case, files, "file(\"given.yaml\")")
}

/// An example whose keys at the top are in the template, and all below them is in a text of the release.
pub(crate) fn with_text(case: &Case) -> Vec<File> {
    let (files, values) = installed(charts::maps(case));
    let text = values.replace("${", "$${").replace("%{", "%%{");
    release(case, files, &format!("<<EOT\n{text}\nEOT\n"))
}

/// The same with values that are computed.
pub(crate) fn with_expressions(case: &Case) -> Vec<File> {
    let (files, _) = installed(charts::maps(case));
    let expressions = kubernetes::expressions(case).into_iter().enumerate();
    let objects = expressions.map(|(index, object)| format!("d{index} = {object}\n"));
    let values = format!("yamlencode({{\n{}}})", objects.collect::<String>());
    release(case, files, &values)
}

/// The files of a chart without its values, and these.
fn installed(chart: Vec<File>) -> (Vec<File>, String) {
    let mut values = String::new();
    let mut files = Vec::new();
    for (name, text) in chart {
        match name.as_str() {
            charts::VALUES => values = text,
            charts::TEMPLATE | charts::CHART_FILE => files.push((format!("chart/{name}"), text)),
            _ => {}
        }
    }
    (files, values)
}

fn release(case: &Case, mut files: Vec<File>, values: &str) -> Vec<File> {
    let arguments = "name = \"example\"\nchart = \"./chart\"";
    let release =
        format!("resource \"helm_release\" \"example\" {{\n{arguments}\nvalues = [{values}]\n}}\n");
    files.extend(kubernetes::configuration(case, std::iter::once(release)));
    files
}

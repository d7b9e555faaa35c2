//! Files to a chart: which of them are templates, values, or charts of their own.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use graph::{Data, NodeId, Tree};
use source::{Level, Limits as ReadLimits, Problem, ReadError};

use super::limits::{DEEPEST, Limits, TOTAL};
use super::{Chart, ChartFile, Reader, read_metadata, validate};

/// One reading of a chart with all that is in it.
pub(super) struct Loading<'a, 'r> {
    pub(super) reader: &'a Reader<'r>,
    pub(super) limits: &'a mut Limits,
    pub(super) problems: &'a mut Vec<Problem>,
    /// The bytes of the file that was read last: all files are read to one place.
    pub(super) buffer: Vec<u8>,
}

impl Loading<'_, '_> {
    /// The chart in a folder or archive.
    pub(super) fn chart(&mut self, path: &Path) -> Option<Chart> {
        let limits = ReadLimits { file_bytes: TOTAL };
        let files = match self.reader.system.read(path, limits) {
            Ok(bytes) => self.archive(&bytes, path),
            Err(error @ ReadError::TooLarge { .. }) => {
                let shown = (self.reader.shown)(path);
                self.problems.push(error.problem(&shown));
                return None;
            }
            Err(_) => self.folder(path),
        };
        self.assemble(files, path)
    }

    /// The chart that files make.
    pub(super) fn assemble(&mut self, files: Vec<ChartFile>, path: &Path) -> Option<Chart> {
        if self.limits.depth >= DEEPEST {
            self.refuse("chart-folder", "charts stand too deep in each other", path);
            return None;
        }
        let Some(description) = files.iter().find(|file| file.name == "Chart.yaml") else {
            self.refuse("chart-metadata", "Chart.yaml file is missing", path);
            return None;
        };
        let mut chart = Chart {
            path: path.to_path_buf(),
            ..Chart::default()
        };
        chart.description = self.read_metadata(description, &mut chart);
        if chart.metadata.api_version.value.is_empty() {
            chart.metadata.api_version.value = "v1".into();
        }
        let mut charts = BTreeMap::new();
        for file in files {
            self.sort(file, &mut chart, &mut charts);
        }
        self.validate(&mut chart);
        self.limits.depth += 1;
        self.limits.open.push(path.to_path_buf());
        for (name, files) in charts {
            self.add_chart(&name, files, &mut chart);
        }
        self.add_repositories(&mut chart);
        self.limits.open.pop();
        self.limits.depth -= 1;
        Some(chart)
    }

    fn read_metadata(&mut self, file: &ChartFile, chart: &mut Chart) -> Option<Arc<Tree>> {
        match file.text() {
            Some(text) => read_metadata::read(text, &mut chart.metadata, self.problems),
            None => {
                let message = format!("{} is not UTF-8", file.name);
                self.refuse("chart-metadata", message, &chart.path);
                None
            }
        }
    }

    fn sort(
        &mut self,
        file: ChartFile,
        chart: &mut Chart,
        charts: &mut BTreeMap<String, Vec<ChartFile>>,
    ) {
        match file.name.as_str() {
            "Chart.yaml" => {}
            "Chart.lock" => chart.lock = self.read_lock(&file),
            "values.yaml" => self.read_values(&file, chart),
            "values.schema.json" => chart.schema = Some(file),
            "requirements.yaml" => {
                chart.requirements = self.read_metadata(&file, chart);
                keep_requirements(file, chart);
            }
            "requirements.lock" => {
                chart.lock = self.read_lock(&file).or(chart.lock.take());
                keep_requirements(file, chart);
            }
            name if name.starts_with("templates/") => chart.templates.push(file),
            name if name.starts_with("charts/") && !has_extension(name, ".prov") => {
                let name = name.trim_start_matches("charts/");
                let first = name.split('/').next().unwrap_or_default().to_owned();
                let name = name.to_owned();
                let files = charts.entry(first).or_default();
                files.push(ChartFile { name, ..file });
            }
            _ => chart.files.push(file),
        }
    }

    /// Nothing of a lock counts for what is rendered, but Helm refuses a chart whose lock it can't read.
    fn read_lock(&mut self, file: &ChartFile) -> Option<Arc<Tree>> {
        let read = yaml::read(file.text()?, &yaml::Options::default());
        let is_error = |problem: &Problem| problem.level == Level::Error;
        let problems = read.problems.into_iter();
        self.problems.extend(problems.filter(is_error));
        let document = read.documents.into_iter().next();
        document.map(|document| Arc::new(document.tree))
    }

    fn read_values(&mut self, file: &ChartFile, chart: &mut Chart) {
        let Some(text) = file.text() else {
            return self.refuse("chart-values", "values.yaml is not UTF-8", &chart.path);
        };
        let read = yaml::read(text, &yaml::Options::default());
        self.problems.extend(read.problems);
        let Some(document) = read.documents.into_iter().next() else {
            return;
        };
        let root = document.tree.node(NodeId::ROOT);
        match root.data {
            Data::Map => chart.values = Some(Arc::new(document.tree)),
            Data::Null => {}
            _ => {
                let message = "the values of a chart must be a map";
                let problem = Problem::at(Level::Error, "chart-values", message, root.span);
                self.problems.push(problem);
            }
        }
    }

    fn validate(&mut self, chart: &mut Chart) {
        for mistake in validate::validate(&mut chart.metadata) {
            match mistake.span {
                Some(span) => {
                    let message = mistake.message;
                    let problem = Problem::at(Level::Error, "chart-metadata", message, span);
                    self.problems.push(problem);
                }
                None => self.refuse("chart-metadata", mistake.message, &chart.path),
            }
        }
    }

    /// Adds what stands in `charts/` under one name.
    fn add_chart(&mut self, name: &str, files: Vec<ChartFile>, chart: &mut Chart) {
        if name.starts_with(['_', '.']) {
            return;
        }
        let path = chart.path.join("charts").join(name);
        let added = if has_extension(name, ".tgz") {
            match files.first().filter(|file| file.name == name) {
                Some(file) => {
                    let files = self.archive(file.bytes(), &path);
                    self.assemble(files, &path)
                }
                None => {
                    let message = format!("{name} is a folder and no archive");
                    return self.refuse("chart-archive", message, &path);
                }
            }
        } else {
            let inner = files.into_iter().filter_map(|file| {
                let name = file.name.split_once('/')?.1.to_owned();
                Some(ChartFile { name, ..file })
            });
            self.assemble(inner.collect(), &path)
        };
        chart.dependencies.extend(added.map(Arc::new));
    }
}

/// Charts of the first version show their requirements to their templates.
fn keep_requirements(file: ChartFile, chart: &mut Chart) {
    if chart.metadata.api_version.value == "v1" {
        chart.files.push(file);
    }
}

fn has_extension(name: &str, extension: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    last.rfind('.').is_some_and(|dot| &last[dot..] == extension)
}

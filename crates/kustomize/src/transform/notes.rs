//! Notes of which transformers changed an object, where a kustomization wants them printed.

use super::Step;
use crate::accumulate::{ORIGIN, Target};
use crate::resources::{Id, ResourceMap, annotations, set_annotation};

/// The annotation with the transformers that changed an object.
pub(crate) const TRANSFORMATIONS: &str = "alpha.config.kubernetes.io/transformations";

/// Who made or changed an object, as kustomize prints it.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    /// The lines of the description.
    lines: Vec<String>,
}

impl Note {
    /// What a field of a kustomization does.
    pub(crate) fn built_in(kind: &str, file: &str) -> Self {
        Self {
            lines: vec![
                format!("configuredIn: {file}"),
                "configuredBy:".to_owned(),
                "  apiVersion: builtin".to_owned(),
                format!("  kind: {kind}"),
            ],
        }
    }

    /// What an object of a file describes.
    pub(crate) fn described(file: &str, id: &Id) -> Self {
        let mut lines = vec![
            format!("configuredIn: {file}"),
            "configuredBy:".to_owned(),
            format!("  apiVersion: {}", id.kinds.api_version()),
            format!("  kind: {}", id.kinds.kind),
            format!("  name: {}", id.name),
        ];
        if !id.namespace.is_empty() {
            lines.push(format!("  namespace: {}", id.namespace));
        }
        Self { lines }
    }

    /// The note of what made an object.
    pub(crate) fn text(&self) -> String {
        self.lines.iter().map(|line| format!("{line}\n")).collect()
    }

    fn item(&self) -> String {
        let lines = self.lines.iter().enumerate();
        let lines = lines.map(|(index, line)| match index {
            0 => format!("- {line}\n"),
            _ => format!("  {line}\n"),
        });
        lines.collect()
    }
}

impl Target<'_, '_> {
    /// The file of the kustomization, from the folder of the outermost one.
    pub(crate) fn note_file_name(&self) -> String {
        let name = self.root.file.file_name().unwrap_or_default();
        self.way.join(name).display().to_string()
    }

    /// Notes a change at all objects.
    pub(super) fn note(&self, resources: &mut ResourceMap, step: &Step) {
        if !self.context.keeps_origins.get() {
            return;
        }
        for resource in &mut resources.all {
            let annotation = |key: &str| {
                let mut annotations = annotations(resource.node()).iter();
                annotations
                    .find(|entry| entry.key == key)
                    .map(|entry| entry.value.text().clone())
            };
            let (key, text) = match annotation(ORIGIN) {
                None => (ORIGIN, step.note.text()),
                Some(_) => {
                    let older = annotation(TRANSFORMATIONS).unwrap_or_default();
                    (TRANSFORMATIONS, format!("{older}{}", step.note.item()))
                }
            };
            resource.edit(|node| set_annotation(node, key, &text, step.span));
        }
    }
}

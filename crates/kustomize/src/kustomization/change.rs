//! Putting fields into a kustomization as `kustomize edit` does.

use source::{Level, Problem};

use super::{Image, Kustomization, Pair, Replica, Text};

impl Kustomization {
    /// Puts in the fields of another one.
    pub(crate) fn change(&mut self, other: Self, forces: bool) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (own, other) in [
            (&mut self.name_prefix, other.name_prefix),
            (&mut self.name_suffix, other.name_suffix),
            (&mut self.namespace, other.namespace),
        ] {
            *own = other.or(own.take());
        }
        change_images(&mut self.images, other.images);
        change_replicas(&mut self.replicas, other.replicas);
        for (own, other) in [
            (&mut self.common_labels, other.common_labels),
            (&mut self.common_annotations, other.common_annotations),
        ] {
            change_pairs(own, other, forces, &mut problems);
        }
        self.labels.extend(other.labels);
        self.patches.extend(other.patches);
        self.resources.extend(other.resources);
        for component in other.components {
            if !self
                .components
                .iter()
                .any(|own| own.value == component.value)
            {
                self.components.push(component);
            }
        }
        self.is_empty &= other.is_empty;
        problems
    }
}

/// Puts images in the place of those with their names. `*` keeps what the file says.
fn change_images(own: &mut Vec<Image>, mut others: Vec<Image>) {
    if others.is_empty() {
        return;
    }
    let name = |image: &Image| image.name.as_ref().map(|name| name.value.clone());
    for other in &mut others {
        let old = own.iter().find(|image| name(image) == name(other));
        for (field, old) in [
            (
                &mut other.new_name,
                old.and_then(|old| old.new_name.clone()),
            ),
            (&mut other.new_tag, old.and_then(|old| old.new_tag.clone())),
            (&mut other.digest, old.and_then(|old| old.digest.clone())),
        ] {
            if is_kept(field.as_ref()) {
                *field = old;
            }
        }
    }
    own.retain(|image| !others.iter().any(|other| name(image) == name(other)));
    own.extend(others);
    own.sort_by_key(|image| name(image));
}

fn is_kept(text: Option<&Text>) -> bool {
    text.is_some_and(|text| text.value == "*")
}

fn change_replicas(own: &mut Vec<Replica>, others: Vec<Replica>) {
    if others.is_empty() {
        return;
    }
    let name = |replica: &Replica| replica.name.as_ref().map(|name| name.value.clone());
    own.retain(|replica| !others.iter().any(|other| name(replica) == name(other)));
    own.extend(others);
    own.sort_by_key(|replica| name(replica));
}

/// Adds labels or annotations. One that the file has already is a fault, unless it may be changed.
fn change_pairs(own: &mut Vec<Pair>, others: Vec<Pair>, forces: bool, problems: &mut Vec<Problem>) {
    for (key, value) in others {
        let old = own.iter().position(|(own, _)| own.value == key.value);
        match old {
            None => own.push((key, value)),
            Some(at) if forces => own[at] = (key, value),
            Some(_) => {
                let message = format!(
                    "the kustomization has `{}` already",
                    source::neutral(&key.value)
                );
                let problem = Problem::at(Level::Error, "kustomization-field", message, key.span);
                problems.push(problem);
            }
        }
    }
    own.sort_by(|(one, _), (other, _)| one.value.cmp(&other.value));
}

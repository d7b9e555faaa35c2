//! The fields that transformers change and the fields that name other objects: the defaults, and how the files of
//! `configurations` add to them.

use std::sync::LazyLock;

use smol_str::SmolStr;

use super::Selector;

static DEFAULTS: LazyLock<Specs> =
    LazyLock::new(|| Specs::read(include_str!("fields.txt"), include_str!("names.txt")));

/// A field of objects of some kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldSpec {
    /// The kinds.
    pub kinds: Selector,
    /// The keys that lead to it, with `/` between them; `\/` is a `/` of a key, `[]` stands behind what must be a list. Other lists
    /// are gone through as well.
    pub path: SmolStr,
    /// Whether it is made where it is missing.
    pub create: bool,
}

/// The fields that name the objects of some kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameReference {
    /// The kinds that are named.
    pub target: Selector,
    /// The fields, with the kinds that have them.
    pub fields: Vec<FieldSpec>,
}

/// The fields of each transformer, in the order in which they are gone through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Specs {
    /// Where `commonAnnotations` go.
    pub common_annotations: Vec<FieldSpec>,
    /// Where `commonLabels` go.
    pub common_labels: Vec<FieldSpec>,
    /// Where images stand, besides the containers that are found anywhere.
    pub images: Vec<FieldSpec>,
    /// Where `labels` go in addition to those of an entry; only `configurations` name any.
    pub labels: Vec<FieldSpec>,
    /// What `namePrefix` is put in front of.
    pub name_prefix: Vec<FieldSpec>,
    /// What `nameSuffix` is put behind.
    pub name_suffix: Vec<FieldSpec>,
    /// Where the namespace stands, besides `metadata.namespace` and subjects.
    pub namespace: Vec<FieldSpec>,
    /// Where `replicas` go.
    pub replicas: Vec<FieldSpec>,
    /// Where `labels` go that are for templates too.
    pub template_labels: Vec<FieldSpec>,
    /// Where `$(VAR)` is replaced.
    pub var_reference: Vec<FieldSpec>,
    /// Which fields name what.
    pub names: Vec<NameReference>,
}

/// A field that a file of `configurations` has with another `create` than what was there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The transformer, as `configurations` writes it.
    pub transformer: &'static str,
    /// The field as the file has it.
    pub field: FieldSpec,
}

impl Specs {
    /// What kustomize does without `configurations`.
    #[must_use]
    pub fn defaults() -> &'static Self {
        &DEFAULTS
    }

    /// The fields of a transformer by its name in `configurations`; those of name references are no plain list.
    pub fn transformer(&mut self, name: &str) -> Option<&mut Vec<FieldSpec>> {
        let mut lists = self.lists().into_iter();
        lists
            .find(|(known, _)| *known == name)
            .map(|(_, list)| list)
    }

    fn lists(&mut self) -> [(&'static str, &mut Vec<FieldSpec>); 10] {
        [
            ("namePrefix", &mut self.name_prefix),
            ("nameSuffix", &mut self.name_suffix),
            ("namespace", &mut self.namespace),
            ("commonAnnotations", &mut self.common_annotations),
            ("commonLabels", &mut self.common_labels),
            ("labels", &mut self.labels),
            ("templateLabels", &mut self.template_labels),
            ("varReference", &mut self.var_reference),
            ("images", &mut self.images),
            ("replicas", &mut self.replicas),
        ]
    }

    /// Adds the fields of another. Those that are there already are left out.
    ///
    /// # Errors
    /// A field is there with another `create`.
    pub fn add(&mut self, mut other: Self) -> Result<(), Conflict> {
        for ((transformer, own), (_, added)) in self.lists().into_iter().zip(other.lists()) {
            add_all(own, added, transformer)?;
            own.sort_by(|one, two| one.kinds.apply_order(&two.kinds));
        }
        for mut reference in other.names {
            let same = |known: &&mut NameReference| known.target == reference.target;
            match self.names.iter_mut().find(same) {
                Some(known) => add_all(&mut known.fields, &mut reference.fields, "nameReference")?,
                None => self.names.push(reference),
            }
        }
        self.names
            .sort_by(|one, two| one.target.apply_order(&two.target));
        Ok(())
    }

    fn read(fields: &str, names: &str) -> Self {
        let mut specs = Self::default();
        for (name, lines) in sections(fields) {
            let fields = lines.into_iter().flat_map(read_fields);
            if let Some(list) = specs.transformer(name) {
                list.extend(fields);
            }
        }
        specs.names = sections(names).into_iter().map(read_reference).collect();
        specs
    }
}

fn add_all(
    own: &mut Vec<FieldSpec>,
    added: &mut Vec<FieldSpec>,
    transformer: &'static str,
) -> Result<(), Conflict> {
    for field in added.drain(..) {
        let covers =
            |known: &&FieldSpec| known.path == field.path && field.kinds.selects(&known.kinds);
        match own.iter().find(covers) {
            Some(known) if known.create != field.create => {
                return Err(Conflict { transformer, field });
            }
            Some(_) => {}
            None => own.push(field),
        }
    }
    Ok(())
}

/// The lines at the margin, each with those below it.
fn sections(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut sections: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match (line.strip_prefix(' '), sections.last_mut()) {
            (Some(line), Some((_, lines))) => lines.push(line),
            _ => sections.push((line, Vec::new())),
        }
    }
    sections
}

/// `Kind.version.group = path path+`
fn read_fields(line: &str) -> Vec<FieldSpec> {
    let (kinds, paths) = line.split_once(" = ").unwrap_or((line, ""));
    let field = |path: &str| FieldSpec {
        kinds: Selector::read(kinds),
        path: path.trim_end_matches('+').into(),
        create: path.ends_with('+'),
    };
    paths.split(' ').map(field).collect()
}

/// `Kind.version.group:begin/ … = rest …`
fn read_reference((target, lines): (&str, Vec<&str>)) -> NameReference {
    let fields = lines.into_iter().flat_map(|line| {
        let (referrers, paths) = line.split_once(" = ").unwrap_or((line, ""));
        referrers.split(' ').flat_map(move |referrer| {
            let (kinds, begin) = referrer.split_once(':').unwrap_or((referrer, ""));
            paths.split(' ').map(move |rest| FieldSpec {
                kinds: Selector::read(kinds),
                path: smol_str::format_smolstr!("{begin}{rest}"),
                create: false,
            })
        })
    });
    NameReference {
        target: Selector::read(target),
        fields: fields.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldSpec, NameReference, Selector, Specs};

    fn field(kinds: &str, path: &str, create: bool) -> FieldSpec {
        FieldSpec {
            kinds: Selector::read(kinds),
            path: path.into(),
            create,
        }
    }

    fn paths(fields: &[FieldSpec], api_version: &str, kind: &str) -> Vec<String> {
        let kind = Selector::of(api_version, kind);
        let fields = fields.iter().filter(|field| field.kinds.selects(&kind));
        let mark = |field: &FieldSpec| if field.create { "+" } else { "" };
        fields
            .map(|field| format!("{}{}", field.path, mark(field)))
            .collect()
    }

    #[test]
    fn transformers_change_their_fields() {
        let specs = Specs::defaults();
        let labels = paths(&specs.common_labels, "batch/v1", "Job");
        assert_eq!(
            labels,
            [
                "spec/selector/matchLabels",
                "spec/template/metadata/labels+",
                "metadata/labels+"
            ]
        );
        assert_eq!(
            paths(&specs.replicas, "apps/v1", "StatefulSet"),
            ["spec/replicas+"]
        );
        assert!(paths(&specs.replicas, "apps/v1", "DaemonSet").is_empty());
        assert_eq!(
            paths(&specs.namespace, "v1", "Namespace"),
            ["metadata/name+"]
        );
        assert_eq!(
            paths(&specs.images, "v1", "Any")[0],
            "spec/containers[]/image+"
        );
        assert_eq!(specs.var_reference.len(), 72);
    }

    #[test]
    fn names_are_referred_to() {
        let named = |target: &str, api_version, kind| {
            let names = Specs::defaults().names.iter();
            let mut names = names.filter(|one| one.target == Selector::read(target));
            paths(&names.next().unwrap().fields, api_version, kind)
        };
        let pod = named("ConfigMap.v1", "v1", "Pod");
        assert_eq!(pod.len(), 6);
        assert!(pod.contains(&"spec/volumes/projected/sources/configMap/name".into()));
        assert!(named("ConfigMap.v1", "v1", "ReplicationController").is_empty());
        let job = named("PersistentVolumeClaim.v1", "batch/v1", "CronJob");
        assert_eq!(
            job,
            ["spec/jobTemplate/spec/template/spec/volumes/persistentVolumeClaim/claimName"]
        );
        let ingress = named("Secret.v1", "networking.k8s.io/v1", "Ingress");
        assert_eq!(
            ingress[0],
            r"metadata/annotations/ingress.kubernetes.io\/auth-secret"
        );
    }

    #[test]
    fn what_is_there_already_is_not_added() {
        let mut specs = Specs::defaults().clone();
        let added = Specs {
            replicas: vec![
                field("Deployment", "spec/replicas", true),
                field("Thing", "spec/size", true),
            ],
            names: vec![NameReference {
                target: Selector::read("Secret.v1"),
                fields: vec![field("Thing", "spec/secret", false)],
            }],
            ..Specs::default()
        };
        specs.add(added).unwrap();
        assert_eq!(specs.replicas.len(), Specs::defaults().replicas.len() + 1);
        assert_eq!(specs.names.len(), Specs::defaults().names.len());
    }

    #[test]
    fn another_create_is_a_conflict() {
        let added = Specs {
            name_prefix: vec![field("*", "metadata/name", true)],
            ..Specs::default()
        };
        let conflict = Specs::defaults().clone().add(added).unwrap_err();
        assert_eq!(conflict.transformer, "namePrefix");
    }
}

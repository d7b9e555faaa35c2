//! The table of where kinds hold their pods, and its rows.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use graph::SmolStr;

use crate::kinds;
use crate::places::Places;

/// Where kinds hold their pods: the built-in table and the rows that users add.
#[derive(Clone, Debug)]
pub struct PodPaths {
    /// Rows by kind. A kind without rows, but with a key, has no pods whatever it looks like.
    rows: Arc<HashMap<SmolStr, Vec<PodPath>>>,
}

/// One place where a kind holds pods.
#[derive(Clone, Debug)]
pub(crate) struct PodPath {
    pub(crate) places: Places,
    pub(crate) shape: Shape,
    pub(crate) main: Vec<Places>,
    pub(crate) init: Vec<Places>,
    /// Whether containers without an image only change others, and are left out.
    pub(crate) images_required: bool,
    pub(crate) inherit: Option<Inherit>,
    /// The key of the pod's spec whose map fills in for every container.
    pub(crate) each: Option<SmolStr>,
}

/// What stands at the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Template,
    Spec,
}

/// Keys that pods without them take from another map of the object.
#[derive(Clone, Debug)]
pub(crate) struct Inherit {
    pub(crate) from: Places,
    pub(crate) keys: Vec<SmolStr>,
}

/// Why a row of the table can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PodPathError {
    /// A row has at least two words.
    #[error("a row names a kind and the path to its pods")]
    Incomplete,
    /// The path is malformed.
    #[error(
        "`{0}` is no path; write keys with dots between, `[]` for all elements and `*` for all values"
    )]
    Path(SmolStr),
    /// There is no such option, or it has not this value.
    #[error("`{0}` is no option of a row; there are what, main, init, images, inherit and each")]
    Option(SmolStr),
}

static BUILTIN: LazyLock<PodPaths> = LazyLock::new(|| {
    let mut paths = PodPaths {
        rows: Arc::default(),
    };
    for row in kinds::rows(include_str!("pod_paths.txt")) {
        paths
            .add(row)
            .expect("a test reads every row of the built-in table");
    }
    paths
});

impl Default for PodPaths {
    /// The built-in table.
    fn default() -> Self {
        BUILTIN.clone()
    }
}

impl PodPaths {
    /// Adds a row such as `Rollout.argoproj.io spec.template`; the built-in table explains the form.
    ///
    /// # Errors
    /// When the row is malformed.
    pub fn add(&mut self, row: &str) -> Result<(), PodPathError> {
        let mut words = row.split_whitespace();
        let (Some(kind), Some(path)) = (words.next(), words.next()) else {
            return Err(PodPathError::Incomplete);
        };
        let paths = match path {
            "none" => None,
            _ => Some(PodPath::parse(path, words)?),
        };
        let rows = Arc::make_mut(&mut self.rows);
        rows.entry(kind.into()).or_default().extend(paths);
        Ok(())
    }

    /// The places of a kind, if the table has the kind.
    pub(crate) fn of(&self, kind: &str) -> Option<&[PodPath]> {
        self.rows.get(kind).map(Vec::as_slice)
    }
}

impl PodPath {
    fn parse<'a>(path: &str, options: impl Iterator<Item = &'a str>) -> Result<Self, PodPathError> {
        let mut row = Self::template(places(path)?);
        for option in options {
            let unknown = || PodPathError::Option(option.into());
            match option.split_once('=').ok_or_else(unknown)? {
                ("what", "template") => row.shape = Shape::Template,
                ("what", "spec") => row.shape = Shape::Spec,
                ("main", keys) => {
                    row.main = keys.split(',').map(places).collect::<Result<_, _>>()?;
                }
                ("init", keys) => {
                    row.init = keys.split(',').map(places).collect::<Result<_, _>>()?;
                }
                ("images", "required") => row.images_required = true,
                ("inherit", value) => {
                    row.inherit = Some(Inherit::parse(value).ok_or_else(unknown)??);
                }
                ("each", key) if !key.is_empty() => row.each = Some(key.into()),
                _ => return Err(unknown()),
            }
        }
        Ok(row)
    }

    /// Pod templates at these places.
    pub(crate) fn template(places: Places) -> Self {
        let keys = |key| Places::parse(key).into_iter().collect();
        Self {
            places,
            shape: Shape::Template,
            main: keys("containers"),
            init: keys("initContainers"),
            images_required: false,
            inherit: None,
            each: None,
        }
    }
}

impl Inherit {
    fn parse(text: &str) -> Option<Result<Self, PodPathError>> {
        let (path, keys) = text.split_once(':')?;
        let keys = keys.split(',').map(SmolStr::from).collect();
        Some(places(path).map(|from| Self { from, keys }))
    }
}

fn places(path: &str) -> Result<Places, PodPathError> {
    Places::parse(path).ok_or_else(|| PodPathError::Path(path.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::is_known_subject;

    #[test]
    fn every_row_of_the_table_is_read_and_names_a_kind() {
        let paths = PodPaths::default();
        for kind in paths.rows.keys() {
            assert!(is_known_subject(&format!("kubernetes/{kind}")), "{kind}");
        }
        assert_eq!(paths.of("Deployment").map(<[_]>::len), Some(1));
        assert_eq!(
            paths.of("VirtualMachine.kubevirt.io").map(<[_]>::len),
            Some(0)
        );
        assert!(paths.of("ConfigMap").is_none());
    }

    #[test]
    fn added_rows_do_not_change_the_built_in_table() {
        let mut paths = PodPaths::default();
        assert_eq!(paths.add("Widget.example.org spec.pod"), Ok(()));
        assert!(paths.of("Widget.example.org").is_some());
        assert!(PodPaths::default().of("Widget.example.org").is_none());
    }

    #[test]
    fn malformed_rows_say_what_is_wrong() {
        let error = |row| {
            PodPaths::default()
                .add(row)
                .map_err(|error| error.to_string())
                .unwrap_err()
        };
        assert!(error("Widget.example.org").starts_with("a row names"));
        assert!(error("Widget.example.org spec..pod").starts_with("`spec..pod` is no path"));
        assert!(error("Widget.example.org spec what=pod").starts_with("`what=pod` is no option"));
        assert!(
            error("Widget.example.org spec inherit=spec")
                .starts_with("`inherit=spec` is no option")
        );
        assert!(error("Widget.example.org spec main=a..b").starts_with("`a..b` is no path"));
    }
}

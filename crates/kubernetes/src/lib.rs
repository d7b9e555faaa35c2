//! Kubernetes manifests to resources: kinds, names and namespaces, pod templates, the API's defaults, and the links between
//! resources.

mod certificates;
mod defaults;
mod duplicates;
mod identity;
mod image;
mod kinds;
mod links;
mod managers;
mod merge_key;
mod places;
mod pods;
mod read;
mod secrets;
pub mod snapshot;
mod version;

#[cfg(test)]
mod robustness;
#[cfg(test)]
mod testing;

pub use duplicates::Duplicates;
pub use kinds::is_known_subject;
pub use links::{
    Answer, Changed, Labels, Selector, Spending, is_object, link, links, links_again, unknown,
};
pub use managers::{ManagedFields, setters};
pub use merge_key::merge_key;
pub use pods::{PodPathError, PodPaths, RunningPod};
pub use read::{CLUSTER, Manifests, Options, SECRET_MANIFEST, objects, resources};
pub use secrets::secret_spans;
pub use version::{Version, VersionError};

//! Defaults of volumes, claims and their classes.

use graph::{Data, NodeId};

use super::filler::Filler;
use super::volume as pod_volume;

/// The reclaim policy and source of a PersistentVolume.
pub(super) fn volume(filler: &mut Filler) {
    let Some(spec) = filler.spec() else { return };
    filler.text(spec, "persistentVolumeReclaimPolicy", "Retain");
    claim_spec(filler, spec);
    pod_volume::fill_source(filler, spec);
}

/// The volume mode of a PersistentVolumeClaim.
pub(super) fn claim(filler: &mut Filler) {
    if let Some(spec) = filler.spec() {
        claim_spec(filler, spec);
    }
}

/// The volume mode of a claim, which volumes have too.
pub(super) fn claim_spec(filler: &mut Filler, spec: NodeId) {
    filler.pointer(spec, "volumeMode", Data::String("Filesystem".into()));
}

/// When the volumes of a StorageClass are bound, and what becomes of them.
pub(super) fn class(filler: &mut Filler) {
    filler.pointer(NodeId::ROOT, "reclaimPolicy", Data::String("Delete".into()));
    filler.pointer(
        NodeId::ROOT,
        "volumeBindingMode",
        Data::String("Immediate".into()),
    );
}

/// The abilities of a CSIDriver.
pub(super) fn driver(filler: &mut Filler) {
    let Some(spec) = filler.spec() else { return };
    filler.pointer(spec, "attachRequired", Data::Bool(true));
    filler.pointer(spec, "podInfoOnMount", Data::Bool(false));
    filler.pointer(spec, "storageCapacity", Data::Bool(false));
    filler.pointer(
        spec,
        "fsGroupPolicy",
        Data::String("ReadWriteOnceWithFSType".into()),
    );
    filler.pointer(spec, "requiresRepublish", Data::Bool(false));
    filler.texts(spec, "volumeLifecycleModes", &["Persistent"]);
}

//! Defaults of volumes (`SetDefaults_Volume` and those of its sources).

use graph::{Data, NodeId};

use super::filler::Filler;
use super::{container, storage};

/// The mode of files where none is written: `0644`.
const FILE_MODE: Data = Data::Int(0o644);

/// Fills in one volume of a pod.
pub(super) fn fill(filler: &mut Filler, volume: NodeId) {
    let has_source = |child: NodeId| {
        let node = filler.tree.node(child);
        node.data != Data::Null && node.key.as_ref().is_some_and(|key| key.text != "name")
    };
    if !filler.tree.children(volume).any(has_source) {
        filler.map(volume, "emptyDir");
        return;
    }
    for key in ["secret", "configMap", "downwardAPI", "projected"] {
        if let Some(source) = filler.get(volume, key) {
            filler.pointer(source, "defaultMode", FILE_MODE);
            files(filler, source);
        }
    }
    for source in filler.elements_at(volume, &["projected", "sources"]) {
        projected(filler, source);
    }
    if let Some(claim) = filler.at(volume, &["ephemeral", "volumeClaimTemplate", "spec"]) {
        storage::claim_spec(filler, claim);
    }
    if let Some(image) = filler.get(volume, "image")
        && filler.version.minor >= 31
    {
        container::pull_policy(filler, image, "reference", "pullPolicy");
    }
    fill_source(filler, volume);
}

/// Fills in the sources that pods' volumes and persistent volumes share.
pub(super) fn fill_source(filler: &mut Filler, volume: NodeId) {
    if let Some(host) = filler.get(volume, "hostPath") {
        filler.pointer(host, "type", Data::String("".into()));
    }
    if let Some(iscsi) = filler.get(volume, "iscsi") {
        filler.text(iscsi, "iscsiInterface", "default");
    }
    if let Some(rbd) = filler.get(volume, "rbd") {
        filler.text(rbd, "pool", "rbd");
        filler.text(rbd, "user", "admin");
        filler.text(rbd, "keyring", "/etc/ceph/keyring");
    }
    if let Some(disk) = filler.get(volume, "azureDisk") {
        filler.pointer(disk, "cachingMode", Data::String("ReadWrite".into()));
        filler.pointer(disk, "kind", Data::String("Shared".into()));
        filler.pointer(disk, "fsType", Data::String("ext4".into()));
        filler.pointer(disk, "readOnly", Data::Bool(false));
    }
    if let Some(scale_io) = filler.get(volume, "scaleIO") {
        filler.text(scale_io, "storageMode", "ThinProvisioned");
        filler.text(scale_io, "fsType", "xfs");
    }
}

fn projected(filler: &mut Filler, source: NodeId) {
    if let Some(token) = filler.get(source, "serviceAccountToken") {
        filler.pointer(token, "expirationSeconds", Data::Int(3600));
    }
    if let Some(certificate) = filler.get(source, "podCertificate")
        && filler.version.minor >= 34
    {
        filler.pointer(certificate, "maxExpirationSeconds", Data::Int(86400));
    }
    if let Some(files_of_pod) = filler.get(source, "downwardAPI") {
        files(filler, files_of_pod);
    }
}

fn files(filler: &mut Filler, source: NodeId) {
    for file in filler.elements(source, "items") {
        if let Some(field) = filler.get(file, "fieldRef") {
            filler.text(field, "apiVersion", "v1");
        }
    }
}

//! Snapshots of clusters, whole and damaged.

use crate::support::Folder;

/// The snapshot of the demo.
const SHOP: &[u8] = include_bytes!("../../../../fixtures/shop.snapshot");

fn folder(name: &str, snapshot: &[u8]) -> Folder {
    let folder = Folder::new(name, &[]);
    folder.write_bytes("a.snapshot", snapshot);
    folder
}

#[test]
fn a_whole_snapshot_is_scanned_by_kind() {
    let folder = folder("snapshot-whole", SHOP);
    let told = folder.run(&[
        "scan",
        "a.snapshot",
        "--select",
        "privileged-container",
        "-o",
        "json",
    ]);
    assert_eq!(told.code, Some(1), "{told:?}");
    let report: serde_json::Value = serde_json::from_str(&told.stdout).expect("a report");
    let places: Vec<&str> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|finding| finding["location"]["file"].as_str())
        .collect();
    assert_eq!(
        places,
        [
            "a.snapshot/platform/daemonsets.apps/node-agent.yaml",
            "a.snapshot/platform/deployments.apps/builder-old.yaml"
        ]
    );
    let secrets = "\"a.snapshot/secrets\"";
    assert!(told.stdout.contains(secrets), "{}", told.stdout);
}

#[test]
fn what_is_whole_of_a_damaged_snapshot_is_scanned() {
    let folder = folder("snapshot-damaged", &SHOP[..SHOP.len() / 2]);
    let arguments = [
        "scan",
        "a.snapshot",
        "--select",
        "hostname-set",
        "--checks",
        "my-checks",
    ];
    let told = folder.run(&[&arguments[..], &["--strict"]].concat());
    assert_eq!(told.code, Some(3), "{told:?}");
    let said = format!("{}{}", told.stdout, told.stderr);
    assert!(said.contains("can't be unpacked behind object"), "{said}");
    assert!(said.contains("error[damaged-snapshot]"), "{said}");
}

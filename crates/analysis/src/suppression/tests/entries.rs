//! Entries of the configuration.

use super::*;

fn entry(checks: &[&str], address: Option<&str>, path: Option<&str>) -> SuppressEntry {
    SuppressEntry {
        checks: checks.iter().map(|name| (*name).to_owned()).collect(),
        address: address.map(str::to_owned),
        path: path.map(str::to_owned),
        reason: "because".to_owned(),
        until: None,
        written: None,
    }
}

/// Runs over two privileged pods, `Pod/shop/a` in `prod/a.yaml` and `Pod/shop/b` in `dev/b.yaml`.
#[track_caller]
fn check_entry(entry: SuppressEntry, hidden: &[&str], notices: &[&str]) {
    let pod = |name: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{ name: {name}, namespace: shop }}\nspec: {{ containers: [{{ securityContext: {{ privileged: true }} }}] }}\n"
        )
    };
    let run = run(&[("prod/a.yaml", &pod("a")), ("dev/b.yaml", &pod("b"))]);
    let config = Config {
        suppress: vec![entry],
        file: PathBuf::from("scantling.yaml"),
        ..Config::default()
    };
    let suppressions = Suppressions::read(&run.project, &run.library, &config, TODAY);
    let mut found: Vec<&str> = run
        .placed
        .iter()
        .filter(|placed| suppressions.hides(&run.project, placed).is_some())
        .map(|placed| placed.finding.resource.name.as_str())
        .collect();
    found.sort_unstable();
    assert_eq!(found, hidden);
    let messages: Vec<String> = suppressions
        .notices(&|_| true)
        .into_iter()
        .map(|notice| notice.message)
        .collect();
    assert_eq!(messages, notices);
}

#[test]
fn entries_of_the_configuration_go_by_check_address_and_path() {
    check_entry(entry(&["privileged"], None, None), &["a", "b"], &[]);
    check_entry(
        entry(&["CKV_K8S_16"], Some("Pod/shop/a"), None),
        &["a"],
        &[],
    );
    check_entry(entry(&["privileged"], Some("Pod/*/b"), None), &["b"], &[]);
    check_entry(entry(&["privileged"], None, Some("prod/")), &["a"], &[]);
    check_entry(entry(&["privileged"], None, Some("**/b.yaml")), &["b"], &[]);
    check_entry(
        entry(&["privileged"], Some("Pod/shop/a"), Some("dev/*.yaml")),
        &[],
        &[],
    );
}

#[test]
fn entries_that_hide_nothing_are_told() {
    let unused = "the suppression of `host-network` at `Pod/shop/*` hides nothing";
    check_entry(
        entry(&["host-network", "privileged"], Some("Pod/shop/*"), None),
        &["a", "b"],
        &[unused],
    );
    // What was not scanned may need its entry.
    check_entry(entry(&["privileged"], Some("Pod/bank/*"), None), &[], &[]);
    check_entry(entry(&["privileged"], None, Some("test/")), &[], &[]);
    let unknown = "the suppression of `privleged` hides nothing: there is no such check";
    check_entry(entry(&["privleged"], None, None), &[], &[unknown]);
    let no_reason = "the suppression of `privileged` hides nothing: it has no reason";
    check_entry(
        SuppressEntry {
            reason: " ".to_owned(),
            ..entry(&["privileged"], None, None)
        },
        &[],
        &[no_reason],
    );
    let ended = "the suppression of `privileged` ended on 2026-06-14";
    let until = |date: &str| SuppressEntry {
        until: Some(date.to_owned()),
        ..entry(&["privileged"], None, None)
    };
    check_entry(until("2026-06-14"), &[], &[ended]);
    check_entry(until("2026-06-15"), &["a", "b"], &[]);
    let glob = "the suppression in `[z-a]` hides nothing: that is no pattern of paths";
    check_entry(entry(&["privileged"], None, Some("[z-a]")), &[], &[glob]);
    check_entry(
        entry(&[], None, None),
        &[],
        &["the suppression names no check"],
    );
}

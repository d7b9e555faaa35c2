//! Who has which roles of Google Cloud and Azure on what.

mod declared;
mod support;

use declared::graph;
use expect_test::{Expect, expect};
use reach::cloud::{Counting, Grants, Member};

/// Shows the grants that count for each wanted resource: `NAME: MEMBER has ROLE by PLACE`, with `?` where that is not certain.
#[track_caller]
fn check(lines: &str, wanted: &[&str], expected: &Expect) {
    let graph = graph(lines);
    let grants = Grants::of(&graph, None);
    let mut shown = String::new();
    for name in wanted {
        let found = graph
            .resources()
            .find(|(_, resource)| resource.name == *name);
        let (id, _) = found.expect("what is asked about is there");
        let show = |counting: &Counting| {
            let grant = counting.grant;
            let member = match &grant.member {
                Member::Identity(identity) => format!("@{}", graph.resource(*identity).name),
                Member::Named(name) => name.to_string(),
                Member::Unknown(_) => "someone".into(),
            };
            let role = grant.role.as_deref().unwrap_or("some role");
            let place = &graph.resource(grant.place.0).name;
            let doubt = counting
                .unknown
                .as_ref()
                .map_or(String::new(), |cause| format!("?; {}", cause.cause.text()));
            format!("{name}: {member} has {role} by {place}{doubt}\n")
        };
        shown.extend(grants.on(id).iter().map(show));
    }
    expected.assert_eq(&shown);
}

#[test]
fn roles_of_google_count_for_what_is_inside() {
    check(
        "
        google_folder folder {display_name: f, parent: organizations/7}
        google_project shop {project_id: shop-1, folder_id: '@folder'}
        google_project other {project_id: other-1, folder_id: '@folder'}
        google_storage_bucket data {name: data, project: '@shop'}
        google_storage_bucket logs {name: logs, project: other-1}
        google_storage_bucket loose {name: loose}
        google_service_account app {account_id: app, project: '@shop'}
        google_project_iam_member owner {project: '@shop', role: roles/owner, member: 'group:dev@example.org'}
        google_project_iam_binding other-owners {project: other-1, role: roles/owner, members: ['user:anna@example.org', '?']}
        google_folder_iam_member folder-viewer {folder: '@folder', role: roles/viewer, member: '@app'}
        google_organization_iam_member admin {org_id: '7', role: roles/browser, member: 'user:root@example.org'}
        google_storage_bucket_iam_member public {bucket: '@data', role: roles/storage.objectViewer, member: allUsers, condition: [{title: t}]}
        google_storage_bucket_iam_policy policy {bucket: logs, policy_data: '?'}
        ",
        &["data", "logs", "loose", "shop"],
        &expect![[r#"
            data: group:dev@example.org has roles/owner by owner
            data: @app has roles/viewer by folder-viewer
            data: user:root@example.org has roles/browser by admin
            data: allUsers has roles/storage.objectViewer by public?; whether the condition of the grant holds is not known
            logs: user:anna@example.org has roles/owner by other-owners
            logs: someone has roles/owner by other-owners
            logs: @app has roles/viewer by folder-viewer
            logs: user:root@example.org has roles/browser by admin
            logs: someone has some role by policy?; a value is open
            loose: group:dev@example.org has roles/owner by owner?; the project is that of the provider
            loose: user:anna@example.org has roles/owner by other-owners?; the project is that of the provider
            loose: someone has roles/owner by other-owners?; the project is that of the provider
            loose: @app has roles/viewer by folder-viewer?; the project is that of the provider
            loose: user:root@example.org has roles/browser by admin?; the project is that of the provider
            shop: group:dev@example.org has roles/owner by owner
            shop: @app has roles/viewer by folder-viewer
            shop: user:root@example.org has roles/browser by admin
        "#]],
    );
}

#[test]
fn assignments_of_azure_count_for_what_is_inside() {
    check(
        "
        azurerm_resource_group shop {name: shop}
        azurerm_storage_account data {name: data, resource_group_name: '@shop'}
        azurerm_storage_container exports {name: exports, storage_account_id: '@data'}
        azurerm_storage_account far {name: far, resource_group_name: elsewhere}
        azurerm_user_assigned_identity app {name: app, resource_group_name: '@shop'}
        azurerm_role_assignment group {scope: '@shop', role_definition_name: Contributor, principal_id: '@app'}
        azurerm_role_assignment account {scope: '@data', role_definition_name: Reader, principal_id: 1-2-3, condition: '@Resource'}
        azurerm_role_assignment path {scope: /subscriptions/s/resourceGroups/elsewhere, role_definition_name: Owner, principal_id: 4-5-6}
        azurerm_role_assignment subscription {scope: /subscriptions/s, role_definition_name: Owner, principal_id: 7-8-9}
        ",
        &["exports", "far"],
        &expect![[r#"
            exports: @app has Contributor by group
            exports: 1-2-3 has Reader by account?; whether the condition of the grant holds is not known
            exports: 7-8-9 has Owner by subscription?; the subscription is that of the provider
            far: 4-5-6 has Owner by path
            far: 7-8-9 has Owner by subscription?; in what something is that is not in the input is not known
        "#]],
    );
}

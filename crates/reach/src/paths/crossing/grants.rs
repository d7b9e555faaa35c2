//! Roles in Google Cloud and Azure that administer a project or a subscription, or lead to another identity.

use graph::{Graph, SmolStr};

use super::{Crossing, Crossings};
use crate::cloud::{Grant, Grants, Member, Scope};
use crate::paths::Party;
use crate::truth::Truth;

/// Roles that administer what they are given on.
const ADMINISTRATORS: [(&str, &str); 6] = [
    ("roles/owner", "Google Cloud"),
    ("roles/resourcemanager.projectIamAdmin", "Google Cloud"),
    ("roles/iam.securityAdmin", "Google Cloud"),
    ("Owner", "Azure"),
    ("User Access Administrator", "Azure"),
    ("Role Based Access Control Administrator", "Azure"),
];

/// Roles by which one acts as the service account that they are given on.
const IMPERSONATING: [&str; 4] = [
    "roles/iam.serviceAccountTokenCreator",
    "roles/iam.serviceAccountUser",
    "roles/iam.serviceAccountKeyAdmin",
    "roles/iam.serviceAccountAdmin",
];

/// What is administered as a whole.
const WIDE: [&str; 5] = [
    "google_project",
    "google_folder",
    "google_organization",
    "azurerm_subscription",
    "azurerm_management_group",
];

impl Crossings {
    /// Adds what members gain by their roles.
    pub(super) fn add_grants(&mut self, graph: &Graph, environment: Option<&SmolStr>) {
        for grant in Grants::of(graph, environment).all {
            let (Member::Identity(member), Some(role)) = (&grant.member, &grant.role) else {
                continue;
            };
            let Some((to, name)) = gained(graph, &grant, role) else {
                continue;
            };
            let crossing = Crossing {
                name,
                technique: "T1078.004",
                severity: if name == "administers" {
                    "critical"
                } else {
                    "high"
                },
                places: vec![grant.place],
                needs: vec![vec![grant.place.0]],
            };
            let truth = Truth::Yes.given(grant.unknown.as_ref());
            self.push((Party::Cloud(*member), to), crossing, &truth);
        }
    }
}

fn gained(graph: &Graph, grant: &Grant, role: &str) -> Option<(Party, &'static str)> {
    let known = ADMINISTRATORS.iter().find(|(known, _)| *known == role);
    let kind = match &grant.scope {
        Scope::Resource(id) => graph.resource(*id).kind.as_str(),
        Scope::Named { kind, name } if name.starts_with("/subscriptions/") => {
            match name.trim_matches('/').split('/').count() {
                2 => "azurerm_subscription",
                _ => kind,
            }
        }
        Scope::Named { kind, .. } => kind,
        Scope::Unknown(_) => return None,
    };
    match (known, &grant.scope) {
        (Some((_, cloud)), _) if WIDE.contains(&kind) => {
            Some((Party::CloudAdmin(cloud), "administers"))
        }
        (_, Scope::Resource(id))
            if kind == "google_service_account" && IMPERSONATING.contains(&role) =>
        {
            Some((Party::Cloud(*id), "impersonate-service-account"))
        }
        _ => None,
    }
}

//! What is asked.

use graph::SmolStr;

use super::{Context, Principal, Text};

/// The services whose resources an organization has policies for.
const CONTROLLED: [&str; 11] = [
    "aoss",
    "cognito-identity",
    "cognito-idp",
    "dynamodb",
    "ecr",
    "kms",
    "logs",
    "s3",
    "secretsmanager",
    "sqs",
    "sts",
];

/// Someone who wants to do something.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who.
    pub principal: Principal,
    /// What, such as `s3:GetObject`.
    pub action: SmolStr,
    /// With which resource. Actions that are about none in particular have `*`.
    pub resource: Text,
    /// The account of the resource, where its name does not tell it.
    pub account: Option<SmolStr>,
    /// Under which circumstances.
    pub context: Context,
}

impl Request {
    /// Whether policies of an organization for resources count: not for all services, and not for roles that services link.
    pub(super) fn has_resource_control(&self) -> bool {
        let service = self.action.split(':').next().unwrap_or_default();
        let is_linked = matches!(&self.principal, Principal::Role(role) if role.contains(":role/aws-service-role/"));
        !is_linked
            && CONTROLLED
                .iter()
                .any(|own| own.eq_ignore_ascii_case(service))
    }
}

//! What names of resources say.

/// The parts of `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`; nothing where it is no such name.
pub(super) fn parts(arn: &str) -> Option<[&str; 6]> {
    let mut parts = arn.splitn(6, ':');
    let found: [&str; 6] = std::array::from_fn(|_| parts.next().unwrap_or_default());
    (found[0] == "arn" && !found[5].is_empty()).then_some(found)
}

/// The account of a name, where there is one.
pub(super) fn account(arn: &str) -> Option<&str> {
    parts(arn)
        .map(|parts| parts[4])
        .filter(|account| !account.is_empty())
}

/// The role of a session: `arn:aws:sts::1:assumed-role/NAME/SESSION` is one of `arn:aws:iam::1:role/NAME`. The path of the role
/// is not in the name of a session.
pub(super) fn role_of_session(arn: &str) -> Option<String> {
    let [_, partition, service, _, account, resource] = parts(arn)?;
    let name = resource.strip_prefix("assumed-role/")?.split('/').next()?;
    (service == "sts").then(|| format!("arn:{partition}:iam::{account}:role/{name}"))
}

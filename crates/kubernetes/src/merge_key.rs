//! The names by which the elements of lists are told apart.

/// The key of the elements of a list that tells them apart, by the key of the list. Where the API has a merge key
/// (`patchMergeKey` of the OpenAPI document) it is that one, except for ports, which people know by their names; for lists
/// without a merge key it is the key that people know the elements by.
#[must_use]
pub fn merge_key(list_key: &str) -> Option<&'static str> {
    Some(match list_key {
        "containers" | "initContainers" | "ephemeralContainers" | "sidecars" | "steps" => "name",
        "env" | "ports" | "volumes" | "imagePullSecrets" | "secrets" | "resourceClaims"
        | "sysctls" => "name",
        "ownerReferences" | "subjects" | "webhooks" | "versions" | "listeners" | "parentRefs"
        | "backendRefs" => "name",
        "replicatedJobs" | "tasks" | "templates" | "params" | "workspaces" | "workerGroupSpecs" => {
            "name"
        }
        "volumeMounts" => "mountPath",
        "volumeDevices" => "devicePath",
        "hostAliases" => "ip",
        "topologySpreadConstraints" => "topologyKey",
        "tolerations" | "taints" | "items" | "matchExpressions" => "key",
        "readinessGates" => "conditionType",
        "conditions" => "type",
        "rules" => "host",
        "paths" => "path",
        "tls" => "secretName",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::merge_key;

    #[test]
    fn lists_of_the_pod_go_by_their_merge_key() {
        assert_eq!(merge_key("containers"), Some("name"));
        assert_eq!(merge_key("volumeMounts"), Some("mountPath"));
        assert_eq!(merge_key("args"), None);
    }
}

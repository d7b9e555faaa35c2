# What bindings give, by the rules that their roles have in a cluster (`access`): those that a ClusterRole aggregates, and those of
# roles that Kubernetes makes itself, are among them.

# binding → whether Kubernetes or kubeadm makes it.
def is_made_by_kubernetes: .metadata.name | strings | test("^(system|kubeadm):");

# binding → whether it gives one of the roles that Kubernetes has for people, about which there are checks of their own.
def gives_role_for_people:
  .roleRef | .kind == "ClusterRole" and (.name == "cluster-admin" or .name == "admin" or .name == "edit");

# rule → the same where somebody wrote it, so that it has a place.
def written: select(.built_in == null);

# rule → whether it allows everything.
def allows_everything:
  any(.verbs[]?; . == "*") and any(.apiGroups[]?; . == "*") and any(.resources[]?; . == "*");

# rule → whether names of objects limit it.
def has_all_names: [.resourceNames[]?] | length == 0;

# rule → whether it allows one of some verbs on one of some resources of a group.
def allows(verbs; group; resources):
  any(.verbs[]?; . == "*" or . == verbs)
  and any(.apiGroups[]?; . == "*" or . == group)
  and any(.resources[]?; . == "*" or . == resources or . == (resources | select(test("/")) | sub("^[^/]*"; "*")));

# binding → its rules that allow one of some verbs on one of some resources of a group. Who may do everything, or has a role for
# people, is another finding.
def given(verbs; group; resources):
  select(is_made_by_kubernetes or gives_role_for_people | not)
  | select(any(.subjects[]?; true))
  | select(any(access; allows_everything) | not)
  | access
  | select(allows(verbs; group; resources));

def reading_secrets:
  given("get", "list", "watch"; ""; "secrets")
  | select(has_all_names);

def making_pods:
  (given("create", "update", "patch"; ""; "pods", "replicationcontrollers"),
    given("create", "update", "patch"; "apps"; "deployments", "daemonsets", "statefulsets", "replicasets"),
    given("create", "update", "patch"; "batch"; "jobs", "cronjobs"))
  | select(has_all_names);

def running_commands:
  given("create", "get"; ""; "pods/exec", "pods/attach");

def adding_containers:
  given("update", "patch"; ""; "pods/ephemeralcontainers");

def forwarding_ports:
  given("create", "get"; ""; "pods/portforward");

def impersonating:
  (given("impersonate"; ""; "users", "groups", "serviceaccounts"),
    given("impersonate"; "authentication.k8s.io"; "uids", "userextras"));

def escalating:
  given("escalate", "bind"; "rbac.authorization.k8s.io"; "roles", "clusterroles")
  | select(has_all_names);

def writing_bindings:
  given("create", "update", "patch"; "rbac.authorization.k8s.io"; "rolebindings", "clusterrolebindings")
  | select(has_all_names);

def making_tokens:
  given("create"; ""; "serviceaccounts/token")
  | select(has_all_names);

def reaching_kubelets:
  given("get", "create"; ""; "nodes/proxy");

def approving_certificates:
  given("update", "patch"; "certificates.k8s.io"; "certificatesigningrequests/approval");

def writing_webhooks:
  given("create", "update", "patch"; "admissionregistration.k8s.io";
    "mutatingwebhookconfigurations", "validatingwebhookconfigurations")
  | select(has_all_names);

def making_volumes:
  given("create"; ""; "persistentvolumes");

def changing_nodes:
  given("update", "patch"; ""; "nodes", "nodes/status")
  | select(has_all_names);

def changing_namespaces:
  given("update", "patch"; ""; "namespaces")
  | select(has_all_names);

def changing_definitions:
  (given("create", "update", "patch"; "apiregistration.k8s.io"; "apiservices"),
    given("create", "update", "patch"; "apiextensions.k8s.io"; "customresourcedefinitions"),
    given("create", "update", "patch", "delete"; "admissionregistration.k8s.io";
      "validatingadmissionpolicies", "validatingadmissionpolicybindings",
      "mutatingadmissionpolicies", "mutatingadmissionpolicybindings"))
  | select(has_all_names);

def changing_service_addresses:
  given("update", "patch"; ""; "services/status");

def deleting_events:
  (given("delete", "deletecollection"; ""; "events"),
    given("delete", "deletecollection"; "events.k8s.io"; "events"));

def changing_networks:
  (given("create", "update", "patch", "delete"; "networking.k8s.io"; "networkpolicies"),
    given("create", "update", "patch"; ""; "endpoints"),
    given("create", "update", "patch"; "discovery.k8s.io"; "endpointslices"))
  | select(has_all_names);

def signing_certificates:
  (given("sign"; "certificates.k8s.io"; "signers"),
    given("update", "patch"; "certificates.k8s.io"; "certificatesigningrequests/status"));

def making_secrets:
  given("create", "update", "patch"; ""; "secrets")
  | select(has_all_names);

def evicting_pods:
  (given("create"; ""; "pods/eviction"), given("delete", "deletecollection"; ""; "pods"))
  | select(has_all_names);

# binding → its rules that allow changes of what the cluster's own programs read, and on EKS of who is administrator.
def changing_system_configuration:
  select(.kind == "ClusterRoleBinding" or namespace == "kube-system")
  | given("update", "patch"; ""; "configmaps")
  | select(has_all_names or any(.resourceNames[]?; . == ("aws-auth", "coredns", "kube-proxy")));

def changing_pod_status:
  given("update", "patch"; ""; "pods/status");

def changing_policies:
  (given("create", "update", "patch", "delete"; "kyverno.io", "policies.kyverno.io";
      "clusterpolicies", "policies", "policyexceptions", "validatingpolicies", "mutatingpolicies"),
    given("create", "update", "patch", "delete"; "templates.gatekeeper.sh"; "constrainttemplates"),
    given("create", "update", "patch", "delete"; "config.gatekeeper.sh"; "configs"))
  | select(has_all_names);

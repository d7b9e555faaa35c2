# Definitions for checks that judge pods.

# resource → each pod's spec and each of its containers: everything that can have a securityContext
def pods_and_containers: pod_specs, containers;

# resource → each volume of its pods
def volumes: pod_specs | .volumes[]?;

# resource → each mount of a volume into a container
def volume_mounts: containers | .volumeMounts[]?;

# mount → the volume that it mounts
def mounted_volume: .name as $name | pod | first(.volumes[]? | select(.name == $name));

# container or pod spec → whether it runs on Windows, and the Pod Security Standards therefore ask for nothing that only
# Linux has. Before 1.25 they asked for it all the same.
def exempt_on_windows: at_least("1.25") and (pod | .os.name == "windows");

# container or pod spec → whether its root is nobody on the node, and the Pod Security Standards therefore allow root
def root_is_mapped: at_least("1.35") and (pod | .hostUsers == false);

# pod spec → the name of its ServiceAccount, in the field where it is written
def service_account_name:
  if .serviceAccountName == null and .serviceAccount != null then .serviceAccount else .serviceAccountName end;

# pod spec → whether it runs as the ServiceAccount that every namespace has
def uses_default_service_account: service_account_name | . == null or . == "" or . == "default";

# pod spec → whether the token of its ServiceAccount is mounted into every container. The pod's word counts; without one,
# the ServiceAccount's; without either, it is mounted.
def mounts_service_account_token:
  .automountServiceAccountToken == true
  or .automountServiceAccountToken == null
    and (any(linked("runs-as"); .automountServiceAccountToken == false) | not);

# pod spec → whether a role is granted to its ServiceAccount
def has_bound_service_account: any(linked("runs-as") | linked_by("binds"); true);

# text → whether it is the label and taint of control-plane nodes
def is_control_plane_key: . == "node-role.kubernetes.io/control-plane" or . == "node-role.kubernetes.io/master";

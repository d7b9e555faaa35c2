# Definitions for checks that judge pods.

# resource → each pod's spec and each of its containers: everything that can have a securityContext
def pods_and_containers: pod_specs, containers;

# resource → each container of its pods that the manifest makes: all but those that were added to debug a running pod
def template_containers: init_containers, main_containers;

# resource → each volume of its pods
def volumes: pod_specs | .volumes[]?;

# resource → each mount of a volume into a container
def volume_mounts: containers | .volumeMounts[]?;

# mount → the volume that it mounts
def mounted_volume: .name as $name | pod | first(.volumes[]? | select(.name == $name));

# container or pod spec → whether it runs on Windows, and the Pod Security Standards therefore ask for nothing that only
# Linux has. Before 1.25 they asked for it all the same.
def exempt_on_windows: at_least("1.25") and (pod | .os.name == "windows");

# container → the capabilities that it adds
def added_capabilities:
  select(.securityContext.capabilities.add != null) | select(exempt_on_windows | not)
  | .securityContext.capabilities.add[]?;

# container or pod spec → whether its root is nobody on the node, and the Pod Security Standards therefore allow root
def root_is_mapped: at_least("1.35") and (pod | .hostUsers == false);

# pod spec → the name of its ServiceAccount, in the field where it is written: the old one gives the new one where that says
# nothing
def service_account_name:
  if .serviceAccount != null and (.serviceAccountName | is_default) then .serviceAccount else .serviceAccountName end;

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

# pod spec or container → how a message names it
def subject: if .name then "container \(.name)" else "the pod" end;

# → the kernel parameters that belong to a pod alone, which the Pod Security Standards therefore allow
def safe_sysctls:
  ("kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range", "net.ipv4.tcp_syncookies"),
  (select(at_least("1.27")) | "net.ipv4.ip_local_reserved_ports"),
  (select(at_least("1.29"))
    | ("net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_keepalive_time")),
  (select(at_least("1.32")) | ("net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem")),
  (select(at_least("1.37")) | ("net.ipv4.tcp_notsent_lowat", "net.ipv4.tcp_slow_start_after_idle"));

# list of a command and its arguments → whether it only waits, by itself or through a shell
def is_wait: join(" ") | test("^(/bin/|/usr/bin/)?((ba)?sh -c )?(/bin/|/usr/bin/)?sleep +[0-9.]+[smh]?$");

# container → whether it is Tiller, the server of Helm 2
def is_tiller:
  (.image | . != null and contains("tiller") and test("(^|/)tiller([:@]|$)"))
  or (pod_template | .metadata.labels | .app == "helm" and .name == "tiller");

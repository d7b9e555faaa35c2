# Questions about the DNS of the cluster.

# ConfigMap → each text of CoreDNS's configuration: its Corefile, and the additions that some platforms keep apart.
def dns_configuration:
  select(.metadata.namespace == "kube-system" and (.metadata.name | type == "string" and startswith("coredns")))
  | .data[]?
  | select(type == "string");

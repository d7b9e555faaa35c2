# Questions about references between objects: what an object offers, and what others ask of it.

# resource → true where all that exists is in the input, unknown elsewhere: no object has an empty kind, so only an incomplete
# input leaves it open whether such an object refers to the resource.
def complete:
  is_referenced("") | not;

# ConfigMap or Secret → whether it has the key. One that is written without any key is filled in by somebody else.
def may_have_key($key):
  ((.data // {}) + (.stringData // {}) + (.binaryData // {})) | length == 0 or has($key);

# reference → whether it leads to ConfigMaps or Secrets of which none has the key.
def lacks_key($key):
  [refs] | length > 0 and (any(.[]; may_have_key($key)) | not);

# object → whether it carries one of these labels or annotations.
def marked($names):
  ((.metadata.labels // {}) + (.metadata.annotations // {})) as $marks
  | any($names[]; . as $name | $marks | has($name));

# object → whether it lives in one of these namespaces.
def in_namespace($names):
  namespace as $namespace | any($names[]; . == $namespace);

# Ingress → each place that names a backend.
def ingress_backends:
  .spec | (.defaultBackend, .rules[]?.http.paths[]?.backend) | select(. != null);

# reference → whether it leads to Services of which none has a port with this number or, where that is null, with this name. A
# Service that only names an outside host needs no ports.
def lacks_port($number; $name):
  [refs("Service") | select(.kind == "Service")]
  | length > 0
    and (any(.[]; .spec.type == "ExternalName" and .spec.ports == null
      or any(.spec.ports[]?; if $number != null then .port == $number else .name == $name end)) | not);

# anything in a Service → the ports that the containers of the selected pods declare.
def selected_ports:
  root | linked("selects") | containers | .ports[]?;

# workload → the keys that it asks of the ConfigMap with this name; null where it takes all.
def config_map_keys($name):
  (containers
    | (.env[]?.valueFrom.configMapKeyRef | select(.name == $name) | .key),
      (.envFrom[]?.configMapRef | select(.name == $name) | null)),
  (pod_specs
    | .volumes[]?
    | .configMap, .projected.sources[]?.configMap
    | select(.name == $name)
    | if .items == null then null else .items[].key end);

# workload → the keys that it asks of the Secret with this name; null where it takes all.
def secret_keys($name):
  (containers
    | (.env[]?.valueFrom.secretKeyRef | select(.name == $name) | .key),
      (.envFrom[]?.secretRef | select(.name == $name) | null)),
  (pod_specs
    | .volumes[]?
    | .secret, .projected.sources[]?.secret
    | select(.secretName == $name or .name == $name)
    | if .items == null then null else .items[].key end);

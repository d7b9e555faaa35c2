# Definitions for checks that judge where an object lies.

# resource → whether it is one of the objects that Kubernetes itself keeps in the namespace `default`
def belongs_to_kubernetes:
  .metadata.name as $name
  | $name == "kubernetes" and (.kind == "Service" or .kind == "EndpointSlice" or .kind == "Endpoints")
    or $name == "default" and .kind == "ServiceAccount"
    or $name == "kube-root-ca.crt" and .kind == "ConfigMap";

# Questions about the resources around a resource.

# resource → its Namespace, if that is in the graph; several where several of the name are
def namespace_object: linked("lives-in");

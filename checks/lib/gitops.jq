# The spec of an application of Argo CD, also of those that a set makes.
def application_spec:
  if .kind == "ApplicationSet" then .spec.template.spec else .spec end;

package main

import (
	"fmt"
	"strings"

	authorization "k8s.io/api/authorization/v1"
	"k8s.io/apiserver/pkg/authentication/serviceaccount"
)

// A right as it is written: `VERB RESOURCE.GROUP [in PLACE] [named NAME]`.
type right struct{ verb, resource, group, place, name string }

func readRight(text, namespace string) right {
	text, name, _ := strings.Cut(text, " named ")
	text, place, hasPlace := strings.Cut(text, " in ")
	verb, resource, _ := strings.Cut(text, " ")
	// The group stands behind the first dot, which is behind the subresource.
	resource, group, _ := strings.Cut(resource, ".")
	if !hasPlace {
		place = namespace
	}
	if place == "cluster" {
		place = ""
	}
	return right{verb, resource, group, place, name}
}

// The role and the binding that give a right to the account that tries a way.
func granted(text, namespace string, index int) []map[string]any {
	right := readRight(text, namespace)
	rule := map[string]any{"verbs": []string{right.verb}, "apiGroups": []string{right.group}, "resources": []string{right.resource}}
	if right.name != "" {
		rule["resourceNames"] = []string{right.name}
	}
	metadata := map[string]any{"name": fmt.Sprintf("%s-right-%d", namespace, index)}
	kind := "ClusterRole"
	if right.place != "" {
		kind = "Role"
		metadata["namespace"] = right.place
	}
	version := "rbac.authorization.k8s.io/v1"
	return []map[string]any{
		{"apiVersion": version, "kind": kind, "metadata": metadata, "rules": []any{rule}},
		{
			"apiVersion": version, "kind": kind + "Binding", "metadata": metadata,
			"roleRef":  map[string]any{"apiGroup": "rbac.authorization.k8s.io", "kind": kind, "name": metadata["name"]},
			"subjects": []any{map[string]any{"kind": "ServiceAccount", "name": "attacker", "namespace": namespace}},
		},
	}
}

// The question whether the account has a right.
func asked(text, namespace string) authorization.SubjectAccessReviewSpec {
	right := readRight(text, namespace)
	resource, subresource, _ := strings.Cut(right.resource, "/")
	user := serviceaccount.MakeUsername(namespace, "attacker")
	return authorization.SubjectAccessReviewSpec{User: user, Groups: implicit(user), ResourceAttributes: &authorization.ResourceAttributes{
		Verb: right.verb, Group: right.group, Resource: resource, Subresource: subresource, Name: right.name, Namespace: right.place,
	}}
}

func account(name string) map[string]any {
	return map[string]any{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": map[string]any{"name": name}}
}

// The resources of kinds that ways need, and whether they are in namespaces.
var resources = map[string]struct {
	plural       string
	isNamespaced bool
}{
	"ClusterRole":                    {"clusterroles", false},
	"ClusterRoleBinding":             {"clusterrolebindings", false},
	"ConfigMap":                      {"configmaps", true},
	"Lease":                          {"leases", true},
	"Namespace":                      {"namespaces", false},
	"NetworkPolicy":                  {"networkpolicies", true},
	"Node":                           {"nodes", false},
	"Pod":                            {"pods", true},
	"Role":                           {"roles", true},
	"RoleBinding":                    {"rolebindings", true},
	"Secret":                         {"secrets", true},
	"Service":                        {"services", true},
	"ServiceAccount":                 {"serviceaccounts", true},
	"ValidatingAdmissionPolicy":      {"validatingadmissionpolicies", false},
	"ValidatingWebhookConfiguration": {"validatingwebhookconfigurations", false},
}

// The path under which an object is created.
func place(object map[string]any, namespace string) (string, error) {
	version, _ := object["apiVersion"].(string)
	kind, _ := object["kind"].(string)
	resource, known := resources[kind]
	if !known {
		return "", fmt.Errorf("the resource of the kind %s is not known", kind)
	}
	root := "/apis/" + version
	if !strings.Contains(version, "/") {
		root = "/api/" + version
	}
	if !resource.isNamespaced {
		return root + "/" + resource.plural, nil
	}
	metadata, _ := object["metadata"].(map[string]any)
	if own, is := metadata["namespace"].(string); is {
		namespace = own
	}
	return root + "/namespaces/" + namespace + "/" + resource.plural, nil
}

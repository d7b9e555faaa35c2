// Prints the roles and bindings that an API server makes for itself when it starts, one fact a line, as Kubernetes' own library
// gives them with the defaults of its feature gates. `generate.sh` runs it for each version and merges what it prints.
package main

import (
	"fmt"
	"sort"
	"strings"

	rbac "k8s.io/api/rbac/v1"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy"
)

func row(words ...string) {
	fmt.Println(strings.Join(words, "\t"))
}

// The core group has an empty name.
func list(items []string) string {
	written := make([]string, len(items))
	for i, item := range items {
		written[i] = item
		if item == "" {
			written[i] = `""`
		}
	}
	return strings.Join(written, ",")
}

func pairs(labels map[string]string) []string {
	var pairs []string
	for key, value := range labels {
		pairs = append(pairs, key+"="+value)
	}
	sort.Strings(pairs)
	return pairs
}

func role(name string, labels map[string]string, rules []rbac.PolicyRule) {
	row("role", name)
	for _, pair := range pairs(labels) {
		row("label", name, pair)
	}
	for _, rule := range rules {
		row("rule", name, list(rule.Verbs), list(rule.APIGroups), list(rule.Resources), list(rule.ResourceNames), list(rule.NonResourceURLs))
	}
}

func clusterRole(role_ rbac.ClusterRole) {
	name := "ClusterRole/" + role_.Name
	role(name, role_.Labels, role_.Rules)
	if role_.AggregationRule == nil {
		return
	}
	for _, selector := range role_.AggregationRule.ClusterRoleSelectors {
		if len(selector.MatchExpressions) > 0 {
			panic("a selector has expressions, which the table can't hold")
		}
		row("aggregates", name, strings.Join(pairs(selector.MatchLabels), ","))
	}
}

func binding(name string, ref rbac.RoleRef, subjects []rbac.Subject) {
	var written []string
	for _, subject := range subjects {
		place := subject.Kind + "/"
		if subject.Namespace != "" {
			place += subject.Namespace + "/"
		}
		written = append(written, place+subject.Name)
	}
	row("binding", name, ref.Kind+"/"+ref.Name, strings.Join(written, ","))
}

func main() {
	for _, role := range append(bootstrappolicy.ClusterRoles(), bootstrappolicy.ControllerRoles()...) {
		clusterRole(role)
	}
	for _, bound := range append(bootstrappolicy.ClusterRoleBindings(), bootstrappolicy.ControllerRoleBindings()...) {
		binding("ClusterRoleBinding/"+bound.Name, bound.RoleRef, bound.Subjects)
	}
	for namespace, roles := range bootstrappolicy.NamespaceRoles() {
		for _, found := range roles {
			role("Role/"+namespace+"/"+found.Name, found.Labels, found.Rules)
		}
	}
	for namespace, bindings := range bootstrappolicy.NamespaceRoleBindings() {
		for _, bound := range bindings {
			binding("RoleBinding/"+namespace+"/"+bound.Name, bound.RoleRef, bound.Subjects)
		}
	}
}

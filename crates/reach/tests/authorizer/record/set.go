package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"strconv"

	rbac "k8s.io/api/rbac/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy"
)

var (
	verbs      = []string{"get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "impersonate", "bind", "escalate"}
	groups     = []string{"", "apps", "batch", "rbac.authorization.k8s.io", "example.org"}
	resources  = []string{"pods", "secrets", "deployments", "serviceaccounts", "nodes", "clusterroles", "widgets"}
	subs       = []string{"exec", "log", "scale", "status", "token", "proxy"}
	names      = []string{"a", "b", "web", "system:masters"}
	namespaces = []string{"a", "b", "kube-system"}
	paths      = []string{"/", "/metrics", "/healthz", "/healthz/etcd", "/api", "/apis/apps", "/logs/", "metrics"}
	users      = []string{"alice", "bob", "system:serviceaccount:a:x", "system:serviceaccount:b:x", "system:serviceaccount:a:default", "system:serviceaccount:kube-system:y", "system:anonymous", "system:serviceaccount:a", "system:kube-scheduler", "*"}
	teams      = []string{"dev", "ops", "system:authenticated", "system:serviceaccounts", "system:serviceaccounts:a", "system:serviceaccounts:b", "system:unauthenticated", "system:masters", "system:nodes"}
	accounts   = []string{"x", "y", "default"}
)

type set struct {
	roles               []*rbac.Role
	clusterRoles        []*rbac.ClusterRole
	bindings            []*rbac.RoleBinding
	clusterRoleBindings []*rbac.ClusterRoleBinding
}

type maker struct{ *rand.Rand }

func (m maker) one(of []string) string { return of[m.Intn(len(of))] }

func (m maker) chance(percent int) bool { return m.Intn(100) < percent }

func (m maker) some(most int, of func() string) []string {
	var some []string
	for count := 1 + m.Intn(most); count > 0; count-- {
		some = append(some, of())
	}
	return some
}

func (m maker) or(percent int, odd []string, usual []string) func() string {
	return func() string {
		if m.chance(percent) {
			return m.one(odd)
		}
		return m.one(usual)
	}
}

func (m maker) ruleResource() string {
	switch m.Intn(10) {
	case 0:
		return m.one([]string{"*", "pods/*", "*/*", "", "*/"})
	case 1, 2:
		return "*/" + m.one(subs)
	case 3, 4:
		return m.one(resources) + "/" + m.one(subs)
	}
	return m.one(resources)
}

func (m maker) rule(namespaced bool) rbac.PolicyRule {
	rule := rbac.PolicyRule{Verbs: m.some(3, m.or(10, []string{"*"}, verbs))}
	if !namespaced && m.chance(25) {
		rule.NonResourceURLs = m.some(2, m.or(40, []string{"*", "/healthz/*", "/api*", "/logs/**", "/met*ics", "**"}, paths))
		return rule
	}
	if m.chance(97) {
		rule.APIGroups = m.some(2, m.or(15, []string{"*"}, groups))
	}
	rule.Resources = m.some(3, m.ruleResource)
	if m.chance(30) {
		rule.ResourceNames = m.some(2, m.or(10, []string{"*", ""}, names))
	}
	return rule
}

func (m maker) rules(namespaced bool) []rbac.PolicyRule {
	var rules []rbac.PolicyRule
	for count := m.Intn(3) + m.Intn(2); count > 0; count-- {
		rules = append(rules, m.rule(namespaced))
	}
	return rules
}

func (m maker) labels() map[string]string {
	found := map[string]string{}
	for _, key := range []string{"part", "tier", "rbac.authorization.k8s.io/aggregate-to-view"} {
		if m.chance(30) {
			found[key] = m.one([]string{"true", "false"})
		}
	}
	return found
}

func (m maker) selector() meta.LabelSelector {
	key := m.one([]string{"part", "tier", "rbac.authorization.k8s.io/aggregate-to-edit"})
	if m.chance(60) {
		return meta.LabelSelector{MatchLabels: map[string]string{key: m.one([]string{"true", "false"})}}
	}
	requirement := meta.LabelSelectorRequirement{Key: key, Operator: meta.LabelSelectorOperator(m.one([]string{"In", "NotIn", "Exists", "DoesNotExist"}))}
	if requirement.Operator == meta.LabelSelectorOpIn || requirement.Operator == meta.LabelSelectorOpNotIn {
		requirement.Values = m.some(2, func() string { return m.one([]string{"true", "false"}) })
	}
	return meta.LabelSelector{MatchExpressions: []meta.LabelSelectorRequirement{requirement}}
}

func (m maker) subjects() []rbac.Subject {
	var subjects []rbac.Subject
	if m.chance(10) {
		return nil
	}
	for count := 1 + m.Intn(3); count > 0; count-- {
		switch m.Intn(6) {
		case 0, 1:
			subjects = append(subjects, rbac.Subject{Kind: "User", Name: m.one(users)})
		case 2, 3:
			subjects = append(subjects, rbac.Subject{Kind: "Group", Name: m.one(teams)})
		case 4:
			subjects = append(subjects, rbac.Subject{Kind: "ServiceAccount", Name: m.one(accounts), Namespace: m.one(append(namespaces, ""))})
		case 5:
			subjects = append(subjects, rbac.Subject{Kind: m.one([]string{"ServiceAccount", "serviceaccount", "user"}), Name: m.one(accounts)})
		}
	}
	return subjects
}

func (m maker) set() set {
	var made set
	var roles, clusterRoles []string
	for i := 0; i < 4; i++ {
		name := "r" + strconv.Itoa(i)
		roles = append(roles, name)
		made.roles = append(made.roles, &rbac.Role{ObjectMeta: meta.ObjectMeta{Name: name, Namespace: m.one(namespaces)}, Rules: m.rules(true)})
	}
	for i := 0; i < 5; i++ {
		name := "c" + strconv.Itoa(i)
		clusterRoles = append(clusterRoles, name)
		role := &rbac.ClusterRole{ObjectMeta: meta.ObjectMeta{Name: name, Labels: m.labels()}, Rules: m.rules(false)}
		if m.chance(30) {
			role.AggregationRule = &rbac.AggregationRule{}
			for count := 1 + m.Intn(2); count > 0; count-- {
				role.AggregationRule.ClusterRoleSelectors = append(role.AggregationRule.ClusterRoleSelectors, m.selector())
			}
		}
		made.clusterRoles = append(made.clusterRoles, role)
	}
	clusterRoles = append(clusterRoles, "view", "edit", "cluster-admin", "system:node")
	ref := func() rbac.RoleRef {
		if m.chance(35) {
			return rbac.RoleRef{Kind: "Role", Name: m.one(append(roles, "gone"))}
		}
		return rbac.RoleRef{Kind: m.one([]string{"ClusterRole", "ClusterRole", "ClusterRole", "ClusterRole", "clusterrole"}), Name: m.one(append(clusterRoles, "gone"))}
	}
	for i := 0; i < 6; i++ {
		binding := &rbac.RoleBinding{ObjectMeta: meta.ObjectMeta{Name: "b" + strconv.Itoa(i), Namespace: m.one(namespaces)}, RoleRef: ref(), Subjects: m.subjects()}
		for _, role := range made.roles {
			if role.Name == binding.RoleRef.Name && m.chance(75) {
				binding.Namespace = role.Namespace
			}
		}
		made.bindings = append(made.bindings, binding)
	}
	for i := 0; i < 4; i++ {
		made.clusterRoleBindings = append(made.clusterRoleBindings, &rbac.ClusterRoleBinding{ObjectMeta: meta.ObjectMeta{Name: "d" + strconv.Itoa(i)}, RoleRef: ref(), Subjects: m.subjects()})
	}
	return made
}

func show(kind string, object any) {
	text, err := json.Marshal(object)
	if err != nil {
		panic(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		panic(err)
	}
	metadata := fields["metadata"].(map[string]any)
	delete(metadata, "creationTimestamp")
	// What was read from a file says it, and it is the same for all.
	delete(fields, "apiVersion")
	fields["kind"] = kind
	if ref, ok := fields["roleRef"].(map[string]any); ok {
		delete(ref, "apiGroup")
	}
	for key, value := range fields {
		if value == nil {
			delete(fields, key)
		}
	}
	text, _ = json.Marshal(fields)
	fmt.Println(string(text))
}

func (s set) show() {
	for _, role := range s.roles {
		show("Role", role)
	}
	for _, role := range s.clusterRoles {
		show("ClusterRole", role)
	}
	for _, binding := range s.bindings {
		show("RoleBinding", binding)
	}
	for _, binding := range s.clusterRoleBindings {
		show("ClusterRoleBinding", binding)
	}
}

// What an API server of this version adds when it starts.
func (s set) withBuiltIn() set {
	for _, role := range append(bootstrappolicy.ClusterRoles(), bootstrappolicy.ControllerRoles()...) {
		s.clusterRoles = append(s.clusterRoles, &role)
	}
	for _, binding := range append(bootstrappolicy.ClusterRoleBindings(), bootstrappolicy.ControllerRoleBindings()...) {
		s.clusterRoleBindings = append(s.clusterRoleBindings, &binding)
	}
	for _, roles := range bootstrappolicy.NamespaceRoles() {
		for _, role := range roles {
			s.roles = append(s.roles, &role)
		}
	}
	for _, bindings := range bootstrappolicy.NamespaceRoleBindings() {
		for _, binding := range bindings {
			s.bindings = append(s.bindings, &binding)
		}
	}
	return s
}

package main

import (
	"strings"

	rbac "k8s.io/api/rbac/v1"
	"k8s.io/apiserver/pkg/authentication/serviceaccount"
	"k8s.io/apiserver/pkg/authorization/authorizer"
)

type question struct {
	user   string
	groups []string
	authorizer.AttributesRecord
}

// Someone whom the subject means.
func (m maker) asker(subject rbac.Subject, namespace string) (string, []string) {
	switch subject.Kind {
	case "User":
		return subject.Name, nil
	case "Group":
		switch {
		case subject.Name == "system:serviceaccounts":
			return "system:serviceaccount:b:x", nil
		case strings.HasPrefix(subject.Name, "system:serviceaccounts:"):
			return "system:serviceaccount:" + strings.TrimPrefix(subject.Name, "system:serviceaccounts:") + ":default", nil
		case subject.Name == "system:unauthenticated":
			return "system:anonymous", nil
		case subject.Name == "system:authenticated":
			return m.one(users), nil
		}
		return m.one(users), []string{subject.Name}
	}
	if subject.Namespace != "" {
		namespace = subject.Namespace
	}
	if namespace == "" {
		namespace = "a"
	}
	return "system:serviceaccount:" + namespace + ":" + subject.Name, nil
}

func (m maker) wildcard(text string, of []string) string {
	if text == "*" {
		return m.one(of)
	}
	return text
}

// What a rule allows, in parts.
func (m maker) allowed(rule rbac.PolicyRule, asked *question) {
	asked.Verb = m.wildcard(m.one(rule.Verbs), verbs)
	if len(rule.NonResourceURLs) > 0 {
		path := m.one(rule.NonResourceURLs)
		if strings.HasSuffix(path, "*") {
			path = strings.TrimRight(path, "*") + m.one([]string{"", "x", "/x"})
		}
		asked.Path = path
		return
	}
	asked.ResourceRequest = true
	if len(rule.APIGroups) > 0 {
		asked.APIGroup = m.wildcard(m.one(rule.APIGroups), groups)
	}
	resource, sub, _ := strings.Cut(m.one(rule.Resources), "/")
	asked.Resource, asked.Subresource = m.wildcard(resource, resources), sub
	if resource == "*" && sub == "" && m.chance(50) {
		asked.Subresource = m.one(subs)
	}
	if len(rule.ResourceNames) > 0 {
		asked.Name = m.one(rule.ResourceNames)
	} else if m.chance(40) {
		asked.Name = m.one(names)
	}
}

func (m maker) question(all, made set) question {
	asked := question{}
	var rules []rbac.PolicyRule
	var subjects []rbac.Subject
	var ref rbac.RoleRef
	if m.chance(65) {
		bindings := made.bindings
		if m.chance(15) || len(bindings) == 0 {
			bindings = all.bindings
		}
		binding := bindings[m.Intn(len(bindings))]
		asked.Namespace, subjects, ref = binding.Namespace, binding.Subjects, binding.RoleRef
	} else {
		bindings := made.clusterRoleBindings
		if m.chance(25) || len(bindings) == 0 {
			bindings = all.clusterRoleBindings
		}
		binding := bindings[m.Intn(len(bindings))]
		subjects, ref = binding.Subjects, binding.RoleRef
		if m.chance(50) {
			asked.Namespace = m.one(namespaces)
		}
	}
	for _, role := range all.roles {
		if ref.Kind == "Role" && role.Name == ref.Name && role.Namespace == asked.Namespace {
			rules = role.Rules
		}
	}
	for _, role := range all.clusterRoles {
		if ref.Kind != "Role" && role.Name == ref.Name {
			rules = role.Rules
		}
	}
	if len(subjects) > 0 {
		asked.user, asked.groups = m.asker(subjects[m.Intn(len(subjects))], asked.Namespace)
	} else {
		asked.user = m.one(users)
	}
	if len(rules) == 0 {
		rules = []rbac.PolicyRule{m.rule(m.chance(70))}
	}
	m.allowed(rules[m.Intn(len(rules))], &asked)
	if m.chance(45) {
		m.change(&asked)
	}
	if !asked.ResourceRequest {
		asked.Namespace = ""
	}
	return asked
}

// Changes one part of a question.
func (m maker) change(asked *question) {
	switch m.Intn(9) {
	case 0:
		asked.Verb = m.one(verbs)
	case 1:
		asked.APIGroup = m.one(groups)
	case 2:
		asked.Resource = m.one(resources)
	case 3:
		asked.Subresource = m.one(append(subs, ""))
	case 4:
		asked.Name = m.one(append(names, ""))
	case 5:
		asked.Namespace = m.one(append(namespaces, ""))
	case 6:
		asked.user = m.one(users)
	case 7:
		asked.groups = append(asked.groups, m.one(teams))
	case 8:
		if !asked.ResourceRequest {
			asked.Path = m.one(paths)
		}
	}
}

// The groups that the API server puts everyone into.
func implicit(name string) []string {
	if name == "system:anonymous" {
		return []string{"system:unauthenticated"}
	}
	all := []string{"system:authenticated"}
	if namespace, _, err := serviceaccount.SplitUsername(name); err == nil {
		all = append(all, serviceaccount.MakeGroupNames(namespace)...)
	}
	return all
}

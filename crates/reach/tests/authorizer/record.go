// Makes seeded sets of roles and bindings, asks Kubernetes' own RBAC authorizer about them, and prints sets, questions and
// answers. From the folder of the crate:
//
//	src/bootstrap/with_kubernetes.sh 1.37.2 tests/authorizer/record.go 1 27 100 > tests/authorizer/answers.txt
//
// The arguments are the seed, the number of sets, and the questions for each. How many questions are of which sort goes to
// standard error. A set begins with `set`, or with `set built-in` where the roles and bindings of Kubernetes itself count too;
// then come its objects and the questions: user, groups beside the implicit ones, verb, API group, resource, subresource,
// name, namespace and `+` or `-`; or user, groups, verb, path and `+` or `-`.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"

	rbac "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apiserver/pkg/authentication/serviceaccount"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	"k8s.io/kubernetes/pkg/registry/rbac/validation"
	authorizing "k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac"
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

type question struct {
	user   string
	groups []string
	authorizer.AttributesRecord
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

// Does what the controller of aggregated roles does, role by role, until nothing changes. False where roles aggregate each
// other, so that the result would depend on the order.
func (s set) aggregate() (set, bool) {
	made := s
	made.clusterRoles = nil
	for _, role := range s.clusterRoles {
		copied := *role
		if copied.AggregationRule != nil {
			copied.Rules = nil
		}
		made.clusterRoles = append(made.clusterRoles, &copied)
	}
	matched := map[string]map[string]bool{}
	for round := 0; ; round++ {
		changed := false
		for _, role := range made.clusterRoles {
			if role.AggregationRule == nil {
				continue
			}
			var rules []rbac.PolicyRule
			matched[role.Name] = map[string]bool{}
			for i := range role.AggregationRule.ClusterRoleSelectors {
				selector, err := meta.LabelSelectorAsSelector(&role.AggregationRule.ClusterRoleSelectors[i])
				if err != nil {
					panic(err)
				}
				for _, other := range made.clusterRoles {
					if other.Name != role.Name && selector.Matches(labels.Set(other.Labels)) {
						matched[role.Name][other.Name] = true
						rules = add(rules, other.Rules)
					}
				}
			}
			changed = changed || len(rules) != len(role.Rules)
			role.Rules = rules
		}
		if !changed {
			break
		}
		if round > 20 {
			return made, false
		}
	}
	for name := range matched {
		if reaches(matched, name, name, map[string]bool{}) {
			return made, false
		}
	}
	return made, true
}

// Adds those rules that are not there yet.
func add(rules, others []rbac.PolicyRule) []rbac.PolicyRule {
	for _, other := range others {
		if !slices.ContainsFunc(rules, func(rule rbac.PolicyRule) bool { return equality.Semantic.DeepEqual(rule, other) }) {
			rules = append(rules, other)
		}
	}
	return rules
}

func reaches(matched map[string]map[string]bool, from, to string, seen map[string]bool) bool {
	for next := range matched[from] {
		if next == to {
			return true
		}
		if !seen[next] {
			seen[next] = true
			if reaches(matched, next, to, seen) {
				return true
			}
		}
	}
	return false
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
		if m.chance(15) {
			bindings = all.bindings
		}
		binding := bindings[m.Intn(len(bindings))]
		asked.Namespace, subjects, ref = binding.Namespace, binding.Subjects, binding.RoleRef
	} else {
		bindings := made.clusterRoleBindings
		if m.chance(25) {
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

func main() {
	seed, _ := strconv.ParseInt(os.Args[1], 10, 64)
	sets, _ := strconv.Atoi(os.Args[2])
	each, _ := strconv.Atoi(os.Args[3])
	m := maker{rand.New(rand.NewSource(seed))}
	counts := map[string]int{}
	masters := authorizerfactory.NewPrivilegedGroups(user.SystemPrivilegedGroup)
	for made := 0; made < sets; {
		written := m.set()
		builtIn := m.chance(50)
		all := written
		if builtIn {
			all = all.withBuiltIn()
		}
		all, unique := all.aggregate()
		if !unique {
			continue
		}
		made++
		fmt.Println(strings.TrimSpace("set " + map[bool]string{true: "built-in"}[builtIn]))
		written.show()
		_, static := validation.NewTestRuleResolver(all.roles, all.bindings, all.clusterRoles, all.clusterRoleBindings)
		byRoles := authorizing.New(static, static, static, static)
		for count := 0; count < each; count++ {
			asked := m.question(all, written)
			asked.User = &user.DefaultInfo{Name: asked.user, Groups: append(implicit(asked.user), asked.groups...)}
			decision, _, _ := masters.Authorize(context.Background(), asked)
			if decision != authorizer.DecisionAllow {
				decision, _, _ = byRoles.Authorize(context.Background(), asked)
			}
			tell(asked, decision == authorizer.DecisionAllow, counts)
			for _, sort := range written.sorts(asked) {
				counts[sort+map[bool]string{true: " +", false: " -"}[decision == authorizer.DecisionAllow]]++
			}
		}
	}
	var lines []string
	for sort_, count := range counts {
		lines = append(lines, fmt.Sprintf("%s %d", sort_, count))
	}
	sort.Strings(lines)
	fmt.Fprintln(os.Stderr, strings.Join(lines, "\n"))
}

// Tells which sorts of rules and bindings a question is about.
func (s set) sorts(asked question) []string {
	var sorts []string
	for _, binding := range s.bindings {
		if binding.Namespace == asked.Namespace && binding.RoleRef.Name == "gone" {
			sorts = append(sorts, "dangling")
		}
	}
	for _, role := range s.clusterRoles {
		for _, rule := range role.Rules {
			if asked.Subresource != "" && slices.Contains(rule.Resources, "*/"+asked.Subresource) {
				sorts = append(sorts, "*/subresource")
			}
		}
		if role.AggregationRule != nil {
			sorts = append(sorts, "aggregation")
		}
	}
	slices.Sort(sorts)
	return slices.Compact(sorts)
}

func tell(asked question, allowed bool, counts map[string]int) {
	answer := map[bool]string{true: "+", false: "-"}[allowed]
	counts["all "+answer]++
	fields := []string{asked.user, strings.Join(asked.groups, ","), asked.Verb}
	if asked.ResourceRequest {
		fields = append(fields, asked.APIGroup, asked.Resource, asked.Subresource, asked.Name, asked.Namespace)
		if asked.Subresource != "" {
			counts["subresource "+answer]++
		}
		if asked.Name != "" {
			counts["name "+answer]++
		}
		if asked.APIGroup != "" {
			counts["group "+answer]++
		}
	} else {
		fields = append(fields, asked.Path)
		counts["path "+answer]++
	}
	if strings.HasPrefix(asked.user, "system:serviceaccount:") {
		counts["account "+answer]++
	}
	fmt.Println(strings.Join(append(fields, answer), "\t"))
}

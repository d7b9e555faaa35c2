// Makes seeded sets of roles and bindings, asks Kubernetes' own RBAC authorizer about them, and prints sets, questions and
// answers. From the folder of the crate:
//
//	src/bootstrap/with_kubernetes.sh 1.37.2 tests/authorizer/record 1 27 100 > tests/authorizer/answers.txt
//
// The arguments are the seed, the number of sets, the questions for each, and folders with manifests, of which each is one more
// set. How many questions are of which sort goes to
// standard error. A set begins with `set`, or with `set built-in` where the roles and bindings of Kubernetes itself count too;
// then come its objects and the questions: user, groups beside the implicit ones, verb, API group, resource, subresource,
// name, namespace and `+` or `-`; or user, groups, verb, path and `+` or `-`.
package main

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"

	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	"k8s.io/kubernetes/pkg/registry/rbac/validation"
	authorizing "k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac"
)

func main() {
	seed, _ := strconv.ParseInt(os.Args[1], 10, 64)
	sets, _ := strconv.Atoi(os.Args[2])
	each, _ := strconv.Atoi(os.Args[3])
	m := maker{rand.New(rand.NewSource(seed))}
	counts := map[string]int{}
	for made := 0; made < sets; {
		if m.ask(m.set(), m.chance(50), each, counts) {
			made++
		}
	}
	for _, folder := range os.Args[4:] {
		found, err := corpus(folder)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if !m.ask(found, true, each, counts) {
			fmt.Fprintln(os.Stderr, "left out, as its roles aggregate each other:", folder)
		}
	}
	var lines []string
	for sort_, count := range counts {
		lines = append(lines, fmt.Sprintf("%s %d", sort_, count))
	}
	sort.Strings(lines)
	fmt.Fprintln(os.Stderr, strings.Join(lines, "\n"))
}

// Prints a set with questions and answers; false where the answers would depend on the order of aggregation.
func (m maker) ask(written set, builtIn bool, each int, counts map[string]int) bool {
	all := written
	if builtIn {
		all = all.withBuiltIn()
	}
	all, unique := all.aggregate()
	if !unique {
		return false
	}
	fmt.Println(strings.TrimSpace("set " + map[bool]string{true: "built-in"}[builtIn]))
	written.show()
	masters := authorizerfactory.NewPrivilegedGroups(user.SystemPrivilegedGroup)
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
	return true
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

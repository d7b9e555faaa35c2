package main

import (
	"slices"

	rbac "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// Does what the controller of aggregated roles does, role by role, until nothing changes. False where roles aggregate each
// other, so that the result would depend on the order.
func (s set) aggregate() (set, bool) {
	made := s
	made.clusterRoles = nil
	for _, role := range s.clusterRoles {
		copied := *role
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
			// Where there is nothing, the controller applies no field, and what the role was written with stays.
			if len(rules) == 0 || equality.Semantic.DeepEqual(rules, role.Rules) {
				continue
			}
			changed = true
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

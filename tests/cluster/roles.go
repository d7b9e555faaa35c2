package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	authorization "k8s.io/api/authorization/v1"
	core "k8s.io/api/core/v1"
	rbac "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

// The namespace of the roles that tell whether the authorizer knows those that were created before them.
const home = "default"

// Roles and bindings of one set after the other in a cluster.
type roles struct {
	client kubernetes.Interface
	// Those of the present set, by the paths of the API.
	present []string
	// How many sets there were.
	count int
}

// An object of a set, as it is written.
type object struct {
	APIVersion      string                `json:"apiVersion,omitempty"`
	Kind            string                `json:"kind"`
	Metadata        metav1.ObjectMeta     `json:"metadata"`
	Rules           []rbac.PolicyRule     `json:"rules,omitempty"`
	AggregationRule *rbac.AggregationRule `json:"aggregationRule,omitempty"`
	RoleRef         *rbac.RoleRef         `json:"roleRef,omitempty"`
	Subjects        []rbac.Subject        `json:"subjects,omitempty"`
}

// Where the objects of each kind are.
var places = map[string]string{
	"Role": "roles", "ClusterRole": "clusterroles", "RoleBinding": "rolebindings", "ClusterRoleBinding": "clusterrolebindings",
}

func (o object) path() string {
	path := "/apis/rbac.authorization.k8s.io/v1"
	if o.Metadata.Namespace != "" {
		path += "/namespaces/" + o.Metadata.Namespace
	}
	return path + "/" + places[o.Kind]
}

// Takes away what was there, creates the objects, and waits until the authorizer knows all that. Returns the objects as the server
// took them.
func (r *roles) replace(lines []string) ([]string, error) {
	r.count++
	if err := r.clear(); err != nil {
		return nil, err
	}
	taken, err := r.create(lines)
	if err != nil {
		return nil, err
	}
	if err := r.until("roles are aggregated", r.isAggregated); err != nil {
		return nil, err
	}
	return taken, r.watch()
}

// Takes away what is there.
func (r *roles) clear() error {
	err := each(len(r.present), func(index int) error {
		err := r.rest().Delete().AbsPath(r.present[index]).Do(context.Background()).Error()
		if errors.IsNotFound(err) {
			return nil
		}
		return err
	})
	r.present = nil
	return err
}

func (r *roles) rest() rest.Interface { return r.client.RbacV1().RESTClient() }

// Creates objects, without what the server refuses.
func (r *roles) create(lines []string) ([]string, error) {
	taken, paths := make([]string, len(lines)), make([]string, len(lines))
	err := each(len(lines), func(index int) error {
		var object object
		if err := json.Unmarshal([]byte(lines[index]), &object); err != nil {
			return err
		}
		object.fit()
		if err := r.namespace(object.Metadata.Namespace); err != nil {
			return err
		}
		written, err := json.Marshal(object)
		if err != nil {
			return err
		}
		object.APIVersion = rbac.SchemeGroupVersion.String()
		text, err := json.Marshal(object)
		if err != nil {
			return err
		}
		err = r.rest().Post().AbsPath(object.path()).Body(text).Do(context.Background()).Error()
		if errors.IsInvalid(err) || errors.IsAlreadyExists(err) {
			return nil
		}
		taken[index], paths[index] = string(written), object.path()+"/"+object.Metadata.Name
		return err
	})
	isEmpty := func(text string) bool { return text == "" }
	r.present = append(r.present, slices.DeleteFunc(paths, isEmpty)...)
	return slices.DeleteFunc(taken, isEmpty), err
}

// Leaves out the subjects and rules for which the server would refuse the whole object.
func (o *object) fit() {
	o.Subjects = slices.DeleteFunc(o.Subjects, func(subject rbac.Subject) bool {
		switch subject.Kind {
		case "User", "Group":
			return false
		case "ServiceAccount":
			return subject.Namespace == ""
		}
		return true
	})
	o.Rules = slices.DeleteFunc(o.Rules, func(rule rbac.PolicyRule) bool {
		return len(rule.NonResourceURLs) == 0 && len(rule.APIGroups) == 0
	})
}

func (r *roles) namespace(name string) error {
	if name == "" {
		return nil
	}
	namespace := &core.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}}
	_, err := r.client.CoreV1().Namespaces().Create(context.Background(), namespace, metav1.CreateOptions{})
	if errors.IsAlreadyExists(err) {
		return nil
	}
	return err
}

// Whether each role that aggregates others has their rules and no more, so that the controller has nothing left to do. It does not
// touch those that find no rules.
func (r *roles) isAggregated() (bool, error) {
	all, err := r.client.RbacV1().ClusterRoles().List(context.Background(), metav1.ListOptions{})
	if err != nil {
		return false, err
	}
	for _, role := range all.Items {
		if role.AggregationRule == nil {
			continue
		}
		wanted := map[string]bool{}
		for _, other := range all.Items {
			if other.Name != role.Name && isSelected(role.AggregationRule, other.Labels) {
				addRules(wanted, other.Rules)
			}
		}
		if len(wanted) == 0 {
			continue
		}
		present := map[string]bool{}
		addRules(present, role.Rules)
		if len(present) != len(wanted) {
			return false, nil
		}
		for rule := range present {
			if !wanted[rule] {
				return false, nil
			}
		}
	}
	return true, nil
}

func isSelected(rule *rbac.AggregationRule, own map[string]string) bool {
	return slices.ContainsFunc(rule.ClusterRoleSelectors, func(selector metav1.LabelSelector) bool {
		found, err := metav1.LabelSelectorAsSelector(&selector)
		return err == nil && found.Matches(labels.Set(own))
	})
}

func addRules(to map[string]bool, rules []rbac.PolicyRule) {
	for _, rule := range rules {
		to[rule.String()] = true
	}
}

// Creates a role and a binding of each sort, which are the last of their kinds, and waits until the authorizer knows them: it learns
// of the objects of a kind in the order of their changes.
func (r *roles) watch() error {
	name := fmt.Sprintf("sentinel-%d", r.count)
	rules := []rbac.PolicyRule{{Verbs: []string{"get"}, APIGroups: []string{"sentinel.example.org"}, Resources: []string{name}}}
	subjects := []rbac.Subject{{Kind: "User", Name: name}}
	var lines []string
	for _, one := range []object{
		{Kind: "Role", Metadata: metav1.ObjectMeta{Name: name, Namespace: home}, Rules: rules},
		{Kind: "ClusterRole", Metadata: metav1.ObjectMeta{Name: name}, Rules: rules},
		{Kind: "RoleBinding", Metadata: metav1.ObjectMeta{Name: name, Namespace: home}, RoleRef: &rbac.RoleRef{Kind: "Role", Name: name}, Subjects: subjects},
		{Kind: "ClusterRoleBinding", Metadata: metav1.ObjectMeta{Name: name}, RoleRef: &rbac.RoleRef{Kind: "ClusterRole", Name: name}, Subjects: []rbac.Subject{{Kind: "Group", Name: name}}},
	} {
		text, err := json.Marshal(one)
		if err != nil {
			return err
		}
		lines = append(lines, string(text))
	}
	if _, err := r.create(lines); err != nil {
		return err
	}
	get := authorization.ResourceAttributes{Verb: "get", Group: "sentinel.example.org", Resource: name, Namespace: home}
	for _, asked := range []authorization.SubjectAccessReviewSpec{
		{User: name, ResourceAttributes: &get},
		{User: "sentinel", Groups: []string{name}, ResourceAttributes: &get},
	} {
		known := func() (bool, error) { return isAllowed(r.client, asked) }
		if err := r.until(name+" is known to the authorizer", known); err != nil {
			return err
		}
	}
	return nil
}

func (r *roles) until(what string, is func() (bool, error)) error {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if done, err := is(); done || err != nil {
			return err
		}
	}
	return fmt.Errorf("%s: not within %s", what, patience)
}

package main

import (
	"os"
	"path/filepath"
	"strings"

	rbac "k8s.io/api/rbac/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// The group of roles and bindings, and the line between documents.
const (
	group     = "rbac.authorization.k8s.io/"
	separator = "\n---"
)

// The roles and bindings that the manifests below a folder declare, each name once: the first of them counts. Templates and what
// else is no manifest is passed over.
func corpus(folder string) (set, error) {
	found, seen := set{}, map[string]bool{}
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".yaml") && !strings.HasSuffix(path, ".yml") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, document := range strings.Split(string(text), separator) {
			found.read([]byte(document), seen)
		}
		return nil
	})
	return found, err
}

// Adds the object of a document, if it is a role or a binding with another name than all before.
func (s *set) read(document []byte, seen map[string]bool) {
	var head struct {
		meta.TypeMeta
		Metadata meta.ObjectMeta
	}
	if yaml.Unmarshal(document, &head) != nil || !strings.HasPrefix(head.APIVersion, group) || head.Metadata.Name == "" {
		return
	}
	isNamespaced := head.Kind == "Role" || head.Kind == "RoleBinding"
	key := strings.Join([]string{head.Kind, head.Metadata.Namespace, head.Metadata.Name}, "/")
	if seen[key] || isNamespaced != (head.Metadata.Namespace != "") {
		return
	}
	seen[key] = true
	switch head.Kind {
	case "Role":
		s.roles = append(s.roles, object[rbac.Role](document))
	case "ClusterRole":
		s.clusterRoles = append(s.clusterRoles, object[rbac.ClusterRole](document))
	case "RoleBinding":
		s.bindings = append(s.bindings, object[rbac.RoleBinding](document))
	case "ClusterRoleBinding":
		s.clusterRoleBindings = append(s.clusterRoleBindings, object[rbac.ClusterRoleBinding](document))
	}
}

// The object as far as it can be read.
func object[T any](document []byte) *T {
	var read T
	_ = yaml.Unmarshal(document, &read)
	return &read
}

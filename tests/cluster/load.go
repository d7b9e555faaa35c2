package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/clientcmd"
)

// How many objects are created side by side.
const sideBySide = 16

// The longest line: etcd keeps no object of more than 1.5 MiB.
const longest = 4 << 20

// Kinds in this order, as the server refuses what is in a namespace that is not there, or runs as an account that is not. What
// makes other objects is left out: there would be more of them than the file has.
var order = [][]string{
	{"Namespace"},
	{"ServiceAccount"},
	{"ConfigMap", "Secret", "Role", "RoleBinding", "NetworkPolicy", "Pod", "Ingress"},
}

// Creates the objects that the input has, as JSON on a line each.
func load(f folder, input io.Reader) error {
	objects, err := read(input)
	if err != nil {
		return err
	}
	config, err := clientcmd.BuildConfigFromFlags("", f.file("kubeconfig"))
	if err != nil {
		return err
	}
	config.QPS, config.WarningHandler = -1, rest.NoWarnings{}
	for _, kinds := range order {
		for _, kind := range kinds {
			if err := create(config, objects[kind]); err != nil {
				return err
			}
		}
	}
	return nil
}

// The objects by their kinds.
func read(input io.Reader) (map[string][]*unstructured.Unstructured, error) {
	objects := map[string][]*unstructured.Unstructured{}
	lines := bufio.NewScanner(input)
	lines.Buffer(nil, longest)
	for lines.Scan() {
		object := &unstructured.Unstructured{}
		if err := json.Unmarshal(lines.Bytes(), &object.Object); err != nil {
			return nil, err
		}
		objects[object.GetKind()] = append(objects[object.GetKind()], fresh(object))
	}
	return objects, lines.Err()
}

// An object without what only the server says.
func fresh(object *unstructured.Unstructured) *unstructured.Unstructured {
	object.SetResourceVersion("")
	object.SetManagedFields(nil)
	object.SetOwnerReferences(nil)
	switch object.GetKind() {
	case "Secret":
		object.Object["type"] = "Opaque"
	case "Namespace":
		// Those say which pods are refused.
		object.SetLabels(nil)
	}
	return object
}

func create(config *rest.Config, objects []*unstructured.Unstructured) error {
	if len(objects) == 0 {
		return nil
	}
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	groups, err := restmapper.GetAPIGroupResources(discovery.NewDiscoveryClientForConfigOrDie(config))
	if err != nil {
		return err
	}
	kind := objects[0].GroupVersionKind()
	mapping, err := restmapper.NewDiscoveryRESTMapper(groups).RESTMapping(kind.GroupKind(), kind.Version)
	if err != nil {
		return err
	}
	var all sync.WaitGroup
	failures := make(chan error, len(objects))
	for part := range sideBySide {
		all.Go(func() {
			for index := part; index < len(objects); index += sideBySide {
				object := objects[index]
				resources := client.Resource(mapping.Resource).Namespace(object.GetNamespace())
				if _, err := resources.Create(context.Background(), object, metav1.CreateOptions{}); err != nil {
					failures <- fmt.Errorf("%s %s/%s: %w", object.GetKind(), object.GetNamespace(), object.GetName(), err)
				}
			}
		})
	}
	all.Wait()
	close(failures)
	return <-failures
}

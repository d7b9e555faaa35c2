package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	authorization "k8s.io/api/authorization/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/authentication/serviceaccount"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// A recorded set of roles and bindings, with questions.
type recorded struct {
	objects   []string
	questions []string
}

// Lets the server answer the questions of recorded sets, as `crates/reach/tests/authorizer/record` prints them: each set is created,
// is asked about once the server's authorizer knows all of it, and is deleted. Prints the sets as the server took them, with its
// answers. A server always has the roles and bindings of Kubernetes itself, so that sets without them are left out.
func ask(f folder, input io.Reader, output io.Writer) error {
	config, err := clientcmd.BuildConfigFromFlags("", f.file("kubeconfig"))
	if err != nil {
		return err
	}
	config.QPS, config.WarningHandler, config.ContentType = -1, rest.NoWarnings{}, runtime.ContentTypeJSON
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(output)
	defer out.Flush()
	roles := &roles{client: client}
	err = sets(input, func(set recorded) error {
		taken, err := roles.replace(set.objects)
		if err != nil {
			return err
		}
		answers, err := answers(client, set.questions)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, "set built-in")
		for _, line := range append(taken, answers...) {
			fmt.Fprintln(out, line)
		}
		return nil
	})
	return errors.Join(err, roles.clear())
}

// Visits the sets that count the roles and bindings of Kubernetes itself.
func sets(input io.Reader, visit func(recorded) error) error {
	lines := bufio.NewScanner(input)
	lines.Buffer(nil, longest)
	var set *recorded
	end := func() error {
		if set == nil {
			return nil
		}
		return visit(*set)
	}
	for lines.Scan() {
		line := lines.Text()
		switch {
		case strings.HasPrefix(line, "set"):
			if err := end(); err != nil {
				return err
			}
			set = nil
			if line == "set built-in" {
				set = &recorded{}
			}
		case set == nil:
		case strings.HasPrefix(line, "{"):
			set.objects = append(set.objects, line)
		default:
			set.questions = append(set.questions, line)
		}
	}
	if err := end(); err != nil {
		return err
	}
	return lines.Err()
}

// The questions with what the server answers in place of what was recorded, in their order.
func answers(client kubernetes.Interface, questions []string) ([]string, error) {
	told := make([]string, len(questions))
	err := each(len(questions), func(index int) error {
		fields := strings.Split(questions[index], "\t")
		fields = fields[:len(fields)-1]
		allowed, err := isAllowed(client, review(fields))
		sign := map[bool]string{true: "+", false: "-"}[allowed]
		told[index] = strings.Join(append(fields, sign), "\t")
		return err
	})
	return told, err
}

// Does something for all numbers below one, some side by side. Returns an error of those there were.
func each(count int, do func(int) error) error {
	var all sync.WaitGroup
	failures := make(chan error, sideBySide)
	for part := range sideBySide {
		all.Go(func() {
			for index := part; index < count; index += sideBySide {
				if err := do(index); err != nil {
					failures <- err
					return
				}
			}
		})
	}
	all.Wait()
	close(failures)
	return <-failures
}

// What the server is asked: user, groups beside the implicit ones, verb, and a path, or API group, resource, subresource, name and
// namespace.
func review(fields []string) authorization.SubjectAccessReviewSpec {
	asked := authorization.SubjectAccessReviewSpec{User: fields[0], Groups: implicit(fields[0])}
	if fields[1] != "" {
		asked.Groups = append(asked.Groups, strings.Split(fields[1], ",")...)
	}
	if len(fields) == 4 {
		asked.NonResourceAttributes = &authorization.NonResourceAttributes{Verb: fields[2], Path: fields[3]}
		return asked
	}
	asked.ResourceAttributes = &authorization.ResourceAttributes{
		Verb: fields[2], Group: fields[3], Resource: fields[4], Subresource: fields[5], Name: fields[6], Namespace: fields[7],
	}
	return asked
}

// The groups that the server puts everyone into who comes by themselves; a review names them all.
func implicit(user string) []string {
	if user == "system:anonymous" {
		return []string{"system:unauthenticated"}
	}
	all := []string{"system:authenticated"}
	if namespace, _, err := serviceaccount.SplitUsername(user); err == nil {
		all = append(all, serviceaccount.MakeGroupNames(namespace)...)
	}
	return all
}

func isAllowed(client kubernetes.Interface, asked authorization.SubjectAccessReviewSpec) (bool, error) {
	review := &authorization.SubjectAccessReview{Spec: asked}
	told, err := client.AuthorizationV1().SubjectAccessReviews().Create(context.Background(), review, metav1.CreateOptions{})
	if err != nil {
		return false, err
	}
	return told.Status.Allowed, nil
}

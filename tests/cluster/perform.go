package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	authentication "k8s.io/api/authentication/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/yaml"
)

// A way to gain more access, as `crates/reach/tests/performed/cases.yaml` describes it.
type escalation struct {
	Way     string
	Rights  []string
	Labels  map[string]string
	Barrier map[string]string
	Setup   []map[string]any
	Steps   []step
	Then    *evidence
	Become  string
}

// A request, and how it must be answered.
type step struct {
	Get, Post, Patch, Delete string
	Body                     map[string]any
	Strategic                bool
	As                       map[string]string
	Answer                   int
	Until                    string
}

// What must be found after the requests.
type evidence struct{ Get, Has string }

// Someone who asks the server.
type client struct {
	address string
	http    *http.Client
	token   string
}

// Performs the ways of the input: each succeeds with its rights, and is forbidden with any one of them missing, and with its barrier.
func perform(f folder, input io.Reader, output io.Writer) error {
	text, err := io.ReadAll(input)
	if err != nil {
		return err
	}
	config, err := clientcmd.BuildConfigFromFlags("", f.file("kubeconfig"))
	if err != nil {
		return err
	}
	config.QPS, config.WarningHandler, config.ContentType = -1, rest.NoWarnings{}, runtime.ContentTypeJSON
	kube, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	anonymous, err := rest.HTTPClientFor(rest.AnonymousClientConfig(config))
	if err != nil {
		return err
	}
	stage := stage{kube: kube, admin: client{config.Host, anonymous, config.BearerToken}}
	succeeded, forbidden := 0, 0
	for _, document := range strings.Split(string(text), "\n---\n") {
		var way escalation
		if err := yaml.UnmarshalStrict([]byte(document), &way); err != nil {
			return err
		}
		if err := stage.try(way, -1, false); err != nil {
			return fmt.Errorf("%s by %v: %w", way.Way, way.Rights, err)
		}
		succeeded++
		for missing := range way.Rights {
			if err := stage.try(way, missing, false); err != nil {
				return fmt.Errorf("%s without %s: %w", way.Way, way.Rights[missing], err)
			}
			forbidden++
		}
		if way.Barrier != nil {
			if err := stage.try(way, -1, true); err != nil {
				return fmt.Errorf("%s behind %v: %w", way.Way, way.Barrier, err)
			}
			forbidden++
		}
	}
	fmt.Fprintf(output, "%d ways succeed, and are forbidden in %d cases with one condition missing\n", succeeded, forbidden)
	return nil
}

// Where ways are tried, each time in a namespace of its own.
type stage struct {
	kube  kubernetes.Interface
	admin client
	count int
}

// How a way is tried.
type attempt struct {
	*stage
	escalation
	// The number of the right that is missing; negative where none is.
	missing  int
	isBarred bool
	// The namespace, and what was made that has to go.
	name string
	made []string
}

// Tries a way: it is forbidden where a right is missing, or its barrier is there.
func (s *stage) try(way escalation, missing int, isBarred bool) error {
	s.count++
	attempt := &attempt{s, way, missing, isBarred, fmt.Sprintf("way-%d-%d", os.Getpid(), s.count), nil}
	err := attempt.run()
	for _, path := range attempt.made {
		if _, _, failed := s.admin.do(http.MethodDelete, path, nil, nil); err == nil {
			err = failed
		}
	}
	return err
}

func (a *attempt) run() error {
	if err := a.prepare(); err != nil {
		return err
	}
	request := &authentication.TokenRequest{}
	accounts := a.kube.CoreV1().ServiceAccounts(a.name)
	token, err := accounts.CreateToken(context.Background(), "attacker", request, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	attacker := client{a.admin.address, a.admin.http, token.Status.Token}
	isForbidden := a.missing >= 0 || a.isBarred
	var answer []byte
	for _, step := range a.Steps {
		var status int
		var made []string
		status, answer, made, err = attacker.perform(step, a.name)
		a.made = append(a.made, made...)
		if err != nil {
			return err
		}
		if status == http.StatusForbidden && isForbidden {
			return nil
		}
		if status/100 != 2 && status != step.Answer {
			return fmt.Errorf("it is answered %d %s", status, answer)
		}
	}
	if isForbidden {
		return fmt.Errorf("nobody forbids it")
	}
	return a.shown(a.escalation, a.name, answer)
}

// Makes what is there before, and waits until the authorizer knows the rights.
func (a *attempt) prepare() error {
	labels := a.Labels
	if a.isBarred {
		labels = a.Barrier
	}
	namespace := map[string]any{"apiVersion": "v1", "kind": "Namespace", "metadata": map[string]any{"name": a.name, "labels": labels}}
	// A controller makes the usual account later than the first pod needs it.
	setup := append([]map[string]any{namespace, account("default"), account("attacker"), account("admin")}, a.Setup...)
	for index, right := range a.Rights {
		if index != a.missing {
			setup = append(setup, granted(right, a.name, index)...)
		}
	}
	for _, object := range setup {
		if err := a.create(object); err != nil {
			return err
		}
	}
	waiting := &roles{client: a.kube}
	for index, right := range a.Rights {
		known := func() (bool, error) { return isAllowed(a.kube, asked(right, a.name)) }
		if index == a.missing {
			continue
		}
		if err := waiting.until(right+" is known to the authorizer", known); err != nil {
			return err
		}
	}
	return nil
}

func (a *attempt) create(object map[string]any) error {
	path, err := place(object, a.name)
	if err != nil {
		return err
	}
	status, answer, err := a.admin.do(http.MethodPost, path, substituted(object, a.name), nil)
	switch {
	case err != nil:
		return err
	case status == http.StatusCreated:
		a.made = append(a.made, path+"/"+named(answer))
	case status != http.StatusConflict:
		return fmt.Errorf("%s: %d %s", path, status, answer)
	}
	return nil
}

// Whether what the way is for was reached.
func (s *stage) shown(way escalation, name string, answer []byte) error {
	if way.Then != nil {
		check := step{Get: way.Then.Get, Until: way.Then.Has}
		status, found, _, err := s.admin.perform(check, name)
		if err != nil {
			return err
		}
		if status != http.StatusOK {
			return fmt.Errorf("%s: %d %s", way.Then.Get, status, found)
		}
	}
	if way.Become == "" {
		return nil
	}
	var holder struct {
		Status struct{ Token string }
		Data   struct{ Token []byte }
	}
	if err := json.Unmarshal(answer, &holder); err != nil {
		return err
	}
	token := holder.Status.Token
	if token == "" {
		token = string(holder.Data.Token)
	}
	gained := client{s.admin.address, s.admin.http, token}
	who := step{Post: "/apis/authentication.k8s.io/v1/selfsubjectreviews", Body: map[string]any{"kind": "SelfSubjectReview"}}
	who.Until = fmt.Sprintf("%q", way.Become)
	_, _, _, err := gained.perform(who, name)
	return err
}

// Makes a request, again and again where it must show something. Returns the status, the answer, and the paths of what was made
// outside of the namespace.
func (c client) perform(step step, name string) (int, []byte, []string, error) {
	method, path := step.method()
	path = strings.ReplaceAll(path, "NS", name)
	headers := map[string]string{}
	for key, value := range step.As {
		headers[key] = strings.ReplaceAll(value, "NS", name)
	}
	if step.Strategic {
		headers["Content-Type"] = "application/strategic-merge-patch+json"
	}
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		status, answer, err := c.do(method, path, substituted(step.Body, name), headers)
		wanted := strings.ReplaceAll(step.Until, "NS", name)
		isMade := method == http.MethodPost && status == http.StatusCreated && !strings.Contains(path, "/namespaces/"+name)
		var made []string
		if isMade && named(answer) != "" {
			made = append(made, path+"/"+named(answer))
		}
		if err != nil || status/100 != 2 || strings.Contains(string(answer), wanted) {
			return status, answer, made, err
		}
		if time.Now().After(end) {
			return status, answer, made, fmt.Errorf("%s does not show %s: %s", path, wanted, answer)
		}
	}
}

func (s step) method() (string, string) {
	for method, path := range map[string]string{
		http.MethodGet: s.Get, http.MethodPost: s.Post, http.MethodPatch: s.Patch, http.MethodDelete: s.Delete,
	} {
		if path != "" {
			return method, path
		}
	}
	return "", ""
}

func (c client) do(method, path string, body []byte, headers map[string]string) (int, []byte, error) {
	request, err := http.NewRequest(method, c.address+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	request.Header.Set("Content-Type", "application/json")
	if method == http.MethodPatch {
		request.Header.Set("Content-Type", "application/merge-patch+json")
	}
	for key, value := range headers {
		request.Header.Set(key, value)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	return response.StatusCode, answer, err
}

// An object as JSON, with the name of the namespace and a request for a certificate in it.
func substituted(object map[string]any, name string) []byte {
	if object == nil {
		return nil
	}
	text, err := json.Marshal(object)
	if err != nil {
		return nil
	}
	text = bytes.ReplaceAll(text, []byte("NS"), []byte(name))
	if bytes.Contains(text, []byte("REQUEST")) {
		text = bytes.ReplaceAll(text, []byte("REQUEST"), []byte(certificateRequest(name)))
	}
	return text
}

func certificateRequest(name string) string {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return ""
	}
	template := &x509.CertificateRequest{Subject: pkix.Name{CommonName: name}}
	der, err := x509.CreateCertificateRequest(rand.Reader, template, key)
	if err != nil {
		return ""
	}
	return base64.StdEncoding.EncodeToString(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der}))
}

// The name of an object.
func named(object []byte) string {
	var head struct{ Metadata metav1.ObjectMeta }
	_ = json.Unmarshal(object, &head)
	return head.Metadata.Name
}

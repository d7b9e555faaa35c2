package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	_ "embed"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"path/filepath"
)

// Where a cluster keeps its files.
type folder string

func (f folder) file(name string) string { return filepath.Join(string(f), name) }

// The ports of a cluster, which stay the same over restarts.
type ports struct{ Etcd, Peers, Server, Controllers int }

func (f folder) ports() (ports, error) {
	var known ports
	text, err := os.ReadFile(f.file("ports.json"))
	if err == nil {
		return known, json.Unmarshal(text, &known)
	}
	for _, port := range []*int{&known.Etcd, &known.Peers, &known.Server, &known.Controllers} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return known, err
		}
		defer listener.Close()
		*port = listener.Addr().(*net.TCPAddr).Port
	}
	text, err = json.Marshal(known)
	if err != nil {
		return known, err
	}
	return known, os.WriteFile(f.file("ports.json"), text, 0o600)
}

//go:embed audit.yaml
var audit []byte

// The users of the cluster: token, name, number and groups, as `--token-auth-file` reads them.
const tokens = `admin,admin,1,"system:masters"
reader,reader,2,"readers"
half,half,3,
nobody,nobody,4,
`

// Writes what the programs read before they start: keys, users, and the configuration of clients.
func (f folder) prepare(ports ports) error {
	if err := os.WriteFile(f.file("tokens.csv"), []byte(tokens), 0o600); err != nil {
		return err
	}
	if err := os.WriteFile(f.file("audit.yaml"), audit, 0o600); err != nil {
		return err
	}
	if err := f.key("accounts.key"); err != nil {
		return err
	}
	return os.WriteFile(f.file("kubeconfig"), []byte(f.kubeconfig(ports)), 0o600)
}

func (f folder) key(name string) error {
	if _, err := os.Stat(f.file(name)); err == nil {
		return nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der})
	return os.WriteFile(f.file(name), text, 0o600)
}

// The server signs its own certificate, which is in `certificates/apiserver.crt` once it has started.
func (f folder) kubeconfig(ports ports) string {
	users, contexts := "", ""
	for _, name := range []string{"admin", "reader", "half", "nobody"} {
		users += fmt.Sprintf("- {name: %s, user: {token: %s}}\n", name, name)
		contexts += fmt.Sprintf("- {name: %s, context: {cluster: tests, user: %s}}\n", name, name)
	}
	return fmt.Sprintf(`apiVersion: v1
kind: Config
current-context: admin
clusters:
- name: tests
  cluster:
    server: https://127.0.0.1:%d
    certificate-authority: %s
users:
%scontexts:
%s`, ports.Server, f.file("certificates/apiserver.crt"), users, contexts)
}

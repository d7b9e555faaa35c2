package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// How long a program may take until it answers.
const patience = 2 * time.Minute

func up(f folder) error {
	absolute, err := filepath.Abs(string(f))
	if err != nil {
		return err
	}
	f = folder(absolute)
	if err := os.MkdirAll(absolute, 0o700); err != nil {
		return err
	}
	ports, err := f.ports()
	if err != nil {
		return err
	}
	if err := f.prepare(ports); err != nil {
		return err
	}
	if err := f.etcd(ports); err != nil {
		return err
	}
	if err := f.server(ports); err != nil {
		return err
	}
	return f.controllers(ports)
}

func down(f folder) error {
	var all error
	for _, name := range []string{"kube-controller-manager", "kube-apiserver", "etcd"} {
		all = errors.Join(all, f.stop(name, syscall.SIGTERM))
	}
	return all
}

func kill(f folder) error { return f.stop("kube-apiserver", syscall.SIGKILL) }

func start(f folder) error {
	ports, err := f.ports()
	if err != nil {
		return err
	}
	return f.server(ports)
}

// Forgets all revisions of etcd but the present one, as its own compaction does after some minutes.
func compact(f folder) error {
	ports, err := f.ports()
	if err != nil {
		return err
	}
	client, err := clientv3.New(clientv3.Config{Endpoints: []string{address(ports.Etcd)}, DialTimeout: patience})
	if err != nil {
		return err
	}
	defer client.Close()
	status, err := client.Get(context.Background(), "any")
	if err != nil {
		return err
	}
	_, err = client.Compact(context.Background(), status.Header.Revision, clientv3.WithCompactPhysical())
	return err
}

func address(port int) string { return fmt.Sprintf("http://127.0.0.1:%d", port) }

func (f folder) etcd(ports ports) error {
	err := f.run("etcd",
		"--data-dir="+f.file("etcd"),
		"--listen-client-urls="+address(ports.Etcd),
		"--advertise-client-urls="+address(ports.Etcd),
		"--listen-peer-urls="+address(ports.Peers),
		"--initial-advertise-peer-urls="+address(ports.Peers),
		"--initial-cluster=default="+address(ports.Peers),
		"--unsafe-no-fsync",
		"--log-level=warn",
	)
	if err != nil {
		return err
	}
	return f.wait("etcd", address(ports.Etcd)+"/health")
}

func (f folder) server(ports ports) error {
	err := f.run("kube-apiserver",
		"--etcd-servers="+address(ports.Etcd),
		"--bind-address=127.0.0.1",
		"--secure-port="+strconv.Itoa(ports.Server),
		"--cert-dir="+f.file("certificates"),
		"--token-auth-file="+f.file("tokens.csv"),
		"--authorization-mode=Node,RBAC",
		"--service-cluster-ip-range=10.0.0.0/16",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file="+f.file("accounts.key"),
		"--service-account-signing-key-file="+f.file("accounts.key"),
		"--allow-privileged",
		"--endpoint-reconciler-type=none",
		"--audit-log-path="+f.file("audit.log"),
		"--audit-policy-file="+f.file("audit.yaml"),
	)
	if err != nil {
		return err
	}
	return f.wait("kube-apiserver", fmt.Sprintf("https://127.0.0.1:%d/readyz", ports.Server))
}

// What has to do with nodes that are not there would take away what the tests write.
func (f folder) controllers(ports ports) error {
	err := f.run("kube-controller-manager",
		"--kubeconfig="+f.file("kubeconfig"),
		"--bind-address=127.0.0.1",
		"--secure-port="+strconv.Itoa(ports.Controllers),
		"--cert-dir="+f.file("certificates-of-controllers"),
		"--service-account-private-key-file="+f.file("accounts.key"),
		"--root-ca-file="+f.file("certificates/apiserver.crt"),
		"--leader-elect=false",
		"--controllers=*,-node-lifecycle-controller,-pod-garbage-collector-controller,-node-ipam-controller,"+
			"-taint-eviction-controller,-device-taint-eviction-controller",
	)
	if err != nil {
		return err
	}
	return f.wait("kube-controller-manager", fmt.Sprintf("https://127.0.0.1:%d/healthz", ports.Controllers))
}

// Starts a program of this binary that goes on after it.
func (f folder) run(name string, arguments ...string) error {
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	log, err := os.OpenFile(f.file(name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	command := exec.Command(binary, append([]string{name}, arguments...)...)
	command.Dir, command.Stdout, command.Stderr = string(f), log, log
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := command.Start(); err != nil {
		return err
	}
	return os.WriteFile(f.file(name+".pid"), []byte(strconv.Itoa(command.Process.Pid)), 0o600)
}

// Waits until the program that listens there says that it is well.
func (f folder) wait(name, url string) error {
	client := http.Client{
		Timeout:   5 * time.Second,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}},
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if pid, err := f.pid(name); err != nil || !runs(pid) {
			return fmt.Errorf("%s has ended; see %s", name, f.file(name+".log"))
		}
		request, err := http.NewRequest(http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		request.Header.Set("Authorization", "Bearer admin")
		response, err := client.Do(request)
		if err != nil {
			continue
		}
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
		if response.StatusCode == http.StatusOK {
			return nil
		}
	}
	return fmt.Errorf("%s does not answer within %s; see %s", name, patience, f.file(name+".log"))
}

// The process of a program that was started.
func (f folder) pid(name string) (int, error) {
	text, err := os.ReadFile(f.file(name + ".pid"))
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(string(text)))
}

// Stops a program and waits until it is gone.
func (f folder) stop(name string, signal syscall.Signal) error {
	pid, err := f.pid(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for end := time.Now().Add(patience); runs(pid); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			return fmt.Errorf("%s (process %d) does not stop within %s", name, pid, patience)
		}
		if err := syscall.Kill(pid, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return err
		}
	}
	return os.Remove(f.file(name + ".pid"))
}

// Whether a process runs. One that has ended may stay in the table where nobody asks for its end.
func runs(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, state, _ := strings.Cut(string(text), ") ")
	return !strings.HasPrefix(state, "Z")
}

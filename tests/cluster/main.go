// Kubernetes for tests: the real programs of one version in one, and commands that start and stop them on loopback.
//
//	cluster up DIR         starts etcd, API server and controllers with all that they keep in DIR, and waits for them
//	cluster down DIR       stops them
//	cluster kill DIR       stops the API server at once, as a crash does
//	cluster start DIR      starts it again
//	cluster compact DIR    forgets all old revisions of etcd
//	cluster load DIR       creates the objects of the standard input, JSON on a line each, quicker than kubectl
//	cluster ask DIR        answers the recorded questions about roles and bindings of the standard input
//	cluster perform DIR    does what the standard input says that people can do to gain more access, with and without their rights
//	cluster kubectl …      is kubectl, and so for kube-apiserver, kube-controller-manager and etcd
//
// DIR/kubeconfig has an administrator; users by the names of their tokens are in DIR/tokens.csv.
package main

import (
	"fmt"
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	"k8s.io/kubectl/pkg/cmd"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("usage: cluster up|down|kill|start|compact|load|ask|perform DIR, or cluster kubectl ARGUMENT…"))
	}
	if program(os.Args[1]) {
		return
	}
	if len(os.Args) != 3 {
		fail(fmt.Errorf("%s needs one folder", os.Args[1]))
	}
	commands := map[string]func(folder) error{"up": up, "down": down, "kill": kill, "start": start, "compact": compact}
	commands["load"] = func(f folder) error { return load(f, os.Stdin) }
	commands["ask"] = func(f folder) error { return ask(f, os.Stdin, os.Stdout) }
	commands["perform"] = func(f folder) error { return perform(f, os.Stdin, os.Stdout) }
	command, known := commands[os.Args[1]]
	if !known {
		fail(fmt.Errorf("no command %s", os.Args[1]))
	}
	if err := command(folder(os.Args[2])); err != nil {
		fail(err)
	}
}

// Runs one of the programs of Kubernetes, if the name is that of one.
func program(name string) bool {
	arguments := os.Args
	os.Args = os.Args[1:]
	switch name {
	case "kube-apiserver":
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case "kube-controller-manager":
		os.Exit(cli.Run(controllers.NewControllerManagerCommand()))
	case "kubectl":
		os.Exit(cli.Run(cmd.NewDefaultKubectlCommand()))
	case "etcd":
		etcdmain.Main(os.Args)
		return true
	}
	os.Args = arguments
	return false
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "cluster:", err)
	os.Exit(1)
}

// Records what a program says of case files, whose last section it rewrites. The scripts record.sh beside the cases run it:
// with the name of what is recorded, the program, arguments for that, `--`, and the files.
package main

import (
	"os"
	"slices"
)

func main() {
	end := slices.Index(os.Args, "--")
	program := os.Args[2:end]
	for _, path := range os.Args[end+1:] {
		switch os.Args[1] {
		case "helm":
			record(path, placeChart, func(before, folder string) string { return helm(program, before, folder) })
		case "kustomize":
			record(path, placeKustomization, func(before, folder string) string {
				return kustomize(program, folder, built(before))
			})
		default:
			panic("nothing records " + os.Args[1])
		}
	}
}

package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// pack makes an archive of the files that stand in it.
func pack(files []Section) []byte {
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	archive := tar.NewWriter(zip)
	for _, file := range files {
		must(archive.WriteHeader(&tar.Header{Name: file.Name, Mode: 0o644, Size: int64(len(file.Text))}))
		_, err := archive.Write([]byte(file.Text))
		must(err)
	}
	must(archive.Close())
	must(zip.Close())
	return out.Bytes()
}

// The places that a failure names at most at its beginning, and at its end.
const shown = 5

// shortened is a failure without the places in the middle of a long circle.
func shortened(said string) string {
	const between = ": error calling "
	steps := strings.Split(said, between)
	left := len(steps) - 2*shown
	if left <= 0 {
		return said
	}
	kept := append(steps[:shown:shown], fmt.Sprintf("%d more", left))
	return strings.Join(append(kept, steps[shown+left:]...), between)
}

// placeChart writes the files of a case; those with `!` in their names are packed.
func placeChart(folder string, files []Section) {
	archives := map[string][]Section{}
	for _, file := range files {
		name, inner, isPacked := strings.Cut(file.Name, "!")
		if isPacked {
			archives[name] = append(archives[name], Section{inner, file.Text})
		} else {
			write(filepath.Join(folder, name), []byte(file.Text))
		}
	}
	for name, files := range archives {
		write(filepath.Join(folder, name), pack(files))
	}
}

// helm is what `helm template` prints with the arguments of a case.
func helm(program []string, before, folder string) string {
	arguments := append([]string{"template"}, program[1:]...)
	for _, line := range strings.Split(before, "\n") {
		if line != "" && !strings.HasPrefix(line, "#") {
			arguments = append(arguments, line)
		}
	}
	command := exec.Command(program[0], arguments...)
	command.Dir = folder
	var out, errors bytes.Buffer
	command.Stdout, command.Stderr = &out, &errors
	if command.Run() == nil {
		return "-- output --\n" + out.String()
	}
	said := errors.String()
	said = said[strings.Index(said, "Error: ")+len("Error: "):]
	said, _, _ = strings.Cut(said, "\n\nUse --debug flag")
	return "-- error --\n" + shortened(strings.TrimRight(said, "\n")) + "\n"
}

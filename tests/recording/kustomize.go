package main

import (
	"bytes"
	"encoding/base64"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// data is what the file of a section contains: the words behind its path say how it is written.
func data(section Section) (string, []byte) {
	words := strings.Fields(section.Name)
	text := section.Text
	for _, word := range words[1:] {
		switch word {
		case "base64":
			decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
			must(err)
			text = string(decoded)
		case "crlf":
			text = strings.ReplaceAll(text, "\n", "\r\n")
		case "bare":
			text = strings.TrimSuffix(text, "\n")
		default:
			panic("no such word: " + word)
		}
	}
	return words[0], []byte(text)
}

// The folder that is built: the line before the files that is no sentence.
func built(before string) string {
	for _, line := range strings.Split(before, "\n") {
		if line != "" && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "problem: ") {
			return line
		}
	}
	return "."
}

// What is different each time or on each machine: addresses in memory, and those of servers of names.
var (
	address = regexp.MustCompile(`0x[0-9a-f]{6,}`)
	server  = regexp.MustCompile(`(lookup \S+) on \S+:\d+:`)
)

// The cause of a failure, as the program's log quotes or indents it, and that of a crash.
var (
	cause = regexp.MustCompile(`(?m)"command failed" err=(?:(".*")$|<\n((?:\t.*\n)*) >)`)
	crash = regexp.MustCompile(`(?m)^panic: (.*)$`)
)

// What Helm was called with, behind what it says.
var called = regexp.MustCompile(`(?s)\n?: unable to run: '.*`)

// kustomize is what `kubectl kustomize` prints of a folder.
func kustomize(program []string, folder, target string) string {
	arguments := append([]string{"kustomize", target}, program[1:]...)
	command := exec.Command(program[0], arguments...)
	command.Dir = folder
	var out, errors bytes.Buffer
	command.Stdout, command.Stderr = &out, &errors
	if command.Run() == nil {
		return "-- output --\n" + out.String()
	}
	if found := crash.FindString(errors.String()); found != "" {
		return "-- error --\n" + found + "\n"
	}
	found := cause.FindStringSubmatch(errors.String())
	if found == nil {
		panic(errors.String())
	}
	said := strings.ReplaceAll("\n"+found[2], "\n\t", "\n")
	if found[1] != "" {
		var err error
		said, err = strconv.Unquote(found[1])
		must(err)
	}
	said = called.ReplaceAllString(strings.ReplaceAll(said, folder, "/case"), "")
	said = server.ReplaceAllString(address.ReplaceAllString(said, "0x0"), "$1:")
	return "-- error --\n" + strings.Trim(said, "\n") + "\n"
}

// placeKustomization writes the files of a case.
func placeKustomization(folder string, files []Section) {
	for _, file := range files {
		name, content := data(file)
		write(filepath.Join(folder, name), content)
	}
}

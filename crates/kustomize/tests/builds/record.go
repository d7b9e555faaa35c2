// Records what `kubectl kustomize` prints for the folders of the case files that are its arguments: rewrites their last section.
// record.sh runs it, with the program in front of the files, and arguments for that between them and `--`.
package main

import (
	"bytes"
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Section is a file of the case, or what kustomize says.
type Section struct {
	Name, Text string
}

var head = regexp.MustCompile(`(?m)^-- (.+) --\n`)

func sections(text string) (string, []Section) {
	places := head.FindAllStringSubmatchIndex(text, -1)
	all := []Section{}
	for i, place := range places {
		end := len(text)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		all = append(all, Section{text[place[2]:place[3]], text[place[1]:end]})
	}
	return text[:places[0][0]], all
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

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

func answer(program []string, folder, target string) string {
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

func main() {
	program, paths := os.Args[1:2], os.Args[2:]
	if end := slices.Index(os.Args, "--"); end > 0 {
		program, paths = os.Args[1:end], os.Args[end+1:]
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		must(err)
		before, all := sections(string(text))
		folder, err := os.MkdirTemp("", "case")
		must(err)
		kept := before
		for _, section := range all {
			if section.Name == "output" || section.Name == "error" {
				break
			}
			kept += "-- " + section.Name + " --\n" + section.Text
			if section.Name == "ours" {
				continue
			}
			name, content := data(section)
			must(os.MkdirAll(filepath.Join(folder, filepath.Dir(name)), 0o755))
			must(os.WriteFile(filepath.Join(folder, name), content, 0o644))
		}
		kept += answer(program, folder, built(before))
		must(os.WriteFile(path, []byte(kept), 0o644))
		must(os.RemoveAll(folder))
	}
}

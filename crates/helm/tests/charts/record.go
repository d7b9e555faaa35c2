// Records what `helm template` prints for the charts of the case files that are its arguments: rewrites their last section.
// record.sh runs it, with Helm's program in front of the files.
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// Section is a file of the case, or what Helm says.
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

func write(path string, data []byte) {
	must(os.MkdirAll(filepath.Dir(path), 0o755))
	must(os.WriteFile(path, data, 0o644))
}

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

func main() {
	program := os.Args[1]
	for _, path := range os.Args[2:] {
		text, err := os.ReadFile(path)
		must(err)
		before, all := sections(string(text))
		folder, err := os.MkdirTemp("", "case")
		must(err)
		archives := map[string][]Section{}
		kept := before
		for _, section := range all {
			if section.Name == "output" || section.Name == "error" {
				continue
			}
			kept += "-- " + section.Name + " --\n" + section.Text
			name, inner, isPacked := strings.Cut(section.Name, "!")
			if isPacked {
				archives[name] = append(archives[name], Section{inner, section.Text})
			} else {
				write(filepath.Join(folder, name), []byte(section.Text))
			}
		}
		for name, files := range archives {
			write(filepath.Join(folder, name), pack(files))
		}
		arguments := []string{"template"}
		for _, line := range strings.Split(before, "\n") {
			if line != "" && !strings.HasPrefix(line, "#") {
				arguments = append(arguments, line)
			}
		}
		command := exec.Command(program, arguments...)
		command.Dir = folder
		var out, errors bytes.Buffer
		command.Stdout, command.Stderr = &out, &errors
		if command.Run() == nil {
			kept += "-- output --\n" + out.String()
		} else {
			said := errors.String()
			said = said[strings.Index(said, "Error: ")+len("Error: "):]
			said, _, _ = strings.Cut(said, "\n\nUse --debug flag")
			kept += "-- error --\n" + shortened(strings.TrimRight(said, "\n")) + "\n"
		}
		write(path, []byte(kept))
		must(os.RemoveAll(folder))
	}
}

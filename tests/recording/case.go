package main

import (
	"os"
	"path/filepath"
	"regexp"
)

// Section is a file of a case, or what a program says of it.
type Section struct {
	Name, Text string
}

var head = regexp.MustCompile(`(?m)^-- (.+) --\n`)

// sections divides a case: what stands before the first file, and the files.
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

// record rewrites the answers in a case: what a program says in a folder of its files.
func record(path string, place func(folder string, files []Section), answer func(before, folder string) string) {
	text, err := os.ReadFile(path)
	must(err)
	before, all := sections(string(text))
	folder, err := os.MkdirTemp("", "case")
	must(err)
	kept := before
	files := []Section{}
	for _, section := range all {
		if section.Name == "output" || section.Name == "error" {
			continue
		}
		kept += "-- " + section.Name + " --\n" + section.Text
		if section.Name != "ours" {
			files = append(files, section)
		}
	}
	place(folder, files)
	write(path, []byte(kept+answer(before, folder)))
	must(os.RemoveAll(folder))
}

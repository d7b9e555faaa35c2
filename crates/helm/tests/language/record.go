// Records what Helm's engine gives for the templates of the case files: rewrites each line of the files that are its
// arguments. In strict.jsonl a missing key is a failure. record.sh runs it.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
)

// Case is one line of a case file: a template and what Helm gives for it. All have the values of values.json and the
// definitions of helpers.tpl, which stand beside it.
type Case struct {
	Template string  `json:"template"`
	Output   *string `json:"output,omitempty"`
	Error    string  `json:"error,omitempty"`
}

const chartYaml = "apiVersion: v2\nname: c\nversion: 1.2.3\n"

func render(folder, template string, strict bool) (string, error) {
	values, err := os.ReadFile(filepath.Join(folder, "values.json"))
	if err != nil {
		return "", err
	}
	helpers, err := os.ReadFile(filepath.Join(folder, "helpers.tpl"))
	if err != nil {
		return "", err
	}
	files := []*loader.BufferedFile{
		{Name: "Chart.yaml", Data: []byte(chartYaml)},
		{Name: "values.yaml", Data: values},
		{Name: "templates/_helpers.tpl", Data: helpers},
		{Name: "templates/t.yaml", Data: []byte(template)},
	}
	chart, err := loader.LoadFiles(files)
	if err != nil {
		return "", err
	}
	options := chartutil.ReleaseOptions{Name: "release-name", Namespace: "default", Revision: 1, IsInstall: true}
	all, err := chartutil.ToRenderValues(chart, nil, options, chartutil.DefaultCapabilities)
	if err != nil {
		return "", err
	}
	rendered, err := engine.Engine{Strict: strict}.Render(chart, all)
	return rendered["c/templates/t.yaml"], err
}

func record(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	strict := filepath.Base(path) == "strict.jsonl"
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var c Case
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return fmt.Errorf("%s: %w", lines.Text(), err)
		}
		c.Output, c.Error = nil, ""
		if output, err := render(filepath.Dir(path), c.Template, strict); err != nil {
			c.Error = err.Error()
		} else {
			c.Output = &output
		}
		if err := encoder.Encode(c); err != nil {
			return err
		}
	}
	return os.WriteFile(path, out.Bytes(), 0o644)
}

func main() {
	for _, path := range os.Args[1:] {
		if err := record(path); err != nil {
			fmt.Fprintln(os.Stderr, path, err)
			os.Exit(1)
		}
	}
}

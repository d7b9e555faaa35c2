// Records what Helm makes of the arguments of the case file: rewrites each line of the file that is its argument. record.sh
// runs it.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"helm.sh/helm/v3/pkg/strvals"
)

// Case is one line: arguments by their form, one after the other, and the values that they give.
type Case struct {
	Arguments [][2]string            `json:"arguments"`
	Values    map[string]interface{} `json:"values,omitempty"`
	Types     []string               `json:"types,omitempty"`
	Error     string                 `json:"error,omitempty"`
}

func read(path []rune) (interface{}, error) {
	if string(path) == "missing" {
		return nil, fmt.Errorf("open missing: no such file or directory")
	}
	return "text of " + string(path), nil
}

func set(form, argument string, values map[string]interface{}) error {
	switch form {
	case "--set":
		return strvals.ParseInto(argument, values)
	case "--set-string":
		return strvals.ParseIntoString(argument, values)
	case "--set-json":
		return strvals.ParseJSON(argument, values)
	case "--set-file":
		return strvals.ParseIntoFile(argument, values, read)
	case "--set-literal":
		return strvals.ParseLiteralInto(argument, values)
	}
	return fmt.Errorf("no form %s", form)
}

// types lists the types of all scalars in the order of their keys.
func types(value interface{}, all *[]string) {
	switch value := value.(type) {
	case map[string]interface{}:
		keys := []string{}
		for key := range value {
			keys = append(keys, key)
		}
		for i := range keys {
			for j := i + 1; j < len(keys); j++ {
				if keys[j] < keys[i] {
					keys[i], keys[j] = keys[j], keys[i]
				}
			}
		}
		for _, key := range keys {
			types(value[key], all)
		}
	case []interface{}:
		for _, item := range value {
			types(item, all)
		}
	default:
		*all = append(*all, fmt.Sprintf("%T", value))
	}
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	var out bytes.Buffer
	scanner := bufio.NewScanner(bytes.NewReader(text))
	for scanner.Scan() {
		var row Case
		if err := json.Unmarshal(scanner.Bytes(), &row); err != nil {
			panic(err)
		}
		recorded := Case{Arguments: row.Arguments, Values: map[string]interface{}{}}
		for _, argument := range row.Arguments {
			if err := set(argument[0], argument[1], recorded.Values); err != nil {
				recorded.Values, recorded.Error = nil, err.Error()
				break
			}
		}
		if recorded.Values != nil {
			types(recorded.Values, &recorded.Types)
		}
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(recorded); err != nil {
			panic(err)
		}
	}
	if err := os.WriteFile(os.Args[1], out.Bytes(), 0o644); err != nil {
		panic(err)
	}
}

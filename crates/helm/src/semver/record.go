// Renews the answers in tests.tsv, beside a go.mod that has github.com/Masterminds/semver/v3 v3.4.0:
// `go run record.go < tests.tsv > new.tsv`.
// What the library quotes of the text in its errors is left out, because nothing here repeats input in messages.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"github.com/Masterminds/semver/v3"
)

func answer(constraint, version string) string {
	constraints, err := semver.NewConstraint(constraint)
	if err != nil {
		return cause(err)
	}
	parsed, err := semver.NewVersion(version)
	if err != nil {
		return cause(err)
	}
	if constraints.Check(parsed) {
		return "+"
	}
	return "-"
}

func cause(err error) string {
	cause, _, _ := strings.Cut(err.Error(), ":")
	return cause
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(fields[0], "#") {
			fmt.Println(lines.Text())
			continue
		}
		fields = append(fields[:2:2], answer(fields[0], fields[1]))
		fmt.Println(strings.Join(fields, "\t"))
	}
}

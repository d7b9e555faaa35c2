// Renews the answers in tests.tsv: `go run record.go < tests.tsv > new.tsv`.
// What Go quotes of the text in its errors is left out, because nothing here repeats input in messages.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

func answer(read, text, zone, write string) string {
	at, err := time.ParseInLocation(read, text, time.UTC)
	if err != nil {
		var parse *time.ParseError
		errors.As(err, &parse)
		if parse.Message == "" {
			return fmt.Sprintf("!parsing time: cannot parse as %q", parse.LayoutElem)
		}
		message, _, _ := strings.Cut(parse.Message, ": \"")
		return "!parsing time" + message
	}
	if zone == "" {
		return at.Format(write)
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		location = time.UTC
	}
	return at.In(location).Format(write)
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(fields[0], "#") {
			fmt.Println(lines.Text())
			continue
		}
		fields = append(fields[:4:4], answer(fields[0], fields[1], fields[2], fields[3]))
		fmt.Println(strings.Join(fields, "\t"))
	}
}

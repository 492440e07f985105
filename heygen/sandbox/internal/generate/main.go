// Command generate prints the sandbox's catalogue: its avatar groups, or with the argument voices, its voices. There is no
// file of looks: the sandbox generates them from their groups.
//
// Its seeds are fixed, so that it prints the same bytes each time: the catalogue changes only when this command does. It
// is run by go generate and is not part of the sandbox: nothing imports it.
//
//	go run ./heygen/sandbox/internal/generate >heygen/sandbox/catalogue.json
//	go run ./heygen/sandbox/internal/generate voices >heygen/sandbox/voices.json
package main

import (
	"bytes"
	"encoding/json"
	"log"
	"os"
)

func main() {
	generate := groupsJSON
	if len(os.Args) > 1 && os.Args[1] == "voices" {
		generate = voicesJSON
	}
	catalogue, err := generate()
	if err != nil {
		log.Fatal(err)
	}
	if _, err := os.Stdout.Write(catalogue); err != nil {
		log.Fatal(err)
	}
}

func groupsJSON() ([]byte, error) { return encodeLines(generateGroups()) }
func voicesJSON() ([]byte, error) { return encodeLines(applyCustomerVoices(generateVoices())) }

// encodeLines returns a JSON array with one item a line, so that a change of one item is a change of one line.
func encodeLines[T any](items []T) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("[\n")
	for i, item := range items {
		if i > 0 {
			out.WriteString(",\n")
		}
		line, err := json.Marshal(item)
		if err != nil {
			return nil, err
		}
		out.Write(line)
	}
	out.WriteString("\n]\n")
	return out.Bytes(), nil
}

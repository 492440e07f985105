// Command generate draws the sandbox's catalogue of avatar groups and prints it.
//
// It draws from one fixed seed, so that it prints the same bytes each time: the catalogue changes only when this
// command does. It is run by go generate and is not part of the sandbox: nothing imports it.
//
//	go run ./heygen/sandbox/internal/generate >heygen/sandbox/catalogue.json
package main

import (
	"bytes"
	"encoding/json"
	"log"
	"os"
)

func main() {
	catalogue, err := generate()
	if err != nil {
		log.Fatal(err)
	}
	if _, err := os.Stdout.Write(catalogue); err != nil {
		log.Fatal(err)
	}
}

// generate gives the catalogue as a JSON array with one group a line, so that a change of one group is a change of one
// line.
func generate() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("[\n")
	for i, g := range draw() {
		if i > 0 {
			out.WriteString(",\n")
		}
		line, err := json.Marshal(g)
		if err != nil {
			return nil, err
		}
		out.Write(line)
	}
	out.WriteString("\n]\n")
	return out.Bytes(), nil
}

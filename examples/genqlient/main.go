// Command genqlient lists HeyGen's characters with a client that genqlient generated
// from the schema, then prints the looks and the voice of the first one:
//
//	go run . -search monica http://127.0.0.1:8080/graphql
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/Khan/genqlient/graphql"
)

//go:generate go tool genqlient

func main() {
	search := flag.String("search", "", "list only characters whose name has words that start with these")
	flag.Parse()
	endpoint := cmp.Or(flag.Arg(0), os.Getenv("GRAPHQL_URL"), "http://127.0.0.1:8080/graphql")
	client := graphql.NewClient(endpoint, http.DefaultClient)
	if err := run(context.Background(), client, *search, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run prints every character that matches search, then the looks and the voice of the
// first. It prints all characters if search is blank.
func run(ctx context.Context, client graphql.Client, search string, w io.Writer) error {
	firstID, n := "", 0
	for character, err := range Characters(ctx, client, search, 50) {
		if err != nil {
			return fmt.Errorf("after %d characters: %w", n, err)
		}
		if n++; n == 1 {
			firstID = character.Id
		}
		fmt.Fprintf(w, "%-36s %s, %s, %d looks\n", character.GroupId, character.Name, strings.ToLower(string(character.GenderCategory)), character.LooksCount)
	}
	fmt.Fprintf(w, "%d characters\n", n)
	if n == 0 {
		return nil
	}
	resp, err := CharacterDetail(ctx, client, firstID)
	if resp == nil || resp.AvatarGroup == nil {
		return err // nil if the character no longer exists
	}
	character := resp.AvatarGroup
	fmt.Fprintf(w, "\n%s, created %s:\n", character.Name, character.CreatedAt.Format("2 January 2006"))
	// If there is an error, the fields that failed are nil and the others are set.
	if character.Looks != nil {
		for _, look := range character.Looks.Nodes {
			fmt.Fprintf(w, "  avatar_id %s: %s, %s\n", look.LookId, look.Name, look.Readiness.State)
		}
	}
	if character.DefaultVoice != nil {
		fmt.Fprintf(w, "  voice_id %s\n", character.DefaultVoice.VoiceId)
	}
	return err
}

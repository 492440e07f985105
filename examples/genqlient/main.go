// Command genqlient lists HeyGen's characters by a client that genqlient has
// generated from the schema, and asks for the first one again:
//
//	go run . http://127.0.0.1:8080/graphql
package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"

	"github.com/Khan/genqlient/graphql"
)

//go:generate go tool genqlient

func main() {
	endpoint := cmp.Or(os.Getenv("GRAPHQL_URL"), "http://127.0.0.1:8080/graphql")
	if len(os.Args) > 1 {
		endpoint = os.Args[1]
	}
	if err := list(context.Background(), graphql.NewClient(endpoint, http.DefaultClient), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// list writes every character, and what a video can be made with for the first.
func list(ctx context.Context, client graphql.Client, w io.Writer) error {
	first, n := "", 0
	for character, err := range Characters(ctx, client, 50) {
		if err != nil {
			return fmt.Errorf("after %d characters: %w", n, err)
		}
		if n++; n == 1 {
			first = character.Id
		}
		fmt.Fprintf(w, "%-36s %s, %d looks\n", character.GroupId, character.Name, character.LooksCount)
	}
	fmt.Fprintf(w, "%d characters\n", n)
	if n == 0 {
		return nil
	}
	answer, err := CharacterForAVideo(ctx, client, first)
	if answer == nil || answer.AvatarGroup == nil {
		return err // nil: it is gone by now
	}
	again := answer.AvatarGroup
	fmt.Fprintf(w, "\n%s, since %s:\n", again.Name, again.CreatedAt.Format("2 January 2006"))
	// What could not be had is null and has an error, and what could is here.
	if again.Looks != nil {
		for _, look := range again.Looks.Nodes {
			fmt.Fprintf(w, "  avatar_id %s: %s, %s\n", look.LookId, look.Name, look.Readiness.State)
		}
	}
	if again.DefaultVoice != nil {
		fmt.Fprintf(w, "  voice_id %s\n", again.DefaultVoice.VoiceId)
	}
	return err
}

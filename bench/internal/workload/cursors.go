package workload

import (
	"encoding/json"
	"fmt"
	"maps"

	"heygen-graphql/bench/internal/load"
)

// Cursors holds a server's cursors by position: the cursor at i follows the first i
// groups. The one at 0 is empty.
type Cursors []string

// Body returns the body of a GraphQL request.
func (w Workload) Body(c Case, cursors Cursors) []byte {
	variables := map[string]any{}
	maps.Copy(variables, c.Variables)
	if c.After > 0 {
		variables["after"] = cursors[c.After]
	}
	request := map[string]any{"query": w.Document}
	if len(variables) > 0 {
		request["variables"] = variables
	}
	body, err := json.Marshal(request)
	if err != nil {
		panic(err) // strings cannot fail
	}
	return body
}

// Cursors reads the cursors that the workload needs from a server's list, page by page.
func (w Workload) Cursors(address, path string) (Cursors, error) {
	return readCursors(address, path, w.CursorsNeeded)
}

func readCursors(address, path string, groups int) (Cursors, error) {
	list := Workload{Document: `query Walk($after: String) { avatarGroups(first: 50, after: $after) { edges { cursor } pageInfo { hasNextPage endCursor } } }`}
	cursors := Cursors{""}
	for len(cursors) <= groups {
		after := len(cursors) - 1
		body, err := load.Send(address, load.PostRequest(address, path, list.Body(Case{After: after}, cursors)))
		if err != nil {
			return nil, err
		}
		var response struct {
			Data struct {
				AvatarGroups struct {
					Edges []struct {
						Cursor string `json:"cursor"`
					} `json:"edges"`
					PageInfo struct {
						HasNextPage bool   `json:"hasNextPage"`
						EndCursor   string `json:"endCursor"`
					} `json:"pageInfo"`
				} `json:"avatarGroups"`
			} `json:"data"`
		}
		if err := json.Unmarshal(body, &response); err != nil {
			return nil, err
		}
		page := response.Data.AvatarGroups
		for _, edge := range page.Edges {
			cursors = append(cursors, edge.Cursor)
		}
		switch {
		case len(page.Edges) != 50 || page.PageInfo.EndCursor != cursors[len(cursors)-1]:
			return nil, fmt.Errorf("page of %d groups after %d: want 50 groups and the last one's cursor as endCursor", len(page.Edges), after)
		case !page.PageInfo.HasNextPage && len(cursors) <= groups:
			return nil, fmt.Errorf("the list ends after %d groups", len(cursors)-1)
		}
	}
	return cursors, nil
}

// Package heygen is a client of HeyGen's REST API, version 3: typed reads of
// avatar groups, their looks, and voices, one page or a whole list at a time.
//
// It is not a client of all that HeyGen offers (nothing is created, changed or
// rendered), and it knows nothing of GraphQL. It keeps no answer: whoever caches
// stands in front of it.
//
// It is gentle with a HeyGen that is in trouble. Few calls are under way at once.
// After a 429 it asks nothing until the pause is over, and then at half the rate
// for a while; while nearly all fails, it fails at once. What fails in passing is
// tried again, if [Options.Retries] says so and the context has the time. Below
// it, net/http itself sends a GET again when a connection that was used before
// closes without a byte of answer; HeyGen then counts two calls.
//
//	client, err := heygen.New(heygen.Options{Key: heygen.NewKey("sk_V2_…")})
//	if err != nil {
//		return err
//	}
//	for group, err := range client.AllAvatarGroups(ctx, heygen.AvatarGroupsParams{Ownership: heygen.Public}) {
//		if err != nil {
//			return err
//		}
//		fmt.Println(group.ID, group.Name)
//	}
//
// What goes wrong is an *[Error], sorted by kind ([ErrNotFound],
// [ErrRateLimited], …) so that callers decide with errors.Is.
package heygen

// Package heygen is a client of HeyGen's REST API, version 3: typed reads of
// avatar groups, their looks, and voices, one page or a whole list at a time.
//
// It is not a client of all that HeyGen offers (nothing is created, changed or
// rendered), and it knows nothing of GraphQL. It keeps nothing between calls
// and tries each call once: whoever caches or retries stands in front of it.
// Below it, net/http itself sends a GET again when a connection that was used
// before closes without a byte of answer; HeyGen then counts two calls.
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

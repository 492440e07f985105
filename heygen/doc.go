// Package heygen is a client for HeyGen's REST API, version 3: typed reads of
// avatar groups, their looks, and voices, one page or a whole list at a time.
//
// It does not cover all of HeyGen's API (it creates, changes and renders nothing),
// and it knows nothing of GraphQL. It caches nothing: package cached does.
//
// It limits the load on HeyGen. Few requests are in flight at once. After a 429 it
// sends nothing until the back-off is over, and then sends at half the rate for a
// while. While nearly all requests fail, a circuit breaker is open and calls fail at
// once. It retries transient failures, up to [Options.Retries] times and within the
// context's deadline. Below it, net/http itself resends a GET when a reused
// connection closes before the first byte of the response; HeyGen then counts two
// requests.
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
// Methods return errors as *[Error], whose kind ([ErrNotFound], [ErrRateLimited], …)
// callers check with errors.Is.
package heygen

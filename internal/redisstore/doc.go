// Package redisstore shares between replicas, through Redis or Valkey, what each would
// otherwise have of its own: records of a cache below the in-process one, leases to fetch a
// value, the concurrency slots and the back-off of a HeyGen credential, persisted documents,
// the state of rate limits and the ids of webhook events.
//
// Redis is never needed. No method fails, or takes noticeably long, because Redis is down,
// slow, full or forbids a command: there are then no records, no leases and no slots, and
// each replica works by itself. Each command has a deadline of [DefaultTimeout], each request
// a budget of it in all ([WithBudget]), and a circuit breaker skips all commands from a lost
// connection, or three timeouts in a row, until a probe in the background has succeeded twice.
//
// # Keys
//
// A tenant is a HeyGen credential. <t> is derived from the credential, and its braces make
// the keys of a tenant one slot of a cluster. <v> is [Options.Version], the format of the
// records: replicas of different versions share limits and invalidations, but no records.
//
//	heygen-graphql:<v>:{<t>}:r:<hash>  record                           when the record expires
//	heygen-graphql:<v>:{<t>}:o:<hash>  transient record, for waiters    2 s
//	heygen-graphql:<v>:{<t>}:l:<hash>  lease: a random token            3 s, renewed each second
//	heygen-graphql:1:{<t>}:gen         generation of the records        7 days, renewed; 1 minute without records
//	heygen-graphql:1:{<t>}:s:<n>       slot: a random token             5 s, renewed each second
//	heygen-graphql:1:{<t>}:backoff     replica that HeyGen has limited  with the back-off, 10 minutes at most
//	heygen-graphql:document:<sha256>   source of a document             24 h
//	heygen-graphql:rate:<hash>         state of a rate limit            when it is full again
//	heygen-graphql:webhook:<sha256>    a webhook event was received     1 h
//
// Invalidations, back-offs, polled changes and webhook events are announced on the channel
// heygen-graphql:1:events. The table in docs/running.md has the same keys.
//
// # Trust
//
// Records are encrypted and authenticated (AES-256-GCM) under a key that is derived from the
// credential, with the name of the key and the tenant's generation as additional data. What
// another tenant wrote, or what was moved, corrupted or replayed after an invalidation, is a
// miss. A document must have the hash under which it is stored. A message on the channel is
// only a hint to look at the key that it is about, and is authenticated as well.
//
// # Time
//
// The age of a record is computed from its remaining time to live in Redis, so that the
// clocks of replicas need not agree.
package redisstore

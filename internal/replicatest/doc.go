// Package replicatest tests several replicas of the server as processes that share a real
// Redis: call counts, and every fault that Redis and a replica can have. It needs
// redis-server on the PATH, so its tests have a build tag:
//
//	go test -tags redis ./internal/replicatest
package replicatest

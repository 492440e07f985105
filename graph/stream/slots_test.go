package stream_test

import (
	"testing"

	"heygen-graphql/graph/stream"
)

func TestSlotsAreLimitedInAllAndForEachCaller(t *testing.T) {
	s := stream.Slots{Max: 3, MaxPerCaller: 2}
	for _, test := range []struct {
		transport, caller string
		full, callerFull  bool
	}{{"sse", "a", false, false}, {"sse", "a", false, false}, {"websocket", "a", false, true}, {"websocket", "b", false, false}, {"sse", "c", true, false}} {
		if full, callerFull := s.Acquire(test.transport, test.caller); full != test.full || callerFull != test.callerFull {
			t.Errorf("%+v: %t, %t", test, full, callerFull)
		}
	}
	if inUse := s.InUse(); !s.Full() || inUse["sse"] != 2 || inUse["websocket"] != 1 {
		t.Errorf("%v", inUse)
	}
	s.Release("sse", "a")
	if full, callerFull := s.Acquire("websocket", "a"); full || callerFull {
		t.Error("the slot is not free")
	}
	for _, slot := range [][2]string{{"sse", "a"}, {"websocket", "a"}, {"websocket", "b"}} {
		s.Release(slot[0], slot[1])
	}
	<-s.Idle()
}

package stream_test

import (
	"testing"

	"heygen-graphql/graph/stream"
)

func TestSlotsMoveToCallersWithRoom(t *testing.T) {
	s := stream.Slots{Max: 4, MaxPerCaller: 2}
	for _, caller := range []string{"address", "address", "token"} {
		if full, callerFull := s.Acquire("websocket", caller); full || callerFull {
			t.Fatalf("%s: %t, %t", caller, full, callerFull)
		}
	}
	if _, callerFull := s.Acquire("websocket", "address"); !callerFull {
		t.Error("the address has three slots")
	}
	if !s.Move("address", "address") || !s.Move("address", "token") || s.Move("address", "token") {
		t.Error("the token has not two slots")
	}
	if full, callerFull := s.Acquire("sse", "address"); full || callerFull {
		t.Errorf("%t, %t", full, callerFull)
	}
	if full, _ := s.Acquire("sse", "other"); !full {
		t.Error("there are five slots")
	}
	for _, slot := range [][2]string{{"websocket", "address"}, {"websocket", "token"}, {"websocket", "token"}, {"sse", "address"}} {
		s.Release(slot[0], slot[1])
	}
	<-s.Idle()
	if full, callerFull := s.Acquire("sse", "token"); full || callerFull || s.InUse()["sse"] != 1 {
		t.Errorf("%t, %t, %v", full, callerFull, s.InUse())
	}
}

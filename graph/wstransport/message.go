package wstransport

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/httptransport"
)

// maxIDLength is the maximum length of the id of an operation in bytes. The ids of
// clients are UUIDs or counters.
const maxIDLength = 128

// message is a message of a client.
type message struct {
	Type    string
	ID      string          // of subscribe and complete
	Payload json.RawMessage // an object; nil: there is none
}

// parseMessage parses a message. If it is invalid, problem says why, in at most 123
// bytes, the maximum length of a close reason.
func parseMessage(text []byte) (m message, problem string) {
	var members map[string]json.RawMessage
	if !utf8.Valid(text) || json.Unmarshal(text, &members) != nil || members == nil {
		return m, "A message must be a JSON object, in UTF-8."
	}
	if !decodeString(members["type"], &m.Type) {
		return m, "`type` must be a string."
	}
	switch m.Type {
	case "subscribe", "complete":
		if !decodeString(members["id"], &m.ID) || m.ID == "" || len(m.ID) > maxIDLength {
			return m, fmt.Sprintf("`id` must be a string of 1 to %d bytes.", maxIDLength)
		}
	case "connection_init", "ping", "pong":
	default:
		return m, "`type` must be connection_init, ping, pong, subscribe or complete."
	}
	payload := members["payload"]
	switch {
	case len(payload) > 0 && payload[0] == '{':
		m.Payload = payload
	case m.Type == "subscribe", m.Type != "complete" && payload != nil && string(payload) != "null":
		return m, "`payload` must be an object."
	}
	return m, ""
}

// decodeString sets into to the string of a value. It reports whether it is one.
func decodeString(value json.RawMessage, into *string) bool {
	return len(value) > 0 && value[0] == '"' && json.Unmarshal(value, into) == nil
}

// The messages of the server, in parts around an id or a payload.
var (
	connectionAck = []byte(`{"type":"connection_ack"}`)
	ping          = []byte(`{"type":"ping"}`)
	pong          = []byte(`{"type":"pong"}`)
	pongPayload   = []byte(`{"type":"pong","payload":`)
	idMember      = []byte(`{"id":`)
	nextPayload   = []byte(`,"type":"next","payload":`)
	errorPayload  = []byte(`,"type":"error","payload":`)
	completeType  = []byte(`,"type":"complete"}`)
	closingBrace  = []byte(`}`)
)

// encodeErrors returns the payload of an error message.
func encodeErrors(rejected *httptransport.RequestError) []byte {
	payload, _ := json.Marshal(httptransport.ErrorResponse(rejected.Code, rejected.Message).Errors)
	return payload
}

// overloaded rejects an operation beyond the limit of its socket.
func overloaded(limit int) *httptransport.RequestError {
	return &httptransport.RequestError{
		Status:  503,
		Code:    errcode.Overloaded,
		Message: fmt.Sprintf("A WebSocket may have at most %d operations at a time (MAX_SOCKET_OPERATIONS).", limit),
	}
}

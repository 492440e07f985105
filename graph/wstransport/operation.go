package wstransport

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"heygen-graphql/graph/httptransport"
)

// operation is one in progress.
type operation struct {
	id     string
	quoted []byte // the id in JSON
	ctx    context.Context
	cancel context.CancelFunc
}

// handle handles a message of the client. Its error is why the socket ends.
func (s *socket) handle(text []byte) error {
	m, problem := parseMessage(text)
	if problem != "" {
		return closeWith(codeInvalidMessage, problem)
	}
	switch m.Type {
	case "connection_init":
		return s.initialize(m.Payload)
	case "ping":
		if m.Payload == nil {
			s.write(s.ctx, pong)
		} else {
			s.write(s.ctx, pongPayload, m.Payload, closingBrace)
		}
	case "subscribe":
		return s.subscribe(m)
	case "complete":
		s.remove(m.ID)
	}
	return nil
}

func (s *socket) initialize(params json.RawMessage) error {
	if s.initialized.Swap(true) {
		return closeWith(codeTooManyInitRequests, "Too many initialisation requests")
	}
	ctx, cancel := context.WithTimeout(s.ctx, s.InitTimeout)
	defer cancel()
	session, rejected := s.Authenticate(ctx, params)
	if rejected != nil {
		return closeRejected(rejected)
	}
	s.session = session
	s.authenticated.Store(true)
	s.write(s.ctx, connectionAck)
	return nil
}

func (s *socket) subscribe(m message) error {
	if s.session == nil {
		return closeWith(codeUnauthorized, "Unauthorized")
	}
	if s.has(m.ID) {
		return closeWith(codeDuplicateID, fmt.Sprintf("Subscriber for %s already exists", m.ID))
	}
	if rejected := s.session.Admitted(); rejected != nil {
		return closeRejected(rejected)
	}
	op := &operation{id: m.ID}
	op.quoted, _ = json.Marshal(m.ID)
	request, rejected := httptransport.ParseMessage(m.Payload)
	if rejected == nil {
		request.Headers = s.header
		op.ctx, op.cancel = context.WithCancel(s.ctx)
		if s.add(op) {
			s.goroutines.Go(func() { s.run(op, request) })
			return nil
		}
		op.cancel()
		rejected = overloaded(s.MaxOperations)
	}
	s.write(s.ctx, idMember, op.quoted, errorPayload, encodeErrors(rejected), closingBrace)
	return nil
}

// has reports whether there is an operation of this id.
func (s *socket) has(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.operations[id] != nil
}

// add adds an operation and reports whether there was room. Operations that the client
// has cancelled, and whose goroutines have not ended yet, count separately: a client
// that replaces one at the limit finds room, and one that does nothing else does not.
func (s *socket) add(op *operation) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.operations) >= s.MaxOperations || s.running >= 2*s.MaxOperations {
		return false
	}
	s.operations[op.id] = op
	s.running++
	return true
}

// remove cancels the operation of an id, if there is one.
func (s *socket) remove(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if op := s.operations[id]; op != nil {
		op.cancel()
		delete(s.operations, id)
	}
}

// finish frees the id of an operation that has ended by itself. It precedes the last
// message: after that one the client may use the id again.
func (s *socket) finish(op *operation) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.operations[op.id] == op {
		delete(s.operations, op.id)
	}
}

// run runs an operation until it, or its client, or the socket ends.
func (s *socket) run(op *operation, request *httptransport.Request) {
	defer func() {
		op.cancel()
		s.finish(op)
		s.mu.Lock()
		s.running--
		s.mu.Unlock()
	}()
	defer s.recoverPanic()
	results := s.session.Start(op.ctx, request)
	defer results.Close()
	for {
		event, err := results.Next(op.ctx, 0)
		switch {
		case op.ctx.Err() != nil:
			return
		case errors.Is(err, io.EOF):
			s.finish(op)
			s.write(op.ctx, idMember, op.quoted, completeType)
			return
		case err != nil:
			s.end(err)
			return
		case event.RequestErrors != nil:
			s.finish(op)
			s.write(op.ctx, idMember, op.quoted, errorPayload, event.RequestErrors, closingBrace)
			return
		case !s.write(op.ctx, idMember, op.quoted, nextPayload, event.Body, closingBrace):
			return
		}
	}
}

package graph

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"heygen-graphql/graph/errcode"
)

func TestPanicsAreLoggedWithStackAndErrorsWithout(t *testing.T) {
	var log bytes.Buffer
	h := &handler{Options: Options{Logger: slog.New(slog.NewTextHandler(&log, nil)), RequestID: func(context.Context) string { return "request-1" }}}
	flood := func(err func(context.Context) error) (lines, stacks int) {
		log.Reset()
		state := &requestState{}
		ctx := withRequestState(t.Context(), state)
		for range 10 {
			if e := h.present(ctx, err(ctx)); e.Extensions["code"] != string(errcode.Internal) || e.Extensions["requestId"] != "request-1" {
				t.Errorf("%v", e.Extensions)
			}
		}
		h.logSuppressed(ctx, state)
		return strings.Count(log.String(), "\n"), strings.Count(log.String(), "internal_errors_test.go")
	}
	panicked := func(ctx context.Context) (err error) {
		defer func() { err = h.recoverPanic(ctx, recover()) }()
		panic("here")
	}
	if lines, stacks := flood(panicked); lines != 3+1 || stacks < 3 || !strings.Contains(log.String(), "suppressed=7") || strings.Count(log.String(), "here") != 3 {
		t.Errorf("%d lines, %d stacks: %s", lines, stacks, &log)
	}
	if lines, stacks := flood(func(context.Context) error { return errors.New("here") }); lines != 3+1 || stacks > 0 {
		t.Errorf("%d lines, %d stacks: %s", lines, stacks, &log)
	}
}

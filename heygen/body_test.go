package heygen_test

import (
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"

	"heygen-graphql/heygen"
)

// Buffers of bodies are pooled: the next body is read into the same memory.
func TestReusedBufferDoesNotOverwriteDecodedValues(t *testing.T) {
	unknown := `,"more":"` + strings.Repeat("more", 5000) + `"`
	for path, extra := range map[string]string{"fast": unknown, "slow": unknown + `,"Gender":"x"`} {
		client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
			id := strings.TrimPrefix(r.URL.Path, "/v3/avatars/")
			if r.URL.RawQuery != "" {
				id = r.URL.Query().Get("token")
				return newResponse(200, `{"data":[`+itemJSON(id, extra)+`],"has_more":true,"next_token":"`+id+`x"}`), nil
			}
			return newResponse(200, `{"data":`+itemJSON(id, extra)+`}`), nil
		}))
		var calls sync.WaitGroup
		for caller := range 8 {
			calls.Go(func() {
				groups, pages := map[string]heygen.AvatarGroup{}, map[string]heygen.Page[heygen.AvatarGroup]{}
				for i := range 50 {
					id := fmt.Sprint("caller", caller, "call", i)
					groups[id], _ = client.AvatarGroup(t.Context(), heygen.GroupID(id))
					pages[id], _ = client.ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{Token: id})
				}
				for id := range groups {
					if page := pages[id]; string(groups[id].ID) != id || len(page.Data) != 1 || string(page.Data[0].ID) != id || page.NextToken != id+"x" {
						t.Errorf("%s: %s has become %+v, %+v", path, id, groups[id], page)
					}
				}
			})
		}
		calls.Wait()
	}
}

func TestReusedBufferDoesNotOverwriteErrors(t *testing.T) {
	calls := 0
	client := newClient(t, upstream(func(*http.Request) (*http.Response, error) {
		calls++
		return newResponse(200, fmt.Sprintf(`{"error":{"code":"code%d","message":"message %[1]d"}}`, calls)), nil
	}))
	var all []error
	for range 20 {
		all = append(all, readGroup(t, client))
	}
	for i, err := range all {
		failed, ok := errors.AsType[*heygen.Error](err)
		if want := fmt.Sprint("message ", i+1); !ok || failed.Message != want || failed.Code != fmt.Sprint("code", i+1) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestBuffersAreReusedExceptForLongBodies(t *testing.T) {
	for size, reused := range map[int]bool{100 << 10: true, 1 << 20: false} {
		client := newClient(t, always(200, strings.Repeat("x", size)))
		minAlloc := uint64(1 << 40) // the minimum of several calls: the garbage collector empties the pool now and then
		for range 20 {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if err := readGroup(t, client); !errors.Is(err, heygen.ErrInvalidResponse) {
				t.Fatal(err)
			}
			runtime.ReadMemStats(&after)
			minAlloc = min(minAlloc, after.TotalAlloc-before.TotalAlloc)
		}
		if (minAlloc < uint64(size)) != reused {
			t.Errorf("%d bytes allocated for a body of %d", minAlloc, size)
		}
	}
}

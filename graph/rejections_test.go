package graph_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

const rejectedMessage = "HeyGen rejected the request."

// listRejections are fields of lists, with the param that HeyGen rejects and the argument
// that the error names. "": the caller gave nothing of that name.
var listRejections = []struct{ field, param, argument string }{
	{`avatarGroups(ownership: PUBLIC)`, "ownership", "ownership"},
	{`avatarGroups(ownership: PUBLIC)`, "query.ownership", "ownership"},
	{`avatarGroups(ownership: PUBLIC)`, "ownership[0]", "ownership"},
	{`avatarGroups(ownership: $ownership)`, "ownership", "ownership"},
	{`avatarGroups(ownership: $withDefault)`, "ownership", "ownership"},
	{`avatarGroups(ownership: $absent)`, "ownership", ""},
	{`avatarGroups(ownership: null)`, "ownership", ""},
	{`avatarGroups`, "ownership", ""},
	{`avatarGroups(ownership: PUBLIC)`, "limit", ""},
	{`avatarGroups(ownership: PUBLIC)`, "token", ""},
	{`avatarGroups(ownership: PUBLIC)`, "", ""},
	{`avatarGroups(ownership: PUBLIC)`, "0", ""},
	{`avatarGroups(ownership: PUBLIC)`, "type", ""},
	{`avatarGroups(first: 3)`, "first", ""},
	{`avatarLooks(avatarType: PHOTO_AVATAR)`, "avatar_type", "avatarType"},
	{`avatarLooks(avatarType: PHOTO_AVATAR)`, "avatarType", "avatarType"},
	{`avatarLooks(avatarType: PHOTO_AVATAR)`, "type", ""},
	{`avatarLooks(ownership: PRIVATE)`, "ownership", "ownership"},
	{`avatarLooks(ownership: PRIVATE)`, "avatar_type", ""},
	{`avatarLooks(groupId: "group_monica")`, "group_id", "groupId"},
	{`avatarLooks(groupId: "group_monica")`, "groupId", "groupId"},
	{`voices(type: PRIVATE)`, "type", "type"},
	{`voices(type: PUBLIC)`, "type", "type"},
	{`voices(type: null)`, "type", ""},
	{`voices`, "type", ""}, // the default of the schema
	{`voices(language: "Klingon")`, "language", "language"},
	{`voices(gender: "x")`, "gender", "gender"},
	{`voices(engine: "x")`, "engine", "engine"},
	{`voices(engine: "x")`, "language", ""},
}

const rejectionVariables = `query($ownership: Ownership, $withDefault: Ownership = PRIVATE, $absent: Ownership) { o: avatarGroups(first: 0, ownership: $ownership) @skip(if: true) { nodes { id } } d: avatarGroups(first: 0, ownership: $withDefault) @skip(if: true) { nodes { id } } a: avatarGroups(first: 0, ownership: $absent) @skip(if: true) { nodes { id } } `

func TestRejectedArgumentIsNamedInTheError(t *testing.T) {
	for name, newHandler := range map[string]func(graph.Options) *graph.Handler{"compiled": graph.NewHandler, "generated": graph.NewGeneratedHandler} {
		var options graph.Options
		u := &fakeUpstream{}
		a := newAPI(t, sandbox.Options{}, u.install, func(_ *heygen.Options, o *graph.Options) { options = *o })
		options.HeyGen = a.client
		a.Handler = newHandler(options)
		for _, status := range []int{400, 422} {
			for _, test := range listRejections {
				u.always(status, errorBody("invalid_parameter", test.param))
				out := a.do(t, rejectionVariables+test.field+` { nodes { id } } }`, vars{"ownership": "PUBLIC"})
				checkRejection(t, fmt.Sprintf("%s: %d %s of %s", name, status, test.param, test.field), out, test.argument, "HeyGen rejects this value of")
				if upstream, _ := out.Errors[0].Extensions["upstream"].(map[string]any); upstream["status"] != float64(status) || test.param != "" && upstream["param"] != test.param {
					t.Errorf("%s: upstream error details %v", test.field, upstream)
				}
				if u.countCalls() != 1 {
					t.Errorf("%s: %d calls", test.field, u.countCalls())
				}
			}
		}
	}
}

// checkRejection fails unless the response has one error: BAD_USER_INPUT that names the
// argument, or UPSTREAM_INVALID_RESPONSE if there is none.
func checkRejection(t *testing.T, name string, out response, argument, message string) {
	t.Helper()
	code := "BAD_USER_INPUT"
	if argument == "" {
		code, message = codeInvalidResponse, rejectedMessage
	}
	if out.codes() != code || !strings.Contains(out.Errors[0].Message, message) || argument != "" && !strings.Contains(out.Errors[0].Message, "`"+argument+"`") {
		t.Fatalf("%s: %s", name, out.Body)
	}
}

// The id of the group is not an argument of AvatarGroup.looks, the type is one.
func TestLooksOfGroupBlameOnlyTheGivenArgument(t *testing.T) {
	a, u := newFakeAPI(t)
	for _, test := range []struct{ field, param, argument string }{
		{`looks`, "group_id", ""},
		{`looks(avatarType: PHOTO_AVATAR)`, "group_id", ""},
		{`looks(avatarType: PHOTO_AVATAR)`, "avatar_type", "avatarType"},
		{`looks`, "avatar_type", ""},
		{`looks`, "ownership", ""},
	} {
		u.set(func(r *http.Request) (int, string) {
			if strings.HasSuffix(r.URL.Path, "/looks") {
				return 422, errorBody("invalid_parameter", test.param)
			}
			return 0, ""
		})
		checkRejection(t, test.field+" "+test.param, a.do(t, `{ avatarGroup(id: "group_monica") { `+test.field+` { nodes { id } } } }`, nil), test.argument, "HeyGen rejects this value of")
	}
}

func TestRejectedIDIsNamedInTheError(t *testing.T) {
	a, u := newFakeAPI(t)
	group, voice := groupGlobalID("g"), globalID("Voice", "v")
	for _, status := range []int{400, 422} {
		for _, test := range []struct{ field, param, argument string }{
			{`avatarGroup(id: "g")`, "group_id", "id"},
			{`avatarGroup(id: "g")`, "path.group_id", "id"},
			{`avatarGroup(id: "g")`, "avatar_id", "id"},
			{`avatarGroup(id: "g")`, "id", "id"},
			{`avatarGroup(id: "g")`, "", "id"}, // nothing else was sent
			{`avatarGroup(id: "g")`, "limit", ""},
			{`avatarGroup(id: "g")`, "token", ""},
			{`avatarLook(id: "l")`, "look_id", "id"},
			{`avatarLook(id: "l")`, "avatar_id", "id"},
			{`voice(id: "v")`, "voice_id", "id"},
			{`voice(id: "v")`, "voiceId", "id"},
			{`node(id: "` + group + `")`, "group_id", "id"},
			{`nodes(ids: ["` + voice + `"])`, "voice_id", "ids[0]"},
			{`nodes(ids: ["` + voice + `"])`, "engine", ""},
		} {
			u.always(status, errorBody("invalid_parameter", test.param))
			checkRejection(t, fmt.Sprint(status, test), a.do(t, "{ "+test.field+" { id } }", nil), test.argument, "HeyGen does not accept it as an id.")
			if u.countCalls() != 1 {
				t.Errorf("%v: %d calls", test, u.countCalls())
			}
		}
		// The id of a link is not the caller's.
		u.set(func(r *http.Request) (int, string) {
			if strings.HasPrefix(r.URL.Path, "/v3/voices/") {
				return status, errorBody("invalid_parameter", "voice_id")
			}
			return 0, ""
		})
		checkRejection(t, "a link", a.do(t, `{ avatarGroup(id: "group_monica") { defaultVoice { id } } }`, nil), "", "")
	}
}

// statusOutcome is what a caller sees of a status.
type statusOutcome struct {
	code, message string
	calls         int
}

const (
	expiredMessage    = "HeyGen no longer accepts the position at which this list continues"
	idMessage         = "`id` cannot be used"
	unexpectedMessage = "HeyGen responded with an unexpected status."
)

// outcomeOfStatus returns what a caller sees of a status, if HeyGen always responds with
// it. request is list, cursor or id.
func outcomeOfStatus(status int, code, request string) statusOutcome {
	rejected := statusOutcome{codeInvalidResponse, rejectedMessage, 1}
	switch {
	case status == 401:
		return statusOutcome{"UPSTREAM_UNAUTHENTICATED", "HeyGen rejected this server's key.", 1}
	case status == 402:
		return statusOutcome{"PAYMENT_REQUIRED", "The HeyGen account", 1}
	case status == 403:
		return statusOutcome{"FORBIDDEN", "The HeyGen key lacks permission", 1}
	case status == 429:
		return statusOutcome{codeRateLimited, "HeyGen's rate limit is exceeded.", 3}
	case status < 400 || status > 599:
		return statusOutcome{codeInvalidResponse, unexpectedMessage, 1}
	case status == 500, status >= 502 && status <= 504:
		return statusOutcome{codeUnavailable, "HeyGen is unavailable.", 3}
	case status > 500:
		return statusOutcome{codeUnavailable, "HeyGen is unavailable.", 1}
	case request == "cursor" && (status == 408 || status == 425 || status == 409 && code == "request_in_progress"):
		return statusOutcome{"CURSOR_EXPIRED", expiredMessage, 3}
	case request == "cursor":
		return statusOutcome{"CURSOR_EXPIRED", expiredMessage, 1}
	case status == 408, status == 409, status == 425:
		return statusOutcome{codeUnavailable, "HeyGen is unavailable.", 3}
	case request == "id" && (status == 404 || status == 410):
		return statusOutcome{"", "", 1}
	case request == "id" && (status == 400 || status == 422):
		return statusOutcome{"BAD_USER_INPUT", idMessage, 1}
	case status == 404:
		return statusOutcome{codeInvalidResponse, "HeyGen responded that this list does not exist.", 1}
	}
	return rejected
}

// Every status, with an envelope and without one, and HeyGen's own codes.
func TestEveryStatusHasItsCodeMessageAndCalls(t *testing.T) {
	bodies := map[string]string{"some_code": errorBody("some_code", ""), "request_in_progress": errorBody("request_in_progress", ""), "": "", "html": "<html>No</html>"}
	current := &struct{ graph.Upstream }{}
	a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) { o.HeyGen = current })
	current.Upstream = a.client
	documents := map[string]string{
		"list": `{ avatarGroups { nodes { id } } }`, "id": `{ avatarGroup(id: "g") { id } }`,
		"cursor": `{ avatarGroups(after: "` + a.groupPage(t, vars{"first": 50}).end.(string) + `") { nodes { id } } }`,
	}
	documented := map[int][]string{
		400: {"invalid_parameter", "resource_limit_reached"}, 401: {"unauthorized", "authentication_failed"},
		402: {"insufficient_credit", "subscription_required", "plan_upgrade_required"}, 403: {"forbidden", "resource_access_denied"},
		404: {"avatar_not_found", "voice_not_found", "resource_not_found", "not_found", "avatar_group_not_found"}, 409: {"request_in_progress"},
		410: {"gone"}, 413: {"payload_too_large"}, 422: {"invalid_parameter"}, 429: {"rate_limit_exceeded", "quota_exceeded"},
		500: {"internal_error"}, 503: {"service_unavailable"}, 504: {"gateway_timeout"},
	}
	check := func(status int, code, body string) {
		for request, document := range documents {
			synctest.Test(t, func(t *testing.T) {
				u := &fakeUpstream{}
				u.always(status, body)
				client, err := heygen.New(heygen.Options{BaseURL: "http://127.0.0.1", Transport: u, Retries: 2})
				if err != nil {
					t.Fatal(err)
				}
				current.Upstream = client
				out, want := a.do(t, document, nil), outcomeOfStatus(status, code, request)
				message := ""
				if len(out.Errors) == 1 {
					message = out.Errors[0].Message
					if upstream := out.Errors[0].Extensions["upstream"].(map[string]any); upstream["status"] != float64(status) {
						t.Errorf("%d: upstream error details %v", status, upstream)
					}
				}
				if out.codes() != want.code || !strings.HasPrefix(message, want.message) || u.countCalls() != want.calls || (message == "") != (want.message == "") {
					t.Errorf("%d %q, %s: %d calls, %s; want %+v", status, code, request, u.countCalls(), out.Body, want)
				}
			})
		}
	}
	for status := 300; status <= 599; status++ {
		for code, body := range bodies {
			check(status, code, body)
		}
		for _, code := range documented[status] {
			check(status, code, errorBody(code, ""))
		}
	}
}

// A filter that the caller gave is named even if the request has a cursor.
func TestRejectedFilterOfLaterPageIsNotAnExpiredCursor(t *testing.T) {
	a, u := newFakeAPI(t)
	cursor := a.mustDo(t, `{ avatarGroups(first: 50, ownership: PUBLIC) { pageInfo { endCursor } } }`, nil).Data["avatarGroups"].(vars)["pageInfo"].(vars)["endCursor"]
	for param, code := range map[string]string{"ownership": "BAD_USER_INPUT", "limit": "CURSOR_EXPIRED", "token": "CURSOR_EXPIRED", "": "CURSOR_EXPIRED", "type": "CURSOR_EXPIRED"} {
		for _, status := range []int{400, 422} {
			u.always(status, errorBody("invalid_parameter", param))
			if out := a.do(t, `query($after: String) { avatarGroups(ownership: PUBLIC, after: $after) { nodes { id } } }`, vars{"after": cursor}); out.codes() != code {
				t.Errorf("%d %s: %s", status, param, out.Body)
			}
		}
	}
}

// An expired cursor is the end of a cached page, too. The error is not cached, and says
// nothing of HeyGen's health.
func TestExpiredCursorIsNeitherCachedNorServedStale(t *testing.T) {
	for _, status := range []int{400, 404, 405, 409, 410, 413, 418, 422, 451} {
		synctest.Test(t, func(t *testing.T) {
			a, u := newFakeAPI(t)
			const calls = 1
			voices := &connectionCase{field: "voices", id: "voiceId"} // in lists none is in training
			query, variables := voices.query(), vars{"first": 1, "after": voices.fetchPage(t, a, vars{"first": 100}).end}
			want := a.mustDo(t, query, variables)
			<-time.After(2 * time.Hour) // stale-if-error
			for range 2 {
				u.always(status, errorBody("gone", ""))
				if out := a.do(t, query, variables); out.codes() != "CURSOR_EXPIRED" || u.countCalls() != calls {
					t.Errorf("%d: %d calls, %s", status, u.countCalls(), out.Body)
				}
				if err := a.cachedClient.Health(t.Context()); err != nil {
					t.Errorf("%d: %v", status, err)
				}
			}
			u.restore()
			if out := a.mustDo(t, query, variables); out.Body != want.Body {
				t.Errorf("%d: %s", status, out.Body)
			}
			// A fresh or stale page is served; the refresh in the background ends that.
			<-time.After(2 * time.Minute)
			u.always(status, errorBody("gone", ""))
			if out := a.mustDo(t, query, variables); out.Body != want.Body {
				t.Errorf("%d: %s", status, out.Body)
			}
			<-time.After(10 * time.Second)
			if out := a.do(t, query, variables); out.codes() != "CURSOR_EXPIRED" {
				t.Errorf("%d: %s", status, out.Body)
			}
			a.Close()
		})
	}
}

// These statuses say nothing about the page token. Without a stale page the position is
// lost all the same.
func TestTransientStatusOfPageTokenServesStaleEntry(t *testing.T) {
	for status, code := range map[int]string{408: "timeout", 425: "too_early", 409: "request_in_progress"} {
		synctest.Test(t, func(t *testing.T) {
			a, u := newFakeAPI(t)
			voices := &connectionCase{field: "voices", id: "voiceId"} // in lists none is in training
			query, variables := voices.query(), vars{"first": 1, "after": voices.fetchPage(t, a, vars{"first": 100}).end}
			want := a.mustDo(t, query, variables)
			<-time.After(2 * time.Hour) // stale-if-error
			u.always(status, errorBody(code, ""))
			for range 2 {
				if out := a.mustDo(t, query, variables); out.Body != want.Body {
					t.Errorf("%d: %s", status, out.Body)
				}
				<-time.After(time.Minute)
			}
			<-time.After(24 * time.Hour)
			if out := a.do(t, query, variables); out.codes() != "CURSOR_EXPIRED" {
				t.Errorf("%d without an entry: %s", status, out.Body)
			}
			a.Close()
		})
	}
}

func TestGoneResourceIsNegativelyCached(t *testing.T) {
	for _, status := range []int{404, 410} {
		synctest.Test(t, func(t *testing.T) {
			a, u := newFakeAPI(t)
			u.always(status, "")
			for _, query := range []string{`{ avatarGroup(id: "g") { name } }`, `{ avatarGroup(id: "g") { id } }`} {
				if out := a.mustDo(t, query, nil); out.dataJSON(t) != `{"avatarGroup":null}` || u.countCalls() != 1 {
					t.Errorf("%d: %d calls, %s", status, u.countCalls(), out.Body)
				}
			}
			<-time.After(11 * time.Second)
			a.mustDo(t, `{ avatarGroup(id: "g") { name } }`, nil)
			if u.countCalls() != 2 {
				t.Errorf("%d: %d calls after CACHE_NEGATIVE_TTL", status, u.countCalls())
			}
			a.Close()
		})
	}
}

func TestConflictServesStaleEntry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, u := newFakeAPI(t)
		for _, query := range []string{oneGroupQuery, groupListQuery} {
			want := a.mustDo(t, query, nil)
			<-time.After(2 * time.Hour) // stale-if-error
			u.always(409, errorBody("request_in_progress", ""))
			if out := a.mustDo(t, query, nil); out.Body != want.Body || u.countCalls() != 3 {
				t.Errorf("%d calls, %s", u.countCalls(), out.Body)
			}
			u.restore()
			<-time.After(time.Minute)
		}
		a.Close()
	})
}

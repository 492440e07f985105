package workload

import (
	"strings"
	"testing"
)

var want = map[string]any{
	"id": Opaque, "name": "Zoë", "gender": nil, "count": 3.0, "more": false,
	"looks": []any{map[string]any{"name": "a"}, map[string]any{"name": "b"}},
}

const right = `{"data":{"id":"x1","name":"Zo\u00eb","gender":null,"count":3,"more":false,"looks":[{"name":"a"},{"name":"b"}]}}`

func TestARightAnswerIsTaken(t *testing.T) {
	if err := Check([]byte(right), want); err != nil {
		t.Error(err)
	}
	if err := Check([]byte(strings.Replace(right, "x1", "another", 1)), want); err != nil {
		t.Errorf("an opaque text may be any: %v", err)
	}
}

func TestAWrongAnswerIsRefused(t *testing.T) {
	for _, c := range []struct{ old, new, names string }{
		{`"x1"`, `""`, "data.id"}, {`"x1"`, `null`, "data.id"}, {`"x1"`, `1`, "data.id"},
		{`Zo\u00eb`, "Zoe", "data.name"}, {`null`, `"female"`, "data.gender"}, {`"gender":null,`, ``, "data"},
		{`"gender"`, `"sex"`, "data.gender"}, {`:3`, `:4`, "data.count"}, {`:3`, `:"3"`, "data.count"}, {`false`, `null`, "data.more"},
		{`,{"name":"b"}`, ``, "data.looks"}, {`"b"`, `"c"`, "data.looks[1].name"}, {`"more"`, `"extra":1,"more"`, "data"},
		{`{"data"`, `{"errors":[{"message":"no"}],"data"`, "errors"}, {`}}`, ``, "JSON"}, {`{"data":{`, `{"other":{`, "data"},
	} {
		answer := strings.Replace(right, c.old, c.new, 1)
		if err := Check([]byte(answer), want); err == nil || !strings.Contains(err.Error(), c.names) {
			t.Errorf("%s\n%v, want %s to be named", answer, err, c.names)
		}
	}
}

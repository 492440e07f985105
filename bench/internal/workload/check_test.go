package workload

import (
	"strings"
	"testing"
)

var wantData = map[string]any{
	"id": Opaque, "name": "Zoë", "gender": nil, "count": 3.0, "more": false,
	"looks": []any{map[string]any{"name": "a"}, map[string]any{"name": "b"}},
}

const correctResponse = `{"data":{"id":"x1","name":"Zo\u00eb","gender":null,"count":3,"more":false,"looks":[{"name":"a"},{"name":"b"}]}}`

func TestCheckAcceptsCorrectResponse(t *testing.T) {
	if err := Check([]byte(correctResponse), wantData); err != nil {
		t.Error(err)
	}
	if err := Check([]byte(strings.Replace(correctResponse, "x1", "another", 1)), wantData); err != nil {
		t.Errorf("Opaque must match any string: %v", err)
	}
}

func TestCheckNamesPathOfDifference(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{`"x1"`, `""`, "data.id"}, {`"x1"`, `null`, "data.id"}, {`"x1"`, `1`, "data.id"},
		{`Zo\u00eb`, "Zoe", "data.name"}, {`null`, `"female"`, "data.gender"}, {`"gender":null,`, ``, "data"},
		{`"gender"`, `"sex"`, "data.gender"}, {`:3`, `:4`, "data.count"}, {`:3`, `:"3"`, "data.count"}, {`false`, `null`, "data.more"},
		{`,{"name":"b"}`, ``, "data.looks"}, {`"b"`, `"c"`, "data.looks[1].name"}, {`"more"`, `"extra":1,"more"`, "data"},
		{`{"data"`, `{"errors":[{"message":"no"}],"data"`, "errors"}, {`}}`, ``, "JSON"}, {`{"data":{`, `{"other":{`, "data"},
	} {
		response := strings.Replace(correctResponse, c.from, c.to, 1)
		if err := Check([]byte(response), wantData); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s\n%v, want an error that names %s", response, err, c.want)
		}
	}
}

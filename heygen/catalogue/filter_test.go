package catalogue_test

import (
	"testing"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

var filteredGroups = []*heygen.AvatarGroup{
	{ID: "a", Gender: new("Woman"), Status: new(heygen.Completed), DefaultVoiceID: new(heygen.VoiceID("v1")), LooksCount: 3, CreatedAt: unix(10)},
	{ID: "b", Gender: new("m"), Status: new(heygen.Processing), PreviewImageURL: new("https://example.com/b.webp"), CreatedAt: unix(20)},
	{ID: "c", Gender: new("robot"), Status: new(heygen.TrainingStatus("queued")), DefaultVoiceID: new(heygen.VoiceID("../v")), LooksCount: 1, CreatedAt: unix(30)},
	{ID: "d", PreviewImageURL: new("s3://bucket/d.webp"), LooksCount: 12},
	{ID: "e", Gender: new("female"), Status: new(heygen.Failed), LooksCount: 3, CreatedAt: unix(30)},
}

func TestGroupFilterRestrictsEachField(t *testing.T) {
	groups := catalogue.NewGroups(filteredGroups)
	for _, test := range []struct {
		filter catalogue.GroupFilter
		want   string
	}{
		{catalogue.GroupFilter{}, "abcde"},
		{catalogue.GroupFilter{Gender: []heygen.Gender{}, Status: []heygen.TrainingStatus{}}, "abcde"},
		{catalogue.GroupFilter{Gender: []heygen.Gender{heygen.Female}}, "ae"},
		{catalogue.GroupFilter{Gender: []heygen.Gender{heygen.Male, heygen.UnknownGender}}, "bd"},
		{catalogue.GroupFilter{Gender: []heygen.Gender{heygen.OtherGender}}, "c"},
		{catalogue.GroupFilter{Status: []heygen.TrainingStatus{heygen.Completed, heygen.Processing}}, "ab"},
		{catalogue.GroupFilter{Status: []heygen.TrainingStatus{heygen.Failed}}, "e"},
		{catalogue.GroupFilter{Status: []heygen.TrainingStatus{heygen.PendingConsent}}, ""},
		{catalogue.GroupFilter{Status: []heygen.TrainingStatus{catalogue.UnknownTrainingStatus}}, "c"}, // not d, which has none
		{catalogue.GroupFilter{HasDefaultVoice: new(true)}, "ac"},                                      // c's cannot be fetched, but the field has it
		{catalogue.GroupFilter{HasDefaultVoice: new(false)}, "bde"},
		{catalogue.GroupFilter{HasPreviewImage: new(true)}, "b"}, // d's is not served
		{catalogue.GroupFilter{HasPreviewImage: new(false)}, "acde"},
		{catalogue.GroupFilter{MinLooksCount: new(3)}, "ade"},
		{catalogue.GroupFilter{MinLooksCount: new(13)}, ""},
		{catalogue.GroupFilter{CreatedFrom: new(unix(20))}, "bce"},
		{catalogue.GroupFilter{CreatedBefore: new(unix(20))}, "ad"},
		{catalogue.GroupFilter{CreatedFrom: new(unix(10)), CreatedBefore: new(unix(30))}, "ab"},
		{catalogue.GroupFilter{Gender: []heygen.Gender{heygen.Female}, MinLooksCount: new(3), CreatedFrom: new(unix(11))}, "e"},
	} {
		if got := groupIDs(groups.Select(catalogue.GroupQuery{Filter: test.filter})); got != test.want {
			t.Errorf("{%s}: %q, want %q", test.filter, got, test.want)
		}
		if test.filter.IsZero() != (test.want == "abcde") {
			t.Errorf("{%s}: IsZero is %t", test.filter, test.filter.IsZero())
		}
	}
}

func TestLookFilterRestrictsEachField(t *testing.T) {
	looks := catalogue.NewLooks([]*heygen.AvatarLook{
		{ID: "a", Tags: []string{"Büro", "red"}, PreferredOrientation: new(heygen.Portrait)},
		{ID: "b", Tags: []string{"BÜRO"}, PreferredOrientation: new(heygen.Orientation("round")), Status: new(heygen.Processing)},
		{ID: "c", Tags: []string{"buro", "red dress"}, PreferredOrientation: new(heygen.Square), Status: new(heygen.TrainingStatus("queued"))},
		{ID: "d", Tags: []string{}},
	})
	for _, test := range []struct {
		filter catalogue.LookFilter
		want   string
	}{
		{catalogue.LookFilter{}, "abcd"},
		{catalogue.LookFilter{Readiness: []heygen.ReadinessState{}, Tags: []string{}, Orientation: []heygen.Orientation{}}, "abcd"},
		{catalogue.LookFilter{Readiness: []heygen.ReadinessState{heygen.Ready}}, "ad"},
		{catalogue.LookFilter{Readiness: []heygen.ReadinessState{heygen.NotReady, heygen.ReadinessUnknown}}, "bc"},
		{catalogue.LookFilter{Orientation: []heygen.Orientation{heygen.Portrait, heygen.Landscape}}, "a"},
		{catalogue.LookFilter{Orientation: []heygen.Orientation{catalogue.UnknownOrientation}}, "b"}, // not d, which has none
		{catalogue.LookFilter{Tags: []string{" büro"}}, "ab"},
		{catalogue.LookFilter{Tags: []string{"Bu\u0308ro"}}, "ab"}, // decomposed
		{catalogue.LookFilter{Tags: []string{"RED"}}, "a"},
		{catalogue.LookFilter{Tags: []string{"red", "Red Dress"}}, "ac"},
		{catalogue.LookFilter{Tags: []string{""}}, ""},
		{catalogue.LookFilter{Tags: []string{"büro"}, Readiness: []heygen.ReadinessState{heygen.Ready}}, "a"},
	} {
		selection, got := looks.Select(catalogue.LookQuery{Filter: test.filter}), ""
		for i := range selection.Len() {
			got += string(selection.Item(i).ID)
		}
		if got != test.want {
			t.Errorf("{%s}: %q, want %q", test.filter, got, test.want)
		}
		if test.filter.IsZero() != (test.want == "abcd") {
			t.Errorf("{%s}: IsZero is %t", test.filter, test.filter.IsZero())
		}
	}
}

func TestFiltersHaveCanonicalForms(t *testing.T) {
	type forms struct{ got, want string }
	for _, f := range []forms{
		{catalogue.GroupFilter{MinLooksCount: new(0)}.String(), ""},
		{catalogue.GroupFilter{MinLooksCount: new(-1)}.String(), ""},
		{catalogue.GroupFilter{Gender: []heygen.Gender{heygen.Male, heygen.Female, heygen.Male}}.String(), `gender="female","male"`},
		{catalogue.GroupFilter{Status: []heygen.TrainingStatus{"queued", catalogue.UnknownTrainingStatus}}.String(), `status="unknown"`},
		{catalogue.GroupFilter{
			HasDefaultVoice: new(true), HasPreviewImage: new(false), MinLooksCount: new(2), CreatedFrom: new(unix(1)), CreatedBefore: new(unix(2)),
		}.String(), `hasDefaultVoice=true hasPreviewImage=false minLooksCount=2 createdFrom=1970-01-01T00:00:01Z createdBefore=1970-01-01T00:00:02Z`},
		{catalogue.LookFilter{Tags: []string{"b", "A", "a "}}.String(), `tags="a","b"`},
		{catalogue.LookFilter{Tags: []string{`a","b`}}.String(), `tags="a\",\"b"`}, // unlike two tags
		{catalogue.LookFilter{Tags: []string{""}}.String(), `tags=""`},
		{catalogue.LookFilter{
			Readiness: []heygen.ReadinessState{heygen.NotReady, heygen.Ready}, Orientation: []heygen.Orientation{heygen.Square, heygen.Portrait},
		}.String(), `readiness="ready","not_ready" orientation="portrait","square"`},
	} {
		if f.got != f.want {
			t.Errorf("%s, want %s", f.got, f.want)
		}
	}
}

package heygen_test

import (
	"testing"
	"time"

	"heygen-graphql/heygen"
)

func TestSignedURLExpiryIsReadFromQuery(t *testing.T) {
	at := func(seconds int64) time.Time { return time.Unix(seconds, 0) }
	unknown := time.Time{}
	for rawURL, want := range map[string]struct {
		at     time.Time
		signed bool
	}{
		"":                              {unknown, false},
		"https://files.example/a.webp":  {unknown, false},
		"https://files.example/a.webp?": {unknown, false},
		"https://files.example/a.webp?width=3#Expires=5":                            {unknown, false},
		"https://files.example/Expires=5":                                           {unknown, false},
		"https://files.example/a.webp?Expires=1800000000&Signature=x":               {at(1800000000), true},
		"https://files.example/a.webp?Signature=x&expires=1800000000#top":           {at(1800000000), true},
		"https://files.example/a.webp?Expire%73=1800000000":                         {at(1800000000), true},
		"https://files.example/a.webp?a=1&amp;Expires=1800000000":                   {at(1800000000), true},
		"https://files.example/a.webp?Expires=1800000000&Expires=1700000000":        {at(1700000000), true},
		"https://files.example/a.webp?Expires=1800000000&Expires=soon":              {unknown, true},
		"https://files.example/a.webp?Expires=0":                                    {at(0), true},
		"https://files.example/a.webp?Expires=253402300799":                         {time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), true},
		"https://files.example/a.webp?Expires=253402300800":                         {unknown, true},
		"https://files.example/a.webp?Expires=soon":                                 {unknown, true},
		"https://files.example/a.webp?Expires=-1":                                   {unknown, true},
		"https://files.example/a.webp?Expires=1800000000.5":                         {unknown, true},
		"https://files.example/a.webp?Expires=99999999999999999999":                 {unknown, true},
		"https://files.example/a.webp?Expires":                                      {unknown, true},
		"https://files.example/a.webp?Expires=1800000000000":                        {unknown, true}, // milliseconds
		"https://files.example/a.webp?X-Amz-Date=20261124T000000Z&X-Amz-Expires=60": {unknown, true},
	} {
		if got, signed := heygen.SignedURLExpiry(rawURL); !got.Equal(want.at) || signed != want.signed {
			t.Errorf("%s: %v, %v", rawURL, got, signed)
		}
	}
}

func TestPreviewExpiresAtIsEarliestOfServedURLs(t *testing.T) {
	const early, late = "?Expires=1700000000&Signature=x", "?Expires=1800000000&Signature=x"
	signed := func(scheme, query string) *string { return new(scheme + "://files.example/a.webp" + query) }
	for _, c := range []struct {
		name         string
		image, video *string
		want         int64 // 0: nil
	}{
		{"none", nil, nil, 0},
		{"empty", new(""), new(""), 0},
		{"unsigned", signed("https", ""), signed("https", "?width=3"), 0},
		{"image alone", signed("https", late), nil, 1800000000},
		{"video alone", nil, signed("http", late), 1800000000},
		{"unsigned image", signed("https", ""), signed("https", late), 1800000000},
		{"image first", signed("https", early), signed("https", late), 1700000000},
		{"video first", signed("https", late), signed("https", early), 1700000000},
		{"image not served", signed("s3", early), signed("https", late), 1800000000},
		{"neither served", signed("s3", early), new("/a?Expires=1800000000"), 0},
		{"unreadable", signed("https", "?Expires=soon"), nil, 0},
		{"one unreadable", signed("https", "?Expires=soon"), signed("https", late), 0}, // which is the first is not known
		{"unreadable, not served", signed("s3", "?Expires=soon"), signed("https", late), 1800000000},
		{"negative", signed("https", "?Expires=-5"), nil, 0},
		{"after the year 9999", signed("https", "?Expires=253402300800"), nil, 0},
	} {
		group, look := heygen.AvatarGroup{PreviewImageURL: c.image, PreviewVideoURL: c.video}, heygen.AvatarLook{PreviewImageURL: c.image, PreviewVideoURL: c.video}
		for _, got := range []*heygen.UnixTime{group.PreviewExpiresAt(), look.PreviewExpiresAt()} {
			if c.want == 0 && got != nil || c.want != 0 && (got == nil || got.Unix() != c.want || got.Location() != time.UTC) {
				t.Errorf("%s: %v, want %d", c.name, got, c.want)
			}
		}
	}
}

func TestAspectRatioIsWidthByHeight(t *testing.T) {
	for _, c := range []struct {
		width, height *int
		want          *float64
	}{
		{new(1920), new(1080), new(1920.0 / 1080)}, {new(720), new(1280), new(0.5625)}, {new(512), new(512), new(1.0)},
		{new(1<<31 - 1), new(1), new(2147483647.0)},
		{nil, new(1), nil}, {new(1), nil, nil}, {nil, nil, nil}, {new(0), new(1), nil}, {new(1), new(0), nil}, {new(0), new(0), nil}, {new(-1), new(1), nil},
	} {
		got := heygen.AvatarLook{ImageWidth: c.width, ImageHeight: c.height}.AspectRatio()
		if (got == nil) != (c.want == nil) || got != nil && *got != *c.want {
			t.Errorf("%v by %v: %v, want %v", c.width, c.height, got, c.want)
		}
	}
}

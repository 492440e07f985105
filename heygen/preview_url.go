package heygen

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// SignedURLExpiry returns when a signed URL expires, and whether the URL is signed.
// HeyGen's carry the time, in seconds since 1970, as the query parameter Expires. The time
// is zero, and so in the past, if a parameter whose name ends in this word cannot be read,
// or is a duration, as X-Amz-Expires is.
func SignedURLExpiry(rawURL string) (at time.Time, signed bool) {
	_, query, _ := strings.Cut(rawURL, "?")
	query, _, _ = strings.Cut(query, "#")
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if unescaped, err := url.QueryUnescape(name); err == nil {
			name = unescaped
		}
		if name = strings.ToLower(name); !strings.HasSuffix(name, "expires") {
			continue
		}
		var t time.Time
		if !strings.HasSuffix(name, "-expires") {
			t = parseUnixSeconds(value)
		}
		if !signed || t.Before(at) {
			at, signed = t, true
		}
	}
	return at, signed
}

// SamePreviewURL reports whether two preview URLs are equal, or would be without their signatures.
func SamePreviewURL(a, b string) bool {
	if a == b {
		return true
	}
	_, aSigned := SignedURLExpiry(a)
	_, bSigned := SignedURLExpiry(b)
	return aSigned && bSigned && withoutQuery(a) == withoutQuery(b)
}

func withoutQuery(rawURL string) string {
	address, _, _ := strings.Cut(rawURL, "?")
	return address
}

// maxUnixSeconds is the last second of the year 9999, the last one of RFC 3339. A greater
// number, such as a time in milliseconds, is not in seconds.
const maxUnixSeconds = 253_402_300_799

// parseUnixSeconds returns the zero time for anything but a number of seconds since 1970.
func parseUnixSeconds(value string) time.Time {
	seconds, err := strconv.ParseUint(value, 10, 64)
	if err != nil || seconds > maxUnixSeconds {
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0).UTC()
}

// PreviewExpiresAt returns when the first of the group's signed preview URLs expires. It
// returns nil if none is signed, or it cannot be read from one when that expires. It
// ignores what is no http or https URL.
func (g AvatarGroup) PreviewExpiresAt() *UnixTime {
	return earliestExpiry(g.PreviewImageURL, g.PreviewVideoURL)
}

// PreviewExpiresAt returns the same for the look as [AvatarGroup.PreviewExpiresAt] for a
// group.
func (l AvatarLook) PreviewExpiresAt() *UnixTime {
	return earliestExpiry(l.PreviewImageURL, l.PreviewVideoURL)
}

func earliestExpiry(rawURLs ...*string) (earliest *UnixTime) {
	for _, rawURL := range rawURLs {
		if rawURL == nil {
			continue
		}
		at, signed := SignedURLExpiry(*rawURL)
		switch {
		case !signed || !IsHTTPURL(*rawURL):
		case at.IsZero():
			return nil
		case earliest == nil || at.Before(earliest.Time):
			earliest = &UnixTime{at}
		}
	}
	return earliest
}

package catalogue

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"heygen-graphql/heygen"
)

// enum numbers the values that a filter or a facet distinguishes, in the order of the API.
type enum[S ~string] []S

var (
	genders      = enum[heygen.Gender]{heygen.Female, heygen.Male, heygen.OtherGender, heygen.UnknownGender}
	statuses     = enum[heygen.TrainingStatus]{heygen.Processing, heygen.PendingConsent, heygen.Completed, heygen.Failed, UnknownTrainingStatus}
	orientations = enum[heygen.Orientation]{heygen.Portrait, heygen.Landscape, heygen.Square, UnknownOrientation}
	readiness    = enum[heygen.ReadinessState]{heygen.Ready, heygen.NotReady, heygen.ReadinessUnknown}
)

// number returns the number of a value. Values that this server does not know have that of
// the last one.
func (e enum[S]) number(value S) uint8 {
	if i := slices.Index(e, value); i >= 0 {
		return uint8(i)
	}
	return uint8(len(e) - 1)
}

// numberOrNone returns the number of an optional value. That of nil is len(e).
func (e enum[S]) numberOrNone(value *S) uint8 {
	if value == nil {
		return uint8(len(e))
	}
	return e.number(*value)
}

// mask is a set of numbers of an enum. The empty set restricts nothing.
type mask uint8

func (e enum[S]) mask(values []S) (m mask) {
	for _, value := range values {
		m |= 1 << e.number(value)
	}
	return m
}

func (m mask) matches(number uint8) bool { return m == 0 || m>>number&1 != 0 }

// masked yields the values of a mask, in the order of the enum.
func (e enum[S]) masked(m mask) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i, value := range e {
			if m>>i&1 != 0 && !yield(string(value)) {
				return
			}
		}
	}
}

// canonical builds the canonical form of a filter: its restrictions, separated by spaces.
type canonical struct{ buf []byte }

func (c *canonical) name(name string) {
	if len(c.buf) > 0 {
		c.buf = append(c.buf, ' ')
	}
	c.buf = append(append(c.buf, name...), '=')
}

func (c *canonical) list(name string, values iter.Seq[string]) {
	first := true
	for value := range values {
		if first {
			c.name(name)
		} else {
			c.buf = append(c.buf, ',')
		}
		c.buf, first = strconv.AppendQuote(c.buf, value), false
	}
}

func (c *canonical) bool(name string, value *bool) {
	if value != nil {
		c.name(name)
		c.buf = strconv.AppendBool(c.buf, *value)
	}
}

func (c *canonical) time(name string, value *heygen.UnixTime) {
	if value != nil {
		c.name(name)
		c.buf = value.UTC().AppendFormat(c.buf, time.RFC3339Nano)
	}
}

// IsZero reports whether the filter restricts nothing.
func (f GroupFilter) IsZero() bool { return f.String() == "" }

// String returns the canonical form. It does not depend on the order and the repetition of
// values, and is empty if the filter restricts nothing.
func (f GroupFilter) String() string {
	var c canonical
	c.list("gender", genders.masked(genders.mask(f.Gender)))
	c.list("status", statuses.masked(statuses.mask(f.Status)))
	c.bool("hasDefaultVoice", f.HasDefaultVoice)
	c.bool("hasPreviewImage", f.HasPreviewImage)
	if minLooks := f.minLooksCount(); minLooks > 0 {
		c.name("minLooksCount")
		c.buf = strconv.AppendInt(c.buf, int64(minLooks), 10)
	}
	c.time("createdFrom", f.CreatedFrom)
	c.time("createdBefore", f.CreatedBefore)
	return string(c.buf)
}

// minLooksCount returns 0 if every number of looks matches.
func (f GroupFilter) minLooksCount() int {
	if f.MinLooksCount == nil {
		return 0
	}
	return max(0, *f.MinLooksCount)
}

// IsZero reports whether the filter restricts nothing.
func (f LookFilter) IsZero() bool { return f.String() == "" }

// String returns the canonical form, as [GroupFilter.String] does.
func (f LookFilter) String() string {
	var c canonical
	c.list("readiness", readiness.masked(readiness.mask(f.Readiness)))
	c.list("orientation", orientations.masked(orientations.mask(f.Orientation)))
	c.list("tags", slices.Values(f.foldedTags()))
	return string(c.buf)
}

// foldedTags returns the tags without differences of case, sorted and distinct.
func (f LookFilter) foldedTags() []string {
	folded := make([]string, len(f.Tags))
	for i, tag := range f.Tags {
		folded[i] = foldCase(strings.TrimSpace(tag))
	}
	slices.Sort(folded)
	return slices.Compact(folded)
}

package heygen

import "heygen-graphql/internal/logsample"

// decodeLog samples the log lines about what a response lost: each response of a broken
// upstream causes one. All clients that were derived from one share it.
type decodeLog struct{ items, fields logsample.Sampler }

// logSkipped logs the items of a page that were skipped. first is the index of the first.
func (c *Client) logSkipped(endpoint string, items, first int) {
	if items == 0 {
		return
	}
	if suppressed, ok := c.decodeLog.items.Allow(); ok {
		c.log.Warn("skipped unreadable list items", "endpoint", endpoint, "items", items, "index", first, "suppressed", suppressed)
	}
}

// logUnreadable logs the fields of a response that were ignored, without their values.
func (c *Client) logUnreadable(endpoint string, u unreadableFields) {
	if u.count == 0 {
		return
	}
	if suppressed, ok := c.decodeLog.fields.Allow(); ok {
		c.log.Warn("ignored unreadable fields", "endpoint", endpoint, "fields", u.count, "first", u.first, "suppressed", suppressed)
	}
}

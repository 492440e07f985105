package heygen

import (
	"bytes"
	"encoding/json"
	"reflect"
	"sync"

	"heygen-graphql/internal/logsample"
)

// itemDecoder decodes one item, field by field. A field that HeyGen sends in an
// unexpected shape is decoded as if it were absent, and costs no other field.
type itemDecoder struct {
	item       json.RawMessage
	unreadable unreadableFields
}

// unreadableFields counts the fields that were of an unexpected shape: of another type,
// out of range, a list of which some elements are no strings, and absent or null
// although HeyGen documents that the field is always sent.
type unreadableFields struct {
	count int
	first string // JSON name, such as error.code
}

func (u *unreadableFields) add(other unreadableFields) {
	if u.count == 0 {
		u.first = other.first
	}
	u.count += other.count
}

// fields decodes the item's members into the fields of target, a pointer to a struct,
// by their JSON names. Those of an item that is not an object are zero.
func (d *itemDecoder) fields(target any) { d.object(d.item, reflect.ValueOf(target).Elem(), "") }

// object decodes an object into a struct. It reports false for another type.
func (d *itemDecoder) object(raw json.RawMessage, target reflect.Value, prefix string) bool {
	members := membersOf(target.Type())
	values := reflect.New(members.raw)
	if json.Unmarshal(raw, values.Interface()) != nil {
		return false
	}
	for i, index := range members.fields {
		name := prefix + members.raw.Field(i).Tag.Get("json")
		value, field := json.RawMessage(values.Elem().Field(i).Bytes()), target.Field(index)
		readable := d.value(value, field, name+".")
		if !isPresent(value) { // always sent: a field that cannot be nil, of the item itself
			readable = prefix != "" || field.Kind() == reflect.Pointer || field.Kind() == reflect.Slice
		}
		if !readable {
			d.unreadable.add(unreadableFields{1, name})
		}
	}
	return true
}

// value decodes a value into a field, and reports whether all of it was readable. The
// field is left zero for one that is absent or null, or has another type.
func (d *itemDecoder) value(raw json.RawMessage, field reflect.Value, prefix string) bool {
	if !isPresent(raw) {
		return true
	}
	switch kind := field.Kind(); {
	case kind == reflect.Pointer:
		pointee := reflect.New(field.Type().Elem())
		if !d.value(raw, pointee.Elem(), prefix) {
			return false
		}
		field.Set(pointee)
		return true
	case kind == reflect.Slice:
		var list []string
		if json.Unmarshal(raw, &list) == nil { // null is an empty string, which normalize drops
			field.Set(reflect.ValueOf(list))
			return true
		}
		field.Set(reflect.ValueOf(stringsOf(raw)))
		return false
	case kind == reflect.Int:
		var n count
		err := json.Unmarshal(raw, &n)
		field.SetInt(int64(n))
		return err == nil
	case kind == reflect.Struct && !field.Addr().Type().Implements(reflect.TypeFor[json.Unmarshaler]()):
		return d.object(raw, field, prefix)
	}
	if json.Unmarshal(raw, field.Addr().Interface()) != nil {
		field.SetZero()
		return false
	}
	return true
}

// members are the members of an object that are decoded into a struct.
type members struct {
	raw    reflect.Type // a struct of one json.RawMessage for each, with the same JSON names
	fields []int        // the index of each in the struct
}

var membersByType sync.Map // of reflect.Type, to members

// membersOf returns the members for a struct. encoding/json skips all others without
// allocating memory for them, which a map would.
func membersOf(t reflect.Type) members {
	if m, ok := membersByType.Load(t); ok {
		return m.(members)
	}
	var m members
	var fields []reflect.StructField
	for field := range t.Fields() {
		if field.Type == reflect.TypeFor[*VoiceDetails]() {
			continue // HeyGen has no such field; one that it adds later is not ours
		}
		m.fields = append(m.fields, field.Index[0])
		fields = append(fields, reflect.StructField{Name: field.Name, Type: reflect.TypeFor[json.RawMessage](), Tag: field.Tag})
	}
	m.raw = reflect.StructOf(fields)
	membersByType.Store(t, m)
	return m
}

// stringsOf returns the strings of a JSON array, and none of another value. It stores no
// other elements, of which there may be millions.
func stringsOf(raw json.RawMessage) (list []string) {
	d := json.NewDecoder(bytes.NewReader(raw))
	if open, _ := d.Token(); open != json.Delim('[') {
		return nil
	}
	var element json.RawMessage
	for d.More() && d.Decode(&element) == nil {
		var s string
		if element[0] == '"' && json.Unmarshal(element, &s) == nil {
			list = append(list, s)
		}
	}
	return list
}

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

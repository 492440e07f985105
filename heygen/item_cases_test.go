package heygen_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"heygen-graphql/heygen"
)

// jsonValue is a value in the place of a field, and what it is for each type of field:
// nil where that type cannot be read from it.
type jsonValue struct {
	raw    string // empty: the field is absent
	text   *string
	number *int
	time   *heygen.UnixTime
	truth  *bool
	list   []string
	all    bool // list has all elements but those that are null
	object bool
}

func (v jsonValue) absent() bool { return v.raw == "" || v.raw == "null" }

var jsonValues = []jsonValue{
	{raw: ``}, {raw: `null`},
	{raw: `"leaked"`, text: new("leaked")}, {raw: `""`, text: new("")}, {raw: `"7"`, text: new("7")}, {raw: `"true"`, text: new("true")},
	{raw: `7`, number: new(7), time: unix(7, 0)}, {raw: `0`, number: new(0), time: unix(0, 0)}, {raw: `7.0`, number: new(7), time: unix(7, 0)},
	{raw: `-7`, time: unix(-7, 0)}, {raw: `7.5`, time: unix(7, 5e8)}, {raw: `2147483648`, time: unix(1<<31, 0)}, {raw: `1711382400000`}, // in milliseconds, a year of five digits
	{raw: `1e300`}, {raw: `1e400`}, {raw: `-123456789012345678901234567890`},
	{raw: `true`, truth: new(true)}, {raw: `false`, truth: new(false)},
	{raw: `{}`, object: true}, {raw: `{"leaked":"leaked","id":7,"data":[]}`, object: true},
	{raw: `[]`, list: []string{}, all: true}, {raw: `["a","b"]`, list: []string{"a", "b"}, all: true}, {raw: `[null,"a",null]`, list: []string{"a"}, all: true},
	{raw: `["",null,7]`, list: []string{}}, {raw: `[["leaked"],"a",{"b":"leaked"},"c",true]`, list: []string{"a", "c"}}, {raw: `[[[]]]`, list: []string{}},
}

func unix(seconds, nanoseconds int64) *heygen.UnixTime {
	return &heygen.UnixTime{Time: time.Unix(seconds, nanoseconds).UTC()}
}

// valueFor returns what a field of type t is with v in its place, and whether it is
// readable.
func (v jsonValue) valueFor(t reflect.Type) (field reflect.Value, readable bool) {
	field = reflect.Zero(t)
	set := func(value any, ok bool) (reflect.Value, bool) {
		if !ok {
			return field, false
		}
		return reflect.ValueOf(value).Elem().Convert(t), true
	}
	switch {
	case t.Kind() == reflect.Pointer && v.absent():
		return field, true
	case t.Kind() == reflect.Pointer:
		pointee, readable := v.valueFor(t.Elem())
		if readable {
			field = reflect.New(t.Elem())
			field.Elem().Set(pointee)
		}
		return field, readable
	case t == reflect.TypeFor[heygen.UnixTime]():
		return set(v.time, v.time != nil)
	case t.Kind() == reflect.String:
		return set(v.text, v.text != nil)
	case t.Kind() == reflect.Int:
		return set(v.number, v.number != nil)
	case t.Kind() == reflect.Bool:
		return set(v.truth, v.truth != nil)
	case t.Kind() == reflect.Slice:
		return reflect.ValueOf(append([]string{}, v.list...)), v.all || v.absent()
	case t.Kind() == reflect.Struct:
		return field, v.object
	}
	panic("a field of a new type: " + t.String())
}

// completeItem fills every field of a struct, recursively.
func completeItem(target reflect.Value) {
	switch target.Kind() {
	case reflect.Pointer:
		target.Set(reflect.New(target.Type().Elem()))
		completeItem(target.Elem())
	case reflect.String:
		target.SetString("complete")
	case reflect.Int:
		target.SetInt(3)
	case reflect.Bool:
		target.SetBool(true)
	case reflect.Slice:
		target.Set(reflect.ValueOf([]string{"complete"}))
	case reflect.Struct:
		if target.Type() == reflect.TypeFor[heygen.UnixTime]() {
			target.Set(reflect.ValueOf(*unix(1711382400, 0)))
			return
		}
		for _, field := range target.Fields() {
			completeItem(field)
		}
	default:
		panic("a field of a new type: " + target.Type().String())
	}
}

// itemFields returns the JSON names of a struct's fields, with those of an error and of
// a voice's details, and a function that returns the field of an item.
func itemFields(t reflect.Type, details bool) (fields []itemField) {
	for f := range t.Fields() {
		of := func(item reflect.Value) reflect.Value { return item.FieldByIndex(f.Index) }
		name := f.Tag.Get("json")
		switch {
		case name == "details" && details:
			for _, nested := range itemFields(f.Type.Elem(), false) {
				fields = append(fields, itemField{nested.name, nested.t, func(item reflect.Value) reflect.Value { return nested.of(of(item).Elem()) }})
			}
			continue
		case name == "details":
			continue
		case name == "error":
			for _, nested := range itemFields(f.Type.Elem(), false) {
				fields = append(fields, itemField{"error." + nested.name, nested.t, func(item reflect.Value) reflect.Value { return nested.of(of(item).Elem()) }})
			}
		}
		fields = append(fields, itemField{name, f.Type, of})
	}
	return fields
}

type itemField struct {
	name string
	t    reflect.Type
	of   func(item reflect.Value) reflect.Value
}

// itemCase is a decoder with a complete item.
type itemCase struct {
	heygen.ResponseDecoder
	fields   []itemField
	complete func() reflect.Value // a new pointer to the item
}

func itemCases() (cases []itemCase) {
	for _, decoder := range heygen.ResponseDecoders {
		t := reflect.TypeFor[heygen.Voice]()
		switch decoder.Name {
		case "group", "groups":
			t = reflect.TypeFor[heygen.AvatarGroup]()
		case "look", "looks":
			t = reflect.TypeFor[heygen.AvatarLook]()
		}
		cases = append(cases, itemCase{decoder, itemFields(t, decoder.Name == "voice"), func() reflect.Value {
			item := reflect.New(t)
			if completeItem(item.Elem()); decoder.Name == "voices" {
				item.Elem().FieldByName("Details").SetZero()
			}
			return item
		}})
	}
	return cases
}

func (c itemCase) isPage() bool { return strings.HasSuffix(c.Name, "s") }

// body returns a response with the complete item, of which some fields have other values: an
// item fetched alone, or the second of five.
func (c itemCase) body(t testing.TB, values map[string]string) string {
	t.Helper()
	members := map[string]json.RawMessage{}
	encoded, err := json.Marshal(c.complete().Interface())
	if err == nil {
		err = json.Unmarshal(encoded, &members)
	}
	if details := members["details"]; err == nil && len(details) > len("null") {
		err = json.Unmarshal(details, &members)
	}
	delete(members, "details")
	nested := map[string]json.RawMessage{}
	if members["error"] != nil && err == nil {
		err = json.Unmarshal(members["error"], &nested)
	}
	if err != nil {
		t.Fatal(err)
	}
	set := func(object map[string]json.RawMessage, name, value string) {
		if object[name] = json.RawMessage(value); value == "" {
			delete(object, name)
		}
	}
	for name, value := range values {
		if name, ok := strings.CutPrefix(name, "error."); ok {
			set(nested, name, value)
			members["error"] = object(nested)
		}
	}
	for name, value := range values {
		if !strings.HasPrefix(name, "error.") {
			set(members, name, value)
		}
	}
	if item := object(members); !c.isPage() {
		return `{"data":` + string(item) + `}`
	} else {
		return fmt.Sprintf(`{"data":[%s,%s,%s,%s,%s],"has_more":false}`, itemJSON("a", ""), item, itemJSON("b", ""), itemJSON("c", ""), itemJSON("d", ""))
	}
}

// object encodes an object. json.Marshal would reject numbers such as 1e400.
func object(members map[string]json.RawMessage) json.RawMessage {
	var fields []string
	for name, value := range members {
		fields = append(fields, fmt.Sprintf("%q:%s", name, value))
	}
	slices.Sort(fields)
	return json.RawMessage("{" + strings.Join(fields, ",") + "}")
}

// item returns the item of a decoded response, and nil if the page lacks it.
func (c itemCase) item(decoded any) any {
	if !c.isPage() {
		return decoded
	}
	if data := reflect.ValueOf(decoded).FieldByName("Data"); data.Len() == 5 {
		return data.Index(1).Interface()
	}
	return nil
}

// decode decodes a body as a call does, and checks that the slow path agrees.
func (c itemCase) decode(t rapid.TB, client *heygen.Client, body string) (item any, err error) {
	t.Helper()
	got, err := c.Decode(client, []byte(body))
	slow, errSlow := c.Slow(client, []byte(body))
	if !reflect.DeepEqual(got, slow) || (err == nil) != (errSlow == nil) {
		t.Fatalf("%s: %s\nby a call %s, %v\nslow path %s, %v", c.Name, body, dump(got), err, dump(slow), errSlow)
	}
	return c.item(got), err
}

package cached

import (
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// records says how pages and items of one kind are stored in a second-level cache. Its zero
// value says that they are not.
type records[T any] struct {
	page *cache.Codec[heygen.Page[T]]
	item *cache.Codec[cachedItem[T]]
}

// recordContent is the content of a record: a value, or the error in its place.
type recordContent[V any] struct {
	Value *V           `json:"value,omitempty"`
	Error *errorRecord `json:"error,omitempty"`
}

// newCodec returns the codec of one kind of values.
func newCodec[V any](c *compression, key func(id any) string) *cache.Codec[V] {
	return &cache.Codec[V]{
		Key: key,
		Encode: func(value V, err error) ([]byte, bool) {
			if err == nil {
				return c.encode(recordContent[V]{Value: &value})
			}
			e, ok := newErrorRecord(err)
			if !ok {
				return nil, false
			}
			return c.encode(recordContent[V]{Error: e})
		},
		Decode: func(data []byte) (value V, err error, ok bool) {
			var content recordContent[V]
			switch {
			case !c.decode(data, &content):
				return value, nil, false
			case content.Error != nil:
				err, ok = content.Error.decode()
				return value, err, ok
			case content.Value != nil:
				return *content.Value, nil, true
			}
			return value, nil, false
		},
	}
}

// newRecords returns how the values of a resource are stored.
func newRecords[K comparable, T any, P comparable](r *resource[K, T, P], s *shared, c *compression) records[T] {
	page := newCodec[heygen.Page[T]](c, func(id any) string { return pageRecordKey(r.listEndpoint, id) })
	item := newCodec[cachedItem[T]](c, func(id any) string { return itemRecordKey(r.itemEndpoint, id) })
	if r.listItemsComplete {
		page.Items = func(id any, page heygen.Page[T], at time.Time) (items []cache.Record) {
			public := r.publicList(id.(P))
			for i := range page.Data {
				single := page.Data[i : i+1]
				lifetime := r.expiry(s, at, single).Expires.Sub(at)
				if data, ok := item.Encode(cachedItem[T]{single[0], public}, nil); ok && lifetime > 0 {
					items = append(items, cache.Record{Key: item.Key(r.id(&single[0])), Data: data, StoredAt: at, Lifetime: lifetime})
				}
			}
			return items
		}
	}
	return records[T]{page, item}
}

// pageRecordKey returns the record key of a page: the endpoint and all parameters that are
// not zero, in the form and the order of a query. Equal keys are of equal parameters.
func pageRecordKey(endpoint string, params any) string {
	query := url.Values{}
	for field, value := range reflect.ValueOf(params).Fields() {
		if !value.IsZero() {
			query.Set(field.Name, fmt.Sprint(value.Interface()))
		}
	}
	return endpoint + "?" + query.Encode()
}

// itemRecordKey returns the record key of an item: the endpoint, whose path names its
// parameter, and the id.
func itemRecordKey(endpoint string, id any) string { return fmt.Sprint(endpoint, " ", id) }

// encode returns a value in the format of records.
func (c *compression) encode(value any) ([]byte, bool) {
	data, err := json.Marshal(value)
	if err != nil { // a time that no RFC 3339 can express: HeyGen's have been checked
		return nil, false
	}
	return c.compress(data), true
}

// decode decodes what encode returned. It reports false for anything else.
func (c *compression) decode(data []byte, value any) bool {
	plain, ok := c.decompress(data)
	return ok && json.Unmarshal(plain, value) == nil
}

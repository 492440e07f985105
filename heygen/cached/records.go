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

// pageRecord is the content of the record of a page, or of the error in its place.
type pageRecord[T any] struct {
	Page  *heygen.Page[T] `json:"page,omitempty"`
	Error *errorRecord    `json:"error,omitempty"`
}

// itemRecord is the content of the record of an item, or of the error in its place.
type itemRecord[T any] struct {
	Item   *T           `json:"item,omitempty"`
	Public bool         `json:"public,omitempty"`
	Error  *errorRecord `json:"error,omitempty"`
}

// newRecords returns how the values of a resource are stored.
func newRecords[K comparable, T any, P comparable](r *resource[K, T, P], s *shared, c *compression) records[T] {
	page := &cache.Codec[heygen.Page[T]]{
		Key: func(id any) string { return pageRecordKey(r.listEndpoint, id) },
		Encode: func(page heygen.Page[T], err error) ([]byte, bool) {
			if err != nil {
				return encodeError(c, err, func(e *errorRecord) any { return pageRecord[T]{Error: e} })
			}
			return c.encode(pageRecord[T]{Page: &page})
		},
		Decode: func(data []byte) (page heygen.Page[T], err error, ok bool) {
			var record pageRecord[T]
			switch {
			case !c.decode(data, &record):
				return page, nil, false
			case record.Error != nil:
				err, ok = record.Error.decode()
				return page, err, ok
			case record.Page != nil:
				return *record.Page, nil, true
			}
			return page, nil, false
		},
	}
	item := &cache.Codec[cachedItem[T]]{
		Key: func(id any) string { return itemRecordKey(r.itemEndpoint, id) },
		Encode: func(item cachedItem[T], err error) ([]byte, bool) {
			if err != nil {
				return encodeError(c, err, func(e *errorRecord) any { return itemRecord[T]{Error: e} })
			}
			return c.encode(itemRecord[T]{Item: &item.value, Public: item.public})
		},
		Decode: func(data []byte) (item cachedItem[T], err error, ok bool) {
			var record itemRecord[T]
			switch {
			case !c.decode(data, &record):
				return item, nil, false
			case record.Error != nil:
				err, ok = record.Error.decode()
				return item, err, ok
			case record.Item != nil:
				return cachedItem[T]{*record.Item, record.Public}, nil, true
			}
			return item, nil, false
		},
	}
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

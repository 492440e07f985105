package catalogue_test

import (
	"fmt"
	"testing"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

var benchmarkSizes = []int{700, 6000, 60000}

func BenchmarkSearch(b *testing.B) {
	for _, n := range benchmarkSizes {
		groups := catalogue.NewGroups(realisticGroups(n))
		for _, prefix := range []string{"m", "mo", "mon", "moni"} {
			b.Run(fmt.Sprintf("%d/%s", n, prefix), func(b *testing.B) {
				b.ReportAllocs()
				matches := 0
				for b.Loop() {
					matches = groups.Select(catalogue.GroupQuery{Search: parse(b, prefix)}).Len()
				}
				b.ReportMetric(float64(matches), "matches")
			})
		}
	}
}

func BenchmarkNewGroups(b *testing.B) {
	for _, n := range benchmarkSizes {
		items := realisticGroups(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				catalogue.NewGroups(items)
			}
		})
		b.Run(fmt.Sprintf("%d/orders", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				selectAll(catalogue.NewGroups(items))
			}
		})
	}
}

func BenchmarkSelectFilterOrder(b *testing.B) {
	for _, n := range benchmarkSizes {
		groups := catalogue.NewGroups(realisticGroups(n))
		query := catalogue.GroupQuery{
			Filter: catalogue.GroupFilter{Gender: []heygen.Gender{heygen.Female}, MinLooksCount: new(100)},
			Order:  &catalogue.GroupOrder{Field: catalogue.GroupName, Direction: catalogue.Descending},
		}
		selectAll(groups)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				groups.Select(query)
			}
		})
		b.Run(fmt.Sprintf("%d/facets", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				groups.Facets(query)
			}
		})
	}
}

func BenchmarkKeys(b *testing.B) {
	groups := catalogue.NewGroups(realisticGroups(6000))
	for name, order := range map[string]*catalogue.GroupOrder{"HeyGen": nil, "name": {Field: catalogue.GroupName}} {
		selection := groups.Select(catalogue.GroupQuery{Order: order})
		key := selection.AppendKey(nil, 3000)
		b.Run(name+"/append", func(b *testing.B) {
			b.ReportAllocs()
			buf := make([]byte, 0, 256)
			for b.Loop() {
				buf = selection.AppendKey(buf[:0], 3000)
			}
		})
		b.Run(name+"/locate", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				selection.Locate(key)
			}
		})
	}
}

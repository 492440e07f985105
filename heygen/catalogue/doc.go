// Package catalogue indexes whole lists of HeyGen's resources in memory: it searches,
// filters, sorts and counts them, which HeyGen's API does not. [Walk] reads a list page by
// page; an index is immutable and knows nothing of calls or caches.
//
//	groups := catalogue.NewGroups(items)
//	search, err := catalogue.ParseSearch("monica")
//	selection := groups.Select(catalogue.GroupQuery{Search: search})
//	for i := range selection.Len() {
//		fmt.Println(selection.Item(i).Name)
//	}
package catalogue

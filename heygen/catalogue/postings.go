package catalogue

import (
	"iter"
	"slices"
	"sort"
	"strings"
)

// postings are an inverted index: the items of each word.
type postings struct {
	words  []string // distinct, sorted by their bytes, so that those with a prefix are adjacent
	starts []int32  // of the items of each word in items; one more for the end
	items  []int32  // positions in the list, ascending for each word
}

// newPostings returns the inverted index of n items.
func newPostings(n int, wordsOf func(i int) iter.Seq[string]) postings {
	type posting struct{ word, item int32 }
	var pairs []posting
	numbers := map[string]int32{} // of words, by first occurrence
	var distinct []string
	var last []int32 // the last item of each word
	for i := range n {
		for word := range wordsOf(i) {
			number, ok := numbers[word]
			if !ok {
				number = int32(len(distinct))
				numbers[word] = number
				distinct, last = append(distinct, word), append(last, -1)
			}
			if last[number] != int32(i) {
				last[number] = int32(i)
				pairs = append(pairs, posting{number, int32(i)})
			}
		}
	}
	p := postings{
		words:  slices.Clip(slices.Sorted(slices.Values(distinct))),
		starts: make([]int32, len(distinct)+1),
		items:  make([]int32, len(pairs)),
	}
	sorted := make([]int32, len(distinct)) // by number, the position in p.words
	for i, word := range p.words {
		sorted[numbers[word]] = int32(i)
	}
	for _, pair := range pairs {
		p.starts[sorted[pair.word]+1]++
	}
	for i := range p.words {
		p.starts[i+1] += p.starts[i]
	}
	next := slices.Clone(p.starts)
	for _, pair := range pairs {
		word := sorted[pair.word]
		p.items[next[word]] = pair.item
		next[word]++
	}
	return p
}

// withPrefix returns the items of the words that start with a prefix. Items may be repeated.
func (p *postings) withPrefix(prefix string) []int32 {
	lo := sort.SearchStrings(p.words, prefix)
	n := sort.Search(len(p.words)-lo, func(i int) bool { return !strings.HasPrefix(p.words[lo+i], prefix) })
	return p.items[p.starts[lo]:p.starts[lo+n]]
}

// of returns the items of a word.
func (p *postings) of(word string) []int32 {
	i, found := slices.BinarySearch(p.words, word)
	if !found {
		return nil
	}
	return p.items[p.starts[i]:p.starts[i+1]]
}

// search returns the positions of the items, of n, that match a search. It returns nil for
// the zero search.
func (p *postings) search(s Search, n int) bitset {
	var matches, matchesOfWord bitset
	for i, word := range s.words {
		if i == 0 {
			matches = newBitset(n)
			matches.addAll(p.withPrefix(word))
			continue
		}
		if i == 1 {
			matchesOfWord = newBitset(n)
		} else {
			clear(matchesOfWord)
		}
		matchesOfWord.addAll(p.withPrefix(word))
		matches.intersect(matchesOfWord)
	}
	return matches
}

func (p *postings) size() int {
	return sliceSize(p.words) + sliceSize(p.starts) + sliceSize(p.items)
}

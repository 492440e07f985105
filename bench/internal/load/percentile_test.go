package load

import "testing"

func TestPercentileIsNearestRank(t *testing.T) {
	ten := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	for _, c := range []struct {
		sorted  []int
		percent float64
		want    int
	}{{ten, 50, 5}, {ten, 99, 10}, {ten, 90, 9}, {ten, 91, 10}, {ten, 100, 10}, {ten, 0, 1}, {[]int{7}, 50, 7}, {[]int{7}, 99, 7}, {nil, 50, 0}} {
		if got := Percentile(c.sorted, c.percent); got != c.want {
			t.Errorf("Percentile(%v, %v) = %d, want %d", c.sorted, c.percent, got, c.want)
		}
	}
}

func TestMedianSortsACopy(t *testing.T) {
	values := []int{9, 1, 5, 3, 7}
	if got := Median(values); got != 5 || values[0] != 9 {
		t.Errorf("%d, %v", got, values)
	}
	if got := Median([]float64{4, 2}); got != 2 {
		t.Errorf("%v", got)
	}
}

package portrait

import "fmt"

// frame is what a picture shows of the square that everything is drawn in.
type frame struct {
	attributes    string // of the svg element
	right, bottom int    // where the part that shows ends
}

// frameOf lets a picture that is no square cut off what does not fit, equally much on both sides: stripes beside the square
// would look like a mistake.
func frameOf(s Subject) frame {
	if s.Width <= 0 || s.Height <= 0 {
		return frame{`width="400" height="400"`, 400, 400}
	}
	f := frame{fmt.Sprintf(`width="%d" height="%d" preserveAspectRatio="xMidYMid slice"`, s.Width, s.Height), 400, 400}
	if s.Width < s.Height {
		f.right = 200 + 200*s.Width/s.Height
	} else {
		f.bottom = 200 + 200*s.Height/s.Width
	}
	return f
}

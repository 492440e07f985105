package portrait

import "fmt"

// frame is the visible part of the 400 by 400 square in which everything is drawn.
type frame struct {
	attributes    string // of the svg element
	right, bottom int    // the edges of the visible part
}

// frameOf crops a picture that is not square, equally on both sides: stripes beside the square would look like a mistake.
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

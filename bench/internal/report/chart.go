package report

import (
	"fmt"
	"html"
	"strings"
	"time"
)

// The measures of the chart, in pixels.
const (
	panelWidth = 400
	titleRoom  = 26 // in a panel, above its bars
	barPitch   = 17
	barHeight  = 12
	nameRoom   = 196 // in front of the bars
	barRoom    = 136
	margin     = 12
	headRoom   = 46
)

// style works on light and dark pages alike, also where the file is shown as a
// picture, which knows nothing of the page but this.
const style = `text{font:12px system-ui,sans-serif;fill:#1f2328}.t{font-weight:600}.h{font-size:15px;font-weight:600}.s{fill:#59636e}.o{fill:#0969da}.x{fill:#8c959f}` +
	`@media(prefers-color-scheme:dark){text{fill:#e6edf3}.s{fill:#9198a1}.o{fill:#4493f8}.x{fill:#6e7681}}`

// Chart is an SVG of bars: CPU time a request, a panel for each workload. Each has
// a scale of its own, for they lie hundreds of times apart.
func (r Report) Chart() string {
	workloads, contenders := r.measured(), r.main()
	panel := titleRoom + barPitch*len(contenders) + margin
	width, height := 2*panelWidth+margin, headRoom+(len(workloads)+1)/2*panel
	var svg strings.Builder
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="title desc">`+"\n", width, height, width, height)
	svg.WriteString("<title id=\"title\">CPU time a request</title>\n")
	fmt.Fprintf(&svg, "<desc id=\"desc\">%s</desc>\n<style>%s</style>\n", html.EscapeString(r.inWords(workloads, contenders)), style)
	fmt.Fprintf(&svg, `<text class="h" x="%d" y="20">CPU time a request, µs</text>`+"\n", margin)
	fmt.Fprintf(&svg, `<text class="s" x="%d" y="37">64 clients, the upstream without a delay; less is better; each panel has its own scale</text>`+"\n", margin)
	for i, w := range workloads {
		r.panel(&svg, w, contenders, margin+i%2*panelWidth, headRoom+i/2*panel)
	}
	svg.WriteString("</svg>\n")
	return svg.String()
}

func (r Report) panel(svg *strings.Builder, w Workload, contenders []Contender, x, y int) {
	most := time.Duration(1)
	for _, c := range contenders {
		s, _ := r.of(w.Name, c.Name, 64)
		most = max(most, s.CPU)
	}
	fmt.Fprintf(svg, `<text class="t" x="%d" y="%d">%s</text>`+"\n", x, y+16, html.EscapeString(strings.ReplaceAll(capital(w.Title), "`", "")))
	for i, c := range contenders {
		s, ok := r.of(w.Name, c.Name, 64)
		top, class := y+titleRoom+i*barPitch, "x"
		if strings.HasPrefix(c.Title, "this project") {
			class = "o"
		}
		length := float64(s.CPU) / float64(most) * barRoom
		fmt.Fprintf(svg, `<text x="%d" y="%d" text-anchor="end">%s</text>`, x+nameRoom-6, top+10, html.EscapeString(c.Title))
		if ok {
			fmt.Fprintf(svg, `<rect class="%s" x="%d" y="%d" width="%.1f" height="%d" rx="2"/>`, class, x+nameRoom, top, max(length, 1), barHeight)
		}
		fmt.Fprintf(svg, `<text class="s" x="%.1f" y="%d">%s</text>`+"\n", float64(x+nameRoom)+length+5, top+10, micros(s.CPU, ok))
	}
}

// inWords is the chart for those who do not see it.
func (r Report) inWords(workloads []Workload, contenders []Contender) string {
	var all []string
	for _, w := range workloads {
		var figures []string
		for _, c := range contenders {
			if s, ok := r.of(w.Name, c.Name, 64); ok {
				figures = append(figures, c.Title+" "+micros(s.CPU, true))
			}
		}
		all = append(all, strings.ReplaceAll(capital(w.Title), "`", "")+": "+strings.Join(figures, ", ")+".")
	}
	return "Microseconds of CPU time a request, by workload. " + strings.Join(all, " ")
}

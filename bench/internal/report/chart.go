package report

import (
	"fmt"
	"html"
	"strings"
	"time"
)

// Dimensions of the chart in pixels.
const (
	panelWidth   = 400
	titleHeight  = 26 // of a panel, above its bars
	barPitch     = 17
	barHeight    = 12
	nameWidth    = 196 // left of the bars
	maxBarWidth  = 136
	margin       = 12
	headerHeight = 46
)

// style supports light and dark mode. It uses a media query because an SVG in an
// img element cannot see the page's own styles.
const style = `text{font:12px system-ui,sans-serif;fill:#1f2328}.t{font-weight:600}.h{font-size:15px;font-weight:600}.s{fill:#59636e}.o{fill:#0969da}.x{fill:#8c959f}` +
	`@media(prefers-color-scheme:dark){text{fill:#e6edf3}.s{fill:#9198a1}.o{fill:#4493f8}.x{fill:#6e7681}}`

// Chart returns an SVG bar chart of the CPU time per request, one panel for each
// workload. Each panel has its own scale, as workloads differ by a factor of hundreds.
func (r Report) Chart() string {
	workloads, servers := r.plainWorkloads(), r.mainServers()
	panel := titleHeight + barPitch*len(servers) + margin
	width, height := 2*panelWidth+margin, headerHeight+(len(workloads)+1)/2*panel
	var svg strings.Builder
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="title desc">`+"\n", width, height, width, height)
	svg.WriteString("<title id=\"title\">CPU time per request</title>\n")
	fmt.Fprintf(&svg, "<desc id=\"desc\">%s</desc>\n<style>%s</style>\n", html.EscapeString(r.description(workloads, servers)), style)
	fmt.Fprintf(&svg, `<text class="h" x="%d" y="20">CPU time per request, µs</text>`+"\n", margin)
	fmt.Fprintf(&svg, `<text class="s" x="%d" y="37">64 clients, upstream without a delay; lower is better; each panel has its own scale</text>`+"\n", margin)
	for i, w := range workloads {
		r.writePanel(&svg, w, servers, margin+i%2*panelWidth, headerHeight+i/2*panel)
	}
	svg.WriteString("</svg>\n")
	return svg.String()
}

func (r Report) writePanel(svg *strings.Builder, w Workload, servers []Server, x, y int) {
	maxCPU := time.Duration(1)
	for _, server := range servers {
		s, _ := r.sample(w.Name, server.Name, 64)
		maxCPU = max(maxCPU, s.CPU)
	}
	fmt.Fprintf(svg, `<text class="t" x="%d" y="%d">%s</text>`+"\n", x, y+16, html.EscapeString(strings.ReplaceAll(capitalize(w.Title), "`", "")))
	for i, server := range servers {
		s, ok := r.sample(w.Name, server.Name, 64)
		top, class := y+titleHeight+i*barPitch, "x"
		if strings.HasPrefix(server.Title, "this project") {
			class = "o"
		}
		width := float64(s.CPU) / float64(maxCPU) * maxBarWidth
		fmt.Fprintf(svg, `<text x="%d" y="%d" text-anchor="end">%s</text>`, x+nameWidth-6, top+10, html.EscapeString(server.Title))
		if ok {
			fmt.Fprintf(svg, `<rect class="%s" x="%d" y="%d" width="%.1f" height="%d" rx="2"/>`, class, x+nameWidth, top, max(width, 1), barHeight)
		}
		fmt.Fprintf(svg, `<text class="s" x="%.1f" y="%d">%s</text>`+"\n", float64(x+nameWidth)+width+5, top+10, micros(s.CPU, ok))
	}
}

// description is the text alternative of the chart.
func (r Report) description(workloads []Workload, servers []Server) string {
	var sentences []string
	for _, w := range workloads {
		var figures []string
		for _, server := range servers {
			if s, ok := r.sample(w.Name, server.Name, 64); ok {
				figures = append(figures, server.Title+" "+micros(s.CPU, true))
			}
		}
		sentences = append(sentences, strings.ReplaceAll(capitalize(w.Title), "`", "")+": "+strings.Join(figures, ", ")+".")
	}
	return "Microseconds of CPU time per request, by workload. " + strings.Join(sentences, " ")
}

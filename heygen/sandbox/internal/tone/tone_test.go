package tone

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// decodeWAV fails for a malformed file, and returns the samples.
func decodeWAV(t interface{ Fatalf(string, ...any) }, wav []byte) []int16 {
	var header struct {
		RIFF          [4]byte
		Rest          uint32
		WAVE, Fmt     [4]byte
		FmtSize       uint32
		PCM, Channels uint16
		Rate, Bytes   uint32
		Block, Bits   uint16
		Data          [4]byte
		Size          uint32
	}
	in := bytes.NewReader(wav)
	if err := binary.Read(in, binary.LittleEndian, &header); err != nil {
		t.Fatalf("%v", err)
	}
	h := header
	if string(h.RIFF[:])+string(h.WAVE[:])+string(h.Fmt[:])+string(h.Data[:]) != "RIFFWAVEfmt data" || h.FmtSize != 16 ||
		h.PCM != 1 || h.Channels != 1 || h.Bits != 16 || h.Block != 2 || h.Bytes != 2*h.Rate ||
		int(h.Size) != in.Len() || int(h.Rest) != len(wav)-8 {
		t.Fatalf("%d bytes with the header %+v", len(wav), h)
	}
	samples := make([]int16, h.Size/2)
	if err := binary.Read(in, binary.LittleEndian, samples); err != nil {
		t.Fatalf("%v", err)
	}
	if seconds := float64(len(samples)) / float64(h.Rate); seconds < 1 || seconds > 2 || len(wav) > 100_000 {
		t.Fatalf("%.1f s in %d bytes", seconds, len(wav))
	}
	return samples
}

func TestNoSampleClicks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		samples := decodeWAV(t, Synthesize(rapid.String().Draw(t, "id"), rapid.String().Draw(t, "gender")))
		loudest, last := 0., 0.
		for i, s := range samples {
			v := float64(s)
			if jump := math.Abs(v - last); jump > math.MaxInt16/5 {
				t.Fatalf("sample %d jumps by %.0f", i, jump)
			}
			loudest, last = max(loudest, math.Abs(v)), v
		}
		if samples[0] != 0 || last != 0 || loudest < math.MaxInt16/4 || loudest > math.MaxInt16*.9 {
			t.Fatalf("it begins at %d, ends at %.0f, and is %.0f at its loudest", samples[0], last, loudest)
		}
	})
}

func TestSampleDependsOnID(t *testing.T) {
	seen := map[string]bool{}
	for i := range 100 {
		seen[string(Synthesize(fmt.Sprint(i), "female"))] = true
	}
	if len(seen) < 97 {
		t.Errorf("100 voices have %d samples", len(seen))
	}
	if !bytes.Equal(Synthesize("x", "male"), Synthesize("x", "male")) {
		t.Error("two samples of one voice differ")
	}
}

func TestGenderSelectsPitch(t *testing.T) {
	crossings := func(gender string) (n int) {
		samples := decodeWAV(t, Synthesize("x", gender))
		for i := range samples[1:] {
			if samples[i] < 0 && samples[i+1] >= 0 {
				n++
			}
		}
		return n
	}
	if low, neutral, high := crossings("Man"), crossings("unknown"), crossings("woman"); low >= neutral || neutral >= high {
		t.Errorf("a man's sample has %d waves, a neutral one %d, a woman's %d", low, neutral, high)
	}
	if crossings("male") != crossings("MAN") || crossings("Female") != crossings("woman") {
		t.Error("the spelling matters")
	}
}

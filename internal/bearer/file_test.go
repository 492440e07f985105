package bearer_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/bearer"
)

func place(t *testing.T) string { return filepath.Join(t.TempDir(), "tokens") }

// put renames a file with this text into its place, written an hour ago.
func put(t testing.TB, path, text string) {
	t.Helper()
	must(t, os.WriteFile(path+".new", []byte(text), 0o600))
	aged(t, path+".new", time.Hour)
	must(t, os.Rename(path+".new", path))
}

func aged(t testing.TB, path string, age time.Duration) {
	t.Helper()
	must(t, os.Chtimes(path, time.Time{}, time.Now().Add(-age)))
}

func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// want waits for a duration and then holds what is good, and what has been logged
// since, to what is wanted.
func want(t *testing.T, held *bearer.Tokens, j *journal, wait time.Duration, are string, logged ...string) {
	t.Helper()
	<-time.After(wait)
	if got := good(held); got != are {
		t.Errorf("good are %q, want %q", got, are)
	}
	lines := j.lines(t)
	if len(lines) != len(logged) {
		t.Errorf("logged:\n%s\nwant %q", strings.Join(lines, "\n"), logged)
		return
	}
	for i, line := range lines {
		if !strings.Contains(line, logged[i]) {
			t.Errorf("logged %s, want %s", line, logged[i])
		}
	}
}

func TestTheFormOfAFile(t *testing.T) {
	path := place(t)
	for text, want := range map[string]string{
		first:                                 "1",
		first + "\n" + second:                 "12",
		first + "\r\n" + second + "\r\n":      "12",
		"\n\n# " + third + "\n \t \n" + first: "1",
		"  " + first + "\t\n#\n\t# x\r\n" + second + " \r\n": "12",
		"#" + first + "\n" + third:                           "3",
	} {
		put(t, path, text)
		if got := good(newTokens(t, bearer.Options{File: path})); got != want {
			t.Errorf("%q: good are %q", text, got)
		}
	}
}

func TestAFileThatCannotBeUsedEndsTheStart(t *testing.T) {
	path := place(t)
	refused := func(path string, own []string, want string) {
		t.Helper()
		held, err := bearer.New(bearer.Options{Tokens: own, File: path})
		if held != nil || err == nil || err.Error() != fmt.Sprintf("token file %q: %s", path, want) {
			t.Errorf("got %v, want %s", err, want)
		}
		hidden(t, fmt.Sprint(err))
	}
	refused(path, []string{first}, "it does not exist")
	refused(filepath.Dir(path), nil, "it is not a regular file")
	must(t, syscall.Mkfifo(path, 0o600))
	refused(path, nil, "it is not a regular file") // and is not waited for
	must(t, os.Remove(path))
	for text, why := range map[string]string{
		"": "there is no token in it", "\n": "there is no token in it", "# " + first: "there is no token in it",
		first + "\n\n" + second + " # old\n": "line 3 " + form,
		first + "\r" + second:                "line 1 " + form,
		strings.Repeat(first+"\n", 101):      "with line 101 there are more than 100 tokens",
		strings.Repeat("#", 64<<10) + "\n":   "it has more than 64 KiB",
	} {
		put(t, path, text)
		refused(path, nil, why)
	}
	for token, why := range bad {
		if token != "" {
			put(t, path, "# tokens\n"+first+"\n"+token+"\n"+second)
			refused(path, nil, "line 3 "+why)
		}
	}
	put(t, path, strings.Repeat(first+"\n", 100))
	newTokens(t, bearer.Options{File: path})
	refused(path, []string{second}, "with line 100 there are more than 100 tokens")
	put(t, path, first+"\n"+strings.Repeat("#", 64<<10-len(first)-1))
	newTokens(t, bearer.Options{File: path})
	refused(path+"/tokens", nil, "it cannot be read")
}

func TestAChangedFileIsReadWithinASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path, j := place(t), &journal{}
		put(t, path, first)
		held := newTokens(t, bearer.Options{Tokens: []string{third}, File: path, Logger: j.logger()})
		put(t, path, first+"\n"+second)
		want(t, held, j, 0, "13")
		want(t, held, j, time.Second-1, "13") // looked at a moment ago
		want(t, held, j, 1, "123", `level=INFO msg="token file reloaded" file=`+path+" tokens=3")
		put(t, path, second)
		want(t, held, j, time.Second-1, "123")
		want(t, held, j, 1, "23", "tokens=2")
		for range 5 {
			want(t, held, j, time.Second, "23") // not told again
		}
		put(t, path, second+"\n# the same tokens\n")
		want(t, held, j, time.Second, "23")
	})
}

func TestAFileThatDoesNotChangeIsNotRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path, j := place(t), &journal{}
		put(t, path, first)
		held := newTokens(t, bearer.Options{File: path, Logger: j.logger()})
		must(t, os.WriteFile(path, []byte(first[:len(first)-1]+"x"), 0o600))
		aged(t, path, time.Hour) // the same file, as long and as old as before
		for range 3 {
			want(t, held, j, time.Second, "1")
		}
		must(t, held.Reload()) // which reads it all the same
		want(t, held, j, 0, "")
	})
}

func TestEachPartOfAStampShowsAChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		other := first[:len(first)-1] + "x"
		for part, change := range map[string]func(path string){
			"time": func(path string) {
				must(t, os.WriteFile(path, []byte(other), 0o600))
				aged(t, path, time.Hour-time.Second)
			},
			"size": func(path string) {
				must(t, os.WriteFile(path, []byte(other+"x"), 0o600))
				must(t, os.Chtimes(path, time.Time{}, time.Now().Add(-time.Hour)))
			},
			"inode": func(path string) { put(t, path, other) },
		} {
			path, j := place(t), &journal{}
			put(t, path, first)
			held := newTokens(t, bearer.Options{File: path, Logger: j.logger()})
			change(path)
			t.Log(part)
			want(t, held, j, time.Second, "", "token file reloaded")
		}
	})
}

// A file system whose times are coarse gives two writes in a row the same one.
func TestAFileThatIsJustWrittenIsReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path, j := place(t), &journal{}
		now := time.Now()
		written := func(text string) {
			must(t, os.WriteFile(path, []byte(text), 0o600), os.Chtimes(path, now, now))
		}
		written(first)
		held := newTokens(t, bearer.Options{File: path, Logger: j.logger()})
		written(first[:len(first)-1] + "x")
		want(t, held, j, time.Second, "", "token file reloaded")
		written(first)
		want(t, held, j, time.Second, "1", "token file reloaded")
		want(t, held, j, time.Second+1, "1")
		written(first[:len(first)-1] + "x") // three seconds later the clock has moved on everywhere
		want(t, held, j, time.Second, "1")
	})
}

func TestAFileThatBecomesUselessLeavesTheTokensAndIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path, j := place(t), &journal{}
		put(t, path, first)
		held := newTokens(t, bearer.Options{File: path, Logger: j.logger()})
		stays := func(logged string) {
			t.Helper()
			want(t, held, j, time.Second, "1", `level=WARN msg="token file rejected, keeping the previous tokens" file=`+path+" reason="+logged)
			for range 5 {
				want(t, held, j, time.Second, "1")
			}
		}
		put(t, path, second+"\n"+third[:10])
		stays(`"line 2 does not have 16 to 512 characters"`)
		put(t, path, third+"\n"+second[:10]) // the same mistake, made again
		stays(`"line 2 does not have 16 to 512 characters"`)
		put(t, path, "# none\n")
		stays(`"there is no token in it"`)
		must(t, os.Remove(path))
		stays(`"it does not exist"`)
		must(t, os.Mkdir(path, 0o700))
		stays(`"it is not a regular file"`)
		must(t, os.Remove(path))
		stays(`"it does not exist"`)
		put(t, path, first)
		want(t, held, j, time.Second, "1", "token file reloaded")
		must(t, os.Remove(path))
		stays(`"it does not exist"`)
		put(t, path, second)
		want(t, held, j, time.Second, "2", "token file reloaded")
		must(t, os.Rename(path, path+".away"))
		want(t, held, j, time.Second, "2", "it does not exist")
		must(t, os.Rename(path+".away", path)) // the very file that was read before
		want(t, held, j, time.Second, "2", "token file reloaded")
		must(t, os.Rename(path, path+".away"))
		want(t, held, j, time.Second, "2", "it does not exist")
	})
}

func TestReloadReadsAtOnceAndTellsItsCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path, j := place(t), &journal{}
		put(t, path, first)
		held := newTokens(t, bearer.Options{File: path, Logger: j.logger()})
		put(t, path, second)
		must(t, held.Reload())
		want(t, held, j, 0, "2")
		want(t, held, j, 5*time.Second, "2")
		put(t, path, second+"\n"+third[:10])
		for range 2 {
			if err := held.Reload(); err == nil || err.Error() != fmt.Sprintf("token file %q: line 2 %s", path, length) {
				t.Error(err)
			}
		}
		want(t, held, j, 5*time.Second, "2") // its caller has told it
		put(t, path, second+"\n"+third)
		must(t, held.Reload())
		want(t, held, j, 0, "23")
	})
}

// Kubernetes mounts a secret as links to a folder, and swaps the link to that.
func TestASecretOfKubernetesIsFollowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path, j := place(t), &journal{}
		folder := filepath.Dir(path)
		in := func(name string) string { return filepath.Join(folder, name) }
		mount := func(version, text string) {
			must(t, os.Mkdir(in(version), 0o700))
			put(t, in(version+"/tokens"), text)
			must(t, os.Symlink(version, in("..data_tmp")), os.Rename(in("..data_tmp"), in("..data")))
		}
		mount("..1", first)
		must(t, os.Symlink("..data/tokens", path))
		held := newTokens(t, bearer.Options{File: path, Logger: j.logger()})
		want(t, held, j, time.Minute, "1")
		mount("..2", first[:len(first)-1]+"x")
		must(t, os.RemoveAll(in("..1")))
		want(t, held, j, time.Second, "", "token file reloaded")
		mount("..3", first+"\n"+second)
		want(t, held, j, time.Second, "12", "token file reloaded")
	})
}

func TestAFileThatMayBeReadAgainIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path, j := place(t), &journal{}
		put(t, path, first)
		held := newTokens(t, bearer.Options{File: path, Logger: j.logger()})
		put(t, path, second)
		must(t, os.Chmod(path, 0))
		if os.Geteuid() == 0 { // who may read everything
			want(t, held, j, time.Second, "2", "token file reloaded")
			return
		}
		want(t, held, j, time.Second, "1", `reason="this process may not read it"`)
		want(t, held, j, time.Second, "1")
		must(t, os.Chmod(path, 0o600)) // which its time does not show
		want(t, held, j, time.Second, "2", "token file reloaded")
	})
}

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

func newPath(t *testing.T) string { return filepath.Join(t.TempDir(), "tokens") }

// writeFile replaces the file by renaming a new one, modified an hour ago.
func writeFile(t testing.TB, path, content string) {
	t.Helper()
	must(t, os.WriteFile(path+".new", []byte(content), 0o600))
	setAge(t, path+".new", time.Hour)
	must(t, os.Rename(path+".new", path))
}

func setAge(t testing.TB, path string, age time.Duration) {
	t.Helper()
	must(t, os.Chtimes(path, time.Time{}, time.Now().Add(-age)))
}

func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// assertAfter waits, and then fails the test unless exactly the tokens of these
// numbers are valid, and exactly these lines have been logged since the last call.
func assertAfter(t *testing.T, tokens *bearer.Tokens, log *logBuffer, wait time.Duration, numbers string, logged ...string) {
	t.Helper()
	<-time.After(wait)
	if got := accepted(tokens); got != numbers {
		t.Errorf("accepted %q, want %q", got, numbers)
	}
	lines := log.lines(t)
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

func TestTokenFileSyntax(t *testing.T) {
	path := newPath(t)
	for content, want := range map[string]string{
		first:                                 "1",
		first + "\n" + second:                 "12",
		first + "\r\n" + second + "\r\n":      "12",
		"\n\n# " + third + "\n \t \n" + first: "1",
		"  " + first + "\t\n#\n\t# x\r\n" + second + " \r\n": "12",
		"#" + first + "\n" + third:                           "3",
	} {
		writeFile(t, path, content)
		if got := accepted(newTokens(t, bearer.Options{File: path})); got != want {
			t.Errorf("%q: accepted %q, want %q", content, got, want)
		}
	}
}

func TestNewRejectsInvalidFile(t *testing.T) {
	path := newPath(t)
	assertRejected := func(path string, static []string, want string) {
		t.Helper()
		tokens, err := bearer.New(bearer.Options{Tokens: static, File: path})
		if tokens != nil || err == nil || err.Error() != fmt.Sprintf("token file %q: %s", path, want) {
			t.Errorf("got %v, want %s", err, want)
		}
		assertNoToken(t, fmt.Sprint(err))
	}
	assertRejected(path, []string{first}, "does not exist")
	assertRejected(filepath.Dir(path), nil, "is not a regular file")
	must(t, syscall.Mkfifo(path, 0o600))
	assertRejected(path, nil, "is not a regular file") // and does not block
	must(t, os.Remove(path))
	for content, want := range map[string]string{
		"": "has no tokens", "\n": "has no tokens", "# " + first: "has no tokens",
		first + "\n\n" + second + " # old\n": "token on line 3 " + syntaxError,
		first + "\r" + second:                "token on line 1 " + syntaxError,
		strings.Repeat(first+"\n", 101):      "has more than 100 tokens at line 101",
		strings.Repeat("#", 64<<10) + "\n":   "is larger than 64 KiB",
	} {
		writeFile(t, path, content)
		assertRejected(path, nil, want)
	}
	for token, want := range invalidTokens {
		if token != "" {
			writeFile(t, path, "# tokens\n"+first+"\n"+token+"\n"+second)
			assertRejected(path, nil, "token on line 3 "+want)
		}
	}
	writeFile(t, path, strings.Repeat(first+"\n", 100))
	newTokens(t, bearer.Options{File: path})
	assertRejected(path, []string{second}, "has more than 100 tokens at line 100")
	writeFile(t, path, first+"\n"+strings.Repeat("#", 64<<10-len(first)-1))
	newTokens(t, bearer.Options{File: path})
	assertRejected(path+"/tokens", nil, "cannot be read")
}

func TestChangedFileIsReloadedWithinASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path, log := newPath(t), &logBuffer{}
		writeFile(t, path, first)
		tokens := newTokens(t, bearer.Options{Tokens: []string{third}, File: path, Logger: log.logger()})
		writeFile(t, path, first+"\n"+second)
		assertAfter(t, tokens, log, 0, "13")
		assertAfter(t, tokens, log, time.Second-1, "13") // polled less than a second ago
		assertAfter(t, tokens, log, 1, "123", `level=INFO msg="token file reloaded" file=`+path+" tokens=3")
		writeFile(t, path, second)
		assertAfter(t, tokens, log, time.Second-1, "123")
		assertAfter(t, tokens, log, 1, "23", "tokens=2")
		for range 5 {
			assertAfter(t, tokens, log, time.Second, "23") // not logged again
		}
		writeFile(t, path, second+"\n# the same tokens\n")
		assertAfter(t, tokens, log, time.Second, "23")
	})
}

func TestUnchangedFileIsNotRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path, log := newPath(t), &logBuffer{}
		writeFile(t, path, first)
		tokens := newTokens(t, bearer.Options{File: path, Logger: log.logger()})
		must(t, os.WriteFile(path, []byte(first[:len(first)-1]+"x"), 0o600))
		setAge(t, path, time.Hour) // same inode, size and modification time
		for range 3 {
			assertAfter(t, tokens, log, time.Second, "1")
		}
		must(t, tokens.Reload()) // which reads it anyway
		assertAfter(t, tokens, log, 0, "")
	})
}

func TestTimeSizeAndInodeEachDetectChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		other := first[:len(first)-1] + "x"
		for part, change := range map[string]func(path string){
			"time": func(path string) {
				must(t, os.WriteFile(path, []byte(other), 0o600))
				setAge(t, path, time.Hour-time.Second)
			},
			"size": func(path string) {
				must(t, os.WriteFile(path, []byte(other+"x"), 0o600))
				must(t, os.Chtimes(path, time.Time{}, time.Now().Add(-time.Hour)))
			},
			"inode": func(path string) { writeFile(t, path, other) },
		} {
			path, log := newPath(t), &logBuffer{}
			writeFile(t, path, first)
			tokens := newTokens(t, bearer.Options{File: path, Logger: log.logger()})
			change(path)
			t.Log(part)
			assertAfter(t, tokens, log, time.Second, "", "token file reloaded")
		}
	})
}

// In a file system with coarse times, two writes in a row have the same modification time.
func TestRecentlyWrittenFileIsReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path, log := newPath(t), &logBuffer{}
		now := time.Now()
		write := func(content string) {
			must(t, os.WriteFile(path, []byte(content), 0o600), os.Chtimes(path, now, now))
		}
		write(first)
		tokens := newTokens(t, bearer.Options{File: path, Logger: log.logger()})
		write(first[:len(first)-1] + "x")
		assertAfter(t, tokens, log, time.Second, "", "token file reloaded")
		write(first)
		assertAfter(t, tokens, log, time.Second, "1", "token file reloaded")
		assertAfter(t, tokens, log, time.Second+1, "1")
		write(first[:len(first)-1] + "x") // three seconds later the time differs in every file system
		assertAfter(t, tokens, log, time.Second, "1")
	})
}

func TestInvalidFileKeepsPreviousTokensAndIsLoggedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path, log := newPath(t), &logBuffer{}
		writeFile(t, path, first)
		tokens := newTokens(t, bearer.Options{File: path, Logger: log.logger()})
		assertKept := func(reason string) {
			t.Helper()
			assertAfter(t, tokens, log, time.Second, "1", `level=WARN msg="token file rejected, keeping the previous tokens" file=`+path+" reason="+reason)
			for range 5 {
				assertAfter(t, tokens, log, time.Second, "1")
			}
		}
		writeFile(t, path, second+"\n"+third[:10])
		assertKept(`"token on line 2 must have 16 to 512 characters"`)
		writeFile(t, path, third+"\n"+second[:10]) // the same error in a new version
		assertKept(`"token on line 2 must have 16 to 512 characters"`)
		writeFile(t, path, "# none\n")
		assertKept(`"has no tokens"`)
		must(t, os.Remove(path))
		assertKept(`"does not exist"`)
		must(t, os.Mkdir(path, 0o700))
		assertKept(`"is not a regular file"`)
		must(t, os.Remove(path))
		assertKept(`"does not exist"`)
		writeFile(t, path, first)
		assertAfter(t, tokens, log, time.Second, "1", "token file reloaded")
		must(t, os.Remove(path))
		assertKept(`"does not exist"`)
		writeFile(t, path, second)
		assertAfter(t, tokens, log, time.Second, "2", "token file reloaded")
		must(t, os.Rename(path, path+".away"))
		assertAfter(t, tokens, log, time.Second, "2", "does not exist")
		must(t, os.Rename(path+".away", path)) // the version that was loaded before
		assertAfter(t, tokens, log, time.Second, "2", "token file reloaded")
		must(t, os.Rename(path, path+".away"))
		assertAfter(t, tokens, log, time.Second, "2", "does not exist")
	})
}

func TestReloadReadsImmediatelyAndReturnsError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path, log := newPath(t), &logBuffer{}
		writeFile(t, path, first)
		tokens := newTokens(t, bearer.Options{File: path, Logger: log.logger()})
		writeFile(t, path, second)
		must(t, tokens.Reload())
		assertAfter(t, tokens, log, 0, "2")
		assertAfter(t, tokens, log, 5*time.Second, "2")
		writeFile(t, path, second+"\n"+third[:10])
		for range 2 {
			if err := tokens.Reload(); err == nil || err.Error() != fmt.Sprintf("token file %q: token on line 2 %s", path, lengthError) {
				t.Error(err)
			}
		}
		assertAfter(t, tokens, log, 5*time.Second, "2") // Reload leaves logging to its caller
		writeFile(t, path, second+"\n"+third)
		must(t, tokens.Reload())
		assertAfter(t, tokens, log, 0, "23")
	})
}

// Kubernetes mounts a secret as symbolic links into a directory, and replaces the link to that directory.
func TestKubernetesSecretUpdateIsDetected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path, log := newPath(t), &logBuffer{}
		dir := filepath.Dir(path)
		in := func(name string) string { return filepath.Join(dir, name) }
		mount := func(version, content string) {
			must(t, os.Mkdir(in(version), 0o700))
			writeFile(t, in(version+"/tokens"), content)
			must(t, os.Symlink(version, in("..data_tmp")), os.Rename(in("..data_tmp"), in("..data")))
		}
		mount("..1", first)
		must(t, os.Symlink("..data/tokens", path))
		tokens := newTokens(t, bearer.Options{File: path, Logger: log.logger()})
		assertAfter(t, tokens, log, time.Minute, "1")
		mount("..2", first[:len(first)-1]+"x")
		must(t, os.RemoveAll(in("..1")))
		assertAfter(t, tokens, log, time.Second, "", "token file reloaded")
		mount("..3", first+"\n"+second)
		assertAfter(t, tokens, log, time.Second, "12", "token file reloaded")
	})
}

func TestFileIsReloadedWhenPermissionReturns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path, log := newPath(t), &logBuffer{}
		writeFile(t, path, first)
		tokens := newTokens(t, bearer.Options{File: path, Logger: log.logger()})
		writeFile(t, path, second)
		must(t, os.Chmod(path, 0))
		if os.Geteuid() == 0 { // root may read everything
			assertAfter(t, tokens, log, time.Second, "2", "token file reloaded")
			return
		}
		assertAfter(t, tokens, log, time.Second, "1", `reason="permission denied"`)
		assertAfter(t, tokens, log, time.Second, "1")
		must(t, os.Chmod(path, 0o600)) // which does not change the modification time
		assertAfter(t, tokens, log, time.Second, "2", "token file reloaded")
	})
}

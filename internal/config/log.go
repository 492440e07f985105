package config

import (
	"errors"
	"flag"
	"io"
	"log/slog"
)

// Log is what the log hears, and how it is written.
type Log struct {
	level     slog.Level
	format    string
	levelName string // of the level, as it was given
}

func (c *Log) define(flags *flag.FlagSet) {
	flags.StringVar(&c.levelName, "log-level", "info", "the least `level` that is logged: debug (every call to HeyGen), info (every operation), warn, error")
	flags.StringVar(&c.format, "log-format", "text", "how: `text` or json")
}

func (c *Log) check() error {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	level, ok := levels[c.levelName]
	switch {
	case !ok:
		return errors.New("LOG_LEVEL: must be debug, info, warn or error")
	case c.format != "text" && c.format != "json":
		return errors.New("LOG_FORMAT: must be text or json")
	}
	c.level = level
	return nil
}

// Logger writes to w.
func (c *Log) Logger(w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: c.level}
	if c.format == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

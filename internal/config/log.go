package config

import (
	"errors"
	"flag"
	"io"
	"log/slog"
)

// Log holds the minimum level and the format of the log.
type Log struct {
	level     slog.Level
	levelName string
	format    string
}

func (l *Log) define(flags *flag.FlagSet) {
	flags.StringVar(&l.levelName, "log-level", "info", "minimum `level` that is logged: debug (every call to HeyGen), info (every operation), warn or error")
	flags.StringVar(&l.format, "log-format", "text", "`format` of the log: text or json")
}

func (l *Log) check() error {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	level, ok := levels[l.levelName]
	switch {
	case !ok:
		return errors.New("LOG_LEVEL: must be debug, info, warn or error")
	case l.format != "text" && l.format != "json":
		return errors.New("LOG_FORMAT: must be text or json")
	}
	l.level = level
	return nil
}

// Logger returns a logger that writes to w.
func (l Log) Logger(w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: l.level}
	if l.format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

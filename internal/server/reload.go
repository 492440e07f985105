package server

import (
	"fmt"
	"log/slog"

	"heygen-graphql/graph"
	"heygen-graphql/internal/bearer"
	"heygen-graphql/internal/config"
	"heygen-graphql/internal/manifest"
)

// LoadTrustedDocuments gives the API the documents of the manifest, if there is one. The error
// names the setting.
func LoadTrustedDocuments(c config.Config, api *graph.Handler, log *slog.Logger) error {
	if c.Limits.TrustedDocuments == "" {
		return nil
	}
	read, err := manifest.Read(c.Limits.TrustedDocuments)
	if err == nil {
		documents := make([]graph.TrustedDocument, len(read))
		for i, d := range read {
			documents[i] = graph.TrustedDocument{ID: d.ID, Source: d.Text}
		}
		err = api.SetTrustedDocuments(documents)
	}
	if err != nil {
		return fmt.Errorf("TRUSTED_DOCUMENTS: %s: %w", c.Limits.TrustedDocuments, err)
	}
	log.Info("trusted documents loaded", "file", c.Limits.TrustedDocuments, "documents", len(read), "untrusted_allowed", !c.Limits.TrustedOnly)
	return nil
}

// Reload reads the files that settings name once more. What is wrong with one
// leaves what was read before.
func Reload(c config.Config, api *graph.Handler, callers *bearer.Tokens, log *slog.Logger) {
	if c.Limits.TrustedDocuments != "" {
		if err := LoadTrustedDocuments(c, api, log); err != nil {
			log.Error("reload failed, keeping the previous documents", "reason", err.Error())
		}
	}
	if c.Auth.TokensFile != "" {
		if err := callers.Reload(); err != nil {
			log.Error("reload failed, keeping the previous tokens", "reason", err.Error())
		} else {
			log.Info("tokens reloaded")
		}
	}
}

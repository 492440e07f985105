package server

import (
	"fmt"
	"log/slog"

	"heygen-graphql/graph"
	"heygen-graphql/internal/bearer"
	"heygen-graphql/internal/config"
	"heygen-graphql/internal/manifest"
)

// LoadTrustedDocuments reads the documents of TRUSTED_DOCUMENTS, if set, and passes
// them to the API. Its error names the setting.
func LoadTrustedDocuments(cfg config.Config, api *graph.Handler, log *slog.Logger) error {
	file := cfg.Limits.TrustedDocuments
	if file == "" {
		return nil
	}
	entries, err := manifest.Read(file)
	if err == nil {
		documents := make([]graph.TrustedDocument, len(entries))
		for i, entry := range entries {
			documents[i] = graph.TrustedDocument{ID: entry.ID, Source: entry.Source}
		}
		err = api.SetTrustedDocuments(documents)
	}
	if err != nil {
		return fmt.Errorf("TRUSTED_DOCUMENTS: %s: %w", file, err)
	}
	log.Info("trusted documents loaded", "file", file, "documents", len(entries), "untrusted_allowed", cfg.Limits.UntrustedAllowed())
	return nil
}

// Reload reads the files of the settings again. If a file is invalid, its previous
// contents stay in use.
func Reload(cfg config.Config, api *graph.Handler, tokens *bearer.Tokens, log *slog.Logger) {
	if cfg.Limits.TrustedDocuments != "" {
		if err := LoadTrustedDocuments(cfg, api, log); err != nil {
			log.Error("reload failed, keeping the previous documents", "reason", err.Error())
		}
	}
	if cfg.Auth.TokensFile != "" {
		if err := tokens.Reload(); err != nil {
			log.Error("reload failed, keeping the previous tokens", "reason", err.Error())
		} else {
			log.Info("tokens reloaded")
		}
	}
}

package main

import (
	"fmt"
	"log/slog"

	"heygen-graphql/graph"
	"heygen-graphql/internal/bearer"
	"heygen-graphql/internal/manifest"
)

// trust gives the API the documents of the manifest, if there is one. The error
// names the setting.
func (c config) trust(api *graph.Handler, log *slog.Logger) error {
	if c.limits.trusted == "" {
		return nil
	}
	read, err := manifest.Read(c.limits.trusted)
	if err == nil {
		documents := make([]graph.TrustedDocument, len(read))
		for i, d := range read {
			documents[i] = graph.TrustedDocument{ID: d.ID, Source: d.Source}
		}
		err = api.SetTrustedDocuments(documents)
	}
	if err != nil {
		return fmt.Errorf("TRUSTED_DOCUMENTS: %s: %w", c.limits.trusted, err)
	}
	log.Info("trusted documents loaded", "file", c.limits.trusted, "documents", len(read), "untrusted_allowed", !c.limits.trustedOnly)
	return nil
}

// reread reads the files that settings name once more. What is wrong with one
// leaves what was read before.
func (c config) reread(api *graph.Handler, callers *bearer.Tokens, log *slog.Logger) {
	if c.limits.trusted != "" {
		if err := c.trust(api, log); err != nil {
			log.Error("reload failed, keeping the previous documents", "reason", err.Error())
		}
	}
	if c.tokensFile != "" {
		if err := callers.Reload(); err != nil {
			log.Error("reload failed, keeping the previous tokens", "reason", err.Error())
		} else {
			log.Info("tokens reloaded")
		}
	}
}

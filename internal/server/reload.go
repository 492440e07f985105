package server

import (
	"fmt"
	"log/slog"
	"maps"
	"slices"

	"heygen-graphql/graph"
	"heygen-graphql/graph/gallery"
	"heygen-graphql/internal/bearer"
	"heygen-graphql/internal/config"
	"heygen-graphql/internal/manifest"
)

// LoadTrustedDocuments passes the documents of TRUSTED_DOCUMENTS, if set, and those of the
// picker, if it is served, to the API. Its error names the setting.
func LoadTrustedDocuments(cfg config.Config, api *graph.Handler, log *slog.Logger) error {
	file := cfg.Limits.TrustedDocuments
	var documents []graph.TrustedDocument
	if file != "" {
		entries, err := manifest.Read(file)
		if err != nil {
			return fmt.Errorf("TRUSTED_DOCUMENTS: %s: %w", file, err)
		}
		for _, entry := range entries {
			documents = append(documents, graph.TrustedDocument{ID: entry.ID, Source: entry.Source})
		}
	}
	set := api.SetTrustedDocuments
	if cfg.Limits.Gallery {
		set = func(documents []graph.TrustedDocument) error { return trustPicker(api, documents, log) }
	}
	if err := set(documents); err != nil {
		return fmt.Errorf("TRUSTED_DOCUMENTS: %s: %w", file, err)
	}
	if file != "" {
		log.Info("trusted documents loaded", "file", file, "documents", len(documents), "untrusted_allowed", cfg.Limits.UntrustedAllowed())
	}
	return nil
}

// trustPicker passes the documents of a manifest and those of the picker to the API, unless
// GALLERY=false. Without the latter the API still serves its other clients: they are left out
// if the limits of the settings reject one, or if the manifest has another document by its id.
func trustPicker(api *graph.Handler, documents []graph.TrustedDocument, log *slog.Logger) error {
	pickerErr := api.SetTrustedDocuments(withPicker(documents))
	if pickerErr == nil {
		return nil
	}
	if err := api.SetTrustedDocuments(documents); err != nil {
		return err
	}
	log.Warn("the avatar picker's documents are not trusted", "reason", pickerErr.Error())
	return nil
}

// withPicker returns the documents of a manifest and those of the picker that it does not
// contain.
func withPicker(documents []graph.TrustedDocument) []graph.TrustedDocument {
	all := slices.Clone(documents)
	picker := gallery.Documents()
	for _, id := range slices.Sorted(maps.Keys(picker)) {
		if d := (graph.TrustedDocument{ID: id, Source: picker[id]}); !slices.Contains(documents, d) {
			all = append(all, d)
		}
	}
	return all
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

package graph

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/loader"
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

var voiceNode = newNodeType(model.TypeVoice, "voice",
	func(s *operationScope) *loader.Loader[heygen.VoiceID, *heygen.Voice] { return s.voices })

// listVoices resolves Query.voices.
func (r *Resolver) listVoices(ctx context.Context, args relay.Args, voiceType *heygen.VoiceType, language, gender, engine, search *string, order *catalogue.VoiceOrder) (*relay.Connection[*heygen.Voice], error) {
	for _, filter := range []struct {
		argument string
		value    *string
	}{{"language", language}, {"gender", gender}, {"engine", engine}} {
		if filter.value != nil && !isFilterText(*filter.value) {
			return nil, &Error{Code: errcode.BadUserInput, Message: "`" + filter.argument + "` must have 1 to " + strconv.Itoa(maxFilterLength) + " characters, no control characters, and not only white space."}
		}
	}
	params := heygen.VoicesParams{
		Limit: heygen.MaxVoicesPageSize, Type: deref(voiceType),
		Language: deref(language), Gender: deref(gender), Engine: deref(engine),
	}
	if params.Type == "" {
		params.Type = heygen.PublicVoice // an explicit null
	}
	query := catalogue.VoiceQuery{Order: order}
	var err error
	if query.Search, err = parseSearch(search); err != nil {
		return nil, err
	}
	filters := url.Values{"type": {string(params.Type)}, "language": {params.Language}, "gender": {params.Gender}, "engine": {params.Engine}}
	s := operationScopeFrom(ctx)
	voices := func(ctx context.Context) (*catalogue.Voices, error) { return s.voiceCatalogues.load(ctx, s, params) }
	counts := listCounts[model.VoiceFacets]{count: countItems(voices), facets: func(ctx context.Context) (*model.VoiceFacets, error) {
		return countVoiceFacets(ctx, params, query.Search)
	}}
	if query.IsZero() {
		c, err := r.listPlainVoices(ctx, params, filters, args)
		if err != nil {
			return nil, err
		}
		setCounts(c, args, counts)
		return c, nil
	}
	filters["search"], filters["orderBy"] = []string{query.Search.String()}, []string{query.Order.String()}
	c, total, err := resolveSelection(ctx, r, cursorScope("voices", params.Limit, filters), args, func() (*catalogue.Selection[heygen.Voice], error) {
		voices, err := voices(ctx)
		if err != nil {
			return nil, err
		}
		return voices.Select(query), nil
	})
	if err != nil {
		return nil, err
	}
	counts.total = &total
	c.Counts = &counts
	return c, nil
}

// listPlainVoices resolves Query.voices in HeyGen's order, page by page.
func (r *Resolver) listPlainVoices(ctx context.Context, params heygen.VoicesParams, filters url.Values, args relay.Args) (*relay.Connection[*heygen.Voice], error) {
	s := operationScopeFrom(ctx)
	return resolveConnection(ctx, r, listSource[heygen.Voice]{
		endpoint: heygen.EndpointListVoices,
		scope:    cursorScope("voices", params.Limit, filters),
		id:       func(v *heygen.Voice) string { return string(v.ID) },
		page: func(ctx context.Context, token string) (relay.UpstreamPage[*heygen.Voice], error) {
			params := params
			params.Token = token
			return s.voicePages.load(ctx, s, params)
		},
	}, args)
}

// countVoiceFacets returns the selected facets of voices. HeyGen filters voices, so a list without
// the filter of a facet is another catalogue: it is loaded if the facet is selected.
func countVoiceFacets(ctx context.Context, filters heygen.VoicesParams, search catalogue.Search) (*model.VoiceFacets, error) {
	s := operationScopeFrom(ctx)
	facets := &model.VoiceFacets{}
	for _, field := range graphql.CollectFieldsCtx(ctx, nil) {
		params := filters
		switch field.Name {
		case "language":
			params.Language = ""
		case "gender":
			params.Gender = ""
		default:
			continue
		}
		voices, err := s.voiceCatalogues.load(ctx, s, params)
		if err != nil {
			return nil, err
		}
		if field.Name == "gender" {
			facets.Gender = voices.Genders(search)
			continue
		}
		facets.Language = voices.Languages(search)
		if err := s.addItems(len(facets.Language)); err != nil {
			return nil, err
		}
	}
	return facets, nil
}

// maxFilterLength is the maximum length of a filter in characters.
const maxFilterLength = 100

func isFilterText(value string) bool {
	return strings.TrimSpace(value) != "" && utf8.RuneCountInString(value) <= maxFilterLength && !strings.ContainsFunc(value, unicode.IsControl)
}

// voiceDetails returns the fields that HeyGen returns only for a voice fetched by id.
// It fetches the voice if it came from a list. If the voice has been deleted since,
// the fields are null.
func voiceDetails(ctx context.Context, v *heygen.Voice) (heygen.VoiceDetails, error) {
	if v.Details != nil {
		return *v.Details, nil
	}
	fetched, err := resolveLink(ctx, operationScopeFrom(ctx).voices, &v.ID)
	if fetched == nil {
		return heygen.VoiceDetails{}, err
	}
	return *fetched.Details, nil
}

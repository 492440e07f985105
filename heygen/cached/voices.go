package cached

import (
	"context"

	"heygen-graphql/heygen"
)

// A voice in a list lacks its Details: it does not stand for one fetched alone.
var voices = resource[heygen.VoiceID, heygen.Voice]{
	list: heygen.EndpointListVoices, one: heygen.EndpointGetVoice,
	id: func(v *heygen.Voice) heygen.VoiceID { return v.ID },
	training: func(v *heygen.Voice) bool {
		return v.Details != nil && v.Details.Status != nil && *v.Details.Status == heygen.VoiceProcessing
	},
	urls: func(v *heygen.Voice) []*string { return []*string{v.PreviewAudioURL} },
}

// ListVoices gives one page.
func (c *Client) ListVoices(ctx context.Context, p heygen.VoicesParams) (heygen.Page[heygen.Voice], error) {
	return page(ctx, c, voices, p, p.Token, p.Type != heygen.PrivateVoice, c.heygen.ListVoices)
}

// Voice gives one voice with its Details.
func (c *Client) Voice(ctx context.Context, id heygen.VoiceID) (heygen.Voice, error) {
	return one(ctx, c, voices, id, c.heygen.Voice)
}

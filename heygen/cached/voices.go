package cached

import (
	"context"

	"heygen-graphql/heygen"
)

// A voice in a list lacks its Details, so listItemsComplete is false.
var voiceResource = resource[heygen.VoiceID, heygen.Voice, heygen.VoicesParams]{
	listEndpoint: heygen.EndpointListVoices, itemEndpoint: heygen.EndpointGetVoice,
	fetchPage: (*heygen.Client).ListVoices, fetchItem: (*heygen.Client).Voice,
	records:    func(s *shared) *records[heygen.Voice] { return &s.voiceRecords },
	pageToken:  func(p heygen.VoicesParams) string { return p.Token },
	publicList: func(p heygen.VoicesParams) bool { return p.Type != heygen.PrivateVoice },
	id:         func(v *heygen.Voice) heygen.VoiceID { return v.ID },
	inProgress: func(v *heygen.Voice) bool {
		return v.Details != nil && v.Details.Status != nil && *v.Details.Status == heygen.VoiceProcessing
	},
	previewURLs: func(v *heygen.Voice) []**string { return []**string{&v.PreviewAudioURL} },
}

// ListVoices returns one page.
func (c *Client) ListVoices(ctx context.Context, p heygen.VoicesParams) (heygen.Page[heygen.Voice], error) {
	return voiceResource.page(ctx, c, p)
}

// Voice returns one voice with its Details.
func (c *Client) Voice(ctx context.Context, id heygen.VoiceID) (heygen.Voice, error) {
	return voiceResource.item(ctx, c, id)
}

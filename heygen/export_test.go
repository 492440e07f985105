package heygen

import "heygen-graphql/internal/jsonscan"

// TrimSpace trims a string that a person has typed.
func TrimSpace(s string) string {
	var t textTrimmer
	t.trim(&s)
	return s
}

// ClassifyGender returns the category of a string.
var ClassifyGender = classifyGender

// ResponseDecoder decodes the responses of an endpoint.
type ResponseDecoder struct {
	Name, Endpoint string
	Decode         func(c *Client, body []byte) (any, error) // as a call does: on the fast path if it can
	Fast           func(body []byte) (any, bool)
	Slow           func(c *Client, body []byte) (any, error)
}

// ResponseDecoders are the decoders of all endpoints.
var ResponseDecoders = []ResponseDecoder{
	pageDecoder[AvatarGroup, avatarGroupWire]("groups", EndpointListAvatarGroups),
	pageDecoder[AvatarLook, avatarLookWire]("looks", EndpointListAvatarLooks),
	pageDecoder[Voice, voiceListWire]("voices", EndpointListVoices),
	oneDecoder[AvatarGroup, avatarGroupWire]("group", EndpointGetAvatarGroup),
	oneDecoder[AvatarLook, avatarLookWire]("look", EndpointGetAvatarLook),
	oneDecoder[Voice, voiceDetailWire]("voice", EndpointGetVoice),
}

func pageDecoder[T any, W wire[T]](name, endpoint string) ResponseDecoder {
	return ResponseDecoder{
		name, endpoint,
		func(c *Client, body []byte) (any, error) {
			return decodePageFast[T, W](c, endpoint, response{status: 200, body: body})
		},
		func(body []byte) (any, bool) { return decodeFast[T, W](body, jsonscan.Array) },
		func(c *Client, body []byte) (any, error) {
			return decodePage[T, W](c, endpoint, response{status: 200, body: body})
		},
	}
}

func oneDecoder[T any, W wire[T]](name, endpoint string) ResponseDecoder {
	return ResponseDecoder{
		name, endpoint,
		func(c *Client, body []byte) (any, error) {
			return decodeOneFast[T, W](c, endpoint, response{status: 200, body: body})
		},
		func(body []byte) (any, bool) {
			page, ok := decodeFast[T, W](body, jsonscan.Object)
			if !ok {
				return nil, false
			}
			return page.Data[0], true
		},
		func(c *Client, body []byte) (any, error) {
			return decodeOne[T, W](c, endpoint, response{status: 200, body: body})
		},
	}
}

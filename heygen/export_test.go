package heygen

import "heygen-graphql/internal/jsonscan"

// Reading is how the answers of an endpoint are read: quickly, if they are of the
// kind that can be, or slowly.
type Reading struct {
	Of, Endpoint string
	Both         func(c *Client, body []byte) (any, error) // as a call does
	Quick        func(body []byte) (any, bool)
	Slow         func(c *Client, body []byte) (any, error)
}

// Readings are those of all endpoints.
var Readings = []Reading{
	ofPages[AvatarGroup, avatarGroupWire]("groups", EndpointListAvatarGroups),
	ofPages[AvatarLook, avatarLookWire]("looks", EndpointListAvatarLooks),
	ofPages[Voice, voiceListWire]("voices", EndpointListVoices),
	ofOne[AvatarGroup, avatarGroupWire]("group", EndpointGetAvatarGroup),
	ofOne[AvatarLook, avatarLookWire]("look", EndpointGetAvatarLook),
	ofOne[Voice, voiceDetailWire]("voice", EndpointGetVoice),
}

func ofPages[T any, W wire[T]](of, endpoint string) Reading {
	return Reading{
		of, endpoint,
		func(c *Client, body []byte) (any, error) {
			return decodePageFast[T, W](c, endpoint, answer{status: 200, body: body})
		},
		func(body []byte) (any, bool) { return decodeFast[T, W](body, jsonscan.Array) },
		func(c *Client, body []byte) (any, error) {
			return decodePage[T, W](c, endpoint, answer{status: 200, body: body})
		},
	}
}

func ofOne[T any, W wire[T]](of, endpoint string) Reading {
	return Reading{
		of, endpoint,
		func(c *Client, body []byte) (any, error) {
			return decodeOneFast[T, W](c, endpoint, answer{status: 200, body: body})
		},
		func(body []byte) (any, bool) {
			page, ok := decodeFast[T, W](body, jsonscan.Object)
			if !ok {
				return nil, false
			}
			return page.Data[0], true
		},
		func(c *Client, body []byte) (any, error) {
			return decodeOne[T, W](c, endpoint, answer{status: 200, body: body})
		},
	}
}

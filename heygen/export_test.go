package heygen

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
	ofPages[Voice, listedVoice]("voices", EndpointListVoices),
	ofOne[AvatarGroup, avatarGroupWire]("group", EndpointGetAvatarGroup),
	ofOne[AvatarLook, avatarLookWire]("look", EndpointGetAvatarLook),
	ofOne[Voice, loneVoice]("voice", EndpointGetVoice),
}

func ofPages[T any, W wire[T]](of, endpoint string) Reading {
	return Reading{
		of, endpoint,
		func(c *Client, body []byte) (any, error) {
			return quickPage[T, W](c, endpoint, answer{status: 200, body: body})
		},
		func(body []byte) (any, bool) { return quickly[T, W](body, aList) },
		func(c *Client, body []byte) (any, error) {
			return decodePage[T, W](c, endpoint, answer{status: 200, body: body})
		},
	}
}

func ofOne[T any, W wire[T]](of, endpoint string) Reading {
	return Reading{
		of, endpoint,
		func(c *Client, body []byte) (any, error) {
			return quickOne[T, W](c, endpoint, answer{status: 200, body: body})
		},
		func(body []byte) (any, bool) {
			page, ok := quickly[T, W](body, anObject)
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

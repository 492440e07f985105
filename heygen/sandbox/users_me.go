package sandbox

// getMe handles GET /v3/users/me, the cheapest way to find out whether a key is valid.
func (s *Sandbox) getMe(*request) (any, *apiError) {
	type user struct {
		Username string `json:"username"`
		Email    string `json:"email"`
	}
	return item{Data: user{"sandbox", "sandbox@example.com"}}, nil
}

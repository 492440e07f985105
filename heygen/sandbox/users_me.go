package sandbox

// me answers GET /v3/users/me, the cheapest way to find out whether a key is right.
func (s *Sandbox) me(*request) (any, *refusal) {
	type user struct {
		Username string `json:"username"`
		Email    string `json:"email"`
	}
	return one{Data: user{"sandbox", "sandbox@example.com"}}, nil
}

package sandbox

func repeatedToken(e *edited) {
	if e.token != "" {
		e.body["has_more"], e.body["next_token"] = true, e.token
	}
}

func loopingToken(e *edited) {
	e.body["has_more"], e.body["next_token"] = true, e.asked.seal(cursor{})
}

func moreWithoutToken(e *edited) {
	e.body["has_more"], e.body["next_token"] = true, nil
}

func endlessPages(e *edited) {
	p := voidPage(*e.asked)
	e.body["data"], e.body["has_more"], e.body["next_token"] = p.Data, p.HasMore, p.NextToken
}

package sandbox

func repeatedToken(e *editableResponse) {
	if e.requestToken != "" {
		e.body["has_more"], e.body["next_token"] = true, e.requestToken
	}
}

func loopingToken(e *editableResponse) {
	e.body["has_more"], e.body["next_token"] = true, e.page.encodeToken(cursor{})
}

func moreWithoutToken(e *editableResponse) {
	e.body["has_more"], e.body["next_token"] = true, nil
}

func endlessPages(e *editableResponse) {
	p := newEndlessPage(*e.page)
	e.body["data"], e.body["has_more"], e.body["next_token"] = p.Data, p.HasMore, p.NextToken
}

// emptyPage returns a new token: the token of the request would make it a RepeatedToken.
func emptyPage(e *editableResponse) {
	next := e.page.start
	next.EmptyPages++
	e.body["data"], e.body["has_more"], e.body["next_token"] = []any{}, true, e.page.encodeToken(next)
}

func emptyLastPage(e *editableResponse) {
	if e.body["has_more"] == false && !e.page.start.AfterEnd {
		e.body["has_more"], e.body["next_token"] = true, e.page.encodeToken(cursor{AfterEnd: true})
	}
}

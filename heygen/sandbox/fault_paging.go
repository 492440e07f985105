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

// emptyPage gives a token that was never seen before: with the one that was asked with, it would be a RepeatedToken.
func emptyPage(e *edited) {
	again := e.asked.start
	again.Again++
	e.body["data"], e.body["has_more"], e.body["next_token"] = []any{}, true, e.asked.seal(again)
}

func emptyLastPage(e *edited) {
	if e.body["has_more"] == false && !e.asked.start.End {
		e.body["has_more"], e.body["next_token"] = true, e.asked.seal(cursor{End: true})
	}
}

package gqlgen

import "heygen-graphql/bench/internal/gqlgen/model"

func groupsConnection(groups []group, places []cursor, more bool) *model.AvatarGroupConnection {
	c := &model.AvatarGroupConnection{Edges: []*model.AvatarGroupEdge{}, Nodes: []*model.AvatarGroup{}, PageInfo: pageInfo(places, more)}
	for i, g := range groups {
		node := g.model()
		c.Nodes = append(c.Nodes, node)
		c.Edges = append(c.Edges, &model.AvatarGroupEdge{Cursor: places[i].String(), Node: node})
	}
	return c
}

func looksConnection(looks []look, places []cursor, more bool) *model.AvatarLookConnection {
	c := &model.AvatarLookConnection{Nodes: []*model.AvatarLook{}, PageInfo: pageInfo(places, more)}
	for _, l := range looks {
		c.Nodes = append(c.Nodes, l.model())
	}
	return c
}

func pageInfo(places []cursor, more bool) *model.PageInfo {
	info := &model.PageInfo{HasNextPage: more}
	if len(places) > 0 {
		info.EndCursor = new(places[len(places)-1].String())
	}
	return info
}

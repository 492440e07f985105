package gqlgen

import "heygen-graphql/bench/internal/gqlgen/model"

func groupsConnection(groups []group, cursors []cursor, more bool) *model.AvatarGroupConnection {
	c := &model.AvatarGroupConnection{Edges: []*model.AvatarGroupEdge{}, Nodes: []*model.AvatarGroup{}, PageInfo: pageInfo(cursors, more)}
	for i, g := range groups {
		node := g.model()
		c.Nodes = append(c.Nodes, node)
		c.Edges = append(c.Edges, &model.AvatarGroupEdge{Cursor: cursors[i].String(), Node: node})
	}
	return c
}

func looksConnection(looks []look, cursors []cursor, more bool) *model.AvatarLookConnection {
	c := &model.AvatarLookConnection{Nodes: []*model.AvatarLook{}, PageInfo: pageInfo(cursors, more)}
	for _, l := range looks {
		c.Nodes = append(c.Nodes, l.model())
	}
	return c
}

func pageInfo(cursors []cursor, more bool) *model.PageInfo {
	info := &model.PageInfo{HasNextPage: more}
	if len(cursors) > 0 {
		info.EndCursor = new(cursors[len(cursors)-1].String())
	}
	return info
}

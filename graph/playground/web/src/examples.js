// What the first visit opens, a tab each, and the Examples pane afterwards. They go through lists alone, as no id is
// known to every account of HeyGen's, and each runs as it stands. A tab is named after its operation.

const characters = /* GraphQL */ `# A page of characters. Run it by the button or
# Ctrl-Enter: portraits appear below the JSON.
query Characters {
  avatarGroups(first: 6) {
    nodes {
      id # for node(id:) and clients' caches
      groupId # HeyGen's own; not for videos
      name
      looksCount
      previewImageUrl
    }
    pageInfo {
      hasNextPage
      endCursor # NextPage goes on from here
    }
  }
}
`;

const nextPage = /* GraphQL */ `# The page behind a cursor: $after in Variables.
# Once Characters has run, its endCursor stands
# there; null gives the first page.
query NextPage($after: String) {
  avatarGroups(first: 6, after: $after) {
    nodes {
      name
      previewImageUrl
    }
    pageInfo {
      hasNextPage
      endCursor # to walk on: the next $after
    }
  }
}
`;

const oneCharacter = /* GraphQL */ `# What a video needs: a look that is READY, and
# a voice. For a character whose id you know:
#   avatarGroup(id: "...") { ...ForAVideo }
# X-GraphQL-Extensions, in Headers, asks what it
# costs: the calls to HeyGen it may take.
query OneCharacter {
  avatarGroups(first: 1) {
    nodes {
      ...ForAVideo
    }
  }
}

fragment ForAVideo on AvatarGroup {
  name
  looks(first: 5) {
    nodes {
      lookId # the avatar_id of a video
      name
      previewImageUrl
      readiness {
        state
        reason # why it is not READY
      }
    }
  }
  defaultVoice {
    voiceId # the voice_id of a video
    name
    language
    previewAudioUrl
  }
}
`;

export const EXAMPLES = [
  {
    title: 'Characters',
    about: 'A page of the list. Each character is a group of looks.',
    query: characters,
  },
  {
    title: 'NextPage',
    about: 'How a list goes on: the endCursor of one page is the after of the next.',
    query: nextPage,
    variables: '{\n  "after": null\n}',
  },
  {
    title: 'OneCharacter',
    about: 'Its looks, with whether they are ready, its voice, and what it all costs.',
    query: oneCharacter,
    headers: '{\n  "X-GraphQL-Extensions": "cost"\n}',
  },
];

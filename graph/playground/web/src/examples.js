// The operations that the first visit opens in tabs, and that the Examples pane lists. Each runs unchanged: a query uses
// lists, as no id exists in every HeyGen account. A tab is named after its operation.

const characters = /* GraphQL */ `# A page of characters. Run with the button or
# Ctrl-Enter: images appear below the JSON.
query Characters {
  avatarGroups(first: 6) {
    nodes {
      id # for node(id:) and clients' caches
      groupId # HeyGen's id; not for videos
      name
      genderCategory # gender is free text
      looksCount
      previewImageUrl
      previewExpiresAt # null: not signed
    }
    pageInfo {
      hasNextPage
      endCursor # the $after of NextPage
    }
  }
}
`;

const nextPage = /* GraphQL */ `# The page after a cursor, $after in Variables.
# Once Characters has run, its endCursor is set
# there; null returns the first page.
query NextPage($after: String) {
  avatarGroups(first: 6, after: $after) {
    nodes {
      name
      previewImageUrl
    }
    pageInfo {
      hasNextPage
      endCursor # the next page's $after
    }
  }
}
`;

const search = /* GraphQL */ `# Find, filter, sort and count characters: edit
# Variables. For the first search, the server
# reads HeyGen's whole list; the next ones cost
# no call while it is cached.
query Search(
  $search: String
  $filter: AvatarGroupFilter
  $orderBy: AvatarGroupOrder
) {
  avatarGroups(
    first: 6
    search: $search # starts of words
    filter: $filter
    orderBy: $orderBy # null: best match first
  ) {
    totalCount # of all pages
    facets {
      gender { # without the filter by gender
        value
        count
      }
      status {
        value
        count
      }
    }
    nodes {
      name
      genderCategory
      looksCount
      createdAt
      previewImageUrl
    }
    pageInfo {
      hasNextPage
      endCursor # for this search only
    }
  }
}
`;

const oneCharacter = /* GraphQL */ `# What a video needs: a look that is READY, and
# a voice. For a character whose id you know:
#   avatarGroup(id: "...") { ...VideoInputs }
# X-GraphQL-Extensions in Headers requests the
# cost: how many calls to HeyGen it may need.
query OneCharacter {
  avatarGroups(first: 1) {
    nodes {
      ...VideoInputs
    }
  }
}

fragment VideoInputs on AvatarGroup {
  name
  looks(first: 5) {
    nodes {
      lookId # the avatar_id of a video
      name
      previewImageUrl
      aspectRatio # width / height
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

const training = /* GraphQL */ `# Follows a character's training: its state at
# once, then each change, until it is COMPLETED
# or FAILED. The button stops it, too. $id is in
# training when a sandbox starts; replace it by
# one of yours. Unknown ids return null.
subscription Training($id: ID!) {
  avatarGroupChanged(id: $id) {
    name
    status
    looksCount
    error {
      message # why it FAILED
    }
  }
}
`;

// Of the sandbox's private groups that are in training, this one's takes longest: 96 % of SANDBOX_TRAINING_DURATION.
const TRAINING_GROUP = 'be193b409d6da152852bdee8d38f6039';

export const EXAMPLES = [
  {
    title: 'Characters',
    about: 'A page of a list. Each character is a group of looks.',
    query: characters,
  },
  {
    title: 'NextPage',
    about: 'Pagination: the endCursor of one page is the after of the next.',
    query: nextPage,
    variables: '{\n  "after": null\n}',
  },
  {
    title: 'Search',
    about: 'Search by name, filters, order, and counts: all in Variables.',
    query: search,
    variables: `{
  "search": "ma",
  "filter": {
    "gender": ["FEMALE"]
  },
  "orderBy": null
}`,
  },
  {
    title: 'OneCharacter',
    about: 'Its looks and their readiness, its voice, and the cost of the query.',
    query: oneCharacter,
    headers: '{\n  "X-GraphQL-Extensions": "cost"\n}',
  },
  {
    title: 'Training',
    about: 'A subscription: the status of a character while it is trained.',
    query: training,
    variables: JSON.stringify({ id: TRAINING_GROUP }, null, 2),
  },
];

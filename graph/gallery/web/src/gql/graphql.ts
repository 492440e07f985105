/* eslint-disable */
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /**
   * An RFC 3339 timestamp in UTC, such as `2024-03-25T16:00:00Z`. It has a fraction of a second only when HeyGen's Unix
   * timestamp has one, to the microsecond.
   */
  DateTime: { input: string; output: string; }
  /** An absolute `http` or `https` URL. When HeyGen sends anything else, such as an `s3://` URL, the field is null. */
  URL: { input: string; output: string; }
};

/**
 * A filter of avatar groups. A group must match every field; to match a list, it must match one of its values. A field
 * that is absent, null or an empty list restricts nothing.
 */
export type AvatarGroupFilter = {
  /** Only groups created before this time. Absent or null: all. */
  createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only groups created at this time or later. Absent or null: all. */
  createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only groups with one of these categories of `gender`. Absent, null or empty: all. */
  gender?: InputMaybe<Array<Gender>>;
  /** True: only groups with a `defaultVoiceId`; false: only groups without. Absent or null: both. */
  hasDefaultVoice?: InputMaybe<Scalars['Boolean']['input']>;
  /** True: only groups with a `previewImageUrl`; false: only groups without. Absent or null: both. */
  hasPreviewImage?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only groups with at least this `looksCount`. Absent or null: all. */
  minLooksCount?: InputMaybe<Scalars['Int']['input']>;
  /**
   * Only groups with one of these states of training. A group whose `status` is null matches none of them. `UNKNOWN`
   * matches every status that this server does not support yet. Absent, null or empty: all.
   */
  status?: InputMaybe<Array<TrainingStatus>>;
};

/** An order of avatar groups. Groups that are equal in it are in the order of their ids. */
export type AvatarGroupOrder = {
  /** Whether small values come first, or large ones. Absent: `ASC`. */
  direction?: OrderDirection;
  /** Value by which they are sorted. */
  field: AvatarGroupOrderField;
};

/** The fields by which avatar groups can be ordered. */
export type AvatarGroupOrderField =
  /** By `createdAt`, the oldest first in ascending order. */
  | 'CREATED_AT'
  /** By `looksCount`, the fewest first in ascending order. */
  | 'LOOKS_COUNT'
  /**
   * By `name`, as the Unicode Collation Algorithm orders names of all languages together, with numbers in names by their
   * value: Åse sorts beside Asa, and Avatar 2 before Avatar 10.
   */
  | 'NAME';

/**
 * A filter of looks. A look must match every field; to match a list, it must match one of its values. A field that is
 * absent, null or an empty list restricts nothing.
 */
export type AvatarLookFilter = {
  /**
   * Only looks with one of these values of `preferredOrientation`. A look without one matches none of them. `UNKNOWN`
   * matches every orientation that this server does not support yet. Absent, null or empty: all.
   */
  orientation?: InputMaybe<Array<Orientation>>;
  /** Only looks with one of these states of `readiness`. Absent, null or empty: all. */
  readiness?: InputMaybe<Array<ReadinessState>>;
  /**
   * Only looks with one of these tags, ignoring case: at most 100 tags of at most 100 characters, otherwise
   * `BAD_USER_INPUT`. Absent, null or empty: all.
   */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** The method by which an avatar was made. */
export type AvatarType =
  /** Trained on video of a person. */
  | 'DIGITAL_TWIN'
  /** Made from a single image. */
  | 'PHOTO_AVATAR'
  /** Recorded by HeyGen with a presenter, on camera. */
  | 'STUDIO_AVATAR'
  /** A type that HeyGen has added and this server does not support yet, or none. As an argument it is `BAD_USER_INPUT`. */
  | 'UNKNOWN';

/**
 * The codes of errors: `extensions.code` of an error is one of them. No field has this type; it is here for clients to
 * generate their types from. Codes may be added: tolerate unknown ones.
 */
export type ErrorCode =
  /** An argument, a variable or the request itself is invalid; the message names it and the limit. */
  | 'BAD_USER_INPUT'
  /** The whole list is needed, and has more items than the server's `CATALOGUE_MAX_ITEMS`; plain pagination still works. */
  | 'CATALOGUE_TOO_LARGE'
  /** HeyGen no longer accepts the page token of a cursor, or no item near its position is left; start again without it. */
  | 'CURSOR_EXPIRED'
  /** This server executes only the documents of its manifest. */
  | 'DOCUMENT_NOT_TRUSTED'
  /** The HeyGen key lacks permission for this. */
  | 'FORBIDDEN'
  /** The document is not valid GraphQL syntax, or has too many tokens. */
  | 'GRAPHQL_PARSE_FAILED'
  /** The document does not conform to the schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** An error in this server; `extensions.requestId` finds it in the log. */
  | 'INTERNAL'
  /** A cursor is truncated, damaged, forged, or belongs to another list or filter. */
  | 'INVALID_CURSOR'
  /** The document uses what this API does not support, such as a mutation or `@defer`. */
  | 'OPERATION_NOT_SUPPORTED'
  /** This server has no capacity left; the header `Retry-After` of a 503 says when to retry. */
  | 'OVERLOADED'
  /** The page is more than 40 HeyGen pages from the start of the list or from the other cursor. */
  | 'PAGINATION_TOO_DEEP'
  /** The HeyGen account lacks the credit or the plan for this. */
  | 'PAYMENT_REQUIRED'
  /** The document that the request names is not cached; send its source along with the hash. */
  | 'PERSISTED_QUERY_NOT_FOUND'
  /** The operation exceeds a limit on its size or cost; the message names the limit. */
  | 'QUERY_TOO_COMPLEX'
  /**
   * HeyGen's rate limit is exceeded or, without `extensions.upstream`, this server's limit for the caller, with status 429.
   * `extensions.retryAfter` says in how many seconds to retry, at least 1.
   */
  | 'RATE_LIMITED'
  /** The caller's token or key is missing or was rejected, by this server or, in passthrough mode, by HeyGen. */
  | 'UNAUTHENTICATED'
  /**
   * HeyGen sent something that this server cannot use: a response of an unexpected form, or the rejection of a request in
   * which the caller had no part.
   */
  | 'UPSTREAM_INVALID_RESPONSE'
  /** HeyGen did not respond in time. */
  | 'UPSTREAM_TIMEOUT'
  /** HeyGen rejected the server's own key. */
  | 'UPSTREAM_UNAUTHENTICATED'
  /** HeyGen failed, or could not be reached; with status 503, the identity provider. */
  | 'UPSTREAM_UNAVAILABLE';

/** The category of a gender, derived from HeyGen's free-form string. Case and surrounding white space do not matter. */
export type Gender =
  /** The string names a woman: `female`, `Woman`, `women`, `f`, `girl` and the like. */
  | 'FEMALE'
  /** The string names a man: `male`, `Man`, `men`, `m`, `boy` and the like. */
  | 'MALE'
  /** Any other string, such as `neutral` or `non-binary`. */
  | 'OTHER'
  /** HeyGen sends no string, an empty one, `unknown`, `unspecified` or `n/a`. */
  | 'UNKNOWN';

/** Whether a sorted list starts with its smallest or its largest value. */
export type OrderDirection =
  /** From the smallest to the largest, from A to Z, from the oldest to the newest. */
  | 'ASC'
  /** The exact reverse of `ASC`. */
  | 'DESC';

/** The orientation of an image or a video. */
export type Orientation =
  /** Width is greater than height. */
  | 'LANDSCAPE'
  /** Height is greater than width. */
  | 'PORTRAIT'
  /** Width and height are equal. */
  | 'SQUARE'
  /** An orientation that HeyGen has added and this server does not support yet. */
  | 'UNKNOWN';

/** The owner of an avatar: HeyGen's `ownership`. */
export type Ownership =
  /** Avatars that belong to the HeyGen account. */
  | 'PRIVATE'
  /** HeyGen's presets, which are available to every account. */
  | 'PUBLIC';

/** The reason why a look is not ready, or why its readiness is unknown. */
export type ReadinessReason =
  /** Training has failed: the look's `error` has the reason. */
  | 'FAILED'
  /** Training has completed, but the width or height of the image is unknown or 0. It may become available later. */
  | 'NO_DIMENSIONS'
  /** Training has completed, but there is no preview image. It may become available later. */
  | 'NO_PREVIEW'
  /** HeyGen sends a training status that this server does not support yet. */
  | 'OTHER'
  /** Training is waiting for the consent of the person shown. */
  | 'PENDING_CONSENT'
  /** Training is in progress: query again later. HeyGen recommends polling every 10 seconds. */
  | 'PROCESSING';

/** Whether a look can be used to make a video. */
export type ReadinessState =
  /** The look cannot be used now: `reason` says why. */
  | 'NOT_READY'
  /** The look can be used now. */
  | 'READY'
  /** HeyGen sends a training status that this server does not support yet. */
  | 'UNKNOWN';

/** The state of an avatar's training. */
export type TrainingStatus =
  /** Training has succeeded: the avatar can be used. */
  | 'COMPLETED'
  /** Training has failed: `error` has the reason. */
  | 'FAILED'
  /** Training is waiting for the consent of the person shown. */
  | 'PENDING_CONSENT'
  /** Training is in progress: query again later. */
  | 'PROCESSING'
  /** A status that HeyGen has added and this server does not support yet. Treat it as neither completed nor failed. */
  | 'UNKNOWN';

/** An order of voices. Voices that are equal in it are in the order of their ids. */
export type VoiceOrder = {
  /** Whether small values come first, or large ones. Absent: `ASC`. */
  direction?: OrderDirection;
  /** Value by which they are sorted. */
  field: VoiceOrderField;
};

/** The fields by which voices can be ordered. */
export type VoiceOrderField =
  /** By `language`, then by `name`. Voices without a language come first in ascending order. */
  | 'LANGUAGE'
  /** By `name`, as groups are ordered by `NAME`. Voices without a name come first in ascending order. */
  | 'NAME';

/** The state of a voice's creation. */
export type VoiceStatus =
  /** Creation has succeeded: the voice can be used. */
  | 'COMPLETE'
  /** Creation has failed: `failureMessage` has the reason. */
  | 'FAILED'
  /** Creation is in progress: query again later. */
  | 'PROCESSING'
  /** A status that HeyGen has added and this server does not support yet. Treat it as neither complete nor failed. */
  | 'UNKNOWN';

/** The owner of the voices to list: HeyGen's `type`. */
export type VoiceType =
  /** Voices that belong to the HeyGen account. */
  | 'PRIVATE'
  /** HeyGen's voices, which are available to every account. */
  | 'PUBLIC';

export type CharacterCardFragment = { id: string, groupId: string, name: string, genderCategory: Gender, ownership: Ownership | null, status: TrainingStatus | null, looksCount: number, previewImageUrl: string | null };

export type VoiceItemFragment = { id: string, voiceId: string, name: string | null, language: string | null, genderCategory: Gender, previewAudioUrl: string | null };

export type LookCardFragment = { id: string, lookId: string, name: string, avatarType: AvatarType, groupId: string | null, tags: Array<string>, supportedApiEngines: Array<string>, previewImageUrl: string | null, previewVideoUrl: string | null, imageWidth: number | null, imageHeight: number | null, aspectRatio: number | null, preferredOrientation: Orientation | null, defaultVoiceId: string | null, status: TrainingStatus | null, error: { message: string } | null, readiness: { state: ReadinessState, reason: ReadinessReason | null } };

export type PickerCharactersQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  ownership?: InputMaybe<Ownership>;
  search?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AvatarGroupFilter>;
  orderBy?: InputMaybe<AvatarGroupOrder>;
  counts: Scalars['Boolean']['input'];
  owners?: Scalars['Boolean']['input'];
}>;


export type PickerCharactersQuery = { public?: { totalCount: number | null } | null, private?: { totalCount: number | null } | null, avatarGroups?: { totalCount?: number | null, nodes: Array<{ id: string, groupId: string, name: string, genderCategory: Gender, ownership: Ownership | null, status: TrainingStatus | null, looksCount: number, previewImageUrl: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, facets?: { gender: Array<{ value: Gender, count: number }>, status: Array<{ value: TrainingStatus | null, count: number }> } | null } | null };

export type PickerCharacterQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  looks: Scalars['Int']['input'];
  search?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AvatarLookFilter>;
}>;


export type PickerCharacterQuery = { avatarGroup: { id: string, groupId: string, name: string, genderCategory: Gender, ownership: Ownership | null, status: TrainingStatus | null, looksCount: number, previewImageUrl: string | null, defaultVoice: { id: string, voiceId: string, name: string | null, language: string | null, genderCategory: Gender, previewAudioUrl: string | null } | null, looks: { totalCount: number | null, nodes: Array<{ id: string, lookId: string, name: string, avatarType: AvatarType, groupId: string | null, tags: Array<string>, supportedApiEngines: Array<string>, previewImageUrl: string | null, previewVideoUrl: string | null, imageWidth: number | null, imageHeight: number | null, aspectRatio: number | null, preferredOrientation: Orientation | null, defaultVoiceId: string | null, status: TrainingStatus | null, error: { message: string } | null, readiness: { state: ReadinessState, reason: ReadinessReason | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type PickerLooksQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AvatarLookFilter>;
}>;


export type PickerLooksQuery = { avatarGroup: { looks: { totalCount: number | null, nodes: Array<{ id: string, lookId: string, name: string, avatarType: AvatarType, groupId: string | null, tags: Array<string>, supportedApiEngines: Array<string>, previewImageUrl: string | null, previewVideoUrl: string | null, imageWidth: number | null, imageHeight: number | null, aspectRatio: number | null, preferredOrientation: Orientation | null, defaultVoiceId: string | null, status: TrainingStatus | null, error: { message: string } | null, readiness: { state: ReadinessState, reason: ReadinessReason | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type PickerLookQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type PickerLookQuery = { avatarLook: { id: string, lookId: string, name: string, avatarType: AvatarType, groupId: string | null, tags: Array<string>, supportedApiEngines: Array<string>, previewImageUrl: string | null, previewVideoUrl: string | null, imageWidth: number | null, imageHeight: number | null, aspectRatio: number | null, preferredOrientation: Orientation | null, defaultVoiceId: string | null, status: TrainingStatus | null, defaultVoice: { id: string, voiceId: string, name: string | null, language: string | null, genderCategory: Gender, previewAudioUrl: string | null } | null, group: { id: string, groupId: string, name: string, genderCategory: Gender, ownership: Ownership | null, status: TrainingStatus | null, looksCount: number, previewImageUrl: string | null } | null, error: { message: string } | null, readiness: { state: ReadinessState, reason: ReadinessReason | null } } | null };

export type PickerVoicesQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  type?: InputMaybe<VoiceType>;
  search?: InputMaybe<Scalars['String']['input']>;
  language?: InputMaybe<Scalars['String']['input']>;
  gender?: InputMaybe<Scalars['String']['input']>;
}>;


export type PickerVoicesQuery = { voices: { nodes: Array<{ id: string, voiceId: string, name: string | null, language: string | null, genderCategory: Gender, previewAudioUrl: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type PickerVoiceQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type PickerVoiceQuery = { voice: { id: string, voiceId: string, name: string | null, language: string | null, genderCategory: Gender, previewAudioUrl: string | null } | null };

export type PickerLookChangedSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type PickerLookChangedSubscription = { avatarLookChanged: { id: string, lookId: string, name: string, avatarType: AvatarType, groupId: string | null, tags: Array<string>, supportedApiEngines: Array<string>, previewImageUrl: string | null, previewVideoUrl: string | null, imageWidth: number | null, imageHeight: number | null, aspectRatio: number | null, preferredOrientation: Orientation | null, defaultVoiceId: string | null, status: TrainingStatus | null, error: { message: string } | null, readiness: { state: ReadinessState, reason: ReadinessReason | null } } | null };

export type PickerCharacterChangedSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type PickerCharacterChangedSubscription = { avatarGroupChanged: { id: string, groupId: string, name: string, genderCategory: Gender, ownership: Ownership | null, status: TrainingStatus | null, looksCount: number, previewImageUrl: string | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const CharacterCardFragmentDoc = new TypedDocumentString(`
    fragment CharacterCard on AvatarGroup {
  id
  groupId
  name
  genderCategory
  ownership
  status
  looksCount
  previewImageUrl
}
    `, {"fragmentName":"CharacterCard"}) as unknown as TypedDocumentString<CharacterCardFragment, unknown>;
export const VoiceItemFragmentDoc = new TypedDocumentString(`
    fragment VoiceItem on Voice {
  id
  voiceId
  name
  language
  genderCategory
  previewAudioUrl
}
    `, {"fragmentName":"VoiceItem"}) as unknown as TypedDocumentString<VoiceItemFragment, unknown>;
export const LookCardFragmentDoc = new TypedDocumentString(`
    fragment LookCard on AvatarLook {
  id
  lookId
  name
  avatarType
  groupId
  tags
  supportedApiEngines
  previewImageUrl
  previewVideoUrl
  imageWidth
  imageHeight
  aspectRatio
  preferredOrientation
  defaultVoiceId
  status
  error {
    message
  }
  readiness {
    state
    reason
  }
}
    `, {"fragmentName":"LookCard"}) as unknown as TypedDocumentString<LookCardFragment, unknown>;
export const PickerCharactersDocument = new TypedDocumentString(`
    query PickerCharacters($first: Int!, $after: String, $ownership: Ownership, $search: String, $filter: AvatarGroupFilter, $orderBy: AvatarGroupOrder, $counts: Boolean!, $owners: Boolean! = true) {
  avatarGroups(
    first: $first
    after: $after
    ownership: $ownership
    search: $search
    filter: $filter
    orderBy: $orderBy
  ) {
    nodes {
      ...CharacterCard
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount @include(if: $counts)
    facets @include(if: $counts) {
      gender {
        value
        count
      }
      status {
        value
        count
      }
    }
  }
  ... @include(if: $counts) {
    public: avatarGroups(
      first: 0
      ownership: PUBLIC
      search: $search
      filter: $filter
    ) @include(if: $owners) {
      totalCount
    }
    private: avatarGroups(
      first: 0
      ownership: PRIVATE
      search: $search
      filter: $filter
    ) @include(if: $owners) {
      totalCount
    }
  }
}
    fragment CharacterCard on AvatarGroup {
  id
  groupId
  name
  genderCategory
  ownership
  status
  looksCount
  previewImageUrl
}`, {"hash":"1a4f88924b4f3c272ba8d48f1b4807cf3c53ca3300e6d03159b589f99019e4e1"}) as unknown as TypedDocumentString<PickerCharactersQuery, PickerCharactersQueryVariables>;
export const PickerCharacterDocument = new TypedDocumentString(`
    query PickerCharacter($id: ID!, $looks: Int!, $search: String, $filter: AvatarLookFilter) {
  avatarGroup(id: $id) {
    ...CharacterCard
    defaultVoice {
      ...VoiceItem
    }
    looks(first: $looks, search: $search, filter: $filter) {
      nodes {
        ...LookCard
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
}
    fragment CharacterCard on AvatarGroup {
  id
  groupId
  name
  genderCategory
  ownership
  status
  looksCount
  previewImageUrl
}
fragment VoiceItem on Voice {
  id
  voiceId
  name
  language
  genderCategory
  previewAudioUrl
}
fragment LookCard on AvatarLook {
  id
  lookId
  name
  avatarType
  groupId
  tags
  supportedApiEngines
  previewImageUrl
  previewVideoUrl
  imageWidth
  imageHeight
  aspectRatio
  preferredOrientation
  defaultVoiceId
  status
  error {
    message
  }
  readiness {
    state
    reason
  }
}`, {"hash":"a57519010b89eca00391f45c4f038974a65aeafc0804dcb5b26f267a58b8e911"}) as unknown as TypedDocumentString<PickerCharacterQuery, PickerCharacterQueryVariables>;
export const PickerLooksDocument = new TypedDocumentString(`
    query PickerLooks($id: ID!, $first: Int!, $after: String, $search: String, $filter: AvatarLookFilter) {
  avatarGroup(id: $id) {
    looks(first: $first, after: $after, search: $search, filter: $filter) {
      nodes {
        ...LookCard
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
}
    fragment LookCard on AvatarLook {
  id
  lookId
  name
  avatarType
  groupId
  tags
  supportedApiEngines
  previewImageUrl
  previewVideoUrl
  imageWidth
  imageHeight
  aspectRatio
  preferredOrientation
  defaultVoiceId
  status
  error {
    message
  }
  readiness {
    state
    reason
  }
}`, {"hash":"c6d6fd57f9c911df044f80698e796ca705a49acbb2b3e437fb654341f74a555b"}) as unknown as TypedDocumentString<PickerLooksQuery, PickerLooksQueryVariables>;
export const PickerLookDocument = new TypedDocumentString(`
    query PickerLook($id: ID!) {
  avatarLook(id: $id) {
    ...LookCard
    defaultVoice {
      ...VoiceItem
    }
    group {
      ...CharacterCard
    }
  }
}
    fragment CharacterCard on AvatarGroup {
  id
  groupId
  name
  genderCategory
  ownership
  status
  looksCount
  previewImageUrl
}
fragment VoiceItem on Voice {
  id
  voiceId
  name
  language
  genderCategory
  previewAudioUrl
}
fragment LookCard on AvatarLook {
  id
  lookId
  name
  avatarType
  groupId
  tags
  supportedApiEngines
  previewImageUrl
  previewVideoUrl
  imageWidth
  imageHeight
  aspectRatio
  preferredOrientation
  defaultVoiceId
  status
  error {
    message
  }
  readiness {
    state
    reason
  }
}`, {"hash":"d27218506d730420ae6e447db74b57801a5ea8ef0590550c2b231f4606a10694"}) as unknown as TypedDocumentString<PickerLookQuery, PickerLookQueryVariables>;
export const PickerVoicesDocument = new TypedDocumentString(`
    query PickerVoices($first: Int!, $after: String, $type: VoiceType, $search: String, $language: String, $gender: String) {
  voices(
    first: $first
    after: $after
    type: $type
    search: $search
    language: $language
    gender: $gender
  ) {
    nodes {
      ...VoiceItem
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment VoiceItem on Voice {
  id
  voiceId
  name
  language
  genderCategory
  previewAudioUrl
}`, {"hash":"1739e4de4a5120e76940295a63337c971fcbdacd65dbe6e70a806c74370cd3b9"}) as unknown as TypedDocumentString<PickerVoicesQuery, PickerVoicesQueryVariables>;
export const PickerVoiceDocument = new TypedDocumentString(`
    query PickerVoice($id: ID!) {
  voice(id: $id) {
    ...VoiceItem
  }
}
    fragment VoiceItem on Voice {
  id
  voiceId
  name
  language
  genderCategory
  previewAudioUrl
}`, {"hash":"419ab40540e600de435a69461578b18927305fd04e6245e8d5c5051dd3e337dd"}) as unknown as TypedDocumentString<PickerVoiceQuery, PickerVoiceQueryVariables>;
export const PickerLookChangedDocument = new TypedDocumentString(`
    subscription PickerLookChanged($id: ID!) {
  avatarLookChanged(id: $id) {
    ...LookCard
  }
}
    fragment LookCard on AvatarLook {
  id
  lookId
  name
  avatarType
  groupId
  tags
  supportedApiEngines
  previewImageUrl
  previewVideoUrl
  imageWidth
  imageHeight
  aspectRatio
  preferredOrientation
  defaultVoiceId
  status
  error {
    message
  }
  readiness {
    state
    reason
  }
}`, {"hash":"7c512f398a27d5df7b992411a5586fdb18b340819792a502743f1c6dc76093a0"}) as unknown as TypedDocumentString<PickerLookChangedSubscription, PickerLookChangedSubscriptionVariables>;
export const PickerCharacterChangedDocument = new TypedDocumentString(`
    subscription PickerCharacterChanged($id: ID!) {
  avatarGroupChanged(id: $id) {
    ...CharacterCard
  }
}
    fragment CharacterCard on AvatarGroup {
  id
  groupId
  name
  genderCategory
  ownership
  status
  looksCount
  previewImageUrl
}`, {"hash":"ce36e0df8802a11f63231c7aa0a7bf5127ceea55afa25f463e3846176a3c1192"}) as unknown as TypedDocumentString<PickerCharacterChangedSubscription, PickerCharacterChangedSubscriptionVariables>;
import { RequestError } from './errors';
import { execute } from './execute';
import { type FragmentType, graphql, useFragment } from './gql';
import type { CharacterDetailQuery } from './gql/graphql';

const Look = graphql(`
  fragment Look on AvatarLook {
    lookId
    name
    previewImageUrl
    readiness {
      state
      reason
    }
  }
`);

export const VoiceSample = graphql(`
  fragment VoiceSample on Voice {
    voiceId
    name
    language
    previewAudioUrl
  }
`);

export const CharacterDetail = graphql(`
  query CharacterDetail($id: ID!, $looks: Int!) {
    avatarGroup(id: $id) {
      id
      name
      status
      createdAt
      looks(first: $looks) {
        nodes {
          ...Look
        }
      }
      defaultVoice {
        ...VoiceSample
      }
    }
  }
`);

export interface CharacterResult {
  /** Null if the character does not exist. */
  character: CharacterDetailQuery['avatarGroup'];
  /** Why some fields are missing. Null if none is. */
  error: RequestError | null;
}

/** Fetches a character by its global id or HeyGen's. If its looks or its voice fail, returns the other fields. */
export async function fetchCharacter(id: string, looks = 20): Promise<CharacterResult> {
  try {
    return { character: (await execute(CharacterDetail, { id, looks })).avatarGroup, error: null };
  } catch (error) {
    const character = error instanceof RequestError && error.partial(CharacterDetail)?.avatarGroup;
    if (!character) throw error;
    return { character, error };
  }
}

/** Separates the looks that are ready to make a video with from the others. */
export function partitionByReadiness(connection: { nodes: FragmentType<typeof Look>[] } | null) {
  const looks = useFragment(Look, connection?.nodes ?? []);
  return {
    ready: looks.filter(({ readiness }) => readiness.state === 'READY'),
    notReady: looks.filter(({ readiness }) => readiness.state !== 'READY'),
  };
}

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

/** What a video is spoken with. */
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

export interface Detail {
  /** Null: there is no such character. */
  character: CharacterDetailQuery['avatarGroup'];
  /** Why a part of it is missing. Null: nothing is. */
  problem: RequestError | null;
}

/** Fetches one character, by its global id or HeyGen's own. Where its looks or its voice fail, the rest is of use. */
export async function characterDetail(id: string, looks = 20): Promise<Detail> {
  try {
    return { character: (await execute(CharacterDetail, { id, looks })).avatarGroup, problem: null };
  } catch (error) {
    const character = error instanceof RequestError && error.partial(CharacterDetail)?.avatarGroup;
    if (!character) throw error;
    return { character, problem: error };
  }
}

/** The looks that a video can be made with now, and the others. */
export function byReadiness(looks: { nodes: FragmentType<typeof Look>[] } | null) {
  const all = useFragment(Look, looks?.nodes ?? []);
  return {
    ready: all.filter(({ readiness }) => readiness.state === 'READY'),
    others: all.filter(({ readiness }) => readiness.state !== 'READY'),
  };
}

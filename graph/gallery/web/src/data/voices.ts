import { PickerVoiceDocument, PickerVoicesDocument, type VoiceItemFragment } from '../gql/graphql';
import type { GraphQLClient } from './client';
import { fieldError, nullField } from './errors';
import { type Page, PagedList } from './paged-list';

export type Voice = VoiceItemFragment;

export interface VoiceQuery {
  type: 'PUBLIC' | 'PRIVATE';
  search: string;
  language: string | null;
  gender: string | null;
}

const PAGE_SIZE = 20;

/** VoiceList is the voices of the server, or of the HeyGen account. */
export class VoiceList extends PagedList<Voice, VoiceQuery> {
  readonly #client: GraphQLClient;

  constructor(client: GraphQLClient) {
    super();
    this.#client = client;
  }

  protected async fetchPage(query: VoiceQuery, after: string | null, signal: AbortSignal): Promise<Page<Voice>> {
    const variables = { ...query, search: query.search.trim() || null, first: PAGE_SIZE, after };
    const { data, errors } = await this.#client.request(PickerVoicesDocument, variables, signal);
    if (!data.voices) throw fieldError(errors, 'voices') ?? nullField('voices');
    return { nodes: data.voices.nodes, ...data.voices.pageInfo };
  }
}

/** Fetches a voice by HeyGen's id. Null: it does not exist. */
export async function fetchVoice(client: GraphQLClient, voiceId: string, signal?: AbortSignal): Promise<Voice | null> {
  const { data, errors } = await client.request(PickerVoiceDocument, { id: voiceId }, signal);
  const error = data.voice ? null : fieldError(errors, 'voice');
  if (error) throw error;
  return data.voice;
}

import { CharacterList, type CharacterListOptions, type CharacterQuery } from '../../src/data/characters';
import { type FakeCall, FakeFetch, character, pageOf, range } from './fake';

export const plain: CharacterQuery = { search: '', gender: [], status: [], ownership: null, order: 'relevance' };
export const facets = { gender: [{ value: 'FEMALE', count: 3 }], status: [{ value: null, count: 3 }] };
export const isCount = ({ body }: FakeCall) => body.variables['first'] === 0;
export const pageCalls = (server: FakeFetch) => server.calls.filter((call) => !isCount(call));

/** Responds to a request from a list of characters. */
export function serve(items: ReturnType<typeof character>[], { body: { variables }, respond }: FakeCall) {
  const counts = variables['counts'] && {
    public: { totalCount: items.length - 1 },
    private: { totalCount: 1 },
  };
  respond({
    data: {
      avatarGroups: { ...pageOf(items, variables), ...(counts && { totalCount: items.length, facets }) },
      ...counts,
    },
  });
}

export function setup(count: number, options?: CharacterListOptions) {
  const server = new FakeFetch();
  const items = range(count, character);
  const list = new CharacterList(server.client(), options);
  server.handler = (call) => serve(items, call);
  return { server, items, list };
}

export const names = (list: CharacterList) => range(list.loaded, (i) => list.at(i)?.id);
export const ids = (count: number, from = 0) => range(count, (i) => `c${i}`, from);

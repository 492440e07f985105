import { Environment, Network, RecordSource, Store } from 'relay-runtime';
import { createFetchFunction, createSubscribeFunction } from './network';

// Relay normalizes records by `id`. Ids are global in this API, so the defaults work.
export function createEnvironment(url: string) {
  return new Environment({
    network: Network.create(createFetchFunction(url), createSubscribeFunction(url)),
    store: new Store(new RecordSource()),
  });
}

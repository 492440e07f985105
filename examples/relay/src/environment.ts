import { Environment, Network, RecordSource, Store } from 'relay-runtime';
import { request } from './network';

// Objects are kept by `id`, which is global in this API, so Relay's defaults need no help.
export function createEnvironment(url: string) {
  return new Environment({ network: Network.create(request(url)), store: new Store(new RecordSource()) });
}

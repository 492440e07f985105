import relay from 'relay-runtime';
import { createSocket } from './graphql-ws.mjs';

const { Environment, Network, Observable, RecordSource, requestSubscription, Store } = relay;

const scalar = (name) => ({ alias: null, args: null, kind: 'ScalarField', name, storageKey: null });

// changes is what relay-compiler generates for the document CHANGES.
function changes(text) {
  const argumentDefinitions = [{ defaultValue: null, kind: 'LocalArgument', name: 'id' }];
  const error = {
    alias: null,
    args: null,
    concreteType: 'TrainingError',
    kind: 'LinkedField',
    name: 'error',
    plural: false,
    selections: [scalar('message')],
    storageKey: null,
  };
  const selections = [
    {
      alias: null,
      args: [{ kind: 'Variable', name: 'id', variableName: 'id' }],
      concreteType: 'AvatarGroup',
      kind: 'LinkedField',
      name: 'avatarGroupChanged',
      plural: false,
      selections: [...['id', 'groupId', 'status', 'previewImageUrl'].map(scalar), error],
      storageKey: null,
    },
  ];
  return {
    kind: 'Request',
    fragment: { argumentDefinitions, kind: 'Fragment', metadata: null, name: 'Changes', selections, type: 'Subscription', abstractKey: null },
    operation: { argumentDefinitions, kind: 'Operation', name: 'Changes', selections },
    params: { cacheID: 'changes', id: null, metadata: {}, name: 'Changes', operationKind: 'subscription', text },
  };
}

export function create() {
  const socket = createSocket();
  const fetchOrSubscribe = ({ name, text }, variables) =>
    Observable.create((sink) => socket.subscribe({ operationName: name, query: text, variables }, sink));
  const environment = new Environment({
    network: Network.create(fetchOrSubscribe, fetchOrSubscribe),
    store: new Store(new RecordSource()),
  });
  return {
    subscribe(query, variables, sink) {
      const subscription = requestSubscription(environment, {
        subscription: changes(query),
        variables,
        onNext: (data) => sink.next({ data }),
        onError: sink.error,
        onCompleted: sink.complete,
      });
      return () => subscription.dispose();
    },
    close: () => socket.dispose(),
  };
}

import { Suspense, useState } from 'react';
import { graphql, useLazyLoadQuery, useQueryLoader } from 'react-relay';
import type { AppQuery } from './__generated__/AppQuery.graphql';
import type { CharacterQuery } from './__generated__/CharacterQuery.graphql';
import { Character, characterQuery } from './Character';
import { Characters } from './Characters';
import { ErrorBoundary } from './ErrorBoundary';

export function App() {
  const [fetchKey, setFetchKey] = useState(0);
  const [queryRef, loadQuery] = useQueryLoader<CharacterQuery>(characterQuery);

  return (
    <main>
      <h1>Characters</h1>
      {queryRef && (
        <section aria-label="Character">
          {/* Each load has a new key, which clears the error of the previous one. */}
          <ErrorBoundary key={queryRef.fetchKey} onReset={() => loadQuery(queryRef.variables)}>
            <Suspense fallback={<p>Loading…</p>}>
              <Character queryRef={queryRef} />
            </Suspense>
          </ErrorBoundary>
        </section>
      )}
      <ErrorBoundary onReset={() => setFetchKey(fetchKey + 1)}>
        <Suspense fallback={<p>Loading…</p>}>
          <CharacterList fetchKey={fetchKey} onSelect={(id) => loadQuery({ id })} />
        </Suspense>
      </ErrorBoundary>
    </main>
  );
}

function CharacterList({ fetchKey, onSelect }: { fetchKey: number; onSelect: (id: string) => void }) {
  const query = useLazyLoadQuery<AppQuery>(
    graphql`
      query AppQuery {
        ...Characters_query
      }
    `,
    {},
    { fetchKey },
  );
  return <Characters query={query} onSelect={onSelect} />;
}

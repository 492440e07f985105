import { Suspense, useState } from 'react';
import { graphql, useLazyLoadQuery, useQueryLoader } from 'react-relay';
import type { AppQuery } from './__generated__/AppQuery.graphql';
import type { CharacterQuery } from './__generated__/CharacterQuery.graphql';
import { Character, characterQuery } from './Character';
import { Characters } from './Characters';
import { ErrorBoundary } from './ErrorBoundary';

export function App() {
  const [attempt, setAttempt] = useState(0);
  const [chosen, choose] = useQueryLoader<CharacterQuery>(characterQuery);

  return (
    <main>
      <h1>Characters</h1>
      {chosen && (
        <section aria-label="Character">
          {/* Each choice is a new key, and so without the error of the one before. */}
          <ErrorBoundary key={chosen.fetchKey} onReset={() => choose(chosen.variables)}>
            <Suspense fallback={<p>Loading…</p>}>
              <Character chosen={chosen} />
            </Suspense>
          </ErrorBoundary>
        </section>
      )}
      <ErrorBoundary onReset={() => setAttempt(attempt + 1)}>
        <Suspense fallback={<p>Loading…</p>}>
          <List attempt={attempt} onChoose={(id) => choose({ id })} />
        </Suspense>
      </ErrorBoundary>
    </main>
  );
}

function List({ attempt, onChoose }: { attempt: number; onChoose: (id: string) => void }) {
  const query = useLazyLoadQuery<AppQuery>(
    graphql`
      query AppQuery {
        ...Characters_query
      }
    `,
    {},
    { fetchKey: attempt },
  );
  return <Characters query={query} onChoose={onChoose} />;
}

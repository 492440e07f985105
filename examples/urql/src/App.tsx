import { useState } from 'react';
import { Character } from './Character';
import { Characters } from './Characters';

export function App() {
  const [selectedId, setSelectedId] = useState<string>();
  return (
    <main>
      <h1>Characters</h1>
      {selectedId && <Character key={selectedId} id={selectedId} />}
      <Characters onSelect={setSelectedId} />
    </main>
  );
}

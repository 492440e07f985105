import { useState } from 'react';
import { Character } from './Character';
import { Characters } from './Characters';

export function App() {
  const [chosen, choose] = useState<string>();
  return (
    <main>
      <h1>Characters</h1>
      {chosen && <Character key={chosen} id={chosen} />}
      <Characters onChoose={choose} />
    </main>
  );
}

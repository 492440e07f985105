import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';

// The parts of graphiql/style.css one by one: as a whole it brings Monaco's styles a second time and 350 kB of fonts.
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './page.css';

import './workers.js';
import { createFetcher } from './fetcher.js';
import { createStorage } from './storage.js';

const { endpoint, query } = JSON.parse(document.getElementById('config').textContent);
const { storage, keepsHeaders } = createStorage();

createRoot(document.getElementById('graphiql')).render(
  <GraphiQL
    fetcher={createFetcher(endpoint)}
    defaultQuery={query || undefined}
    storage={storage}
    // GraphiQL takes `false` as "ignore what the visitor chose" and hides the choice, hence both.
    shouldPersistHeaders={keepsHeaders()}
    showPersistHeadersSettings
    schemaDescription
  />,
);

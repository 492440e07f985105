import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';

// The parts of graphiql/style.css: as a whole it contains Monaco's styles a second time, and 350 kB of fonts.
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './page.css';
import './examples.css';
import './previews.css';

import './workers.js';
import { ErrorBoundary } from './ErrorBoundary.jsx';
import { EXAMPLES } from './examples.js';
import { EXAMPLES_PLUGIN } from './examples-plugin.jsx';
import { createFetcher } from './fetcher.js';
import { Previews } from './Previews.jsx';
import { ResponseHistory } from './response-history.js';
import { createStorage } from './storage.js';
import { TabSync } from './TabSync.jsx';

const { endpoint, sandbox, credential } = JSON.parse(document.getElementById('config').textContent);
const { storage, persistsHeaders } = createStorage();
const history = new ResponseHistory();

// A phone has no room for a third editor, unless it is the one for a required header.
const isWide = matchMedia('(min-width: 701px)').matches;

createRoot(document.getElementById('graphiql')).render(
  <GraphiQL
    fetcher={history.wrap(createFetcher(endpoint))}
    defaultTabs={EXAMPLES}
    defaultEditorToolsVisibility={credential ? 'headers' : isWide && 'variables'}
    plugins={[EXAMPLES_PLUGIN, HISTORY_PLUGIN]}
    storage={storage}
    // For `false` alone GraphiQL would ignore the user's setting and hide it, hence both.
    shouldPersistHeaders={persistsHeaders()}
    showPersistHeadersSettings
    schemaDescription
  >
    <GraphiQL.Footer>
      <ErrorBoundary>
        <Previews history={history} storage={storage} sandbox={sandbox} />
      </ErrorBoundary>
    </GraphiQL.Footer>
    <ErrorBoundary>
      <TabSync history={history} credentialName={credential && Object.keys(JSON.parse(credential))[0]} />
    </ErrorBoundary>
  </GraphiQL>,
);

import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';

// The parts of graphiql/style.css one by one: as a whole it brings Monaco's styles a second time and 350 kB of fonts.
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './page.css';
import './examples.css';
import './previews.css';

import './workers.js';
import { Answers } from './response-history.js';
import { Boundary } from './ErrorBoundary.jsx';
import { Carrier } from './TabSync.jsx';
import { EXAMPLES } from './examples.js';
import { EXAMPLES_PLUGIN } from './examples-plugin.jsx';
import { createFetcher } from './fetcher.js';
import { Previews } from './Previews.jsx';
import { createStorage } from './storage.js';

const { endpoint, sandbox, credential } = JSON.parse(document.getElementById('config').textContent);
const { storage, keepsHeaders } = createStorage();
const answers = new Answers();

// A telephone has no room for a third editor, unless nothing works without it.
const wide = matchMedia('(min-width: 701px)').matches;

createRoot(document.getElementById('graphiql')).render(
  <GraphiQL
    fetcher={answers.remembering(createFetcher(endpoint))}
    defaultTabs={EXAMPLES}
    defaultEditorToolsVisibility={credential ? 'headers' : wide && 'variables'}
    plugins={[EXAMPLES_PLUGIN, HISTORY_PLUGIN]}
    storage={storage}
    // GraphiQL takes `false` as "ignore what the visitor chose" and hides the choice, hence both.
    shouldPersistHeaders={keepsHeaders()}
    showPersistHeadersSettings
    schemaDescription
  >
    <GraphiQL.Footer>
      <Boundary>
        <Previews answers={answers} storage={storage} sandbox={sandbox} />
      </Boundary>
    </GraphiQL.Footer>
    <Boundary>
      <Carrier answers={answers} credentialName={credential && Object.keys(JSON.parse(credential))[0]} />
    </Boundary>
  </GraphiQL>,
);

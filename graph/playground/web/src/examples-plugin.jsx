import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { EXAMPLES } from './examples.js';

// EXAMPLES_PLUGIN is a pane that reopens the tabs of the first visit.
export const EXAMPLES_PLUGIN = { title: 'Examples', icon: Icon, content: Examples };

function Icon(props) {
  return (
    <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinejoin="round" {...props}>
      <path d="M10 5.2C8 3.6 5 3.4 2 3.8v12c3-.4 6-.2 8 1.4 2-1.6 5-1.8 8-1.4v-12c-3-.4-6-.2-8 1.4Zm0 0v12" />
    </svg>
  );
}

function Examples() {
  const { tabs, queryEditor, variableEditor, headerEditor } = useGraphiQL((state) => ({
    tabs: state.tabs,
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
    headerEditor: state.headerEditor,
  }));
  const { addTab, changeTab } = useGraphiQLActions();

  const open = ({ query, variables = '', headers = '' }) => {
    const index = tabs.findIndex((tab) => tab.query === query);
    if (index >= 0) return changeTab(index);
    addTab();
    queryEditor.setValue(query);
    variableEditor.setValue(variables);
    headerEditor.setValue(headers);
  };
  return (
    <section className="examples" aria-label="Examples">
      <h2>Examples</h2>
      <p>Each opens in its own tab. Your existing tabs stay unchanged.</p>
      <ul>
        {EXAMPLES.map((example) => (
          <li key={example.title}>
            <button type="button" onClick={() => open(example)}>
              <strong>{example.title}</strong> {example.about}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

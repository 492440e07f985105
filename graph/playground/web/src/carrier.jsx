import { useGraphiQL } from '@graphiql/react';
import { useEffect, useRef } from 'react';
import { followingVariables, headersWithCredential } from './carry.js';

// Carrier shows nothing. When the visitor turns to another tab, it brings along what that lacks: the cursor of the page
// before, and the header that says who asks.
export function Carrier({ answers, credentialName }) {
  const { tabs, activeTabIndex, variableEditor, headerEditor } = useGraphiQL((state) => ({
    tabs: state.tabs,
    activeTabIndex: state.activeTabIndex,
    variableEditor: state.variableEditor,
    headerEditor: state.headerEditor,
  }));
  const tab = tabs[activeTabIndex];
  const left = useRef(tab.id);

  useEffect(() => {
    if (left.current === tab.id) return;
    const others = tabs.find(({ id }) => id === left.current)?.headers;
    left.current = tab.id;

    if (tab.title === 'NextPage') {
      const endCursor = answers.latest('Characters')?.data?.avatarGroups?.pageInfo?.endCursor;
      fill(variableEditor, followingVariables(variableEditor.getValue(), endCursor));
    }
    if (credentialName) fill(headerEditor, headersWithCredential(headerEditor.getValue(), others, credentialName));
  }, [tab, tabs, answers, credentialName, variableEditor, headerEditor]);
  return null;
}

function fill(editor, text) {
  if (text !== undefined) editor.setValue(text);
}

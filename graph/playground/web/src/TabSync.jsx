import { useGraphiQL } from '@graphiql/react';
import { useEffect, useRef, useState } from 'react';
import { Credential, followingVariables } from './tab-sync.js';

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
  const [credential] = useState(() => credentialName && new Credential(credentialName));

  useEffect(() => {
    if (credential) credential.see(tab);
    if (left.current === tab.id) return;
    left.current = tab.id;

    if (tab.title === 'NextPage') {
      const endCursor = answers.latest('Characters')?.data?.avatarGroups?.pageInfo?.endCursor;
      fill(variableEditor, followingVariables(variableEditor.getValue(), endCursor));
    }
    if (credential) fill(headerEditor, credential.addedTo(headerEditor.getValue()));
  }, [tab, answers, credential, variableEditor, headerEditor]);
  return null;
}

function fill(editor, text) {
  if (text !== undefined) editor.setValue(text);
}

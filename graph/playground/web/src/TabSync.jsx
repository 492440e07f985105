import { useGraphiQL } from '@graphiql/react';
import { useEffect, useRef, useState } from 'react';
import { CredentialSync, fillCursor } from './tab-sync.js';

// TabSync renders nothing. When the user selects another tab, it copies what that tab lacks: the cursor of the previous
// page, and the authentication header.
export function TabSync({ history, credentialName }) {
  const { tabs, activeTabIndex, variableEditor, headerEditor } = useGraphiQL((state) => ({
    tabs: state.tabs,
    activeTabIndex: state.activeTabIndex,
    variableEditor: state.variableEditor,
    headerEditor: state.headerEditor,
  }));
  const tab = tabs[activeTabIndex];
  const lastTabID = useRef(tab.id);
  const [credential] = useState(() => credentialName && new CredentialSync(credentialName));

  useEffect(() => {
    if (credential) credential.observe(tab);
    if (lastTabID.current === tab.id) return;
    lastTabID.current = tab.id;

    if (tab.title === 'NextPage') {
      const endCursor = history.latest('Characters')?.data?.avatarGroups?.pageInfo?.endCursor;
      setContent(variableEditor, fillCursor(variableEditor.getValue(), endCursor));
    }
    if (credential) setContent(headerEditor, credential.addTo(headerEditor.getValue()));
  }, [tab, history, credential, variableEditor, headerEditor]);
  return null;
}

function setContent(editor, content) {
  if (content !== undefined) editor.setValue(content);
}

import { useGraphiQL } from '@graphiql/react';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { useEffect, useRef, useState } from 'react';
import { heading } from './previews-heading.js';
import { addressFor, place, previews } from './previews.js';

// As many as a page of a hundred groups with one look each has. Nobody scrolls farther, and the page stays fast.
const MOST = 200;

// Previews shows the pictures and the samples of the answer below it. Those of a live page come from HeyGen's hosts,
// which learn the visitor's address by that (not the page's: no referrer is sent). So it opens when it is asked to, and
// only then every time. The sandbox's come from this server, and what is chosen there says nothing about a live page of
// the same origin.
export function Previews({ answers, storage, sandbox }) {
  const { text, isFetching, schema, responseEditor } = useGraphiQL((state) => ({
    text: state.tabs[state.activeTabIndex].response,
    isFetching: state.isFetching,
    schema: state.schema,
    responseEditor: state.responseEditor,
  }));
  const [all, setAll] = useState([]);
  const [large, setLarge] = useState(null);
  const choice = `graphiql:previews:${sandbox ? 'sandbox' : 'live'}`;
  const [open, setOpen] = useState((storage?.getItem(choice) ?? String(sandbox)) === 'true');

  // While the next answer is under way the last one's stay, or everything would jump twice. A large one goes with them.
  useEffect(() => {
    if (isFetching) return;
    const operation = answers.operationOf(text);
    setAll(operation ? previews(operation, JSON.parse(text), schema) : []);
    setLarge(null);
  }, [answers, text, isFetching, schema]);

  // An element that is open when it appears toggles too: nobody has chosen that.
  const toggle = ({ currentTarget }) => {
    if (currentTarget.open === open) return;
    setOpen(currentTarget.open);
    storage?.setItem(choice, String(currentTarget.open));
  };
  const choose = (preview) => {
    select(responseEditor, preview.path);
    setLarge(preview);
  };
  if (all.length === 0) return null;
  const shown = all.slice(0, MOST).map((preview) => ({ preview, address: addressFor(preview.url, sandbox) }));
  return (
    <details className="previews" open={open} onToggle={toggle}>
      <summary>{heading(all, shown, sandbox)}</summary>
      {open && (
        <ul>
          {shown.map(({ preview, address }) => (
            <li key={place(preview.path)}>
              <Preview preview={preview} address={address} onChoose={choose} />
            </li>
          ))}
        </ul>
      )}
      {large && <Large preview={large} address={addressFor(large.url, sandbox)} onClose={() => setLarge(null)} />}
    </details>
  );
}

function Preview({ preview, address, onChoose }) {
  const [gone, setGone] = useState(false);
  useEffect(() => setGone(false), [address]);

  if (!address || gone) {
    return (
      <div className="preview">
        <span className="preview-frame">{gone ? 'no longer there' : 'not sent by https'}</span>
        <span className="preview-name">{preview.name}</span>
      </div>
    );
  }
  if (preview.kind === 'sample') {
    return (
      <div className="preview preview-sample">
        {/* It takes no referrer policy of its own: the page's, none, holds. */}
        <audio
          controls
          preload="none"
          src={address}
          aria-label={`Voice ${preview.name}`}
          onError={() => setGone(true)}
        />
        <span className="preview-name">{preview.name}</span>
      </div>
    );
  }
  return (
    <button type="button" className="preview" title={preview.name} onClick={() => onChoose(preview)}>
      <img
        className="preview-frame"
        src={address}
        alt={`Preview of ${preview.name}`}
        width="88"
        height="88"
        loading="lazy"
        decoding="async"
        referrerPolicy="no-referrer"
        onError={() => setGone(true)}
      />
      <span className="preview-name" aria-hidden="true">
        {preview.name}
      </span>
    </button>
  );
}

function Large({ preview, address, onClose }) {
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="preview-large"
      aria-label={preview.name}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
    >
      <img src={address} alt={`Preview of ${preview.name}`} referrerPolicy="no-referrer" />
      <p>
        <strong>{preview.name}</strong> <code>{place(preview.path)}</code>
      </p>
      <form method="dialog">
        <button>Close</button>
      </form>
    </dialog>
  );
}

// select marks a path's value in the answer and scrolls to it.
function select(editor, path) {
  const model = editor.getModel();
  const node = findNodeAtLocation(parseTree(model.getValue()), path);
  if (!node) return;
  const [from, to] = [node.offset, node.offset + node.length].map((offset) => model.getPositionAt(offset));
  editor.setSelection({
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  });
  editor.revealLineInCenter(from.lineNumber);
}

import { useGraphiQL } from '@graphiql/react';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { useEffect, useRef, useState } from 'react';
import { heading } from './previews-heading.js';
import { findPreviews, formatPath, mediaSrc } from './previews.js';

// The number in a page of a hundred groups with one look each. Users do not scroll farther, and the page stays fast.
const MAX_PREVIEWS = 200;

// Previews renders the images and voice samples of the response, below it. A live page loads them from HeyGen's hosts,
// which see the user's IP address (not the page's URL: no referrer is sent). So it is collapsed until the user opens
// it, and then stays open on later visits. The sandbox loads them from this server, and its setting does not apply to a
// live page on the same origin.
export function Previews({ history, storage, sandbox }) {
  const { responseJSON, isFetching, schema, responseEditor } = useGraphiQL((state) => ({
    responseJSON: state.tabs[state.activeTabIndex].response,
    isFetching: state.isFetching,
    schema: state.schema,
    responseEditor: state.responseEditor,
  }));
  const [previews, setPreviews] = useState([]);
  const [selected, setSelected] = useState(null);
  const storageKey = `graphiql:previews:${sandbox ? 'sandbox' : 'live'}`;
  const [open, setOpen] = useState((storage?.getItem(storageKey) ?? String(sandbox)) === 'true');

  // While a request is in flight, the previous previews stay, or the layout would shift twice. The response replaces
  // them and closes the dialog.
  useEffect(() => {
    if (isFetching) return;
    const operation = history.operationOf(responseJSON);
    setPreviews(operation ? findPreviews(operation, JSON.parse(responseJSON), schema) : []);
    setSelected(null);
  }, [history, responseJSON, isFetching, schema]);

  // An element that is open on insertion fires a toggle event too, which is no choice of the user's.
  const onToggle = ({ currentTarget }) => {
    if (currentTarget.open === open) return;
    setOpen(currentTarget.open);
    storage?.setItem(storageKey, String(currentTarget.open));
  };
  const onSelect = (preview) => {
    selectInEditor(responseEditor, preview.path);
    setSelected(preview);
  };
  if (previews.length === 0) return null;
  const withSrc = (preview) => ({ preview, src: mediaSrc(preview.url, sandbox) });
  const displayed = previews.slice(0, MAX_PREVIEWS).map(withSrc);
  return (
    <details className="previews" open={open} onToggle={onToggle}>
      <summary>{heading(previews, displayed, sandbox)}</summary>
      {open && (
        <ul>
          {displayed.map(({ preview, src }) => (
            <li key={formatPath(preview.path)}>
              <Preview preview={preview} src={src} onSelect={onSelect} />
            </li>
          ))}
        </ul>
      )}
      {selected && (
        <PreviewDialog preview={selected} src={mediaSrc(selected.url, sandbox)} onClose={() => setSelected(null)} />
      )}
    </details>
  );
}

function Preview({ preview, src, onSelect }) {
  const [failed, setFailed] = useState(false);
  useEffect(() => setFailed(false), [src]);

  if (!src || failed) {
    return (
      <div className="preview">
        <span className="preview-frame">{failed ? 'failed to load' : 'URL is not https'}</span>
        <span className="preview-name">{preview.name}</span>
      </div>
    );
  }
  if (preview.kind === 'audio') {
    return (
      <div className="preview preview-audio">
        {/* The element has no referrerPolicy attribute; the page's policy, no-referrer, applies. */}
        <audio
          controls
          preload="none"
          src={src}
          aria-label={`Voice ${preview.name}`}
          onError={() => setFailed(true)}
        />
        <span className="preview-name">{preview.name}</span>
      </div>
    );
  }
  return (
    <button type="button" className="preview" title={preview.name} onClick={() => onSelect(preview)}>
      <img
        className="preview-frame"
        src={src}
        alt={`Preview of ${preview.name}`}
        width="88"
        height="88"
        loading="lazy"
        decoding="async"
        referrerPolicy="no-referrer"
        onError={() => setFailed(true)}
      />
      <span className="preview-name" aria-hidden="true">
        {preview.name}
      </span>
    </button>
  );
}

function PreviewDialog({ preview, src, onClose }) {
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="preview-dialog"
      aria-label={preview.name}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
    >
      <img src={src} alt={`Preview of ${preview.name}`} referrerPolicy="no-referrer" />
      <p>
        <strong>{preview.name}</strong> <code>{formatPath(preview.path)}</code>
      </p>
      <form method="dialog">
        <button>Close</button>
      </form>
    </dialog>
  );
}

// selectInEditor selects the value at a response path and scrolls to it.
function selectInEditor(editor, path) {
  const model = editor.getModel();
  const node = findNodeAtLocation(parseTree(model.getValue()), path);
  if (!node) return;
  const [start, end] = [node.offset, node.offset + node.length].map((offset) => model.getPositionAt(offset));
  editor.setSelection({
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  });
  editor.revealLineInCenter(start.lineNumber);
}

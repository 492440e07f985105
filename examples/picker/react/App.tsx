import { type SubmitEvent, useState } from 'react';
import type { AvatarSelection, PickerErrorDetail } from '../picker';

export function App({ token }: { token: string | null }) {
  const [selection, setSelection] = useState<AvatarSelection | null>(null);
  const [error, setError] = useState<PickerErrorDetail | null>(null);
  const [submitted, setSubmitted] = useState('');

  function select(selection: AvatarSelection) {
    setSelection(selection);
    setError(null);
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setSubmitted(String(new FormData(event.currentTarget).get('avatar_id')));
  }

  return (
    <form onSubmit={submit}>
      <heygen-avatar-picker
        name="avatar_id"
        required
        token={token}
        onavatar-select={({ detail }) => select(detail)}
        onpicker-view-change={({ detail }) => detail.lookId === null && setSelection(null)}
        onpicker-error={({ detail }) => setError(detail)}
      />
      <input type="hidden" name="voice_id" value={selection?.voiceId ?? ''} />
      {selection && (
        <p role="status">
          {selection.lookName}, {selection.orientation}, {selection.engines.join(' ')}
        </p>
      )}
      {error && (
        <p role="alert">
          {error.code}: {error.message}
        </p>
      )}
      <button>Submit</button>
      {submitted && <p>Submitted: {submitted}</p>}
    </form>
  );
}

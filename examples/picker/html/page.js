const form = document.querySelector('form');
const picker = form.querySelector('heygen-avatar-picker');
const selectionText = form.querySelector('[role=status]');
const errorText = form.querySelector('[role=alert]');

picker.token = sessionStorage.getItem('token'); // null: the server requires none

picker.addEventListener('avatar-select', ({ detail }) => {
  const { lookName, orientation, engines, voiceId } = detail;
  selectionText.textContent = `${lookName}, ${orientation}, ${engines.join(' ')}`;
  errorText.textContent = '';
  form.elements.voice_id.value = voiceId ?? '';
});

picker.addEventListener('picker-view-change', ({ detail }) => {
  if (detail.lookId !== null) return;
  selectionText.textContent = '';
  form.elements.voice_id.value = ''; // of no look
});

picker.addEventListener('picker-error', ({ detail }) => {
  errorText.textContent = `${detail.code}: ${detail.message}`;
});

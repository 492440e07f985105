import type { AvatarSelection, PickerErrorDetail } from '../picker';

// PickerElement stands in for the element of picker.js, which requires a browser with layout.
export class PickerElement extends HTMLElement {
  token: string | null = null;
  name = '';
  required = false;

  select(detail: AvatarSelection) {
    const input = document.createElement('input');
    Object.assign(input, { type: 'hidden', name: this.name, value: detail.lookId });
    this.replaceChildren(input);
    this.dispatchEvent(new CustomEvent('avatar-select', { detail, bubbles: true, composed: true }));
  }

  clear() {
    this.replaceChildren();
    const detail = { lookId: null };
    this.dispatchEvent(new CustomEvent('picker-view-change', { detail, bubbles: true, composed: true }));
  }

  fail(detail: PickerErrorDetail) {
    this.dispatchEvent(new CustomEvent('picker-error', { detail, bubbles: true, composed: true }));
  }
}

customElements.define('heygen-avatar-picker', PickerElement);

export const selection: AvatarSelection = {
  lookId: 'monica_office',
  lookName: 'Monica, office',
  groupId: 'group_monica',
  groupName: 'Monica',
  voiceId: 'voice_calm',
  voiceName: 'Monica – Calm',
  orientation: 'landscape',
  engines: ['avatar_iii', 'avatar_iv'],
  avatarType: 'STUDIO_AVATAR',
  ready: true,
  width: 1920,
  height: 1080,
};

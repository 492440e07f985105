import { createRoot } from 'react-dom/client';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createApp } from 'vue';
import { App } from '../react/App';
import VueApp from '../vue/App.vue';
import { PickerElement, selection } from './picker-element';

function mountReact(root: Element) {
  const app = createRoot(root);
  app.render(<App token="secret" />);
  return () => app.unmount();
}

function mountVue(root: Element) {
  const app = createApp(VueApp, { token: 'secret' });
  app.mount(root);
  return () => app.unmount();
}

describe.each([
  ['React', mountReact],
  ['Vue', mountVue],
])('%s', (_name, mount) => {
  let picker: PickerElement;
  const textOf = (selector: string) => document.querySelector(selector)?.textContent;

  beforeEach(async () => {
    const root = document.body.appendChild(document.createElement('div'));
    const unmount = mount(root);
    picker = await vi.waitFor(() => document.querySelector<PickerElement>('heygen-avatar-picker') ?? expect.fail());
    return () => {
      unmount();
      root.remove();
    };
  });

  test('the token is a property, and in no markup', () => {
    expect(picker).toMatchObject({ token: 'secret', name: 'avatar_id', required: true });
    expect(document.documentElement.outerHTML).not.toContain('secret');
  });

  test('a selection is shown, and the form submits the ids of its look and its voice', async () => {
    picker.select(selection);
    await vi.waitFor(() => expect(textOf('[role=status]')?.trim()).toBe('Monica, office, landscape, avatar_iii avatar_iv'));
    const form = document.querySelector('form')!;
    expect(Object.fromEntries(new FormData(form))).toEqual({ avatar_id: 'monica_office', voice_id: 'voice_calm' });
    form.requestSubmit();
    await vi.waitFor(() => expect(textOf('button + p')).toBe('Submitted: monica_office'));
  });

  test('without a selection the form has no voice', async () => {
    picker.select(selection);
    await vi.waitFor(() => expect(textOf('[role=status]')).toBeTruthy());
    picker.clear();
    await vi.waitFor(() => expect(document.querySelector('[role=status]')).toBeNull());
    expect(Object.fromEntries(new FormData(document.querySelector('form')!))).toEqual({ voice_id: '' });
  });

  test('an error is shown until a look is selected', async () => {
    picker.fail({ code: 'RATE_LIMITED', message: 'Too many requests.' });
    await vi.waitFor(() => expect(textOf('[role=alert]')).toBe('RATE_LIMITED: Too many requests.'));
    picker.select(selection);
    await vi.waitFor(() => expect(document.querySelector('[role=alert]')).toBeNull());
  });
});

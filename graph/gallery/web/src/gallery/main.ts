import './page.css';
import './next-steps.css';

import type { HeyGenAvatarPicker } from '../picker';
import { Credentials } from './credentials';
import { credentialKind } from './credential';
import { byId } from './dom';
import { bindEmbed } from './embed';
import { NextSteps } from './next-steps';
import { bindSelect, type Theme } from './preferences';
import { formatView, historyAction, parseView } from './url';

type Config = { endpoint: string; sandbox: boolean; credential: string };

const config: Config = JSON.parse(byId('config', HTMLElement).textContent);
const script = byId('picker-script', HTMLScriptElement);
const gallery = byId('gallery', HTMLElement);
const fallback = byId('fallback', HTMLElement);

// This script runs before the picker's, and thus sees its error event.
script.addEventListener('error', () => {
  fallback.textContent =
    `The picker’s script ${script.src} did not load, or its content does not match its integrity hash. ` +
    'Reload the page. If that does not help, the server, or a proxy before it, serves another file.';
  fallback.classList.add('failed');
});

bindMenu();
bindEmbed(script, config.endpoint);
void customElements.whenDefined('heygen-avatar-picker').then(start);

async function start(): Promise<void> {
  // The element loads its first page when it is connected: all that affects the request is set before.
  const picker = document.createElement('heygen-avatar-picker');
  picker.endpoint = new URL(config.endpoint, location.href).href;
  picker.previews = config.sandbox ? 'show' : 'ask';
  bindSelect(byId('theme', HTMLSelectElement), 'theme', (theme) => {
    document.documentElement.dataset.theme = theme;
    picker.theme = theme as Theme;
  });
  const languages = byId('language', HTMLSelectElement);
  bindSelect(languages, 'language', (language) => {
    picker.lang = language === 'auto' ? preferredLanguage(languages) : language;
  });
  bindHistory(picker);
  bindSelection(picker); // after the history, whose listener of popstate restores the selection

  const credentials = new Credentials(config.credential, (kind, value) => {
    if (picker[kind] === value) picker.reload(); // another value reloads by itself
    else picker[kind] = value;
  });
  picker.addEventListener('picker-error', ({ detail }) => credentials.handle(detail.code));
  fallback.remove();
  if (credentialKind(config.credential)) await credentials.open();
  gallery.append(picker);
}

// preferredLanguage returns the first of the browser's languages that the picker has.
function preferredLanguage({ options }: HTMLSelectElement): string {
  const known = Array.from(options, ({ value }) => value);
  return navigator.languages.find((tag) => known.includes(tag.split('-')[0]!.toLowerCase())) ?? 'en';
}

// bindSelection shows what to do with the chosen look.
function bindSelection(picker: HeyGenAvatarPicker): void {
  const nextSteps = new NextSteps(config.sandbox);
  const show = () => nextSteps.show(picker.selection);
  picker.append(nextSteps.root);
  for (const type of ['avatar-select', 'change', 'picker-view-change']) picker.addEventListener(type, show);
  addEventListener('popstate', show);
}

// bindHistory makes the page's URL and the picker's view the same.
function bindHistory(picker: HeyGenAvatarPicker): void {
  let view = parseView(location.search);
  // Until the user's next input, a change is the picker's own correction of a restored view, such as the character of a
  // look. It is no entry in the history, where Back would lead to the uncorrected view, and thus forward again.
  let corrects = true;

  const restore = () => {
    view = parseView(location.search);
    corrects = true;
    picker.view = view;
  };
  picker.view = view;
  addEventListener('popstate', restore);
  for (const type of ['click', 'keydown', 'input']) {
    picker.addEventListener(type, () => (corrects = false), { capture: true });
  }
  picker.addEventListener('picker-view-change', ({ detail }) => {
    const action = historyAction(view, detail);
    view = detail;
    if (action === null) return;
    const url = location.pathname + formatView(view);
    if (action === 'push' && !corrects) history.pushState(null, '', url);
    else history.replaceState(null, '', url);
  });
}

// bindMenu opens and closes the menu, which a narrow page has instead of the bar's controls.
function bindMenu(): void {
  const button = byId('menu-button', HTMLButtonElement);
  const menu = byId('menu', HTMLElement);
  const toggle = (open: boolean) => {
    button.setAttribute('aria-expanded', String(open));
    menu.classList.toggle('open', open);
  };
  button.addEventListener('click', () => toggle(button.getAttribute('aria-expanded') !== 'true'));
  addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !menu.contains(target) && !button.contains(target)) toggle(false);
  });
  addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !menu.classList.contains('open')) return;
    if (menu.contains(document.activeElement)) button.focus();
    toggle(false);
  });
}

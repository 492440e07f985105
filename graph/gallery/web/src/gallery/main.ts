import './page.css';
import './next-steps.css';

import type { HeyGenAvatarPicker } from '../picker';
import { bindBanner } from './banner';
import { credentialKind } from './credential';
import { Credentials } from './credentials';
import { byId, element, setMessage } from './dom';
import { bindEmbed } from './embed';
import { PageLanguage } from './language';
import { NextSteps } from './next-steps';
import { bindSelect, type Theme } from './preferences';
import { formatView, historyAction, parseView } from './url';

type Config = { endpoint: string; sandbox: boolean; credential: string; upstream: string };

const config: Config = JSON.parse(byId('config', HTMLElement).textContent);
const script = byId('picker-script', HTMLScriptElement);
const gallery = byId('gallery', HTMLElement);
const fallback = byId('fallback', HTMLElement);
const language = new PageLanguage();

// This script runs before the picker's, and thus sees its error event.
script.addEventListener('error', () => {
  fallback.removeAttribute('data-message');
  fallback.classList.add('failed');
  language.bind(() => setMessage(fallback, language.t('scriptFailed'), { script: element('code', { dir: 'ltr' }, script.src) }));
});

bindLanguage();
bindBanner(config, language);
bindMenu();
bindEmbed(script, config.endpoint, language);
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
  language.bind(() => (picker.lang = language.tag));
  bindHistory(picker);
  bindSelection(picker); // after the history, whose listener of popstate restores the selection

  const credentials = new Credentials(config.credential, language, (kind, value) => {
    if (picker[kind] === value) picker.reload(); // another value reloads by itself
    else picker[kind] = value;
  });
  picker.addEventListener('picker-error', ({ detail }) => credentials.handle(detail.code));
  fallback.remove();
  const prompted = credentialKind(config.credential) !== null;
  if (prompted) await credentials.open();
  gallery.append(picker);
  if (prompted) {
    await new Promise(requestAnimationFrame); // it has rendered
    picker.focus();
  }
}

function bindLanguage(): void {
  const select = byId('language', HTMLSelectElement);
  bindSelect(select, 'language', (tag) => language.set(tag === 'auto' ? preferredLanguage(select) : tag));
}

// preferredLanguage returns the first of the browser's languages that the page has.
function preferredLanguage({ options }: HTMLSelectElement): string {
  const known = Array.from(options, ({ value }) => value);
  return navigator.languages.find((tag) => known.includes(tag.split('-')[0]!.toLowerCase())) ?? 'en';
}

// bindSelection shows what to do with the chosen look.
function bindSelection(picker: HeyGenAvatarPicker): void {
  const nextSteps = new NextSteps(config.sandbox, language);
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

  // Back leads to the list, from which the user opens another character: the filter of looks stays.
  const restore = () => {
    const { lookSearch, orientation, readyOnly } = picker.view;
    view = { ...parseView(location.search), lookSearch, orientation, readyOnly };
    corrects = true;
    picker.view = view;
    history.replaceState(null, '', location.pathname + formatView(view));
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

import type { AvatarSelection } from '../picker';
import { copyButton } from './copy';
import { element, setMessage } from './dom';
import type { PageLanguage } from './language';
import { lookQuery, notes, videoCommand, VOICE_PLACEHOLDER } from './snippets';

// NextSteps is what to do with the chosen look: an element for the picker's slot `selection`.
export class NextSteps {
  readonly root = element('section', { slot: 'selection', class: 'next-steps', hidden: '' });
  private readonly status = element('p', { class: 'copy-status', role: 'status' });
  private readonly content = element('div', { class: 'next-steps-content' });
  private readonly open = new Set<string>(); // what the user has opened
  private selection: AvatarSelection | null = null;

  constructor(
    private readonly sandbox: boolean,
    private readonly language: PageLanguage,
  ) {
    this.root.append(this.content, this.status);
    language.bind(() => this.render());
  }

  // show replaces the content, unless it is the selection's already: text that the user has selected stays so.
  show(selection: AvatarSelection | null): void {
    if (JSON.stringify(selection) === JSON.stringify(this.selection)) return;
    this.selection = selection;
    this.render();
  }

  private render(): void {
    const { selection } = this;
    this.root.hidden = selection === null;
    this.root.setAttribute('aria-label', this.language.t('nextSteps'));
    this.content.replaceChildren(...(selection ? this.steps(selection) : []));
  }

  private steps(selection: AvatarSelection): Node[] {
    const { t } = this.language;
    const list = notes(selection, this.sandbox).map((key) => {
      const note = element('li');
      setMessage(note, t(key), { placeholder: element('code', { translate: 'no', dir: 'ltr' }, VOICE_PLACEHOLDER) });
      return note;
    });
    const nodes: Node[] = [element('h3', {}, t('nextSteps'))];
    if (list.length > 0) nodes.push(element('ul', { class: 'notes' }, ...list));
    nodes.push(this.id('avatar_id', t('lookId'), selection.lookId));
    if (selection.voiceId) nodes.push(this.id('voice_id', selection.voiceName ?? t('voiceId'), selection.voiceId));
    nodes.push(
      this.code('command', videoCommand(selection)),
      this.code('query', lookQuery(selection)),
    );
    return nodes;
  }

  private id(name: string, description: string, value: string): HTMLElement {
    const code = element('code', { translate: 'no', dir: 'ltr' }, value);
    return element(
      'div',
      { class: 'id' },
      element('span', { class: 'label' }, element('strong', { translate: 'no', dir: 'ltr' }, name), ' ', element('bdi', {}, description)),
      code,
      copyButton(code, name, this.status, this.language),
    );
  }

  private code(name: 'command' | 'query', source: string): HTMLElement {
    const { t } = this.language;
    const title = t(`${name}Title`);
    const code = element('code', { translate: 'no' }, source);
    // A scrollable region without controls is focusable, so that the keyboard can scroll it.
    const pre = element('pre', { tabindex: '0', role: 'region', 'aria-label': title, dir: 'ltr' }, code);
    const details = element('details', {}, element('summary', {}, title), pre);
    details.open = this.open.has(name);
    details.addEventListener('toggle', () => {
      if (details.open) this.open.add(name);
      if (details.open && details.contains(document.activeElement)) details.scrollIntoView({ block: 'nearest' });
      else if (details.isConnected) this.open.delete(name);
    });
    return element('div', { class: 'code' }, details, copyButton(code, t(name), this.status, this.language));
  }
}

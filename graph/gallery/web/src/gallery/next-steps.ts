import type { AvatarSelection } from '../picker';
import { copyButton } from './copy';
import { element } from './dom';
import { lookQuery, notes, videoCommand } from './snippets';

// NextSteps is what to do with the chosen look: an element for the picker's slot `selection`.
export class NextSteps {
  readonly root = element('section', { slot: 'selection', class: 'next-steps', lang: 'en', dir: 'ltr', hidden: '' });
  private readonly status = element('p', { class: 'copy-status', role: 'status' });
  private readonly content = element('div', { class: 'next-steps-content' });
  private readonly open = new Set<string>(); // titles of what the user has opened
  private shown = '';

  constructor(private readonly sandbox: boolean) {
    this.root.setAttribute('aria-label', 'Use this look');
    this.root.append(this.content, this.status);
  }

  // show replaces the content, unless it is the selection's already: text that the user has selected stays so.
  show(selection: AvatarSelection | null): void {
    const key = JSON.stringify(selection);
    if (key === this.shown) return;
    this.shown = key;
    this.root.hidden = selection === null;
    this.content.replaceChildren(...(selection ? this.steps(selection) : []));
  }

  private steps(selection: AvatarSelection): Node[] {
    const list = notes(selection, this.sandbox).map((note) => element('li', {}, note));
    const nodes: Node[] = [element('h3', {}, 'Use this look')];
    if (list.length > 0) nodes.push(element('ul', { class: 'notes' }, ...list));
    nodes.push(this.id('avatar_id', 'the look’s id', selection.lookId));
    if (selection.voiceId) nodes.push(this.id('voice_id', selection.voiceName ?? 'the voice’s id', selection.voiceId));
    nodes.push(
      this.code('Make a video', 'the command', videoCommand(selection)),
      this.code('GraphQL query', 'the query', lookQuery(selection)),
    );
    return nodes;
  }

  private id(name: string, description: string, value: string): HTMLElement {
    const code = element('code', { translate: 'no' }, value);
    return element(
      'div',
      { class: 'id' },
      element('span', { class: 'label' }, element('strong', {}, name), ` ${description}`),
      code,
      copyButton(code, name, this.status),
    );
  }

  private code(title: string, name: string, source: string): HTMLElement {
    const code = element('code', { translate: 'no' }, source);
    // A scrollable region without controls is focusable, so that the keyboard can scroll it.
    const pre = element('pre', { tabindex: '0', role: 'region', 'aria-label': title }, code);
    const details = element('details', {}, element('summary', {}, title), pre);
    details.open = this.open.has(title);
    details.addEventListener('toggle', () => {
      if (details.open) this.open.add(title);
      else if (details.isConnected) this.open.delete(title);
    });
    return element('div', { class: 'code' }, details, copyButton(code, name, this.status));
  }
}

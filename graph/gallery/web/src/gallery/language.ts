import { Translator, type Values } from '../messages/translator';
import { setMessage } from './dom';
import { languages, type MessageKey, type PageTranslator } from './messages';

// PageLanguage is the language of the page around the picker, which has messages of its own.
export class PageLanguage {
  tag = 'en';
  private translator: PageTranslator = new Translator(languages, []);
  private readonly renders: (() => void)[] = [];

  readonly t = (key: MessageKey, values?: Values): string => this.translator.t(key, values);

  // set translates the page into the language of a BCP 47 tag.
  set(tag: string): void {
    this.tag = tag;
    this.translator = new Translator(languages, [tag]);
    document.documentElement.lang = this.translator.language;
    document.documentElement.dir = this.translator.direction;
    this.translateMarkup();
    for (const render of this.renders) render();
  }

  // bind calls render now, and after each change of the language.
  bind(render: () => void): void {
    this.renders.push(render);
    render();
  }

  // translateMarkup translates the elements of index.html, which name their messages. The placeholders of a message are
  // child elements.
  private translateMarkup(): void {
    for (const node of document.querySelectorAll<HTMLElement>('[data-message]')) {
      const children = Array.from(node.querySelectorAll<HTMLElement>('[data-placeholder]'));
      setMessage(
        node,
        this.t(node.dataset.message as MessageKey),
        Object.fromEntries(children.map((child) => [child.dataset.placeholder!, child])),
      );
    }
    for (const node of document.querySelectorAll<HTMLElement>('[data-message-label]')) {
      node.setAttribute('aria-label', this.t(node.dataset.messageLabel as MessageKey));
    }
  }
}

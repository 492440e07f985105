import { nothing } from 'lit';
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

// A style attribute violates a Content-Security-Policy without 'unsafe-inline'; properties of element.style do not.
class Styled extends Directive {
  private readonly current = new Map<string, string>();

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('styled() is for elements');
  }

  render(_properties: Record<string, string>): typeof nothing {
    return nothing;
  }

  override update(part: ElementPart, [properties]: [Record<string, string>]): typeof nothing {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(properties)) {
      if (this.current.get(name) === value) continue; // setting it again would compute styles again
      this.current.set(name, value);
      style.setProperty(name, value);
    }
    return nothing;
  }
}

// styled sets CSS properties of its element.
export const styled = directive(Styled);

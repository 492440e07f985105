import type { ReactiveController } from 'lit';
import type { PickerHost } from './host';

const NARROW = 720; // pixels
const SHORT = 420; // pixels

// Environment is what the element adapts to: its own width, the connection, and the preferred motion.
export class Environment implements ReactiveController {
  narrow = false;
  short = false; // too short for a list below what is above it
  still = false;
  offline = false;
  private resizes: ResizeObserver | null = null;
  private languages: MutationObserver | null = null;
  private motion: MediaQueryList | null = null;

  constructor(
    private readonly host: PickerHost,
    private readonly onOnline: () => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.motion = matchMedia('(prefers-reduced-motion: reduce)');
    this.still = this.motion.matches;
    this.motion.addEventListener('change', this.changeMotion);
    this.offline = !navigator.onLine;
    window.addEventListener('online', this.changeConnection);
    window.addEventListener('offline', this.changeConnection);
    this.resizes = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      const narrow = width < NARROW;
      const short = height < SHORT;
      if (narrow === this.narrow && short === this.short) return;
      this.narrow = narrow;
      this.short = short;
      this.host.requestUpdate();
    });
    this.resizes.observe(this.host);
    this.languages = new MutationObserver(() => this.host.requestUpdate());
    this.languages.observe(document.documentElement, { attributeFilter: ['lang'] });
  }

  hostDisconnected(): void {
    this.motion?.removeEventListener('change', this.changeMotion);
    this.motion = null;
    window.removeEventListener('online', this.changeConnection);
    window.removeEventListener('offline', this.changeConnection);
    this.resizes?.disconnect();
    this.resizes = null;
    this.languages?.disconnect();
    this.languages = null;
  }

  private readonly changeMotion = (event: MediaQueryListEvent): void => {
    this.still = event.matches;
    this.host.requestUpdate();
  };

  private readonly changeConnection = (event: Event): void => {
    this.offline = event.type === 'offline';
    if (!this.offline) this.onOnline();
    this.host.requestUpdate();
  };
}

// languagesOf returns the language tags that apply to an element, the preferred one first.
export function languagesOf(element: Element): string[] {
  for (let node: Node | null = element; node; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
    const tag = node instanceof Element ? node.getAttribute('lang') : null;
    if (tag) return [tag];
  }
  return [...navigator.languages];
}

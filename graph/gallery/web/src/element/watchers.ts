import type { ReactiveController } from 'lit';
import type { GraphQLClient } from '../data/client';
import type { PickerHost } from './host';

type Watch<T> = (client: GraphQLClient, id: string, signal: AbortSignal) => AsyncIterable<T | null>;

// Watchers subscribes to items in training. Each subscription is an event stream, for which browsers open at most six
// connections to a host over HTTP/1.1: a picker has at most three, of which two are for looks. Those of the grid end while
// a character is open.
export class Watchers<T> implements ReactiveController {
  private ids: readonly string[] = [];
  private readonly active = new Map<string, AbortController>();
  private readonly ended = new Set<string>();
  private client: GraphQLClient | null = null;

  constructor(
    private readonly host: PickerHost,
    private readonly max: number,
    private readonly subscribe: Watch<T>,
    private readonly onChange: (item: T) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.restart);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.restart);
    this.watch([]);
  }

  private readonly restart = (): void => this.watch(this.ids);

  // watch replaces the ids of the visible items in training.
  watch(ids: readonly string[]): void {
    this.ids = ids;
    if (this.client !== this.host.client) {
      for (const controller of this.active.values()) controller.abort();
      this.active.clear();
      this.ended.clear();
      this.client = this.host.client;
    }
    const wanted = document.hidden ? [] : ids.filter((id) => !this.ended.has(id)).slice(0, this.max);
    for (const [id, controller] of this.active) {
      if (wanted.includes(id)) continue;
      controller.abort();
      this.active.delete(id);
    }
    for (const id of wanted) if (!this.active.has(id)) void this.run(id);
  }

  private async run(id: string): Promise<void> {
    const { client } = this;
    if (!client) return;
    const controller = new AbortController();
    this.active.set(id, controller);
    try {
      for await (const item of this.subscribe(client, id, controller.signal)) {
        if (controller.signal.aborted) return;
        if (item) this.onChange(item);
      }
    } catch {
      // The item stays as it is: a server without subscriptions is usable.
    }
    if (controller.signal.aborted) return;
    this.ended.add(id);
    this.active.delete(id);
    this.watch(this.ids);
  }
}

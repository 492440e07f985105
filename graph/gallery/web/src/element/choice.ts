import type { Character } from '../data/characters';
import type { GraphQLClient } from '../data/client';
import { PickerError } from '../data/errors';
import { fetchLook, type Look, type LookList } from '../data/looks';
import { fetchVoice, type Voice } from '../data/voices';
import type { AvatarSelection, PickerErrorDetail } from '../picker';
import { argumentOf } from './ids';
import { Selection } from './selection';

// ChoiceHost is what a choice uses of the element.
export interface ChoiceHost {
  readonly client: GraphQLClient | null;
  readonly openGroupId: string | null; // of the panel
  openLooks(): Promise<LookList | null>; // of the panel, once no page is in flight
  showLook(groupId: string, character: Character | null): void;
  lookIdChanged(): void;
  selectionChanged(): void;
  report(error: PickerError): PickerErrorDetail;
  detailOf(code: 'ABORTED'): PickerErrorDetail;
}

interface Found {
  look: Look;
  character: Character | null;
  voice: Voice | null;
}

// Choice is the chosen look. Its id is known at once, and what selection has once it is loaded.
export class Choice {
  readonly selection = new Selection();
  lookId = '';
  unresolved: PickerError | null = null; // why there is no selection for the id
  private resolving: AbortController | null = null;
  private resolvingVoice: AbortController | null = null;
  private wantedVoiceId: string | null = null; // instead of the default voice, and not loaded yet
  private resolvingWanted: AbortController | null = null;
  private readonly waiters = new Set<(client: GraphQLClient) => void>();

  constructor(private readonly host: ChoiceHost) {}

  clear(): void {
    this.abort();
    this.suspend();
    this.unresolved = null;
    this.wantedVoiceId = null;
    this.selection.clear();
    this.setLookId('');
  }

  // voiceId returns the id of the voice that is chosen instead of the default one.
  get voiceId(): string | null {
    return this.selection.userVoice?.voiceId ?? this.wantedVoiceId;
  }

  // set makes a look the selection. Its default voice is requested unless it is known.
  set(look: Look, character: Character | null, voice: Voice | null = knownVoice(look, character)): void {
    this.unresolved = null;
    this.resolvingVoice?.abort();
    if (look.lookId !== this.lookId) this.forgetWanted(); // it was for another look
    this.change(() => {
      this.selection.set(look, character, voice);
      this.setLookId(look.lookId);
    });
    if (!voice && look.defaultVoiceId) void this.resolveVoice(look.defaultVoiceId);
    void this.resolveWanted();
  }

  // update replaces the chosen look by a newer one.
  update(look: Look): void {
    if (look.id === this.selection.look?.id) this.change(() => (this.selection.look = look));
  }

  // setVoice chooses a voice instead of the default one, or null.
  setVoice(voice: Voice | null): void {
    this.forgetWanted();
    this.change(() => (this.selection.userVoice = voice));
    this.host.lookIdChanged(); // the view may differ, even if the selection does not
  }

  // change calls selectionChanged if apply has changed the selection.
  private change(apply: () => void): void {
    const before = JSON.stringify(this.selection.detail);
    apply();
    if (JSON.stringify(this.selection.detail) !== before) this.host.selectionChanged();
  }

  private forgetWanted(): void {
    this.resolvingWanted?.abort();
    this.resolvingWanted = null;
    this.wantedVoiceId = null;
  }

  // selectVoice chooses a voice by its id instead of the default one, or null.
  selectVoice(voiceId: string | null): void {
    if (voiceId === this.voiceId) return;
    this.setVoice(null);
    this.wantedVoiceId = voiceId;
    void this.resolveWanted();
  }

  // select chooses a look by its id, in a character if that is known. If the client changes in the meantime, the result of
  // the next one counts. If show is set, its character is opened. It rejects with a PickerErrorDetail.
  async select(lookId: string, groupId: string | null, show = groupId === null): Promise<AvatarSelection> {
    const { host } = this;
    this.abort();
    const controller = (this.resolving = new AbortController());
    const { signal } = controller;
    this.unresolved = null;
    if (this.lookId !== lookId) {
      this.selection.clear();
      this.forgetWanted();
    }
    this.setLookId(lookId);
    try {
      const found = await this.find(lookId, groupId, signal);
      if (!found) throw new PickerError('NOT_FOUND', `There is no look ${lookId}.`);
      const { look, character, voice } = found;
      this.set(look, character, voice);
      if (look.groupId && show) host.showLook(look.groupId, character);
      return this.selection.detail!;
    } catch (error) {
      if (signal.aborted) throw host.detailOf('ABORTED');
      let failure = error instanceof PickerError ? error : new PickerError('INTERNAL', String(error));
      if (failure.code === 'BAD_USER_INPUT') failure = new PickerError('NOT_FOUND', failure.message); // no look has such an id
      if (failure.code === 'NOT_FOUND') this.clear();
      this.unresolved = failure;
      throw host.report(failure);
    } finally {
      if (this.resolving === controller) this.resolving = null;
    }
  }

  // ensure requests the chosen look, or its default voice, if it is unknown and no request is in flight.
  ensure(): void {
    const { look, defaultVoice } = this.selection;
    if (!this.host.client || this.lookId === '' || this.resolving) return;
    if (!look) this.reselect(this.host.openGroupId === null);
    else if (look.defaultVoiceId && !defaultVoice && !this.resolvingVoice) void this.resolveVoice(look.defaultVoiceId);
    void this.resolveWanted();
  }

  // renew continues with another client. With other credentials, the chosen look and voice may not exist.
  renew(client: GraphQLClient, otherCredentials: boolean): void {
    for (const resolve of this.waiters) resolve(client);
    this.waiters.clear();
    this.suspend();
    if (otherCredentials && this.selection.look && !this.resolving) {
      this.wantedVoiceId = this.voiceId;
      this.reselect(false);
    }
    this.ensure();
  }

  // suspend waits for another client.
  suspend(): void {
    this.resolvingVoice?.abort();
    this.resolvingWanted?.abort();
    this.resolvingVoice = this.resolvingWanted = null;
  }

  abort(): void {
    this.resolving?.abort();
  }

  private reselect(show: boolean): void {
    this.select(this.lookId, this.host.openGroupId, show).catch(() => undefined); // reported
  }

  private setLookId(lookId: string): void {
    this.lookId = lookId;
    this.host.lookIdChanged();
  }

  // find returns a look from the open character, if its first page has it, or else from the server.
  private async find(lookId: string, groupId: string | null, signal: AbortSignal): Promise<Found | null> {
    const { host } = this;
    for (;;) {
      const client = await this.client(signal);
      let found: Found | null = null;
      try {
        const looks = groupId !== null && groupId === host.openGroupId ? await host.openLooks() : null;
        const look = looks?.items.find((item) => item.lookId === lookId);
        if (look) found = { look, character: looks!.character, voice: knownVoice(look, looks!.character) };
        else found = await fetchFound(client, lookId, signal);
      } catch (error) {
        if (client === host.client) throw error;
      }
      signal.throwIfAborted();
      if (client === host.client) return found;
    }
  }

  private client(signal: AbortSignal): Promise<GraphQLClient> {
    const { client } = this.host;
    if (client) return Promise.resolve(client);
    return new Promise((resolve, reject) => {
      this.waiters.add(resolve);
      signal.addEventListener('abort', () => {
        this.waiters.delete(resolve);
        reject(signal.reason as Error);
      });
    });
  }

  private async resolveVoice(voiceId: string): Promise<void> {
    const controller = (this.resolvingVoice = new AbortController());
    const voice = await this.fetchVoice(voiceId, controller.signal);
    if (this.resolvingVoice === controller) this.resolvingVoice = null;
    if (voice) this.change(() => (this.selection.defaultVoice = voice));
  }

  // resolveWanted loads the wanted voice, once there is a look to speak with it.
  private async resolveWanted(): Promise<void> {
    const voiceId = this.wantedVoiceId;
    if (voiceId === null || !this.selection.look || !this.host.client || this.resolvingWanted) return;
    const controller = (this.resolvingWanted = new AbortController());
    const voice = await this.fetchVoice(voiceId, controller.signal);
    if (this.resolvingWanted === controller) this.resolvingWanted = null;
    if (voice !== undefined) this.setVoice(voice);
  }

  // fetchVoice returns null if there is no such voice, and undefined if it has reported an error, or was aborted.
  private async fetchVoice(voiceId: string, signal: AbortSignal): Promise<Voice | null | undefined> {
    const { client } = this.host;
    if (!client) return undefined;
    try {
      const voice = await fetchVoice(client, argumentOf('Voice', voiceId), signal);
      return signal.aborted ? undefined : voice;
    } catch (error) {
      if (!signal.aborted && error instanceof PickerError) this.host.report(error);
      return undefined;
    }
  }
}

async function fetchFound(client: GraphQLClient, lookId: string, signal: AbortSignal): Promise<Found | null> {
  const look = await fetchLook(client, argumentOf('AvatarLook', lookId), signal);
  return look && { look, character: look.group, voice: look.defaultVoice };
}

function knownVoice(look: Look, character: Character | null): Voice | null {
  const voice = (character as { defaultVoice?: Voice | null } | null)?.defaultVoice;
  return voice && voice.voiceId === look.defaultVoiceId ? voice : null;
}

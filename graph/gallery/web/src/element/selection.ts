import type { Character } from '../data/characters';
import type { Look } from '../data/looks';
import type { Voice } from '../data/voices';
import type { AvatarSelection, Orientation } from '../picker';

const orientations: Record<string, Orientation> = { PORTRAIT: 'portrait', LANDSCAPE: 'landscape', SQUARE: 'square' };

// Selection is the chosen look with its character and its voice.
export class Selection {
  look: Look | null = null;
  character: Character | null = null;
  defaultVoice: Voice | null = null;
  userVoice: Voice | null = null;

  // The voice that the user has chosen, or else the look's default voice.
  get voice(): Voice | null {
    return this.userVoice ?? this.defaultVoice;
  }

  // set keeps the user's voice as long as the character is the same.
  set(look: Look, character: Character | null, defaultVoice: Voice | null): void {
    if (look.groupId !== this.look?.groupId) this.userVoice = null;
    this.look = look;
    this.character = character;
    this.defaultVoice = defaultVoice;
  }

  clear(): void {
    this.look = null;
    this.character = null;
    this.defaultVoice = null;
    this.userVoice = null;
  }

  get detail(): AvatarSelection | null {
    const { look, character, voice } = this;
    if (!look) return null;
    return {
      lookId: look.lookId,
      lookName: look.name,
      groupId: look.groupId ?? character?.groupId ?? '',
      groupName: character?.name ?? '',
      voiceId: voice?.voiceId ?? look.defaultVoiceId,
      voiceName: voice?.name ?? null,
      orientation: orientations[look.preferredOrientation ?? ''] ?? null,
      engines: [...look.supportedApiEngines],
      avatarType: look.avatarType,
      ready: look.readiness.state === 'READY',
      width: look.imageWidth,
      height: look.imageHeight,
    };
  }
}

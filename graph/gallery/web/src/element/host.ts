import type { LitElement } from 'lit';
import type { Character, CharacterList } from '../data/characters';
import type { GraphQLClient } from '../data/client';
import type { Look } from '../data/looks';
import type { Voice } from '../data/voices';
import type { Translator } from '../messages';
import type { Orientation, Ownership, PickerView } from '../picker';
import type { Player } from './player';
import type { Previews } from './previews';
import type { Selection } from './selection';

export type Query = Pick<PickerView, 'search' | 'gender' | 'status' | 'ownership' | 'order'>;

// PickerHost is what the parts of the element use of it.
export interface PickerHost extends LitElement {
  readonly i18n: Translator;
  readonly client: GraphQLClient | null;
  readonly list: CharacterList | null;
  readonly query: Query;
  readonly required: boolean;
  readonly ownership: Ownership | null; // fixed by the page
  readonly orientation: Orientation | null;
  readonly chosen: Selection;
  readonly previewImages: Previews;
  readonly player: Player;
  readonly openGroupId: string | null; // of the panel
  readonly narrow: boolean; // the panel is over the grid
  readonly still: boolean; // prefers-reduced-motion
  search(change: Partial<Query>): void;
  openCharacter(character: Character): void;
  closePanel(): void;
  chooseLook(look: Look, character: Character): void;
  updateLook(look: Look): void; // of the server, after a change
  chooseVoice(voice: Voice | null): void;
}

import type { LitElement } from 'lit';
import type { Character, CharacterList } from '../data/characters';
import type { GraphQLClient } from '../data/client';
import type { PickerError } from '../data/errors';
import type { Look } from '../data/looks';
import type { Voice } from '../data/voices';
import type { PickerTranslator } from '../messages';
import type { Orientation, Ownership, PickerView } from '../picker';
import type { Player } from './player';
import type { Previews } from './previews';
import type { Selection } from './selection';
import type { Query } from './view';

export type LookFilter = Pick<PickerView, 'lookSearch' | 'orientation' | 'readyOnly'>;

// PickerHost is what the parts of the element use of it.
export interface PickerHost extends LitElement {
  readonly i18n: PickerTranslator;
  readonly client: GraphQLClient | null;
  readonly list: CharacterList | null;
  readonly query: Query;
  readonly required: boolean;
  readonly apiKey: string | null;
  readonly fixedOwnership: Ownership | null; // by the page
  readonly orientation: Orientation | null; // until the user changes it
  readonly lookFilter: LookFilter;
  readonly chosen: Selection;
  readonly previewImages: Previews;
  readonly player: Player;
  readonly openGroupId: string | null; // of the panel
  readonly unresolved: PickerError | null; // why the chosen look is unknown
  readonly isMissing: boolean; // a choice is required
  readonly offline: boolean;
  readonly narrow: boolean; // the panel is over the grid
  readonly still: boolean; // prefers-reduced-motion
  retry(): void; // requests what has failed
  search(change: Partial<Query>): void;
  filterLooks(change: Partial<LookFilter> | null): void; // null: the filter is the initial one
  openCharacter(character: Character): void;
  closePanel(): void;
  chooseLook(look: Look, character: Character): void;
  updateLook(look: Look): void; // of the server, after a change
  chooseVoice(voice: Voice | null): void;
  openChosen(): void;
  removeChosen(): void;
}

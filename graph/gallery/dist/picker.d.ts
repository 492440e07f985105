// The public types of <heygen-avatar-picker>.

export type Gender = 'FEMALE' | 'MALE' | 'OTHER' | 'UNKNOWN';
export type TrainingStatus = 'PROCESSING' | 'PENDING_CONSENT' | 'COMPLETED' | 'FAILED' | 'UNKNOWN';
export type Orientation = 'portrait' | 'landscape' | 'square';
export type Ownership = 'public' | 'private';
export type Order = 'relevance' | 'name' | 'newest' | 'looks';

/** The chosen look: what a video is made with. */
export interface AvatarSelection {
  /** HeyGen's id of the look: the `avatar_id` of a video. */
  lookId: string;
  lookName: string;
  /** HeyGen's id of the look's character, which makes no video. */
  groupId: string;
  groupName: string;
  /** HeyGen's id of the chosen voice: the look's default voice, unless the user chose another. Null: there is none. */
  voiceId: string | null;
  voiceName: string | null;
  /** Recommended orientation of videos. Null: HeyGen sends none. */
  orientation: Orientation | null;
  /** Names of the engines that can render the look, such as `avatar_iv`. */
  engines: string[];
  avatarType: string;
  /** Whether a video can be made with the look now. */
  ready: boolean;
  /** Width and height of the look's image in pixels. Null: HeyGen sends none. */
  width: number | null;
  height: number | null;
}

/** What the picker shows, for deep links. */
export interface PickerView {
  search: string;
  gender: Gender[];
  status: TrainingStatus[];
  ownership: Ownership | null;
  order: Order;
  /** Search of looks, in every character that is opened. */
  lookSearch: string;
  /** Filter of looks. Null: none. */
  orientation: Orientation | null;
  /** Whether only looks are shown that a video can be made with now. */
  readyOnly: boolean;
  /** HeyGen's id of the open character. Null: none is open. */
  groupId: string | null;
  /** HeyGen's id of the chosen look. Null: none is chosen. */
  lookId: string | null;
  /** HeyGen's id of the voice that is chosen instead of the look's default voice. Null: none is. */
  voiceId: string | null;
}

/** Why something could not be shown. */
export interface PickerErrorDetail {
  /** `extensions.code` of the server, or `NETWORK_ERROR`, `OFFLINE`, or `ABORTED` of `select()`. */
  code: string;
  /** What to do, in the language of the picker. */
  message: string;
  /** Seconds after which a retry may succeed. */
  retryAfter?: number;
  /** HTTP status, if the whole request has failed. */
  status?: number;
}

export interface PickerEventMap {
  'avatar-select': CustomEvent<AvatarSelection>;
  'picker-error': CustomEvent<PickerErrorDetail>;
  'picker-view-change': CustomEvent<PickerView>;
}

export interface HeyGenAvatarPicker extends HTMLElement {
  /** URL of the GraphQL endpoint. Default: `/graphql` of the origin that served picker.js. */
  endpoint: string;
  /** Bearer token for the endpoint. It is in no attribute unless you set it there. Empty: the picker waits for one. */
  token: string | null;
  /** HeyGen key of the user, for servers with `HEYGEN_AUTH=passthrough`. */
  apiKey: string | null;
  /** Shows avatars of this owner only. Null: of both, and the user may filter. */
  ownership: Ownership | null;
  /** Filter of looks until the user changes it. Null: none. */
  orientation: Orientation | null;
  theme: 'light' | 'dark' | 'auto';
  lang: string;
  name: string;
  required: boolean;
  disabled: boolean;
  /** `ask`: previews on other hosts than the endpoint's load only after the user has consented. */
  previews: 'show' | 'ask';
  /** HeyGen's id of the chosen look, which a form submits under `name`. Empty: none is chosen. */
  get value(): string;
  set value(lookId: string | null | undefined);
  readonly selection: AvatarSelection | null;
  get view(): PickerView;
  /** What is missing or invalid has its default. */
  set view(view: Partial<PickerView>);
  readonly form: HTMLFormElement | null;
  readonly validity: ValidityState;
  readonly validationMessage: string;
  /** Opens the character of a look and chooses the look. It rejects with a PickerErrorDetail. */
  select(lookId: string): Promise<AvatarSelection>;
  clear(): void;
  /** Requests everything that is shown again. */
  reload(): void;
  checkValidity(): boolean;
  reportValidity(): boolean;
  addEventListener<K extends keyof PickerEventMap>(
    type: K,
    listener: (this: HeyGenAvatarPicker, event: PickerEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'heygen-avatar-picker': HeyGenAvatarPicker;
  }
}

import type { ClassAttributes, HTMLAttributes } from 'react';
import type { HeyGenAvatarPicker, PickerEventMap } from '../picker';

// React assigns props that are properties of a custom element, and adds a listener for the rest of each name after "on".
type Properties = Pick<
  HeyGenAvatarPicker,
  | 'endpoint' | 'token' | 'apiKey' | 'ownership' | 'orientation' | 'theme' | 'previews'
  | 'name' | 'required' | 'disabled' | 'value' | 'view'
>;
type Listeners = { [Type in keyof PickerEventMap as `on${Type}`]: (event: PickerEventMap[Type]) => void };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'heygen-avatar-picker': HTMLAttributes<HeyGenAvatarPicker> &
        ClassAttributes<HeyGenAvatarPicker> &
        Partial<Properties & Listeners>;
    }
  }
}

import type { HTMLAttributes, PublicProps } from 'vue';
import type { HeyGenAvatarPicker, PickerEventMap } from '../picker';

type Properties = Pick<
  HeyGenAvatarPicker,
  | 'endpoint' | 'token' | 'apiKey' | 'ownership' | 'orientation' | 'theme' | 'previews'
  | 'name' | 'required' | 'disabled' | 'value' | 'view'
>;
type Camelized<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camelized<Tail>>}` : S;
type Listeners = {
  [Type in keyof PickerEventMap as `on${Capitalize<Camelized<Type>>}`]: (event: PickerEventMap[Type]) => void;
};

declare module 'vue' {
  interface GlobalComponents {
    'heygen-avatar-picker': new () => { $props: PublicProps & HTMLAttributes & Partial<Properties & Listeners> };
  }
}

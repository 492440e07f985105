import ar from './ar';
import de from './de';
import en from './en';
import es from './es';
import fr from './fr';
import ja from './ja';
import type { Translation, Translator } from './translator';

export type MessageKey = keyof typeof en;
export type Messages = Translation<typeof en>;
export type PickerTranslator = Translator<MessageKey>;

// The type ensures that no translation lacks a key of English; tests compare placeholders and plural forms.
export const languages: Record<string, Messages> = { en, de, es, fr, ja, ar };

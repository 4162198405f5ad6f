// Words for people: the console's own by key, those of states, events and findings by the API's
// codes. Chinese comes with the page, English when it is asked for.
import { computed, ref, shallowRef } from 'vue';
import chinese from './texts/zh-CN.json';

export type Language = 'zh-CN' | 'en';
export type TextKey = keyof typeof chinese;
export type Params = Record<string, string | number>;

const REMEMBERED = 'yimen.language';

const own = shallowRef<Record<TextKey, string>>(chinese);
const served = shallowRef<Record<string, string>>({});
export const language = ref<Language>('zh-CN');
export const locale = computed(() => (language.value === 'en' ? 'en-GB' : 'zh-CN'));

function filled(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

export function t(key: TextKey, params: Params = {}): string {
  return filled(own.value[key], params);
}

// The API's word for a code, e.g. word('state', 'handled'); the code where there is none.
export function word(kind: string, code: string | undefined, params: Params = {}): string {
  if (!code) return '';
  return filled(served.value[`${kind}.${code}`] ?? code, params);
}

export function words(kind: string, codes: readonly string[]): string {
  return codes.map((code) => word(kind, code)).join(served.value['list.separator'] ?? ', ');
}

const kept = () => `yimen.words.${language.value}`;

// The API's words, kept on the device for times without a line.
export function serve(texts: Record<string, string>) {
  served.value = texts;
  localStorage.setItem(kept(), JSON.stringify(texts));
}

export async function speak(wanted: Language) {
  own.value = wanted === 'en' ? (await import('./texts/en.json')).default : chinese;
  language.value = wanted;
  served.value = JSON.parse(localStorage.getItem(kept()) ?? '{}') as Record<string, string>;
  document.documentElement.lang = wanted;
  localStorage.setItem(REMEMBERED, wanted);
}

export function remembered(): Language {
  return localStorage.getItem(REMEMBERED) === 'en' ? 'en' : 'zh-CN';
}

// Data of forms and facts as people read them.
import { nameOf } from './knowledge';
import { language, t, word } from './language';
import * as time from './time';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7/;
const DIGEST = /^[0-9a-f]{64}$/;
const KINDS = ['enum', 'unit', 'category', 'post', 'state', 'event', 'clock', 'limit'];

export function money(amount: string): string {
  const number = new Intl.NumberFormat(language.value, { minimumFractionDigits: 2 });
  return `¥${number.format(Number(amount))}`;
}

function code(text: string): string {
  for (const kind of KINDS) {
    const found = word(kind, text);
    if (found !== text) return found;
  }
  return text;
}

export function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return t('value.none');
  if (typeof value === 'boolean') return value ? t('form.yes') : t('form.no');
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(shown).join(t('value.and'));
  if (typeof value === 'object') {
    const members = value as Record<string, unknown>;
    if (typeof members.amount === 'string') return money(members.amount);
    return Object.entries(members)
      .map(([name, member]) => `${word('field', name)}：${shown(member)}`)
      .join('；');
  }
  const text = String(value);
  if (INSTANT.test(text)) return time.moment(text);
  if (DAY.test(text)) return time.day(text);
  if (UUID.test(text)) return nameOf(text) || t('value.registered');
  if (DIGEST.test(text)) return t('value.document', { digest: text.slice(0, 8) });
  return code(text);
}

// Instants and days as the wall clock in the township shows them, by the server's clock.
import { language, locale, t } from './language';

const ZONE = 'Asia/Shanghai';
const DAY = 86_400_000;

const KEPT = 'yimen.clock-ahead';

// Kept for times without a line: a device's own clock may be wrong.
let ahead = Number(localStorage.getItem(KEPT) ?? 0);

// Tells what the server's clock said at this moment.
export function set(now: string) {
  ahead = Date.parse(now) - Date.now();
  localStorage.setItem(KEPT, String(ahead));
}

export function now(): Date {
  return new Date(Date.now() + ahead);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language.value} ${name}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale.value, { timeZone: ZONE, ...options });
    formats.set(key, found);
  }
  return found;
}

export function day(instant: string | undefined): string {
  if (!instant) return '';
  return format('day', { year: 'numeric', month: 'numeric', day: 'numeric' }).format(
    new Date(instant),
  );
}

export function moment(instant: string | number | undefined): string {
  if (!instant) return '';
  return format('moment', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(new Date(instant));
}

export function weekday(civil: string): string {
  return format('weekday', { weekday: 'short' }).format(new Date(`${civil}T12:00:00+08:00`));
}

// YYYY-MM-DD in the township.
export function civil(instant: Date | string): string {
  return new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

// Full days on the calendar from today to the day of the instant.
export function daysUntil(instant: string): number {
  return (Date.parse(civil(instant)) - Date.parse(civil(now()))) / DAY;
}

// "3 days late", "due today", "2 days left".
export function left(dueAt: string, late: boolean): string {
  const days = daysUntil(dueAt);
  if (late) return days < 0 ? t('due.late_days', { days: -days }) : t('due.late');
  if (days === 0) return t('due.today');
  return days === 1 ? t('due.tomorrow') : t('due.days_left', { days });
}

// The present as a form's instant, in whole minutes.
export function nowInForms(): string {
  const shown = new Date(now().getTime() + 8 * 3_600_000).toISOString();
  return `${shown.slice(0, 16)}:00+08:00`;
}

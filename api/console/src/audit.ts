// What auditors ask: figures of time limits and the lines that they count, lists of entries, and
// the clocks of one case. All of it as it was known at an instant.
import { follow, type Schemas } from './api/client';
import { saved } from './csv';
import { t, word, type TextKey } from './language';
import * as time from './time';

export type Count = Schemas['Count'];
export type Figures = Schemas['TimeLimitCounts'];
export type TimeLimits = Schemas['TimeLimits'];
export type ClockLine = Schemas['AuditLine'];
export type Mark = Schemas['AuditEntry'];
export type Ledger = Schemas['ClockLedger'];

export const OUTCOMES = [
  'received',
  'done_in_time',
  'done_late',
  'open_in_time',
  'open_late',
  'withdrawn',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const outcomeTexts: Record<Outcome | 'withdrawn_late' | 'late', TextKey> = {
  received: 'time_limits.received',
  done_in_time: 'time_limits.done_in_time',
  done_late: 'time_limits.done_late',
  open_in_time: 'time_limits.open_in_time',
  open_late: 'time_limits.open_late',
  withdrawn: 'time_limits.withdrawn',
  withdrawn_late: 'time_limits.withdrawn_late',
  late: 'time_limits.late',
};

export interface Page<Line> {
  items: Line[];
  next: string;
}

// The link with some of its parameters set, or left out where empty.
export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const [base = '', had] = path.split('?');
  const all = new URLSearchParams(had);
  for (const [name, value] of Object.entries(query)) {
    if (value) all.set(name, value);
    else all.delete(name);
  }
  return all.size > 0 ? `${base}?${all}` : base;
}

// A day on the township's calendar as the instant at its end, or now where that is to come.
export function asOf(day: string): string | undefined {
  if (!day || day >= time.civil(time.now())) return undefined;
  return `${day}T23:59:59+08:00`;
}

export async function allOf<Line>(link: string, most: number): Promise<Page<Line>> {
  const items: Line[] = [];
  let next = '';
  do {
    const page: Page<Line> = await follow(withQuery(link, { limit: '200', cursor: next }));
    items.push(...page.items);
    next = page.next;
  } while (next && items.length < most);
  return { items, next };
}

const rate = (percent: string | null) => (percent === null ? '' : percent);

// The figures as a file that a spreadsheet opens; with the formula, so that it stands by itself.
export function exportFigures(found: TimeLimits) {
  const rows = [found.total, ...found.groups].map((group) => [
    group.name ?? t('board.sum'),
    ...OUTCOMES.map((outcome) => group[outcome].count),
    rate(group.performance),
    rate(group.closed_rate),
  ]);
  const head = [
    t('time_limits.group'),
    ...OUTCOMES.map((outcome) => t(outcomeTexts[outcome])),
    t('time_limits.performance'),
    t('time_limits.closed_rate'),
  ];
  const foot = [
    [],
    [t('time_limits.clock'), word('clock', found.clock)],
    [t('time_limits.period'), found.from, found.to],
    [t('time_limits.as_of'), time.moment(found.as_of)],
    [found.formula.performance],
    [found.formula.closed_rate],
  ];
  saved(`time-limits-${found.from}-${found.to}.csv`, [head, ...rows, ...foot]);
}

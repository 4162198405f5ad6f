// The parts of a case that forms name by code or entry number, in words.
import type { Case } from './casework';
import type { Part, PartName } from './form/surroundings';
import { word } from './language';
import * as time from './time';

const OBJECTIONS = new Set(['object', 'add_objection']);

export function partsOf(subject: Case | undefined): Record<PartName, Part[]> {
  const running = (subject?.deadlines ?? []).filter((clock) => !clock.stopped_at);
  const objections = (subject?.records ?? []).filter(
    (record) => OBJECTIONS.has(record.kind) && !record.voided_by,
  );
  const open = (subject?.proposals ?? []).filter((proposal) => proposal.outcome === 'open');
  return {
    limit: running
      .flatMap((clock) => clock.limits)
      .map(({ code }) => ({ value: code, label: word('limit', code) })),
    objection: objections.map(({ sequence, occurred_at, personal }) => ({
      value: sequence,
      label: [time.moment(occurred_at), personal?.['/statement']].filter(Boolean).join(' · '),
    })),
    proposal: open.map(({ proposal, event }) => ({ value: proposal, label: word('event', event) })),
  };
}

// Reading a case and taking its steps. Every rule is the API's: what may be done comes with the
// case, what a step would lead to from a rehearsal.
import { answer, api, data, freshKey, problemOf, type Problem, type Schemas } from './api/client';
import { t, word } from './language';

export type Case = Schemas['Case'];
export type Action = Schemas['Action'];
export type Attachment = Schemas['Attachment'];
export type Entry = Schemas['JournalEntry'];
export type Outcome = Schemas['Summary'];

// By its number, and before it has one by what it is.
export function callNumber(number: unknown, procedure: string): string {
  if (number) return String(number);
  return procedure === 'assistance' ? t('case.lead') : word('procedure', procedure);
}

export function readCase(id: string): Promise<Case> {
  return data(api.GET('/v1/cases/{id}', { params: { path: { id } } }));
}

// Whether the case is another than the one that was read; a cheap question to ask now and then.
export async function hasChanged(known: Case): Promise<boolean> {
  const headers = { 'If-None-Match': `"r${known.revision}"` };
  const { response } = await api.GET('/v1/cases/{id}', {
    params: { path: { id: known.id } },
    headers,
  });
  return response.status !== 304;
}

export async function readJournal(id: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  let after = 0;
  for (;;) {
    const page = await data(
      api.GET('/v1/cases/{id}/journal', {
        params: { path: { id }, query: { after, limit: 200 } },
      }),
    );
    entries.push(...page.items);
    const last = page.items.at(-1);
    if (!page.next || !last) return entries;
    after = last.sequence;
  }
}

export async function readAttachments(id: string): Promise<Attachment[]> {
  return (await data(api.GET('/v1/cases/{id}/attachments', { params: { path: { id } } }))).items;
}

export interface Step {
  caseId: string;
  revision: number;
  action: Action;
  data?: Record<string, unknown>;
  latenessReason?: string;
  occurredAt?: string;
}

export async function takeStep(step: Step, key: string): Promise<Outcome> {
  const { action } = step;
  const path = { id: step.caseId };
  const common = {
    data: step.data,
    as: action.as,
    ...(step.occurredAt ? { occurred_at: step.occurredAt } : {}),
  };
  if (action.kind === 'annotation') {
    const body = { annotation: action.name, ...common } as Schemas['Annotation'];
    const params = { path, header: { 'Idempotency-Key': key } };
    return data(api.POST('/v1/cases/{id}/annotations', { params, body }));
  }
  const body = {
    event: action.name,
    ...common,
    ...(step.latenessReason ? { lateness_reason: step.latenessReason } : {}),
  } as Schemas['Transition'];
  const header = { 'Idempotency-Key': key, 'If-Match': `"r${step.revision}"` };
  return data(api.POST('/v1/cases/{id}/transitions', { params: { path, header }, body }));
}

export interface Outlook {
  outcome?: Outcome;
  waits: boolean;
  problem?: Problem;
}

type BatchItem = Schemas['Batch']['items'][number];
type BatchResult = Schemas['BatchAnswer']['results'][number];

function outlookOf(result: BatchResult): Outlook {
  return {
    outcome: result.outcome,
    waits: result.status === 202,
    problem: result.problem && problemOf(result.status, result.problem),
  };
}

// What would become of each item, or what became of it; `key` names the intent.
export async function runBatch(items: BatchItem[], dryRun: boolean, key = freshKey()) {
  const params = { header: { 'Idempotency-Key': key } };
  const body = { dry_run: dryRun, items };
  return (await data(api.POST('/v1/batches', { params, body }))).results.map(outlookOf);
}

// What the step would lead to; nothing is changed.
export async function rehearse(step: Step): Promise<Outlook> {
  const [first] = await runBatch(
    [
      {
        case: step.caseId,
        event: step.action.name,
        kind: step.action.kind === 'annotation' ? 'annotation' : 'transition',
        as: step.action.as,
        ...(step.data ? { data: step.data } : {}),
        ...(step.latenessReason ? { lateness_reason: step.latenessReason } : {}),
      },
    ],
    true,
  );
  return first ?? { waits: false };
}

export function sign(
  caseId: string,
  proposal: number,
  choice: Schemas['Signing']['choice'],
): Promise<Outcome> {
  const params = { path: { id: caseId }, header: { 'Idempotency-Key': freshKey() } };
  return data(api.POST('/v1/cases/{id}/signoffs', { params, body: { proposal, choice } }));
}

const TYPES: Record<string, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export async function attach(caseId: string, file: File, kind: string): Promise<Attachment> {
  const ending = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  const params = {
    path: { id: caseId },
    query: { document_kind: kind },
    header: { 'Idempotency-Key': freshKey(), 'X-Filename': encodeURIComponent(file.name) },
  };
  const asked = api.POST('/v1/cases/{id}/attachments', {
    params,
    body: '',
    bodySerializer: () => file,
    headers: { 'Content-Type': TYPES[ending] ?? file.type },
  });
  return (await answer(asked)).data;
}

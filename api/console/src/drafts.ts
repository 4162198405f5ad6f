// Leads that were begun without a line: kept on this device until the server has them. They hold
// personal data, so they go as soon as they are sent, when they are thrown away, and at log-out.
import { ref } from 'vue';
import { api, data, freshKey, Problem, type Schemas } from './api/client';
import { register, searchPersons, type NewPerson } from './people';

export interface Draft {
  id: string;
  account: string;
  begunAt: string; // when it was discovered
  person?: NewPerson; // to be registered first
  personName: string;
  facts: Record<string, unknown>;
  registerKey: string;
  openKey: string;
  problem?: string;
}

const KEPT = 'yimen.drafts';

function read(): Draft[] {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? '[]') as Draft[];
  } catch {
    return [];
  }
}

export const drafts = ref<Draft[]>(read());

function write(all: Draft[]) {
  drafts.value = all;
  if (all.length > 0) localStorage.setItem(KEPT, JSON.stringify(all));
  else localStorage.removeItem(KEPT);
}

export function newDraft(account: string, begunAt: string): Draft {
  return {
    id: freshKey(),
    account,
    begunAt,
    personName: '',
    facts: {},
    registerKey: freshKey(),
    openKey: freshKey(),
  };
}

export function keep(draft: Draft) {
  write([...drafts.value.filter((one) => one.id !== draft.id), draft]);
}

export function drop(id: string) {
  write(drafts.value.filter((one) => one.id !== id));
}

// Somebody else may have registered the person in the meantime.
async function personOf(draft: Draft): Promise<string> {
  const wanted = draft.person;
  if (!wanted) return String(draft.facts.subject ?? '');
  try {
    return (await register(wanted, draft.registerKey)).id;
  } catch (fault) {
    const known = fault instanceof Problem && fault.code === 'already_known';
    const number = wanted.identity.number;
    if (!known || !number) throw fault;
    const [found] = await searchPersons(number);
    if (!found) throw fault;
    return found.id;
  }
}

// Opens the case with the time of its discovery. The keys make a second try harmless.
export async function send(draft: Draft): Promise<string> {
  const subject = await personOf(draft);
  const body = {
    procedure: 'assistance',
    facts: { ...draft.facts, subject },
    occurred_at: draft.begunAt,
  } as Schemas['Opening'];
  const params = { header: { 'Idempotency-Key': draft.openKey } };
  const opened = await data(api.POST('/v1/cases', { params, body }));
  drop(draft.id);
  return opened.id;
}

// Sends what this account has kept; what is refused stays, with the reason.
export async function sendAll(account: string): Promise<string[]> {
  const opened: string[] = [];
  for (const draft of drafts.value.filter((one) => one.account === account)) {
    try {
      opened.push(await send(draft));
    } catch (fault) {
      if (!(fault instanceof Problem) || fault.code === 'unreachable') break;
      const reasons = fault.refusals.map((refusal) => refusal.message);
      keep({ ...draft, problem: [fault.title, ...reasons].join(' ') });
    }
  }
  return opened;
}

// Leads that were begun without a line: kept on this device until the server has them. They hold
// personal data, so they go as soon as they are sent, when they are thrown away, and at log-out.
import { ref } from 'vue';
import { api, data, Problem, type Schemas } from './api/client';
import {
  readPerson,
  register,
  registerHousehold,
  searchPersons,
  type NewPerson,
  type Person,
} from './people';
import { learnWhoIAm, me } from './session';

export interface Draft {
  id: string;
  account: string;
  begunAt: string; // when it was discovered
  person?: NewPerson; // to be registered first
  personName: string;
  address?: string; // of the household to be registered
  facts: Record<string, unknown>;
  registerKey: string;
  householdKey: string;
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

export function keep(draft: Draft) {
  write([...drafts.value.filter((one) => one.id !== draft.id), draft]);
}

export function drop(id: string) {
  write(drafts.value.filter((one) => one.id !== id));
}

// Somebody else may have registered the person in the meantime.
async function personOf(draft: Draft): Promise<Person> {
  const wanted = draft.person;
  if (!wanted) return readPerson(String(draft.facts.subject));
  try {
    return await register(wanted, draft.registerKey);
  } catch (fault) {
    const known = fault instanceof Problem && fault.code === 'already_known';
    const number = wanted.identity.number;
    if (!known || !number) throw fault;
    const [found] = await searchPersons(number);
    if (!found) throw fault;
    return found;
  }
}

const earlier = (one: string, other: string) => (one < other ? one : other);

async function householdOf(person: Person, draft: Draft): Promise<{ household?: string }> {
  if (person.household) return { household: person.household };
  if (!draft.address) return {};
  return { household: await registerHousehold(person, draft.address, draft.householdKey) };
}

// Opens the case; of a draft that was kept, with the time of its discovery, which a device whose
// clock is fast must not put after the server's now. The keys make a second try harmless.
export async function send(draft: Draft, keptUntil?: string): Promise<string> {
  const person = await personOf(draft);
  const body = {
    procedure: 'assistance',
    facts: { ...draft.facts, subject: person.id, ...(await householdOf(person, draft)) },
    ...(keptUntil ? { occurred_at: earlier(draft.begunAt, keptUntil) } : {}),
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
      await learnWhoIAm();
      opened.push(await send(draft, me.value?.now));
    } catch (fault) {
      if (!(fault instanceof Problem) || fault.code === 'unreachable') break;
      const reasons = fault.refusals.map((refusal) => refusal.message);
      keep({ ...draft, problem: [fault.title, ...reasons].join(' ') });
    }
  }
  return opened;
}

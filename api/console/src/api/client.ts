// The one way to the API: types from its document, the reader's language, one way to fail.
import createClient from 'openapi-fetch';
import { ref } from 'vue';
import { language, t } from '../language';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];
export type Refusal = Schemas['Refusal'];

// What stands against a request; `code` is `unreachable` where no answer came.
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly refusals: Refusal[] = [],
  ) {
    super(title);
  }
}

// How many requests are under way.
export const underWay = ref(0);

let beforeRepeat: () => Promise<void> = () => Promise.resolve();

// What to wait for when a session has ended, before the same request is made again.
export function whenSessionEnds(wait: () => Promise<void>) {
  beforeRepeat = wait;
}

async function patient(request: Request): Promise<Response> {
  const again = request.clone();
  underWay.value += 1;
  try {
    const response = await fetch(request);
    if (response.status !== 401 || request.url.endsWith('/v1/sessions')) return response;
  } finally {
    underWay.value -= 1;
  }
  await beforeRepeat();
  return patient(again);
}

export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: patient,
  headers: { 'X-Yimen-Csrf': '1' },
});

api.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', language.value);
    return request;
  },
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

export function problemOf(status: number, error: unknown): Problem {
  const told = error as Partial<Schemas['Problem']> | undefined;
  if (told?.code && told.title) return new Problem(status, told.code, told.title, told.refusals);
  return new Problem(status, 'unreadable', t('problem.unreadable', { status }));
}

// What was answered, with its entity tag; throws a Problem for anything but success.
export async function answer<T>(asked: Promise<Answer<T>>): Promise<{ data: T; etag: string }> {
  let got: Answer<T>;
  try {
    got = await asked;
  } catch (fault) {
    if (fault instanceof Problem) throw fault;
    throw new Problem(0, 'unreachable', t('problem.unreachable'));
  }
  if (!got.response.ok) throw problemOf(got.response.status, got.error);
  return { data: got.data as T, etag: got.response.headers.get('etag') ?? '' };
}

export async function data<T>(asked: Promise<Answer<T>>): Promise<T> {
  return (await answer(asked)).data;
}

// What the API itself has linked to, e.g. the cases that a number counts.
export function follow<T>(link: string): Promise<T> {
  return data(api.GET(link as never, {} as never) as Promise<Answer<T>>);
}

export function freshKey(): string {
  return crypto.randomUUID();
}

// Keys for one intent: the same body gets the same key, so that a repeat is harmless.
export class Intent {
  private body = '';
  private key = '';

  keyFor(body: unknown): string {
    const text = JSON.stringify(body);
    if (text !== this.body) {
      this.body = text;
      this.key = freshKey();
    }
    return this.key;
  }
}

export type { components, paths };

// What is the same for a whole visit, read once when first needed: colleagues, procedures, forms.
import { computed, shallowRef } from 'vue';
import { api, data, type Schemas } from './api/client';

export type Form = Schemas['Form'];
export type Procedure = Schemas['Procedure'];
export type Colleague = Schemas['ColleagueList']['items'][number];
export type Unit = Schemas['Unit'];

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read().catch((fault) => {
      reading = undefined;
      throw fault;
    });
    return reading;
  };
}

const known = shallowRef<Colleague[]>([]);

export const colleagues = computed(() => known.value);

export const learnColleagues = once(async () => {
  known.value = (await data(api.GET('/v1/colleagues'))).items;
});

export function nameOf(person: string): string {
  return known.value.find((one) => one.person === person)?.display_name ?? '';
}

export const units = once(async () => (await data(api.GET('/v1/organisations'))).units);

export const postList = once(async () => (await data(api.GET('/v1/posts'))).items);

const procedures = new Map<string, () => Promise<Procedure>>();

export function procedure(name: Schemas['ProcedureName']): Promise<Procedure> {
  let read = procedures.get(name);
  if (!read) {
    const params = { path: { procedure: name } };
    read = once(() => data(api.GET('/v1/procedures/{procedure}', { params })));
    procedures.set(name, read);
  }
  return read();
}

const forms = new Map<string, () => Promise<Form>>();

// By its digest, which never changes its meaning.
export function form(digest: string): Promise<Form> {
  let read = forms.get(digest);
  if (!read) {
    read = once(() => data(api.GET('/v1/forms/{digest}', { params: { path: { digest } } })));
    forms.set(digest, read);
  }
  return read();
}

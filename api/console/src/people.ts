// The registry of people. Names and numbers go in bodies only.
import { api, data, freshKey, type Schemas } from './api/client';

export type Person = Schemas['Person'];
export type NewPerson = Schemas['NewPerson'];

const IDENTITY_NUMBER = /^\d{17}[\dXx]$/;

export function isIdentityNumber(text: string): boolean {
  return IDENTITY_NUMBER.test(text);
}

export async function searchPersons(text: string): Promise<Person[]> {
  const body = isIdentityNumber(text) ? { identity_number: text.toUpperCase() } : { name: text };
  return (await data(api.POST('/v1/persons/search', { body }))).items;
}

export function readPerson(id: string): Promise<Person> {
  return data(api.GET('/v1/persons/{id}', { params: { path: { id } } }));
}

export function revealPerson(id: string, reason: Schemas['Reveal']['reason']) {
  return data(
    api.POST('/v1/persons/{id}/reveal', { params: { path: { id } }, body: { reason } }),
  );
}

export function register(person: NewPerson, key = freshKey()): Promise<Person> {
  const params = { header: { 'Idempotency-Key': key } };
  return data(api.POST('/v1/persons', { params, body: person }));
}

// The household of its head, who is registered in the same village.
export async function registerHousehold(head: Person, address: string, key: string) {
  const params = { header: { 'Idempotency-Key': key } };
  const body = { head: head.id, village: head.village, address };
  return (await data(api.POST('/v1/households', { params, body }))).id;
}

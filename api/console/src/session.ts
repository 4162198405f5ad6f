// Who is logged in. When a session ends in the middle of something, whoever asked waits here until
// the same person has logged in again.
import { computed, ref, shallowRef } from 'vue';
import { answer, api, data, Problem, whenSessionEnds, type Schemas } from './api/client';
import { language, serve, t } from './language';
import * as time from './time';

export type Me = Schemas['Me'];

const REMEMBERED = 'yimen.logged-in';

export const me = shallowRef<Me>();
export const hasEnded = ref(false);
let waiting: { go: () => void; give_up: (why: Problem) => void }[] = [];

// Whoever has yet to choose a password may do nothing else.
export const isIn = computed(() => me.value !== undefined && !me.value.must_change_password);

export const posts = computed(() => me.value?.posts ?? []);

export function holds(...names: string[]): boolean {
  return posts.value.some((post) => names.includes(post.post));
}

export function isOfStation(): boolean {
  return posts.value.some((post) => post.level === 'station');
}

// Whether it is worth asking who is logged in: the cookie itself cannot be seen from here.
export function mayBeLoggedIn(): boolean {
  return localStorage.getItem(REMEMBERED) === 'yes';
}

// Whoever is to choose a password first gets no words before that.
export async function learnWords() {
  try {
    serve((await data(api.GET('/v1/texts'))).texts);
  } catch (fault) {
    if (!(fault instanceof Problem) || fault.code !== 'password_change_required') throw fault;
  }
}

export async function learnWhoIAm() {
  me.value = await data(api.GET('/v1/me'));
  time.set(me.value.now);
}

async function openSession(account: string, password: string) {
  const body = { account, password };
  return (await answer(api.POST('/v1/sessions', { body }))).data;
}

export async function logIn(account: string, password: string) {
  await openSession(account, password);
  localStorage.setItem(REMEMBERED, 'yes');
  await Promise.all([learnWhoIAm(), learnWords()]);
}

// Ends the account's other log-ins.
export async function changePassword(present: string, wanted: string) {
  const body = { present, new: wanted };
  await data(api.POST('/v1/me/password', { body }));
  await Promise.all([learnWhoIAm(), learnWords()]);
}

// For the dialog over a form: only the person whose session has ended may go on.
export async function logInAgain(password: string) {
  if (!me.value) return;
  await openSession(me.value.name, password);
  hasEnded.value = false;
  const all = waiting;
  waiting = [];
  for (const one of all) one.go();
}

export async function logOut() {
  await data(api.DELETE('/v1/sessions/current'));
  leave();
}

// Forgets everything by loading the page anew: the next reader may be somebody else.
export function leave() {
  const spoken = language.value;
  localStorage.removeItem(REMEMBERED);
  localStorage.setItem('yimen.language', spoken);
  location.assign('/console/login');
}

whenSessionEnds(
  () =>
    new Promise((go, give_up) => {
      if (!me.value) {
        localStorage.removeItem(REMEMBERED);
        give_up(new Problem(401, 'authentication_required', t('session.log_in_first')));
        return;
      }
      waiting.push({ go, give_up });
      hasEnded.value = true;
    }),
);

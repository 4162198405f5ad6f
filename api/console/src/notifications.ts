// What the reader was told and has not seen.
import { ref } from 'vue';
import { api, data, type Schemas } from './api/client';

export type Notification = Schemas['Notification'];

export const AT_ONCE = 200;

// Of those that are not seen; counted up to AT_ONCE.
export const unseen = ref(0);

export async function countUnseen() {
  const query = { unseen: true, limit: AT_ONCE };
  unseen.value = (await data(api.GET('/v1/notifications', { params: { query } }))).items.length;
}

export async function markSeen(ids: number[]) {
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    await data(api.PUT('/v1/notifications/seen', { body: { ids: ids.slice(at, at + AT_ONCE) } }));
  }
  await countUnseen();
}

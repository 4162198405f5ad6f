// What a form may choose from: the people and documents of the case that it belongs to.
import { inject, provide, type InjectionKey, type Ref } from 'vue';
import type { Schemas } from '../api/client';

export interface Surroundings {
  subject: Ref<Schemas['Person'] | undefined>;
  documents: Ref<Schemas['Attachment'][]>;
  upload?: (file: File, kind: string) => Promise<Schemas['Attachment']>;
}

const key: InjectionKey<Surroundings> = Symbol('surroundings');

export function surround(with_: Surroundings) {
  provide(key, with_);
}

export function surroundings(): Surroundings | undefined {
  return inject(key, undefined);
}

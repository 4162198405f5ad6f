// What a form may choose from: people, documents and other parts of the case that it belongs to.
import { inject, provide, type InjectionKey, type Ref } from 'vue';
import type { Schemas } from '../api/client';

// Members of forms that name a part of the case.
export type PartName = 'limit' | 'objection' | 'proposal';
export type Part = { value: number | string; label: string };

export interface Surroundings {
  subject: Ref<Schemas['Person'] | undefined>;
  documents: Ref<Schemas['Attachment'][]>;
  parts: Ref<Record<PartName, Part[]>>;
  upload?: (file: File, kind: string) => Promise<Schemas['Attachment']>;
}

const key: InjectionKey<Surroundings> = Symbol('surroundings');

export function surround(with_: Surroundings) {
  provide(key, with_);
}

export function surroundings(): Surroundings | undefined {
  return inject(key, undefined);
}

import { ref, shallowRef } from 'vue';
import { Problem } from './api/client';

// Something that a page reads: what was read, and what stood against it. A later failure leaves
// what is shown.
export function useReading<T>(read: () => Promise<T>) {
  const value = shallowRef<T>();
  const problem = shallowRef<Problem>();
  const isReading = ref(false);

  async function again() {
    isReading.value = true;
    try {
      value.value = await read();
      problem.value = undefined;
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      problem.value = fault;
    } finally {
      isReading.value = false;
    }
  }

  return { value, problem, isReading, again };
}

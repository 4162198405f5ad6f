// What a page asks stands in its address, so that its answer can be shown to somebody else.
import { useRoute, useRouter } from 'vue-router';

export function useAsked() {
  const route = useRoute();
  const router = useRouter();

  const asked = (name: string, otherwise = ''): string => {
    const value = route.query[name];
    return typeof value === 'string' ? value : otherwise;
  };

  // With one of them changed, or left out where it is empty; also as a <select> tells it.
  function ask(name: string, change: Event | string) {
    const value = typeof change === 'string' ? change : (change.target as HTMLSelectElement).value;
    return router.push({ query: { ...route.query, [name]: value || undefined } });
  }

  return { asked, ask };
}

// Keeps a page up to date while it is looked at.
import { onBeforeUnmount, onMounted } from 'vue';

const EVERY = 30_000;

export function useLive(read: () => Promise<unknown>) {
  let timer = 0;
  const look = () => {
    if (document.visibilityState === 'visible') read().catch(() => undefined);
  };
  onMounted(() => {
    timer = window.setInterval(look, EVERY);
    document.addEventListener('visibilitychange', look);
  });
  onBeforeUnmount(() => {
    window.clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  });
}

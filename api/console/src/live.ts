// Keeps what is looked at up to date.
import { onBeforeUnmount, onMounted, watch } from 'vue';
import { listen, type Told } from './events';
import { isIn } from './session';

const SETTLED = 400; // milliseconds; many changes at once are one look

const listeners = new Set<(told: Told) => void>();
const tell = (told: Told) => listeners.forEach((listener) => listener(told));
let hushUp = () => undefined as void;

// Somebody who is to choose a password first is told nothing.
watch(isIn, (now) => {
  hushUp();
  hushUp = now ? listen(tell) : () => undefined;
});
document.addEventListener('visibilitychange', () => tell({ about: 'anything' }));

function useTold(concerns: (told: Told) => boolean, read: () => Promise<unknown>) {
  let timer = 0;
  const look = () => {
    timer = 0;
    read().catch(() => undefined);
  };
  const listener = (told: Told) => {
    const isSeen = document.visibilityState === 'visible';
    if (isSeen && (told.about === 'anything' || concerns(told))) {
      timer ||= window.setTimeout(look, SETTLED);
    }
  };
  onMounted(() => listeners.add(listener));
  onBeforeUnmount(() => {
    window.clearTimeout(timer);
    listeners.delete(listener);
  });
}

// Reads again when a case has changed, or only when the one that is named has.
export function useLive(read: () => Promise<unknown>, id?: string) {
  useTold((told) => told.about === 'case' && (!id || told.id === id), read);
}

// Reads again when the reader was told something.
export function useLiveNotifications(read: () => Promise<unknown>) {
  useTold((told) => told.about === 'notifications', read);
}

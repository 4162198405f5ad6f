import { ref } from 'vue';

// Whether the device says that it has a line.
export const online = ref(navigator.onLine);

window.addEventListener('online', () => (online.value = true));
window.addEventListener('offline', () => (online.value = false));

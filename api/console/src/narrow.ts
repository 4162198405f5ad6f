import { ref } from 'vue';

const query = window.matchMedia('screen and (max-width: 759px)');

// Whether the window is as narrow as a phone.
export const narrow = ref(query.matches);

query.addEventListener('change', () => (narrow.value = query.matches));

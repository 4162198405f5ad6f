import { createApp } from 'vue';
import App from './App.vue';
import { remembered, speak } from './language';
import { router } from './router';
import './styles.css';

await speak(remembered());
createApp(App).use(router).mount('#console');
navigator.serviceWorker?.register('/worker.js').catch(() => undefined);

import vue from '@vitejs/plugin-vue';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import Components from 'unplugin-vue-components/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [vue(), Components({ dts: false, dirs: [], resolvers: [ElementPlusResolver()] })],
  build: {
    target: 'es2022',
    // The server's policy lets no inlined file in, and says of every file how long it may be kept.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The drawing's library is large and loaded only where a drawing is shown.
    chunkSizeWarningLimit: 700,
  },
});

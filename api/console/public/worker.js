// Keeps the console on the device, so that a lead can be begun where there is no line. Answers of
// the API are never kept.
const KEPT = 'console';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(KEPT)).put(request, answer.clone());
  return answer;
}

// The newest page where there is a line, the last one where there is none.
async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) (await caches.open(KEPT)).put('/', answer.clone());
    return answer;
  } catch (fault) {
    const kept = await caches.match('/');
    if (kept) return kept;
    throw fault;
  }
}

self.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (origin !== self.location.origin || event.request.method !== 'GET') return;
  if (pathname.startsWith('/assets/')) event.respondWith(asset(event.request));
  else if (event.request.mode === 'navigate') event.respondWith(page(event.request));
});

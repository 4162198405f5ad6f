// What the server tells of changes. One window of the browser holds the stream and passes on what it
// hears: a browser opens few connections to one server. Without a stream it bids all look for
// themselves now and then.
export type Told = { about: 'case'; id: string } | { about: 'notifications' } | { about: 'anything' };

const EVERY = 30_000; // milliseconds between looks without a stream
const AGAIN = 60_000; // until a stream that was refused is asked for again

const windows = new BroadcastChannel('yimen.events');
let tell: (told: Told) => void = () => undefined;
windows.onmessage = (event: MessageEvent<Told>) => tell(event.data);

function passOn(told: Told) {
  windows.postMessage(told);
  tell(told);
}

function open(): EventSource {
  const stream = new EventSource('/v1/events');
  stream.addEventListener('case', (event) => {
    const { id } = JSON.parse((event as MessageEvent<string>).data) as { id: string };
    passOn({ about: 'case', id });
  });
  stream.addEventListener('notifications', () => passOn({ about: 'notifications' }));
  stream.addEventListener('reset', () => passOn({ about: 'anything' }));
  return stream;
}

// Holds the stream until it is told to stop.
function hold(stop: AbortSignal): Promise<void> {
  let stream = open();
  let refusedAt = 0;
  const timer = window.setInterval(() => {
    if (stream.readyState === EventSource.OPEN) return;
    passOn({ about: 'anything' });
    if (stream.readyState !== EventSource.CLOSED) return;
    refusedAt ||= Date.now();
    if (Date.now() - refusedAt < AGAIN) return;
    refusedAt = 0;
    stream = open();
  }, EVERY);
  return new Promise((resolve) => {
    stop.addEventListener('abort', () => {
      window.clearInterval(timer);
      stream.close();
      resolve();
    });
  });
}

// Tells `listener` until the answer is called.
export function listen(listener: (told: Told) => void): () => void {
  const stop = new AbortController();
  tell = listener;
  if (navigator.locks) {
    const options = { signal: stop.signal };
    // Rejected when it is given up before its turn.
    navigator.locks
      .request('yimen.events', options, () => hold(stop.signal))
      .catch(() => undefined);
  } else {
    hold(stop.signal);
  }
  return () => stop.abort();
}

// Requests that have a chance: for each operation that needs more than a well-formed body, which
// account asks and with what. Each guide answers members to lay over the random request.

const DAY = 86_400_000;

function soon(random, days) {
  return new Date(Date.now() + random.integer(1, days) * DAY).toISOString();
}

// What a document cannot say of a query: it begins before it ends, and asks of nothing to come.
export function inOrder(target) {
  const [path, query] = target.split('?');
  const parameters = new URLSearchParams(query);
  const [from, to] = ['from', 'to'].map((name) => parameters.get(name));
  const isReversed = from && to && from > to;
  if (!isReversed && !parameters.has('as_of')) return target;
  if (isReversed) {
    parameters.set('from', to);
    parameters.set('to', from);
  }
  if (parameters.has('as_of')) parameters.set('as_of', '2026-02-27T00:00:00Z');
  return `${path}?${parameters}`;
}

const people = ['station_clerk.fuzz', 'station_director.fuzz', 'village_worker.fuzz'];

export const ACCOUNTS = {
  add_user: ['administrator'],
  list_users: ['administrator'],
  get_user: ['administrator'],
  change_user: ['administrator'],
  put_calendar_year: ['administrator'],
  put_sample_clock: ['administrator'],
  check_edition: ['administrator'],
  list_reveals: ['auditor.fuzz'],
  verify_journals: ['auditor.fuzz'],
  list_administration: ['auditor.fuzz'],
  list_post_holders: ['administrator', 'station_clerk.fuzz'],
  add_person: people,
  add_household: people,
  get_household: people,
  search_persons: people,
  open_case: people,
  attach_document: ['station_clerk.fuzz', 'village_worker.fuzz'],
  get_attachment: ['station_clerk.fuzz'],
};

export const GUIDES = {
  log_in: (world) => {
    const { name, password } = world.random.one(world.accounts);
    return { json: { account: name, password, bearer: true } };
  },
  choose_password: (world, { account }) => ({
    json: { present: account.password, new: `another long way ${world.random.bits()}` },
  }),
  add_user: (world) => {
    const name = `u${world.random.bits().toString(36)}`;
    const posts = [{ post: 'village_worker', unit: world.random.one(['shili_2', 'shili_3']) }];
    return { json: { name, display_name: name, password: world.newPassword, posts } };
  },
  change_user: (world) => ({ json: { display_name: `name ${world.random.integer(0, 99)}` } }),
  add_token: (world, { account }) => ({
    json: {
      name: 'a machine',
      access: world.random.one(['read', 'write']),
      posts: account.posts,
      expires_at: soon(world.random, 300),
    },
  }),
  add_delegation: (world, { account }) => ({
    json: {
      ...world.random.one(account.posts),
      from: world.random.chance(0.5)
        ? soon(world.random, 3)
        : new Date(Date.now() - DAY).toISOString(),
      to: new Date(Date.now() + 30 * DAY).toISOString(),
      to_account: world.random.one(world.accounts).name,
    },
  }),
  add_household: (world) => {
    const known = Object.entries(world.villages);
    if (known.length === 0) return undefined;
    const [head, village] = world.random.one(known);
    return { json: { head, village, address: '示例组一号' } };
  },
  search_persons: (world) => ({ json: { name: world.random.one(['王', '李秀', '张伟']) } }),
  put_calendar_year: async (world, request) => {
    const target = `/v1/calendar/${world.random.integer(2021, 2027)}`;
    const now = await world.client.send({ method: 'GET', target, headers: request.headers });
    if (now.status !== 200) return undefined;
    return {
      target,
      json: JSON.parse(now.answer_body),
      headers: { 'if-match': now.answer_headers.etag, 'if-none-match': undefined },
    };
  },
  end_session: async (world, request) => {
    const all = await world.client.send({
      method: 'GET',
      target: '/v1/sessions',
      headers: request.headers,
    });
    const others = JSON.parse(all.answer_body).items?.filter((one) => !one.is_current) ?? [];
    if (others.length === 0) return undefined;
    return { target: `/v1/sessions/${world.random.one(others).id}` };
  },
  attach_document: (world, request) => ({
    target: `${request.target.split('?')[0]}?document_kind=income_proof`,
    headers: { 'content-type': 'application/pdf', 'x-filename': 'proof.pdf' },
    bytes: Buffer.from(`%PDF-1.7\n${world.random.bits()}\n%%EOF\n`),
  }),
  sign_case: async (world, request) => {
    const target = request.target.replace('/signoffs', '');
    const now = await world.client.send({ method: 'GET', target, headers: request.headers });
    const open = JSON.parse(now.answer_body).proposals?.find((one) => one.outcome === 'open');
    return open ? { json: { proposal: open.proposal, choice: 'agree' } } : undefined;
  },
};

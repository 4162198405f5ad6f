// Cases as programs bring them: what a test needs to be there before it begins.
import { identityNumber } from './casework.mjs';

// What the form's own example says, but for what is given.
async function example(client, id, action, over) {
  const found = await client.get(`/v1/cases/${id}`);
  const digest = found.actions.find((one) => one.name === action).form;
  return { ...(await client.get(`/v1/forms/${digest}`)).examples[0], ...over };
}

const move = (client, { id, revision }, event, data) =>
  client.post(`/v1/cases/${id}/transitions`, { event, data }, { 'if-match': `"r${revision}"` });

// One that was applied for at the counter and waits to be accepted.
export async function applied(client, name = '示例') {
  const person = await client.post('/v1/persons', {
    name,
    village: 'shili_1',
    identity: { type: 'identity_number', number: identityNumber() },
  });
  const opened = await client.post('/v1/cases', {
    procedure: 'assistance',
    facts: {
      channel: 'counter',
      place: { village: 'shili_1', registered_outside: false },
      subject: person.id,
      key_category: 'other',
      known: '到窗口申请。',
      emergency: false,
      restricted: 'none',
      category: 'temporary_relief',
    },
  });
  const form = { application_digest: 'a1'.repeat(32) };
  const data = await example(client, opened.id, 'receive_application', form);
  return move(client, opened, 'receive_application', data);
}

// One that was accepted and waits to be assigned.
export async function accepted(client, name) {
  const received = await applied(client, name);
  const basis = { category: 'temporary_relief', basis: 'application' };
  return move(client, received, 'accept', basis);
}

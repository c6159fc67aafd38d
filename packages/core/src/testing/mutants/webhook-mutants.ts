import { mutantsOf } from './mutant.ts'

const deliver = 'deliver-webhook.int.test.ts'
const relay = 'relay-events.int.test.ts'

export const webhookMutants = mutantsOf('packages/core/src/webhooks', [
  {
    name: 'webhook-relays-take-turns',
    guard: 'two relays number the same events, and positions are lost',
    file: 'event-store.ts',
    without: {
      "'select last_position from event_relay for update'": "'select last_position from event_relay'",
    },
    test: {
      file: relay,
      name: 'without their lock two relays number the same events, and positions are lost',
    },
  },
  {
    name: 'webhook-not-before-it-was-there',
    guard: 'an endpoint is told what happened before it was registered',
    file: 'event-store.ts',
    without: { 'and endpoints.created_at <= numbered.created_at': '' },
    test: {
      file: relay,
      name: 'each endpoint gets what it asked for, once, however many relays run, and the positions have no gap',
    },
  },
  {
    name: 'webhook-one-attempt-at-a-time',
    guard: 'many workers make the same attempt at once',
    file: 'delivery-store.ts',
    without: {
      "where deliveries.id = $1 and state = 'PENDING' and next_attempt_at <= now()":
        "where deliveries.id = $1 and state = 'PENDING'",
    },
    test: {
      file: deliver,
      name: 'many who take the same delivery at once make one attempt; without the look at its time each makes one',
    },
  },
  {
    name: 'webhook-late-attempt-is-no-news',
    guard: 'an attempt that was taken for lost undoes what the next one noted',
    file: 'delivery-store.ts',
    without: { "where id = $1 and attempts = $2 and state = 'PENDING'": 'where id = $1 and $2 > 0' },
    fails: 'webhook_deliveries_check1',
    test: {
      file: deliver,
      name: 'an attempt that was taken for lost and comes back late does not undo what the next one noted',
    },
  },
  {
    name: 'webhook-off-is-off',
    guard: 'an endpoint that was switched off or removed is called',
    file: 'delivery-store.ts',
    without: {
      'and endpoints.id = deliveries.endpoint_id and off_reason is null and removed_at is null':
        'and endpoints.id = deliveries.endpoint_id',
    },
    test: {
      file: deliver,
      name: 'an endpoint that is off or removed gets nothing, and what was pending for a removed one is dead',
    },
  },
  {
    name: 'webhook-endpoints-are-few',
    guard: 'two who register at once make one endpoint too many',
    file: 'endpoint-store.ts',
    without: { "await tx.query('lock table webhook_endpoints in share row exclusive mode')": '' },
    test: {
      file: 'register-webhook.int.test.ts',
      name: 'who registers waits for whoever is about to',
    },
  },
  {
    name: 'platform-one-turn-at-a-time',
    guard: 'two processes send the data platform the same events',
    file: 'data-platform-store.ts',
    without: { 'where next_attempt_at <= now() for update skip locked': 'where next_attempt_at <= now()' },
    test: {
      file: 'feed-data-platform.int.test.ts',
      name: 'processes that feed at once take turns; without the lock both have the same turn',
    },
  },
  {
    name: 'events-stay-as-written',
    guard: 'the product rewrites what happened',
    file: 'packages/core/src/migrations/0008-webhooks.sql',
    without: { 'revoke update on events from greenroom_app;': '' },
    drop: 'grant update on events to greenroom_app',
    test: { file: 'record-events.int.test.ts', name: 'the app can neither rewrite nor remove what happened' },
  },
])

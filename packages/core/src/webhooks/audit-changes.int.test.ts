import { expect, test } from 'vitest'
import { listAudit } from '../testing/list-audit.ts'
import { createPartnerKey, revokePartnerKey } from '../partners/index.ts'
import { makeFan } from '../testing/make-fan.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { registerWebhook, removeWebhook, rotateWebhookSecret, switchWebhook } from './index.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)

/** The newest deed's states. */
async function newestChange(): Promise<unknown> {
  const [entry] = await listAudit(deps)
  return { action: entry?.action, before: entry?.before, after: entry?.after }
}

test('each change of an endpoint is written down with the state before it and after it', async () => {
  const url = 'https://partner.example/hook'
  const { endpointId } = await registerWebhook(deps, {
    operatorId,
    url,
    description: '',
    eventTypes: ['reservation.paid'],
  })
  await switchWebhook(deps, { operatorId, endpointId, isOn: false })
  expect(await newestChange()).toEqual({
    action: 'webhook.switchOff',
    before: { url, isOn: true, secretVersion: 1 },
    after: { url, isOn: false, secretVersion: 1 },
  })
  await rotateWebhookSecret(deps, { operatorId, endpointId })
  expect(await newestChange()).toMatchObject({ before: { secretVersion: 1 }, after: { secretVersion: 2 } })
  await removeWebhook(deps, { operatorId, endpointId })
  expect(await newestChange()).toMatchObject({
    action: 'webhook.remove',
    before: { isOn: false },
    after: null,
  })
})

test('a key that is revoked is written down as good before it and not after', async () => {
  const { partnerKey } = await createPartnerKey(deps, {
    operatorId,
    name: 'A partner',
    concertIds: null,
    ratePerMinute: 60,
  })
  await revokePartnerKey(deps, { operatorId, partnerKeyId: partnerKey.partnerKeyId })
  expect(await newestChange()).toEqual({
    action: 'partnerKey.revoke',
    before: { isRevoked: false },
    after: { isRevoked: true },
  })
})

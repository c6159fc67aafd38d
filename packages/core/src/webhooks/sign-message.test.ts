import { webhookEndpointId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { openKeys } from '../platform/signed-token.ts'
import { endpointSecret, endpointSecrets } from './sign-message.ts'

test('with a new secret of the installation receivers go on with the one that they were shown', () => {
  const endpointId = webhookEndpointId.parse(7)
  const [old, next] = ['the secret until today', 'the secret from today on']
  const shown = endpointSecret({ keys: openKeys(old) }, endpointId, 1)
  const keys = openKeys(next, [old])
  expect(endpointSecrets({ keys }, endpointId, 1)).toEqual([endpointSecret({ keys }, endpointId, 1), shown])
  // guard off: without the one before, no signature fits
  expect(endpointSecrets({ keys: openKeys(next) }, endpointId, 1)).not.toContain(shown)
})

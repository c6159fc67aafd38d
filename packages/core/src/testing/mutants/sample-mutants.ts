import { mutantsOf } from './mutant.ts'

export const sampleMutants = mutantsOf('packages/core/src/operations', [
  {
    name: 'sale-samples-stay-as-written',
    guard: 'what was measured of a sale is measured otherwise later',
    file: 'packages/core/src/migrations/0012-sale-samples.sql',
    without: { 'revoke update on sale_samples from greenroom_app;': '' },
    drop: 'grant update on sale_samples to greenroom_app',
    test: {
      file: 'sample-sales.int.test.ts',
      name: 'what was measured is neither changed nor removed by the running product',
    },
  },
])

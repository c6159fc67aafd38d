import { mutantsOf } from './mutant.ts'

export const historyMutants = mutantsOf('packages/core/src/waiting-room', [
  {
    name: 'line-history-is-copied-once',
    guard: 'two copiers at once write every move twice',
    file: 'line-moves-store.ts',
    without: {
      'where concert_id = $1 and entry = $2 and place = $3':
        'where concert_id = $1 and $2::bigint + $3::bigint <> -9',
    },
    test: {
      file: 'copy-line-history.int.test.ts',
      name: 'two copiers at once leave nothing out and nothing twice',
    },
  },
  {
    name: 'line-history-says-what-it-lost',
    guard: 'what Redis lost looks as if it had not happened',
    file: 'copy-line-history.ts',
    without: { 'for (const gap of gaps) await insertGap(tx, concertId, gap)': '' },
    test: {
      file: 'copy-line-history.int.test.ts',
      name: 'a Redis that lost the line leaves a gap that is told, and who comes back is no newcomer',
    },
  },
  ...['line_moves', 'line_history_gaps'].map((table) => ({
    name: `${table.replaceAll('_', '-')}-stay-as-written`,
    guard: 'the product tells of a line what it did not see',
    file: 'packages/core/src/migrations/0013-history.sql',
    without: { 'revoke update on line_moves, line_history_gaps from greenroom_app;': '' },
    drop: `grant update on ${table} to greenroom_app`,
    test: {
      file: 'copy-line-history.int.test.ts',
      name: 'the app can neither change nor remove what was seen',
    },
  })),
])

import { mutantsOf } from './mutant.ts'

const migration = 'packages/core/src/migrations/0024-shows-that-move.sql'
const move = 'move-show.int.test.ts'
const remove = 'remove-show.int.test.ts'

/** The owner's statement that takes some text out of the function that removes shows. */
const removeShowWithout = (text: string, instead = ''): string =>
  `do $guard$ begin execute replace(pg_get_functiondef('remove_show'::regproc), $$${text}$$, $$${instead}$$); end $guard$`

/** What keeps operators from changing what fans rely on already. */
export const editorMutants = mutantsOf('packages/core/src/editor', [
  {
    name: 'move-show-of-those-that-take-place',
    guard: 'fans hear of a new time for a show that does not take place',
    file: 'show-store.ts',
    without: {
      'and cancelled_at is null and starts_at > clock_timestamp()': 'and starts_at > clock_timestamp()',
    },
    test: { file: move, name: 'a show that has begun, is cancelled or not there stays, and is told why' },
  },
  {
    name: 'move-show-from-what-was-seen',
    guard:
      'of two operators who move a show at once the second undoes what the first said, and neither knows',
    file: 'show-store.ts',
    without: { 'and floor(extract(epoch from starts_at) * 1000) = $2 and $3 <> $2': 'and $3 <> $2' },
    test: {
      file: move,
      name: 'of two operators who move it at once to different times the second hears that it was moved',
    },
  },
  {
    name: 'edit-concert-from-what-was-seen',
    guard: 'of two operators who change the same of a concert the last one wins, and neither knows',
    file: 'edit-concert.ts',
    without: { 'requireAsSeen(before, from, change)': '' },
    test: {
      file: 'editor.int.test.ts',
      name: 'of two operators who change the same of a concert the second hears of the first, and undoes nothing',
    },
  },
  {
    name: 'reschedule-line-from-what-was-seen',
    guard: 'of two operators who move one opening the last one wins, and neither knows',
    file: 'packages/core/src/waiting-room/reschedule-line.ts',
    without: { 'requireAsSeen(clockAfter(line, {}), from, change)': '' },
    test: {
      file: 'editor.int.test.ts',
      name: 'of two operators who move one opening the second hears of the first',
    },
  },
  {
    name: 'tune-line-from-what-was-seen',
    guard: 'who raises the capacity of a line puts back the rate that a colleague has just lowered',
    file: 'packages/core/src/waiting-room/steer-line.ts',
    without: { 'requireAsSeen<LineTuning>(line, seen, change)': '' },
    test: {
      file: 'packages/core/src/waiting-room/steer-line.int.test.ts',
      name: 'hears that another changed what it was about to change, and undoes none of it',
    },
  },
  {
    name: 'move-show-takes-the-close-along',
    guard: 'the sale of a show that was postponed closes when it was to begin',
    file: 'show-window.ts',
    without: { 'if (fromMs !== null && toMs !== null) await': 'if (fromMs === -1 && toMs !== null) await' },
    test: {
      file: move,
      name: 'a sale that closes when the last show begins follows it, forth and back; one that closes at another time stays',
    },
  },
  {
    name: 'remove-show-of-a-shut-line',
    guard: 'a show goes while fans wait for it',
    file: migration,
    without: { 'or opens_at <= clock_timestamp()': '' },
    drop: removeShowWithout('or opens_at <= clock_timestamp()'),
    test: {
      file: remove,
      name: 'once its line has opened it stays: by the clock, by its lobby, or because an operator opened it early',
    },
  },
  {
    name: 'remove-show-locks-the-line',
    guard: 'a show goes while an operator opens its line',
    file: migration,
    without: { 'perform from lines where concert_id = its_concert for update;': '' },
    drop: removeShowWithout('perform from lines where concert_id = its_concert for update;'),
    test: {
      file: remove,
      name: 'an opening that meets a removal: a line that an operator opens meanwhile keeps its show',
    },
  },
  {
    name: 'remove-show-locks-the-seats',
    guard: 'who removes a show that is just being held hears of a fault of ours',
    file: migration,
    without: { 'perform from seats where show_id = which order by id for update;': '' },
    drop: removeShowWithout('perform from seats where show_id = which order by id for update;'),
    test: {
      file: remove,
      name: 'a removal waits for the seats before it has the show, so that it is in no way of a hold that was first',
    },
  },
  {
    name: 'remove-show-keeps-its-seat-ids',
    guard: 'a new show has the seat ids of one that was removed',
    file: 'packages/core/src/catalogue/show-store.ts',
    without: { '(select max(first_seat_id + seat_count) from removed_shows)': '0' },
    test: {
      file: remove,
      name: 'its instant is free again, and its seat ids are given to no other show',
    },
  },
  ...['show_moves', 'removed_shows'].map((table) => ({
    name: `${table.replaceAll('_', '-')}-stay-as-written`,
    guard: 'the product rewrites when a show was moved or which was removed, and by whom',
    file: migration,
    without: { 'revoke update on show_moves, removed_shows from greenroom_app;': '' },
    drop: `grant update on ${table} to greenroom_app`,
    test: {
      file: 'packages/core/src/platform/migrate.int.test.ts',
      name: "the app's role removes nothing but what was published and old checks, and changes no ledger row",
    },
  })),
])

import { mutantsOf } from './mutant.ts'

const seats = 'seat-state.test.ts'

export const clientMutants = mutantsOf('packages/client/src', [
  {
    name: 'client-version-merge',
    guard: "a change that is told twice turns a seat back on the fan's map",
    file: 'seat-state.ts',
    without: { 'known === undefined || version <= known': 'known === undefined' },
    test: {
      file: seats,
      name: 'a change published twice, the second time after a newer one, does not turn the seat back',
    },
  },
  {
    name: 'client-gap',
    guard: 'a map goes on after a frame it never got',
    file: 'seat-state.ts',
    without: { "if (frame.from > state.seq) return { kind: 'gap' }": '' },
    test: { file: seats, name: 'a frame beyond a gap changes nothing' },
  },
  {
    name: 'client-late-frame',
    guard: 'a late frame turns the map back',
    file: 'seat-state.ts',
    without: {
      "if (frame.to <= state.seq) return { kind: 'old' }": '',
      'known === undefined || version <= known': 'known === undefined',
    },
    test: { file: seats, name: 'a late frame never turns a seat back' },
  },
  {
    name: 'client-old-snapshot',
    guard: 'a snapshot that was slow overwrites what is known',
    file: 'seat-state.ts',
    without: { 'if (snapshot.seq < state.seq) return false': '' },
    test: { file: seats, name: 'a snapshot older than what is known is not taken' },
  },
  {
    name: 'client-place-never-rises',
    guard: 'a fan who waits sees the number go up',
    file: 'place-in-line.ts',
    without: { 'return Math.min(shown, ahead)': 'return ahead' },
    test: { file: 'place-in-line.test.ts', name: 'whatever is read, the shown place never rises' },
  },
])

import type { Kind } from './inputs.ts'

const wrongIds = [
  [],
  1,
  '1',
  [0],
  [-1],
  ['1'],
  [null],
  [[1]],
  Array.from({ length: 500 }, (_, n) => n + 1),
  {},
]
/** What no field of that kind may be. */
export const wrong: Record<Kind, unknown[]> = {
  id: [0, -1, 1.5, 2 ** 53, '1', 'x', true, [], { a: 1 }, null],
  ids: [...wrongIds, null],
  idsOrNull: wrongIds,
  number: [-1, 1.5, 1e300, '1', true, [], { a: 1 }, null],
  numberOrNull: [-1, 1.5, 1e300, '1', true, [], { a: 1 }],
  text: ['', 'x'.repeat(5_000), 1, true, [], ['x'], { a: 1 }, null],
  // may be empty
  note: ['x'.repeat(5_000), 1, true, [], ['x'], { a: 1 }, null],
  address: [
    '',
    'x',
    'ftp://a.example',
    'javascript:1',
    `https://a.example/${'x'.repeat(5_000)}`,
    1,
    [],
    {},
    null,
  ],
  choice: ['', 'other', '__proto__', 1, [], {}, null],
  choices: ['', [], ['other'], ['__proto__'], [1], 1, {}, null],
  yesOrNo: ['', 'true', 0, 1, [], {}, null],
  message: ['', 1, true, [], {}, { ko: '가' }, { ko: '', en: '' }, { ko: 'a\u0000', en: 'b' }],
  // an object or a list with names of its own
  parts: ['', 'x', 1, true, {}, [], [1], null],
  // an object whose every part may be left out
  anyParts: ['', 'x', 1, true, [], [1], null],
}

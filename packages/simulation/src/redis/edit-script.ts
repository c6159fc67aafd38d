import type { PlantedBug } from '../planted-bugs.ts'

/** What a planted bug takes out of the scripts, and what it puts there. */
const edits: Partial<Record<PlantedBug, [guard: string, instead: string][]>> = {
  'no-epoch-check': [
    [
      "if not writer[1] or writer[2] ~= string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') then",
      'if not writer[1] then',
    ],
  ],
  'join-without-look': [
    [
      "local place = tonumber(redis.call('ZSCORE', waiting, fan) or nil)\n\n-- A token counts",
      'local place = nil\n\n-- A token counts',
    ],
    ["redis.call('ZADD', waiting, 'NX', place, fan)", "redis.call('ZADD', waiting, place, fan)"],
  ],
  'admit-without-count': [["local active = redis.call('ZCARD', inside)", 'local active = 0']],
}

const edited = new Map<string, string>()

export function editScript(source: string, bug: PlantedBug | undefined): string {
  const changes = bug === undefined ? undefined : edits[bug]
  if (changes === undefined) return source
  const known = edited.get(`${bug}:${source}`)
  if (known !== undefined) return known
  const text = changes.reduce((before, [guard, instead]) => before.replace(guard, () => instead), source)
  edited.set(`${bug}:${source}`, text)
  return text
}

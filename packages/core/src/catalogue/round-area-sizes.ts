/** The sizes the schema wants whole, by the property of an area that holds them. */
const sizes = { rectangle: ['width', 'height'], circle: ['radius'], text: ['size'] }

/**
 * A copy of a plan document in which the sizes of decorations are whole numbers. It looks at nothing else: what is
 * not where the format puts it stays as it is, for the check that follows to refuse with its path.
 */
export function roundAreaSizes(document: unknown): unknown {
  return changeEach(document, 'zones', (zone) =>
    changeEach(zone, 'areas', (area) =>
      Object.entries(sizes).reduce(
        (changed, [shape, names]) =>
          change(changed, shape, (part) => names.reduce((rest, name) => change(rest, name, round), part)),
        area,
      ),
    ),
  )
}

function round(value: unknown): unknown {
  return typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : value
}

function change(value: unknown, key: string, work: (inner: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !(key in value)) return value
  return { ...value, [key]: work(Reflect.get(value, key)) }
}

function changeEach(value: unknown, key: string, work: (inner: unknown) => unknown): unknown {
  return change(value, key, (list) => (Array.isArray(list) ? list.map(work) : list))
}

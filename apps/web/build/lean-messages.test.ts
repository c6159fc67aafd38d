import { expect, test } from 'vitest'
import { leanMessage } from './lean-messages.ts'

const wrapped = (name: string, inputs: string): string =>
  `export const ${name} = /** @type {((inputs?: {}) => LocalizedString)} */ ((${inputs}, options = {}) => {
	const locale = experimentalStaticLocale ?? options.locale ?? getLocale()
	if (locale === "en") return en_${name}(inputs)
	return ko_${name}(inputs)
});`
const worded = (name: string, text: string, inputs = ''): string =>
  `const ${name} = /** @type {(inputs: {}) => LocalizedString} */ (${inputs}) => {
	return /** @type {LocalizedString} */ (\`${text}\`)
};
`
const head = "import { getLocale, experimentalStaticLocale } from '../runtime.js';\n"

test('a message is one function that answers in the language of the page', () => {
  const code = `${head}${worded('ko_live', '실시간')}${worded('en_live', 'Live \\`now\\`')}${wrapped('live', 'inputs = {}')}`
  expect(leanMessage(code)).toBe(`import { getLocale } from '../runtime.js'
export const live = (i) => getLocale() === "en" ? \`Live \\\`now\\\`\` : \`실시간\``)
})

test('what is put into it stays', () => {
  const ko = worded('ko_about', `약 $${'{i?.span}'}`, 'i')
  const en = worded('en_about', `about $${'{i?.span}'}`, 'i')
  const about = leanMessage(`${head}${ko}${en}${wrapped('about', 'inputs')}`)
  expect(about).toContain(`=> getLocale() === "en" ? \`about $${'{i?.span}'}\` : \`약 $${'{i?.span}'}\``)
})

test('a plural is chosen as before', () => {
  const chosen = `const en_seats = /** x */ (i) => {const form = registry.plural("en", i?.count, {});
	if (form === "one") return /** @type {LocalizedString} */ (\`1 seat\`);
	return /** @type {LocalizedString} */ ("seats");
};
`
  const seats = leanMessage(`${head}${worded('ko_seats', '석', 'i')}${chosen}${wrapped('seats', 'inputs')}`)
  expect(seats).toContain(chosen)
  expect(seats).toContain('export const seats = (i) => getLocale() === "en" ? en_seats(i) : ko_seats(i)')
  expect(seats).not.toMatch(/options|experimentalStaticLocale/)
})

test('a module of another shape is an error, not a page without words', () => {
  expect(() => leanMessage('export const live = () => "live"')).toThrow('another shape')
})

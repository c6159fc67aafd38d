export { givePass } from './give-pass.ts'
export { makeFan } from './make-fan.ts'
export { addShow, makeShow, type ShowOptions, type TestShow } from './make-show.ts'
export { createTestDeps } from './test-deps.ts'

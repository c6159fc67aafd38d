/** The value that a text stands for; `undefined` when it is not JSON, which whoever asks then refuses by its schema. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

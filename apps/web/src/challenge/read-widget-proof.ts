/** The proof in a message of the provider's page; `undefined` for every other message, from wherever. */
export function readWidgetProof(
  { origin, data }: { origin: string; data: unknown },
  widgetUrl: string,
): string | undefined {
  if (origin !== new URL(widgetUrl).origin) return undefined
  if (typeof data !== 'object' || data === null || !('greenroomProof' in data)) return undefined
  const { greenroomProof: proof } = data
  return typeof proof === 'string' && proof.length > 0 && proof.length <= 4_096 ? proof : undefined
}

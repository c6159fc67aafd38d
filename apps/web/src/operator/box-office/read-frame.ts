/** Finds the text of a QR code in a picture; `undefined` when there is none. */
export type ReadFrame = (video: HTMLVideoElement) => Promise<string | undefined>

type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> }
type DetectorClass = {
  new (options: { formats: string[] }): Detector
  getSupportedFormats: () => Promise<string[]>
}

/** Wide enough for a ticket's 170 characters at arm's length; 10 ms of a phone's time a picture. */
const widthPx = 640

/** The browser's own reader where it has one, else one in JavaScript that comes with these pages and asks nobody. */
export async function makeFrameReader(): Promise<ReadFrame> {
  const Detector = detectorClass()
  if (Detector !== undefined && (await Detector.getSupportedFormats()).includes('qr_code')) {
    const detector = new Detector({ formats: ['qr_code'] })
    return async (video) => (await detector.detect(video))[0]?.rawValue
  }
  const { default: jsQR } = await import('jsqr')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return (video) => {
    if (context === null || video.videoWidth === 0) return Promise.resolve(undefined)
    canvas.width = Math.min(widthPx, video.videoWidth)
    canvas.height = Math.round((canvas.width / video.videoWidth) * video.videoHeight)
    context.drawImage(video, 0, 0, canvas.width, canvas.height)
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
    return Promise.resolve(jsQR(data, width, height, { inversionAttempts: 'dontInvert' })?.data)
  }
}

function detectorClass(): DetectorClass | undefined {
  const found: unknown = Reflect.get(globalThis, 'BarcodeDetector')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the browser's own class, of which TypeScript knows nothing yet
  return typeof found === 'function' ? (found as DetectorClass) : undefined
}

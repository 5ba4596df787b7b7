/** The longer side of a picture that is sent: enough to read a wall of notes by. */
const longestSide = 2_048
const jpegQuality = 0.85
/** A drawing with transparency stays a PNG while it is this small, in bytes. */
const largestPng = 1024 * 1024

/**
 * A picture drawn anew, upright and at most 2,048 pixels long: what the camera wrote into it stays behind. Undefined where this
 * browser cannot show it.
 */
export async function redraw(picture: Blob): Promise<Blob | undefined> {
  const bitmap = await createImageBitmap(picture, { imageOrientation: 'from-image' }).catch(() => undefined)
  if (bitmap === undefined) return undefined
  try {
    const size = fitted(bitmap, longestSide)
    const drawn = draw(bitmap, size)
    if (picture.type !== 'image/jpeg' && hasTransparency(drawn)) {
      const png = await encode(drawn.canvas, 'image/png')
      if (png !== undefined && png.size <= largestPng) return png
    }
    return await encode(draw(bitmap, size, 'white').canvas, 'image/jpeg')
  } finally {
    bitmap.close()
  }
}

interface Size {
  readonly width: number
  readonly height: number
}

/** A size of the same proportions, no side of it longer than `longest`. Nothing is made larger. */
export function fitted({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function draw(bitmap: ImageBitmap, { width, height }: Size, paper?: string): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('This browser gives no canvas to draw on')
  if (paper !== undefined) {
    context.fillStyle = paper
    context.fillRect(0, 0, width, height)
  }
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, width, height)
  return context
}

function hasTransparency(context: CanvasRenderingContext2D): boolean {
  const { data } = context.getImageData(0, 0, context.canvas.width, context.canvas.height)
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] !== 255) return true
  return false
}

const encode = (canvas: HTMLCanvasElement, type: string): Promise<Blob | undefined> =>
  new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), type, jpegQuality))

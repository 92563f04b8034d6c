import { chunk, compressed, decodePng, numbers, type Picture, pngFile } from './png.ts'

/** A screenshot as PNG, and for how many milliseconds it is shown. */
export type Frame = { png: Buffer; duration: number }

/**
 * An animated PNG that is played for ever. After the first frame each one holds only what differs
 * from the frame before.
 */
export function animatedPng(frames: readonly Frame[]): Buffer {
  const [first, ...later] = distinct(frames)
  if (first === undefined) throw new Error('There is no frame.')
  let picture = decodePng(first.png)
  const whole = { ...picture, left: 0, top: 0 }
  const chunks = [control(0, whole, first.duration), chunk('IDAT', compressed(whole))]
  for (const { png, duration } of later) {
    const next = decodePng(png)
    const part = difference(picture, next)
    // Numbers go on from chunk to chunk, and IDAT has none.
    chunks.push(control(chunks.length - 1, part, duration))
    chunks.push(chunk('fdAT', numbers(chunks.length - 1), compressed(part)))
    picture = next
  }
  return pngFile(whole, [chunk('acTL', numbers(1 + later.length, 0)), ...chunks])
}

type Part = Picture & { left: number; top: number }

function control(number: number, { width, height, left, top }: Part, duration: number): Buffer {
  const end = Buffer.alloc(6)
  // A fraction of seconds, then: leave the frame there, and lay it over the one before.
  end.writeUInt16BE(Math.min(Math.round(duration), 0xffff), 0)
  end.writeUInt16BE(1000, 2)
  end.writeUInt8(1, 5)
  return chunk('fcTL', numbers(number, width, height, left, top), end)
}

/** Frames that look alike, one after the other, are one that is shown for longer. */
function distinct(frames: readonly Frame[]): Frame[] {
  const shown: Frame[] = []
  for (const { png, duration } of frames) {
    const last = shown.at(-1)
    if (last?.png.equals(png)) last.duration += duration
    else shown.push({ png, duration })
  }
  return shown
}

/** The smallest part with all that has changed. In it, what has not changed is transparent. */
function difference(before: Picture, after: Picture): Part {
  const { width, height } = after
  const pixels = Buffer.alloc(after.pixels.length)
  let [left, top, right, bottom] = [width, height, 0, 0]
  for (let pixel = 0; pixel < width * height; pixel++) {
    const color = after.pixels.readUInt32LE(pixel * 4)
    if (color === before.pixels.readUInt32LE(pixel * 4)) continue
    pixels.writeUInt32LE(color, pixel * 4)
    const x = pixel % width
    const y = Math.floor(pixel / width)
    left = Math.min(left, x)
    right = Math.max(right, x + 1)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y + 1)
  }
  // A frame has at least a pixel.
  if (right === 0) [left, top, right, bottom] = [0, 0, 1, 1]
  const lines = Array.from({ length: bottom - top }, (_, line) => {
    const start = (top + line) * width
    return pixels.subarray((start + left) * 4, (start + right) * 4)
  })
  const part = { width: right - left, height: bottom - top, pixels: Buffer.concat(lines) }
  return { ...part, left, top }
}

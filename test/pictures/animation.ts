import { chunk, compressed, decodePng, numbers, type Picture, pngFile } from './png.ts'

/** A screenshot as PNG, and how long it is shown, in milliseconds. */
export type Frame = { png: Buffer; duration: number }

/**
 * Encodes an animated PNG that repeats indefinitely. Each frame after the first contains only the
 * pixels that differ from the frame before.
 */
export function animatedPng(frames: readonly Frame[]): Buffer {
  const [first, ...later] = mergeEqual(frames)
  if (first === undefined) throw new Error('An animation needs at least one frame.')
  let picture = decodePng(first.png)
  const whole = { ...picture, left: 0, top: 0 }
  const chunks = [control(0, whole, first.duration), chunk('IDAT', compressed(whole))]
  for (const { png, duration } of later) {
    const next = decodePng(png)
    const part = difference(picture, next)
    // Sequence numbers count the fcTL and fdAT chunks; IDAT has none.
    chunks.push(control(chunks.length - 1, part, duration))
    chunks.push(chunk('fdAT', numbers(chunks.length - 1), compressed(part)))
    picture = next
  }
  return pngFile(whole, [chunk('acTL', numbers(1 + later.length, 0)), ...chunks])
}

type Part = Picture & { left: number; top: number }

function control(number: number, { width, height, left, top }: Part, duration: number): Buffer {
  const end = Buffer.alloc(6)
  // The delay as a fraction of a second, then: keep the frame, and blend it over the frame before.
  end.writeUInt16BE(Math.min(Math.round(duration), 0xffff), 0)
  end.writeUInt16BE(1000, 2)
  end.writeUInt8(1, 5)
  return chunk('fcTL', numbers(number, width, height, left, top), end)
}

/** Merges equal consecutive frames into one with their total duration. */
function mergeEqual(frames: readonly Frame[]): Frame[] {
  const shown: Frame[] = []
  for (const { png, duration } of frames) {
    const last = shown.at(-1)
    if (last?.png.equals(png)) last.duration += duration
    else shown.push({ png, duration })
  }
  return shown
}

/** Returns the smallest rectangle that contains all changes. Unchanged pixels in it are transparent. */
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
  // A frame has at least one pixel.
  if (right === 0) [left, top, right, bottom] = [0, 0, 1, 1]
  const lines = Array.from({ length: bottom - top }, (_, line) => {
    const start = (top + line) * width
    return pixels.subarray((start + left) * 4, (start + right) * 4)
  })
  const part = { width: right - left, height: bottom - top, pixels: Buffer.concat(lines) }
  return { ...part, left, top }
}

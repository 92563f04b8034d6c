import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** A picture with four bytes per pixel: red, green, blue, alpha. */
export type Picture = { width: number; height: number; pixels: Buffer }

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Decodes the PNG files that Chromium writes: 8 bits per channel, RGB or RGBA, not interlaced. */
export function decodePng(file: Buffer): Picture {
  const parts: Buffer[] = []
  let header: Buffer = Buffer.alloc(0)
  for (let at = signature.length; at < file.length;) {
    const length = file.readUInt32BE(at)
    const type = file.toString('latin1', at + 4, at + 8)
    const data = file.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') header = data
    if (type === 'IDAT') parts.push(data)
    at += 12 + length
  }
  const [depth, color, , , interlaced] = header.subarray(8)
  const channels = color === 6 ? 4 : 3
  if (depth !== 8 || (color !== 2 && color !== 6) || interlaced !== 0) {
    throw new Error(`Unsupported PNG format: ${header.toString('hex')}`)
  }
  const width = header.readUInt32BE(0)
  const height = header.readUInt32BE(4)
  const bytes = unfiltered(inflateSync(Buffer.concat(parts)), width * channels, channels)
  if (channels === 4) return { width, height, pixels: bytes }
  const pixels = Buffer.alloc(width * height * 4, 0xff)
  for (let pixel = 0; pixel < width * height; pixel++) {
    bytes.copy(pixels, pixel * 4, pixel * 3, pixel * 3 + 3)
  }
  return { width, height, pixels }
}

/** Reverses the filter of each line, whose type is the line's first byte. */
function unfiltered(data: Buffer, stride: number, channels: number): Buffer {
  const lines = data.length / (stride + 1)
  // The line before the first counts as zeros.
  const bytes = Buffer.alloc((lines + 1) * stride)
  for (let line = 1; line <= lines; line++) {
    const from = (line - 1) * (stride + 1)
    const to = line * stride
    const filter = data[from] ?? 0
    for (let x = 0; x < stride; x++) {
      const left = x < channels ? 0 : (bytes[to + x - channels] ?? 0)
      const up = bytes[to + x - stride] ?? 0
      const corner = x < channels ? 0 : (bytes[to + x - stride - channels] ?? 0)
      bytes[to + x] = (data[from + 1 + x] ?? 0) + predictor(filter, left, up, corner)
    }
  }
  return bytes.subarray(stride)
}

function predictor(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0
    case 1:
      return left
    case 2:
      return up
    case 3:
      return (left + up) >> 1
    case 4: {
      // Paeth: the neighbor nearest to left + up - corner
      const toLeft = Math.abs(up - corner)
      const toUp = Math.abs(left - corner)
      const toCorner = Math.abs(left + up - 2 * corner)
      if (toLeft <= toUp && toLeft <= toCorner) return left
      return toUp <= toCorner ? up : corner
    }
    default:
      throw new Error(`Unknown PNG filter type: ${filter}`)
  }
}

/** Compresses the pixels for an IDAT or fdAT chunk. */
export function compressed({ width, height, pixels }: Picture): Buffer {
  const lines = Array.from({ length: height }, (_, line) => [
    Buffer.of(0),
    pixels.subarray(line * width * 4, (line + 1) * width * 4),
  ])
  return deflateSync(Buffer.concat(lines.flat()), { level: 9 })
}

/** Assembles a PNG file of the given chunks, with the header before them. */
export function pngFile({ width, height }: Picture, chunks: Buffer[]): Buffer {
  const header = Buffer.concat([numbers(width, height), Buffer.of(8, 6, 0, 0, 0)])
  return Buffer.concat([signature, chunk('IHDR', header), ...chunks, chunk('IEND')])
}

export function chunk(type: string, ...data: Buffer[]): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), ...data])
  return Buffer.concat([numbers(content.length - 4), content, numbers(crc32(content))])
}

/** Encodes each value as four bytes, big-endian. */
export function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4)
  return bytes
}

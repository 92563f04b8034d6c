/** What a session holds after some completions */
export interface Held {
  /** In MB, after a forced collection */
  heap: number
  sockets: number
  timers: number
  /** Of the process */
  listeners: number
  documents: number
}

/**
 * What may be more after many completions than after few. The heap is VS Code's as well, and there may be
 * three more free connections, whose ends are both in this process.
 */
const MORE: Held = { heap: 4, sockets: 6, timers: 3, listeners: 0, documents: 0 }

const NAMES = Object.keys(MORE) as (keyof Held)[]

/** The figures that have grown beyond their bound, one line each */
export function grown(few: Held, many: Held): string[] {
  return rowsOf(few, many).filter((row) => row.endsWith('MISSED'))
}

export function rowsOf(few: Held, many: Held): string[] {
  return NAMES.map((name) => {
    const row = `${name.padEnd(12)} ${few[name].toFixed(1)} → ${many[name].toFixed(1)} (+ ${MORE[name]})`
    return many[name] - few[name] <= MORE[name] ? row : `${row}  MISSED`
  })
}

// Activates two extensions that VS Code has not activated, and sends what it took.
const { setTimeout: sleep } = require('node:timers/promises')
const { setFlagsFromString } = require('node:v8')
const { runInNewContext } = require('node:vm')
const { extensions } = require('vscode')

/** VS Code has other work when it has started, in ms. */
const SETTLED = 3000

function heap(collect) {
  collect()
  collect()
  return process.memoryUsage().heapUsed / 1024 / 1024
}

exports.activate = () => {
  const url = process.env.INFILL_BENCH_PROBE
  if (url === undefined) return
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  setTimeout(async () => {
    const figures = []
    for (const id of process.env.INFILL_BENCH_ORDER.split(' ')) {
      const extension = extensions.getExtension(id)
      const isActive = extension.isActive
      const before = heap(collect)
      const start = performance.now()
      await extension.activate()
      const wall = performance.now() - start
      const activated = heap(collect) - before
      await sleep(1500)
      figures.push({ id, isActive, wall, heap: activated, loaded: heap(collect) - before })
    }
    await fetch(url, { method: 'POST', body: JSON.stringify(figures) })
  }, SETTLED)
}

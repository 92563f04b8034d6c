// Builds the extension: `node esbuild.js [--watch] [--production] [--tests]`
//
// ES modules with code splitting, so that what is imported dynamically (undici above all) becomes a
// file of its own and is read at its first use, not when VS Code activates the extension.
import { rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { context } from 'esbuild'

const { values: options } = parseArgs({
  options: {
    watch: { type: 'boolean', default: false },
    production: { type: 'boolean', default: false },
    tests: { type: 'boolean', default: false },
  },
})

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  sourcemap: options.production ? false : 'linked',
  minify: options.production,
  legalComments: 'none',
  logLevel: 'info',
}

/** @type {import('esbuild').BuildOptions} */
const extension = {
  ...common,
  entryPoints: { extension: 'src/extension.ts', builtin: 'src/builtin/worker.ts' },
  outdir: 'dist',
  format: 'esm',
  splitting: true,
  external: ['vscode'],
  // undici is CommonJS and asks for Node's modules with require, which an ES module does not have.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
}

/** The tests that run inside VS Code: it loads the index with require, and that each test file. @type {import('esbuild').BuildOptions} */
const tests = {
  ...common,
  entryPoints: ['test/integration/index.ts', 'test/integration/*.test.ts'],
  outdir: 'out/integration',
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  external: ['vscode', 'mocha'],
}

await rm('dist', { recursive: true, force: true })
if (options.tests) await rm('out/integration', { recursive: true, force: true })
const contexts = await Promise.all([extension, ...(options.tests ? [tests] : [])].map(context))
if (options.watch) {
  await Promise.all(contexts.map((each) => each.watch()))
} else {
  await Promise.all(contexts.map((each) => each.rebuild()))
  await Promise.all(contexts.map((each) => each.dispose()))
}

// Builds the extension: `node esbuild.js [--watch] [--production] [--tests]`
//
// ES modules with code splitting: each dynamic import (undici above all) becomes a file of its own,
// which is read at its first use and not when VS Code activates the extension. For the package, it
// also writes the third-party notices and the README of the extension's page.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
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
  metafile: true,
  // The CommonJS form of jsonc-parser cannot be bundled.
  mainFields: ['module', 'main'],
  logLevel: 'info',
}

/** What VS Code reads at activation: one file. @type {import('esbuild').BuildOptions} */
const extension = {
  ...common,
  entryPoints: ['src/extension.ts'],
  outdir: 'dist',
  format: 'esm',
  external: ['vscode'],
  plugins: [
    {
      name: 'services are a file of their own',
      setup: (build) =>
        build.onResolve({ filter: /^\.\/services\.ts$/ }, () => ({
          path: './services.js',
          external: true,
        })),
    },
  ],
}

/**
 * The parts of undici that Infill uses. Its index also loads `fetch`, WebSockets, caches and mocks, which are
 * 40 % of it.
 *
 * @type {import('esbuild').Plugin}
 */
const undici = {
  name: 'only what is used of undici',
  setup(build) {
    const folder = fileURLToPath(new URL('node_modules/undici', import.meta.url))
    build.onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'undici' }))
    build.onLoad({ filter: /^undici$/, namespace: 'undici' }, () => ({
      resolveDir: folder,
      contents: `
        Object.assign(require('./lib/dispatcher/dispatcher').prototype, require('./lib/api'))
        module.exports = {
          Agent: require('./lib/dispatcher/agent'),
          Pool: require('./lib/dispatcher/pool'),
          ProxyAgent: require('./lib/dispatcher/proxy-agent'),
          buildConnector: require('./lib/core/connect'),
        }`,
    }))
  },
}

/** @type {import('esbuild').BuildOptions} */
const services = {
  ...common,
  entryPoints: { services: 'src/services.ts', builtin: 'src/builtin/worker.ts' },
  outdir: 'dist',
  format: 'esm',
  splitting: true,
  plugins: [undici],
  // As Node bundles undici: without its second, experimental parser.
  define: { esbuildDetection: 'true' },
  external: ['vscode'],
  // undici is CommonJS and loads Node's modules with require, which an ES module does not have.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
}

/** The tests that run inside VS Code, which loads the index with require. @type {import('esbuild').BuildOptions} */
const tests = {
  ...common,
  entryPoints: ['test/integration/index.ts', 'test/integration/*.test.ts'],
  outdir: 'out/integration',
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  external: ['vscode', 'mocha'],
}

// llhttp is compiled into undici, whose license does not mention it.
const llhttp = 'llhttp (part of undici)\n\nThe MIT License\n\nCopyright Fedor Indutny, 2018.\n'

/**
 * The licenses of the packages in the bundle, in the order of their names.
 * @param {import('esbuild').Metafile} metafile
 */
async function thirdPartyNotices(metafile) {
  const files = Object.keys(metafile.inputs)
  const names = files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [])
  const notices = await Promise.all([...new Set(names)].toSorted().map(license))
  return [...notices, llhttp].join(`\n${'-'.repeat(80)}\n\n`)
}

/** @param {string} name */
async function license(name) {
  const folder = `node_modules/${name}`
  const { version } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'))
  const file = (await readdir(folder)).find((each) => /^license/i.test(each))
  if (file === undefined) throw new Error(`${name} has no license file.`)
  return `${name} ${version}\n\n${await readFile(`${folder}/${file}`, 'utf8')}`
}

const drawing = `\`\`\`python
# before
def parse_refund(line: str) -> Refund:
    fields = line.|
    number, customer, paid = fields

# Shift+Alt+J
def parse_refund(line: str) -> Refund:
    fields = line.strip().split(",")|
    number, customer, paid = fields
\`\`\``

/** Sections for developers, and lists that would make the package larger: the repository has them. */
const ONLY_IN_REPOSITORY =
  /^#{2,3} (Confidence|Measure a model|What counts as a secret|For other extensions|Speed|Development)$/

/** @param {string} readme */
function withoutSections(readme) {
  const sections = readme.split(/^(?=#{2,3} )/m)
  return sections.filter((each) => !ONLY_IN_REPOSITORY.test(each.split('\n', 1)[0] ?? '')).join('')
}

/**
 * The README of the package. The page of an installed extension shows pictures from https addresses
 * only; without one, a drawing in text stands in the place of the picture.
 */
async function packageReadme() {
  const readme = await readFile('README.md', 'utf8')
  const picture = /!\[[^\]]*\]\(media\/[^)]*\)/g
  if (readme.match(picture)?.length !== 1) throw new Error('README.md has no picture, or several.')
  // The package has none of the files that are linked.
  const fileLink = /\[([^\]]*)\]\((?!#|https:)[^)]*\)/g
  return (
    withoutSections(readme)
      .replace(picture, () => drawing)
      // VS Code shows them itself.
      .replace(
        /<!-- settings -->[^]*<!-- \/settings -->/,
        'The **Features** tab lists the settings.',
      )
      .replace(
        /Each server has a page[^]*?requests\.\n/,
        'The repository has a page for each server.\n',
      )
      .replace(/`npm run bench -- context`[^]*?(?=^## )/m, '')
      .replaceAll(fileLink, '$1')
      .replaceAll(/\[([^\]]*)\]\(#what-counts-as-a-secret\)/g, '“$1” in the repository')
  )
}

/** The translations of messages, where VS Code looks for them: `l10n` in package.json */
async function copyTranslations() {
  await mkdir('dist/l10n', { recursive: true })
  for (const file of await readdir('src/ui/l10n')) {
    const translations = JSON.parse(await readFile(`src/ui/l10n/${file}`, 'utf8'))
    await writeFile(`dist/l10n/${file}`, JSON.stringify(translations))
  }
}

await rm('dist', { recursive: true, force: true })
await copyTranslations()
if (options.tests) await rm('out/integration', { recursive: true, force: true })
const contexts = await Promise.all(
  [services, extension, ...(options.tests ? [tests] : [])].map(context),
)
if (options.watch) {
  await Promise.all(contexts.map((each) => each.watch()))
} else {
  const [built] = await Promise.all(contexts.map((each) => each.rebuild()))
  await Promise.all(contexts.map((each) => each.dispose()))
  if (options.production && built?.metafile !== undefined) {
    await writeFile('dist/ThirdPartyNotices.txt', await thirdPartyNotices(built.metafile))
    await writeFile('dist/README.md', await packageReadme())
  }
}

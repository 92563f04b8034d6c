import assert from 'node:assert/strict'
import { createTransport, type Transport } from '../../../src/completions/index.ts'
import { connectModel } from '../../../src/connect/connectModel.ts'
import type { InstalledServer } from '../../../src/connect/installedServers.ts'
import type { FoundServer } from '../../../src/connect/localServers.ts'
import type { ConnectServices, Place, SavedConnection } from '../../../src/connect/step.ts'
import { baseUrl } from '../../../src/settings/endpoint.ts'
import { english } from '../../../src/ui/translate.ts'
import { errorMessage } from '../../../src/ui/wording.ts'
import { json, page } from '../../support/answers.ts'
import { hold, startServer, type Answer, type ScriptedServer } from '../../support/sseServer.ts'
import { scriptedQuestions, type Reply, type ScriptedQuestions } from './scriptedQuestions.ts'
import { completionsServer } from '../../support/completionsServer.ts'
import { NOTHING_LEARNED, settingsOf, wireTo } from './support.ts'

const KEY = 'sk-right-key'

interface World {
  local?: readonly FoundServer[]
  installed?: readonly InstalledServer[]
  places?: readonly Place[]
  /** Why the first attempts to save fail */
  unwritable?: string[]
  /** Saved keys, by origin */
  keys?: Readonly<Record<string, string>>
}

interface Story {
  questions: ScriptedQuestions
  saved: { connection: SavedConnection; place: Place }[]
  terminals: string[]
}

suite('connecting a model', () => {
  let transport: Transport
  const open: ScriptedServer[] = []

  setup(async () => {
    transport = await createTransport()
  })
  teardown(async () => {
    await transport.close()
    await Promise.all(open.splice(0).map((server) => server.close()))
  })

  async function serve(script: Parameters<typeof startServer>[0]): Promise<ScriptedServer> {
    const server = await startServer(script)
    open.push(server)
    return server
  }

  /** Answers the questions of a whole flow */
  async function story(replies: readonly Reply[], world: World = {}): Promise<Story> {
    const { local = [], installed = [], places = ['user'], keys = {}, unwritable = [] } = world
    const questions = scriptedQuestions(replies)
    const saved: Story['saved'] = []
    const terminals: string[] = []
    const services: ConnectServices = {
      questions,
      t: english,
      localGroup: 'On this machine',
      describe: (error) => errorMessage(error, english),
      current: { endpoint: 'builtin', model: '' },
      settings: (connection) => settingsOf(connection),
      wire: async (settings, key) => {
        const { origin } = baseUrl(settings.endpoint)
        return wireTo(settings, key ?? keys[origin] ?? null, transport)
      },
      capabilities: NOTHING_LEARNED,
      hasKey: async (origin) => origin in keys,
      findLocal: async () => local,
      installed: async () => installed,
      openTerminal: (command) => terminals.push(command),
      places,
      save: async (connection, place) => {
        if (unwritable.length > 0) throw new Error(unwritable.shift())
        saved.push({ connection, place })
      },
    }
    await connectModel(services)
    questions.last()
    return { questions, saved, terminals }
  }

  const other = { choose: 'Other URL' }
  const save = { choose: /Save$|Save \|/ }

  test('leads from a messy URL over a wrong key to a saved connection', async () => {
    const server = await serve(completionsServer({ key: KEY }))
    const messy = `  "${server.url.host}/v1/chat/completions", `
    const { saved, questions } = await story([
      other,
      { type: messy },
      { type: 'sk-wrong-key' },
      { type: KEY },
      { choose: 'qwen2.5-coder' },
      save,
    ])
    const endpoint = `${server.url.origin}/v1`
    assert.deepEqual(saved, [
      { connection: { endpoint, server: 'auto', model: 'qwen2.5-coder', key: KEY }, place: 'user' },
    ])
    const [, , first, again] = questions.seen
    assert.match(first?.title ?? '', /^127\.0\.0\.1:\d+ Requires an API Key$/)
    assert.equal(first?.problem, undefined)
    assert.match(again?.problem ?? '', /401/)
    assert.equal(again?.value, 'sk-wrong-key')
    // The key that was typed is in no message.
    for (const { title, prompt, problem = '', items = [] } of questions.seen) {
      assert.doesNotMatch([title, prompt, problem, ...items].join('\n'), /sk-(wrong|right)-key/)
    }
  })

  test('shows the text of the test, its figures and the way of the suffix', async () => {
    const server = await serve(completionsServer({ completion: 'a + b' }))
    const { questions } = await story([
      other,
      { type: server.url.href },
      { choose: 'qwen2.5-coder' },
      'leave',
    ])
    const items = (questions.last().items ?? []).join('\n')
    assert.match(items, /return a \+ b/)
    assert.match(items, /first token after \d+ ms/)
    assert.match(items, /\d+ → 3 tokens · context of 32,768 tokens/)
    assert.match(items, /sent in the server’s own field/)
    assert.match(questions.last().prompt, /Save the connection\?/)
  })

  test('lists the models, those that fill in the middle first', async () => {
    const server = await serve(
      completionsServer({ models: ['nomic-embed', 'llama3', 'qwen2.5-coder', 'other'] }),
    )
    const { questions } = await story([other, { type: server.url.href }, 'leave'])
    assert.deepEqual(
      (questions.last().items ?? []).map((line) => line.replace(/^\$\(\w+\) /, '').split(' | ')[0]),
      ['qwen2.5-coder', 'llama3', 'other', 'nomic-embed', 'Enter a name…'],
    )
    assert.match(
      questions.last().items?.[0] ?? '',
      /fills in the middle · as qwen models do · context of 32,768 tokens/,
    )
  })

  test('leaving at any question changes nothing', async () => {
    const server = await serve(completionsServer({ key: KEY }))
    const replies: Reply[] = [other, { type: server.url.href }, { type: KEY }, { choose: 'tiny' }]
    for (let at = 0; at <= replies.length; at++) {
      const { saved, terminals } = await story([...replies.slice(0, at), 'leave'])
      assert.deepEqual([saved, terminals], [[], []])
    }
  })

  test('goes back with everything that was typed', async () => {
    const server = await serve(completionsServer({ key: KEY }))
    const typed = server.url.host
    const { questions } = await story([
      other,
      { type: typed },
      { type: KEY },
      { choose: 'tiny' },
      'back', // from the result to the models
      'back', // to the key
      'back', // to the URL
      'back', // to the sources
      other,
      'leave',
    ])
    const [, , , , , models, key, url, sources, urlAgain] = questions.seen
    assert.match(models?.title ?? '', /Model$/)
    assert.deepEqual([key?.value, key?.problem], [KEY, undefined])
    assert.deepEqual([url?.value, url?.problem], [typed, undefined])
    assert.equal(sources?.canGoBack, false)
    assert.equal(urlAgain?.value, typed)
  })

  test('goes straight to the test again when only the key was wrong', async () => {
    // The list of models is public, as at OpenRouter.
    const works = completionsServer()
    const server = await serve((request) =>
      request.method === 'POST' && request.headers.authorization !== `Bearer ${KEY}`
        ? json({ error: { message: 'No auth credentials found' } }, 401)
        : works(request),
    )
    const { saved, questions } = await story([
      other,
      { type: server.url.href },
      { choose: 'tiny' },
      { type: KEY },
      save,
    ])
    assert.deepEqual([questions.seen[3]?.value, questions.seen[3]?.problem], ['', undefined])
    assert.deepEqual(
      saved.map(({ connection }) => [connection.model, connection.key]),
      [['tiny', KEY]],
    )
  })

  test('asks for the URL again when nothing is there, with the text in place', async () => {
    const gone = await serve(completionsServer())
    const { host } = gone.url
    await gone.close()
    open.length = 0
    const { questions } = await story([other, { type: host }, 'leave'])
    assert.equal(questions.last().value, host)
    assert.match(questions.last().problem ?? '', /^Could not reach .*: connection refused\.$/)
  })

  test('says what is wrong with a URL, and takes no secret in it', async () => {
    const server = await serve(completionsServer())
    const { questions } = await story([
      other,
      { type: 'not a URL' },
      { type: 'https://me:hunter2@example.com/v1' },
      { type: server.url.href },
      'leave',
    ])
    const problems = questions.seen
      .map(({ problem }) => problem)
      .filter((each) => each !== undefined)
    assert.equal(problems.length, 2)
    assert.match(problems[0] ?? '', /^Enter a URL such as/)
    assert.match(problems[1] ?? '', /^Remove the password or key/)
  })

  test('finds out whether the API is at /v1', async () => {
    const works = completionsServer()
    const atRoot = await serve((request) =>
      request.path.startsWith('/v1/')
        ? json({ error: 'not found' }, 404)
        : works({ ...request, path: `/v1${request.path}` }),
    )
    const atV1 = await serve(works)
    for (const [server, path] of [
      [atRoot, ''],
      [atV1, '/v1'],
    ] as const) {
      const { saved } = await story([other, { type: server.url.origin }, { choose: 'tiny' }, save])
      assert.equal(saved[0]?.connection.endpoint, `${server.url.origin}${path}`)
    }
  })

  test('takes URL, key and model from a curl command', async () => {
    const server = await serve(completionsServer({ key: KEY }))
    const curl = `curl ${server.url.href} -H "Authorization: Bearer ${KEY}" -d '{"model": "tiny"}'`
    const { questions, saved } = await story([other, { type: curl }, { choose: 'tiny' }, save])
    assert.match(questions.seen[2]?.items?.[0] ?? '', /tiny/)
    assert.deepEqual(
      saved.map(({ connection }) => connection.key),
      [KEY],
    )
  })

  test('says that a server is loading, and tries again', async () => {
    let isLoading = true
    const works = completionsServer()
    const server = await serve((request) =>
      isLoading ? json({ error: { message: 'Loading model' } }, 503) : works(request),
    )
    const { questions } = await story([
      other,
      { type: server.url.href },
      { choose: 'Try again' },
      {
        get choose() {
          isLoading = false
          return 'Try again'
        },
      },
      { choose: 'tiny' },
      'back',
      'back',
      'leave',
    ])
    assert.match(questions.seen[2]?.prompt ?? '', /busy or still loading its model/)
    // The trouble is over: back leads from the models to the URL.
    assert.equal(questions.last().value, server.url.href)
  })

  test('a model that loads during the test can be tried again, or saved anyway', async () => {
    const works = completionsServer()
    const server = await serve((request) =>
      request.method === 'POST'
        ? json({ error: { message: 'Loading model' } }, 503)
        : works(request),
    )
    const { questions, saved } = await story([
      other,
      { type: server.url.href },
      { choose: 'tiny' },
      { choose: 'Try again' },
      { choose: /Save/ },
    ])
    assert.match(questions.last().prompt, /Loading model.*Try again in a moment\.$/)
    assert.deepEqual(
      saved.map(({ connection }) => connection.model),
      ['tiny'],
    )
  })

  test('says that a model does not fill in the middle, and lets it be used', async () => {
    const server = await serve(completionsServer({ suffix: 'ignored' }))
    const { questions, saved } = await story([
      other,
      { type: server.url.href },
      { choose: 'tiny' },
      save,
    ])
    const { prompt, items = [] } = questions.last()
    assert.match(prompt, /does not see the text after the cursor/)
    assert.match(items.join('\n'), /this model does not fill in the middle/)
    assert.equal(saved.length, 1)
  })

  test('says that a model wrote nothing, and offers another one first', async () => {
    const server = await serve(completionsServer({ completion: '' }))
    const { questions } = await story([
      other,
      { type: server.url.href },
      { choose: 'tiny' },
      { choose: 'another model' },
      'leave',
    ])
    assert.match(questions.seen[3]?.prompt ?? '', /answered with no text/)
    assert.match(questions.last().title, /Model$/)
  })

  test('asks for a name where no models are listed', async () => {
    const server = await serve(completionsServer({ models: null }))
    const { questions, saved } = await story([
      other,
      { type: server.url.href },
      { type: 'mine' },
      save,
    ])
    assert.match(questions.seen[2]?.prompt ?? '', /does not list its models/)
    assert.equal(saved[0]?.connection.model, 'mine')
  })

  test('takes a name that is not in the list', async () => {
    const server = await serve(completionsServer())
    const { saved } = await story([
      other,
      { type: server.url.href },
      { choose: 'Enter a name' },
      'back',
      { choose: 'Enter a name' },
      { type: ' mine ' },
      save,
    ])
    assert.equal(saved[0]?.connection.model, 'mine')
  })

  test('needs two answers for a local server with one model', async () => {
    const server = await serve(completionsServer({ models: ['qwen2.5-coder'], owner: 'llamacpp' }))
    const found: FoundServer = {
      title: 'llama.cpp',
      server: 'vllm',
      endpoint: `${server.url.origin}/v1`,
      models: 1,
      state: 'ready',
    }
    const { questions, saved } = await story([{ choose: /llama\.cpp.*1 model/ }, save], {
      local: [found],
    })
    assert.equal(questions.seen.length, 2)
    assert.deepEqual(
      saved.map(({ connection }) => connection),
      [{ endpoint: found.endpoint, server: 'vllm', model: 'qwen2.5-coder', key: null }],
    )
  })

  test('offers what is installed and not running, and starts nothing itself', async () => {
    const installed = [
      { title: 'Ollama', command: 'ollama serve' },
      { title: 'llama.cpp', command: 'llama-server' },
    ]
    const ollama: FoundServer = {
      title: 'Ollama',
      server: 'ollama',
      endpoint: 'http://127.0.0.1:11434/v1',
      models: 3,
      state: 'ready',
    }
    const { questions, terminals, saved } = await story([{ choose: 'Start llama.cpp' }], {
      installed,
      local: [ollama],
    })
    const items = (questions.last().items ?? []).join('\n')
    assert.doesNotMatch(items, /Start Ollama/)
    assert.deepEqual([terminals, saved], [['llama-server'], []])
  })

  test('says that nothing runs at the usual ports', async () => {
    const { questions } = await story(['leave'])
    assert.match(questions.last().items?.[0] ?? '', /No server is running/)
  })

  test('offers to download a model where Ollama has none', async () => {
    const server = await serve(({ path }) =>
      path === '/api/tags' ? json({ models: [] }) : json({ object: 'list', data: null }),
    )
    const endpoint = `${server.url.origin}/v1`
    const local: FoundServer[] = [
      { title: 'Ollama', server: 'ollama', endpoint, models: 0, state: 'ready' },
    ]
    const { questions, terminals } = await story([{ choose: 'Ollama' }, { choose: 'Download' }], {
      local,
    })
    assert.match(questions.last().prompt, /has no models yet/)
    assert.deepEqual(terminals, ['ollama pull qwen2.5-coder:1.5b-base'])
  })

  test('asks a hosted service for its key first, and Azure for its URL', async () => {
    const codestral = await story([
      { choose: 'Mistral Codestral' },
      'back',
      { choose: 'Azure' },
      'leave',
    ])
    const [, key, , url] = codestral.questions.seen
    assert.match(key?.title ?? '', /^Mistral Codestral Requires an API Key$/)
    assert.match(key?.prompt ?? '', /^Sent to https:\/\/codestral\.mistral\.ai only/)
    assert.match(url?.prompt ?? '', /resource or deployment/)
    assert.equal(url?.value, '')
  })

  test('uses a key that is saved, and does not save it again', async () => {
    const server = await serve(completionsServer({ key: KEY }))
    const keys = { [server.url.origin]: KEY }
    const { saved } = await story([other, { type: server.url.href }, { choose: 'tiny' }, save], {
      keys,
    })
    assert.deepEqual(
      saved.map(({ connection }) => connection.key),
      [null],
    )
  })

  test('asks again for a saved key that is refused, and says why', async () => {
    const server = await serve(completionsServer({ key: KEY }))
    const keys = { [server.url.origin]: 'sk-old-key' }
    const { questions, saved } = await story(
      [other, { type: server.url.href }, { type: KEY }, { choose: 'tiny' }, save],
      { keys },
    )
    assert.match(questions.seen[2]?.problem ?? '', /responded with 401/)
    assert.equal(questions.seen[2]?.value, '')
    assert.equal(saved[0]?.connection.key, KEY)
  })

  test('sends a key to no other server than the one it was typed for', async () => {
    const first = await serve(completionsServer({ key: KEY }))
    const second = await serve(completionsServer())
    const { saved } = await story([
      other,
      { type: first.url.href },
      { type: KEY },
      'back',
      'back',
      { type: second.url.href },
      { choose: 'tiny' },
      save,
    ])
    for (const { headers } of second.requests) assert.equal(headers.authorization, undefined)
    assert.deepEqual(
      saved.map(({ connection }) => connection.key),
      [null],
    )
  })

  test('asks where to save only where there is a choice', async () => {
    const server = await serve(completionsServer({ models: ['tiny'] }))
    const both = await story(
      [other, { type: server.url.href }, { choose: 'Save for this workspace' }],
      {
        places: ['user', 'workspace'],
      },
    )
    assert.equal(both.saved[0]?.place, 'workspace')
    const one = await story([other, { type: server.url.href }, save])
    assert.equal(one.saved[0]?.place, 'user')
    assert.doesNotMatch((one.questions.last().items ?? []).join('\n'), /workspace/)
  })

  test('loses nothing when the settings cannot be written', async () => {
    const server = await serve(completionsServer({ models: ['tiny'], key: KEY }))
    const sentence = 'Unable to write into user settings.'
    const { questions, saved } = await story(
      [other, { type: server.url.href }, { type: KEY }, save, save],
      { unwritable: [sentence] },
    )
    assert.equal(questions.last().prompt, sentence)
    assert.deepEqual(
      saved.map(({ connection }) => [connection.model, connection.key]),
      [['tiny', KEY]],
    )
  })

  test('says nothing of a problem again after going back', async () => {
    const server = await serve(json({ error: { message: 'Too many requests' } }, 429))
    const { questions } = await story([other, { type: server.url.href }, 'back', 'leave'])
    const { value, problem } = questions.last()
    assert.deepEqual([value, problem], [server.url.href, undefined])
  })

  test('back and leave end a request that is under way', async () => {
    for (const during of ['back', 'leave'] as const) {
      const server = await serve({ before: [hold], body: [] })
      const after = server.received()
      const { questions } = await story([
        other,
        { type: server.url.href },
        { during, after },
        ...(during === 'back' ? (['leave'] as const) : []),
      ])
      await (
        await after
      ).closed
      if (during === 'back') assert.equal(questions.last().value, server.url.href)
    }
  })

  test('back ends a test that is under way', async () => {
    const works = completionsServer()
    const server = await serve((request): Answer =>
      request.method === 'POST' ? { before: [hold], body: [] } : works(request),
    )
    const after = server.received(1)
    const { questions } = await story([
      other,
      { type: server.url.href },
      { choose: 'tiny' },
      { during: 'back', after },
      'leave',
    ])
    await (
      await after
    ).closed
    assert.match(questions.last().title, /Model$/)
  })

  test('puts a web page and a rate limit into words, with ways out', async () => {
    const limited = await serve(json({ error: { message: 'Too many requests' } }, 429))
    const { questions } = await story([
      other,
      { type: limited.url.href },
      { choose: 'Change the URL' },
      'leave',
    ])
    assert.match(questions.seen[2]?.prompt ?? '', /Too many requests/)
    assert.equal(questions.last().value, limited.url.href)
    const site = await serve(page('<!doctype html><p>Hello</p>', 200, 'text/html'))
    const web = await story([other, { type: site.url.href }, { type: 'm' }, 'leave'])
    assert.match(web.questions.last().prompt, /web page/)
  })
})

import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { getCACertificates } from 'node:tls'
import { systemCertificates } from '../../../../src/completions/http/systemCertificates.ts'
import { DONE, stream, text } from '../../../support/answers.ts'
import { createAuthority, selfSigned } from './certificate.ts'
import { useNetwork } from './network.ts'
import { failure, read, REQUEST } from '../support.ts'
import { sentenceOf } from '../../../support/wording.ts'

const ANSWER = stream(text('a', 'stop'), DONE)
const authority = createAuthority()

suite('Completions: certificates', () => {
  const network = useNetwork()
  /** A server for TLS on localhost with a certificate of the private authority */
  const secureServer = async (identity = authority.issue('localhost')) => {
    const server = await network.server(ANSWER)
    const secure = await network.secured(server, identity)
    return { secure, base: `https://localhost:${secure.port}/v1` }
  }

  test('of a private authority are trusted when they are in the file', async () => {
    const { secure, base } = await secureServer()
    const others = `# Ours\r\n${createAuthority('B').cert}\n${authority.cert.replaceAll('\n', '\r\n')}`
    const client = await network.client(base, { caFile: await network.file(others) })
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'a')
    await read(client.createStreaming(REQUEST))
    assert.ok(secure.connections <= 2)
  })

  test('of a private authority are not trusted otherwise', async () => {
    const { base } = await secureServer()
    const other = await network.file(createAuthority('B').cert)
    for (const options of [{}, { caFile: other }, { systemCertificates: true }]) {
      const client = await network.client(base, options)
      const error = await failure(client.create(REQUEST))
      assert.deepEqual([error.kind, error.retryable], ['certificate', false])
      assert.equal(
        sentenceOf(error),
        `The certificate of ${new URL(base).host} is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE).`,
      )
    }
  })

  test('that are self-signed are trusted when they are in the file', async () => {
    const identity = selfSigned('localhost')
    const { base } = await secureServer(identity)
    const client = await network.client(base, { caFile: await network.file(identity.cert) })
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'a')
  })

  test('for another name are not trusted', async () => {
    const { base } = await secureServer(authority.issue('other.test'))
    const client = await network.client(base, { caFile: await network.file(authority.cert) })
    const failed = await failure(client.create(REQUEST))
    const { kind } = failed
    const message = sentenceOf(failed)
    assert.equal(kind, 'certificate')
    assert.match(message, /\(ERR_TLS_CERT_ALTNAME_INVALID\)/)
  })

  test('of the system are trusted in addition to those in the file', async () => {
    const { base } = await secureServer()
    const options = { caFile: await network.file(authority.cert), systemCertificates: true }
    const client = await network.client(base, options)
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'a')
  })

  test('of the system are those that Node finds', async () => {
    assert.deepEqual(await systemCertificates(), getCACertificates('system'))
  })

  test('are not checked when the user disables it', async () => {
    for (const identity of [authority.issue('other.test'), selfSigned('localhost')]) {
      const { base } = await secureServer(identity)
      const client = await network.client(base, { strictSSL: false })
      assert.equal((await read(client.createStreaming(REQUEST))).text, 'a')
    }
  })

  test('are not read for connections without TLS', async () => {
    const server = await network.server(ANSWER)
    const client = await network.client(server.url.href, { caFile: '/nowhere/ca.pem' })
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'a')
  })

  test('a file that does not exist yet is read the next time', async () => {
    const { base } = await secureServer()
    const caFile = await network.file('')
    const client = await network.client(base, { caFile })
    assert.equal((await failure(client.create(REQUEST))).kind, 'invalid_request')
    await writeFile(caFile, authority.cert)
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'a')
  })

  const broken = authority.cert.replace('\nMI', '\nXX')
  const refused: [content: string | null, why: string][] = [
    [null, 'does not exist'],
    ['hello', 'contains no certificate in PEM format'],
    ['', 'contains no certificate in PEM format'],
    [createAuthority().issue('a').key, 'contains no certificate in PEM format'],
    [authority.cert + broken, 'contains an invalid certificate'],
  ]
  for (const [content, why] of refused) {
    const what = content === null ? '' : ` ${JSON.stringify(content.slice(0, 30))}`
    test(`in a file${what} that ${why}`, async () => {
      const file = await network.file(content ?? '')
      const caFile = content === null ? `${file}.not` : file
      const client = await network.client('https://localhost:1/', { caFile })
      const failed = await failure(client.create(REQUEST))
      const { kind } = failed
      const message = sentenceOf(failed)
      assert.equal(kind, 'invalid_request')
      assert.equal(message, `The file in infill.http.caFile ${why}: "${caFile}".`)
    })
  }

  test('a relative path and a folder are rejected', async () => {
    const folder = (await network.file('')).replace(/ca\.pem$/, '')
    for (const [caFile, why] of [
      ['ca.pem', 'must be an absolute path'],
      [folder, 'cannot be read'],
    ] as const) {
      const client = await network.client('https://localhost:1/', { caFile })
      const failed = await failure(client.create(REQUEST))
      const message = sentenceOf(failed)
      assert.match(message, new RegExp(`infill.http.caFile ${why}`))
    }
  })
})

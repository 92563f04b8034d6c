import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute } from 'node:path'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { CompletionError } from '../errors.ts'
import type { CaFileFault } from '../problems.ts'
import { systemCertificates } from './systemCertificates.ts'

export interface CertificateOptions {
  /** Whether to trust the system's certificates in addition to Node's */
  systemCertificates: boolean
  /** A PEM file with additional trusted certificates; empty: none */
  caFile: string
}

/**
 * Returns the certificates that TLS connections trust; `undefined`: Node's defaults, including
 * NODE_EXTRA_CA_CERTS. Call it once and only when needed: reading the system's certificates takes
 * 0.1 s or more.
 *
 * @throws CompletionError `invalid_request` about infill.http.caFile
 */
export async function createTrust(options: CertificateOptions): Promise<SecureContext | undefined> {
  const { caFile } = options
  if (!options.systemCertificates && caFile === '') return undefined
  const own = caFile === '' ? [] : await readCertificates(caFile)
  const system = options.systemCertificates ? await systemCertificates() : []
  const ca = new Set([...getCACertificates('default'), ...system, ...own])
  return createSecureContext({ ca: [...ca] })
}

async function readCertificates(caFile: string): Promise<string[]> {
  const path = caFile.replace(/^~(?=[/\\])/, homedir())
  if (!isAbsolute(path)) throw refused(caFile, 'not-absolute')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw refused(caFile, missing ? 'missing' : 'unreadable', cause)
  }
  const certificates = text.match(PEM) ?? []
  if (certificates.length === 0) throw refused(caFile, 'no-certificate')
  try {
    // TLS would silently ignore invalid certificates.
    for (const each of certificates) void new X509Certificate(each)
  } catch (cause) {
    throw refused(caFile, 'invalid-certificate', cause)
  }
  return certificates
}

const PEM = /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g

function refused(path: string, reason: CaFileFault, cause?: unknown): CompletionError {
  return new CompletionError('invalid_request', { id: 'caFile', path, reason }, { cause })
}

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { frameDomain, pageHost, proxyDomain } from './options.ts';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate that nobody signed, valid for a day, for the host names of the stand-in. */
export const selfSigned = async (): Promise<Certificate> => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const hosts = [pageHost, `*${frameDomain}`, `*${proxyDomain}`, 'localhost'];
  const names = [...hosts.map((name) => `DNS:${name}`), 'IP:127.0.0.1'];
  try {
    const request = ['req', '-x509', '-nodes', '-days', '1', '-keyout', key, '-out', cert];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    const subject = ['-subj', `/CN=${pageHost}`, '-addext', `subjectAltName=${names.join(',')}`];
    await promisify(execFile)('openssl', [...request, ...curve, ...subject]);
    return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

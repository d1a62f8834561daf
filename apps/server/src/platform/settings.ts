import { join, resolve } from 'node:path';

/** Everything the environment may say, read in this file only. */
export interface Settings {
  host: string;
  port: number;
  dataFolder: string;
  keysFolder: string;
  /** every WAL segment of the embedded database is copied here; better on another disk */
  walArchiveFolder: string;
  databaseUrl: string | undefined;
  databaseOwnerUrl: string | undefined;
  oidc: { issuer: string; clientId: string; clientSecret: string } | undefined;
  /** who vouches for residents that open their own file */
  residentOidc: { issuer: string; clientId: string; clientSecret: string; scope: string; idNumberClaim: string; nameClaim: string } | undefined;
  /** the address by which browsers reach this server, without a slash at its end */
  publicUrl: string;
  objectStore: { endpoint: string; bucket: string; accessKey: string; secretKey: string; region: string } | undefined;
  repositoryFolder: string;
}

export class SettingsError extends Error {}

export const repositoryFolder = resolve(import.meta.dirname, '../../../..');

export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const port = Number(environment.PORT ?? 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new SettingsError(`PORT 应为 0–65535 的整数，现为“${environment.PORT}”。`);
  if (Boolean(environment.DATABASE_URL) !== Boolean(environment.DATABASE_OWNER_URL)) {
    throw new SettingsError('DATABASE_URL 与 DATABASE_OWNER_URL 须同时设置：前者用于服务，后者用于升级表结构。');
  }
  const dataFolder = resolve(environment.SUNLIT_DATA ?? join(repositoryFolder, 'data'));
  const host = environment.HOST ?? '127.0.0.1';
  return {
    host,
    port,
    dataFolder,
    walArchiveFolder: resolve(environment.SUNLIT_WAL_ARCHIVE ?? join(dataFolder, 'wal-archive')),
    keysFolder: resolve(environment.SUNLIT_KEYS ?? join(repositoryFolder, 'keys')),
    databaseUrl: environment.DATABASE_URL,
    databaseOwnerUrl: environment.DATABASE_OWNER_URL,
    oidc: environment.OIDC_ISSUER
      ? { issuer: environment.OIDC_ISSUER, clientId: environment.OIDC_CLIENT_ID ?? '', clientSecret: environment.OIDC_CLIENT_SECRET ?? '' }
      : undefined,
    residentOidc: readResidentOidc(environment),
    publicUrl: (environment.SUNLIT_PUBLIC_URL ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`).replace(/\/+$/, ''),
    objectStore: environment.S3_ENDPOINT
      ? {
          endpoint: environment.S3_ENDPOINT,
          bucket: environment.S3_BUCKET ?? 'sunlit',
          accessKey: environment.S3_ACCESS_KEY ?? '',
          secretKey: environment.S3_SECRET_KEY ?? '',
          region: environment.S3_REGION ?? 'us-east-1',
        }
      : undefined,
    repositoryFolder,
  };
}

function readResidentOidc(environment: NodeJS.ProcessEnv): Settings['residentOidc'] {
  const issuer = environment.RESIDENT_OIDC_ISSUER;
  if (!issuer) return undefined;
  const address = URL.parse(issuer);
  if (address?.protocol !== 'https:' && !(address?.protocol === 'http:' && isLoopback(address.hostname))) throw new SettingsError('RESIDENT_OIDC_ISSUER 应为 https 地址：居民的证件号码经它传递。');
  return {
    issuer,
    clientId: environment.RESIDENT_OIDC_CLIENT_ID ?? '',
    clientSecret: environment.RESIDENT_OIDC_CLIENT_SECRET ?? '',
    scope: environment.RESIDENT_OIDC_SCOPE ?? 'openid profile',
    idNumberClaim: environment.RESIDENT_OIDC_ID_NUMBER_CLAIM ?? 'id_card_number',
    nameClaim: environment.RESIDENT_OIDC_NAME_CLAIM ?? 'name',
  };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

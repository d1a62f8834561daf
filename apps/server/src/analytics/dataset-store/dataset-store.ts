import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isCalendarDate, isId, type Id } from '@sunlit/kernel';
import { z } from 'zod';
import { decryptFile, encryptFile } from '#platform/files/encrypted-file.ts';
import { withPrivateFolder } from '#platform/files/private-folder.ts';

const manifestSchema = z.strictObject({
  deliveryId: z.string().refine(isId),
  kind: z.string().regex(/^[a-z][a-z0-9-]*$/u),
  asOf: z.string().refine(isCalendarDate),
  rows: z.int().nonnegative(),
  /** of the Parquet file before encryption */
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  columns: z.record(z.string(), z.string()),
  /** the file's own key is derived from the store's key and this */
  salt: z.string().regex(/^[0-9a-f]{64}$/u),
});

/** What is stored beside each snapshot, in the clear: nothing personal. */
export type DeliveryManifest = z.output<typeof manifestSchema>;

/** The folder already holds this delivery: snapshots are never changed. */
export class DeliveryExistsError extends Error {
  constructor(deliveryId: Id) {
    super(`The delivery ${deliveryId} is already stored`);
    this.name = 'DeliveryExistsError';
  }
}

/** Immutable, encrypted Parquet snapshots, one for each accepted or held delivery: <folder>/<kind>/<deliveryId>/. */
export class DatasetStore {
  readonly #folder: string;
  readonly #key: Buffer;

  /** @param key 32 bytes from the key store */
  constructor(folder: string, key: Buffer) {
    if (key.length !== 32) throw new RangeError('A dataset-store key has 32 bytes');
    this.#folder = folder;
    this.#key = key;
  }

  /** Encrypts a Parquet file into the store. It appears whole or not at all. */
  async add(
    parquetPath: string,
    facts: Pick<DeliveryManifest, 'deliveryId' | 'kind' | 'asOf' | 'rows' | 'columns'>,
  ): Promise<DeliveryManifest> {
    const salt = randomBytes(32).toString('hex');
    const manifest = manifestSchema.parse({ ...facts, sha256: await sha256Of(parquetPath), salt });
    const target = this.#folderOf(manifest.kind, manifest.deliveryId);
    const draft = `${target}.${randomBytes(6).toString('hex')}.part`;
    await mkdir(draft, { recursive: true, mode: 0o700 });
    try {
      await encryptFile(parquetPath, join(draft, 'snapshot.parquet.enc'), this.#keyOf(manifest));
      await writeFile(join(draft, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
      await rename(draft, target);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      const code = (error as NodeJS.ErrnoException).code;
      throw code === 'ENOTEMPTY' || code === 'EEXIST' ? new DeliveryExistsError(manifest.deliveryId) : error;
    }
    return manifest;
  }

  /** Takes back the snapshot of a delivery that was never accepted: no run can have used it. */
  async discard(kind: string, deliveryId: Id): Promise<void> {
    await rm(this.#folderOf(kind, deliveryId), { recursive: true, force: true });
  }

  async get(kind: string, deliveryId: Id): Promise<DeliveryManifest> {
    return manifestSchema.parse(JSON.parse(await readFile(join(this.#folderOf(kind, deliveryId), 'manifest.json'), 'utf8')));
  }

  /** Manifests of a kind, the oldest period first. */
  async list(kind: string): Promise<DeliveryManifest[]> {
    const names = await readdir(join(this.#folder, kind)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const manifests = await Promise.all(names.filter(isId).map((id) => this.get(kind, id)));
    return manifests.sort((a, b) => a.asOf.localeCompare(b.asOf) || a.deliveryId.localeCompare(b.deliveryId));
  }

  /**
   * Decrypts deliveries into a private folder for as long as `work` lasts and gives the paths of their Parquet files,
   * in the order asked for.
   */
  async open<Result>(
    deliveries: readonly { readonly kind: string; readonly deliveryId: Id }[],
    work: (paths: readonly string[], folder: string) => Promise<Result>,
  ): Promise<Result> {
    const sealed = deliveries.map(({ kind, deliveryId }) => join(this.#folderOf(kind, deliveryId), 'snapshot.parquet.enc'));
    const sizes = await Promise.all(sealed.map((path) => stat(path)));
    const bytes = sizes.reduce((sum, { size }) => sum + size, 0);
    return withPrivateFolder(async (folder) => {
      const paths: string[] = [];
      for (const [index, { kind, deliveryId }] of deliveries.entries()) {
        const manifest = await this.get(kind, deliveryId);
        const path = join(folder, `${kind}-${deliveryId}.parquet`);
        await decryptFile(sealed[index]!, path, this.#keyOf(manifest));
        paths.push(path);
      }
      return work(paths, folder);
    }, { bytes });
  }

  #folderOf(kind: string, deliveryId: Id): string {
    return join(this.#folder, kind, deliveryId);
  }

  /** Bound to the facts, so that a snapshot cannot be passed off as another delivery's or another day's. */
  #keyOf(manifest: DeliveryManifest): Buffer {
    const { deliveryId, kind, asOf, rows, sha256, salt } = manifest;
    const context = JSON.stringify(['sunlit-dataset', deliveryId, kind, asOf, rows, sha256]);
    return Buffer.from(hkdfSync('sha256', this.#key, Buffer.from(salt, 'hex'), context, 32));
  }
}

async function sha256Of(path: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) digest.update(chunk);
  return digest.digest('hex');
}


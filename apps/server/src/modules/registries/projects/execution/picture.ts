import sharp from 'sharp';
import { AppError } from '#platform/errors.ts';

/** Larger pictures are refused: a small file can unpack into one that fills the memory. */
const mostPixels = 60_000_000;
const longestSide = 1600;

/**
 * Difference hash of what a picture shows: nine by eight grey points, one bit for each that is brighter than its
 * neighbour. The same picture keeps its hash when it is resized, compressed again or stripped of its metadata.
 */
export async function pictureKeyOf(path: string): Promise<bigint> {
  const grey = await readPicture(path).greyscale().resize(9, 8, { fit: 'fill' }).raw().toBuffer();
  let key = 0n;
  for (let row = 0; row < 8; row += 1) {
    for (let column = 0; column < 8; column += 1) key = (key << 1n) | (grey[row * 9 + column]! < grey[row * 9 + column + 1]! ? 1n : 0n);
  }
  return BigInt.asIntN(64, key);
}

/** A new JPEG for the public: upright, of moderate size, without place, time, device or any other metadata. */
export async function writePublicPicture(path: string, target: string): Promise<void> {
  await readPicture(path).rotate().resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: 80 }).toFile(target);
}

function readPicture(path: string): sharp.Sharp {
  return sharp(path, { limitInputPixels: mostPixels, failOn: 'error' });
}

/** A broken or disguised picture is its sender's mistake, not ours. */
export async function asPicture<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    throw new AppError('request-invalid', undefined, { fields: [{ path: 'file', message: '这张照片打不开或太大，请换一张 JPG 或 PNG 照片。' }], cause });
  }
}

import { photoPlace } from './photoPlace';
import type { Photo } from './state';

const LONGEST_SIDE = 1600;
const QUALITY = 0.85;
const MAX_BYTES = 4 * 1024 * 1024;
/** What a camera writes about a picture stands before the picture, in parts of at most 64 KB. */
const HEAD_BYTES = 256 * 1024;

/** The files as they can be sent, pictures small; those that cannot are left out. */
export async function photosOf(files: readonly File[]): Promise<readonly Photo[]> {
  const photos = await Promise.all(files.map(photoOf));
  return photos.filter(({ file: { size, type } }) => size <= MAX_BYTES && /^image\/|^application\/pdf$/.test(type));
}

async function photoOf(original: File): Promise<Photo> {
  const [file, place] = await Promise.all([scaleDown(original), placeOf(original)]);
  const isShown = /^image\/(jpeg|png|webp|gif)$/.test(file.type);
  return {
    key: crypto.randomUUID?.() ?? String(Math.random()),
    file,
    ...(isShown && { preview: URL.createObjectURL(file) }),
    ...(place && { place }),
  };
}

async function placeOf(file: File): Promise<Photo['place']> {
  if (file.type !== 'image/jpeg') return undefined;
  const head = await file
    .slice(0, HEAD_BYTES)
    .arrayBuffer()
    .catch(() => undefined);
  return head && photoPlace(head);
}

/**
 * Makes a camera picture small enough for a slow line. Drawing it anew also drops what the camera wrote into it,
 * the place it was taken among it. What the browser cannot draw (PDF) and animations stay as they are.
 */
async function scaleDown(file: File): Promise<File> {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap) return file;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  if (!blob) return file;
  return new File([blob], `${file.name.replace(/\.\w+$/, '')}.jpg`, { type: 'image/jpeg' });
}

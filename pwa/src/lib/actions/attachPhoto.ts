import { store } from '../data/client';
import type { FileRef } from '../model/documents';

const LONGEST_SIDE = 1600; // px
const QUALITY = 0.82;

/**
 * Take a picture into a contribution. It is drawn again on a canvas, which drops EXIF (place, time,
 * camera), shrinks it and keeps its right side up. Throws when the browser cannot read the picture.
 */
export async function attachPhoto(
  space: string,
  item: string,
  photo: Blob,
  name = 'photo',
  alt?: string,
): Promise<FileRef> {
  const picture = await createImageBitmap(photo, { imageOrientation: 'from-image' });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('this browser cannot draw the picture');
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  // Safari writes no WebP and answers PNG instead: then JPEG.
  let small = await encode(canvas, 'image/webp');
  if (small.type !== 'image/webp') small = await encode(canvas, 'image/jpeg');
  const file = await store.putFile(space, item, small);
  const stem = name.replace(/\.[^.]*$/, '').slice(0, 80) || 'photo';
  return {
    ...file,
    name: `${stem}.${small.type === 'image/webp' ? 'webp' : 'jpg'}`,
    width: canvas.width,
    height: canvas.height,
    ...(alt ? { alt } : {}),
  };
}

function encode(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((done, failed) =>
    canvas.toBlob(
      (blob) => (blob ? done(blob) : failed(new Error('the picture could not be written'))),
      type,
      QUALITY,
    ),
  );
}

import newsreader from '@fontsource-variable/newsreader/files/newsreader-latin-opsz-normal.woff2?url'
import publicSans from '@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2?url'
import type { Drawing } from '#shared/drawing/drawing.ts'
import { writeSvg } from '#shared/drawing/svg.ts'

/** Pixels for each of the drawing's units. */
const scale = 2
/** Browsers refuse larger canvases. */
const longestSide = 16_000

/** A drawing as a PNG picture, with our own type faces in it: an SVG shown as a picture loads none by itself. */
export async function drawPng(drawing: Drawing): Promise<Uint8Array> {
  const css = (
    await Promise.all([
      fontFace('Public Sans Variable', publicSans, '100 900'),
      fontFace('Newsreader Variable', newsreader, '200 800'),
    ])
  ).join('\n')
  const picture = await loadPicture(new Blob([writeSvg(drawing, { css })], { type: 'image/svg+xml' }))
  const factor = Math.min(scale, longestSide / Math.max(drawing.width, drawing.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(drawing.width * factor)
  canvas.height = Math.round(drawing.height * factor)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('The browser made no picture.')
  return new Uint8Array(await blob.arrayBuffer())
}

async function fontFace(family: string, url: string, weights: string): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return `@font-face{font-family:'${family}';src:url(data:font/woff2;base64,${btoa(text)}) format('woff2');font-weight:${weights}}`
}

function loadPicture(svg: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(svg)
  const picture = new Image()
  return new Promise((resolve, reject) => {
    picture.onload = () => resolve(picture)
    picture.onerror = () => reject(new Error('The browser could not draw the diagram.'))
    picture.src = url
  }).finally(() => URL.revokeObjectURL(url)) as Promise<HTMLImageElement>
}

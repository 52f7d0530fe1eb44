// Style sheets as files in, constructed style sheets out: no style element, so a strict content security policy allows them.

/** The sheet of this folder with that name. Rejects where it cannot be read. */
export async function sheet(name) {
  const response = await fetch(new URL(name, import.meta.url));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return written(await response.text());
}

export function written(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

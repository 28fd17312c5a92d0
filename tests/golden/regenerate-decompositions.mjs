// Writes bundle/Tokenization/decompositions.txt:  node tests/golden/regenerate-decompositions.mjs
import { writeFileSync } from 'node:fs';
const lines = [];
const hex = c => c.toString(16).toUpperCase().padStart(4, '0');
for (let c = 0x80; c <= 0x10FFFF; c++) {
  if ((c >= 0xD800 && c <= 0xDFFF) || (c >= 0xAC00 && c <= 0xD7A3)) continue; // surrogates; Hangul goes by arithmetic
  const character = String.fromCodePoint(c);
  if (/\p{Mn}/u.test(character)) continue; // an accent itself
  const decomposed = character.normalize('NFD').replace(/\p{Mn}/gu, '');
  if (decomposed !== character) lines.push([c, ...[...decomposed].map(x => x.codePointAt(0))].map(hex).join(' '));
}
writeFileSync(new URL('../../bundle/Tokenization/decompositions.txt', import.meta.url), `# Canonical decomposition without accents (NFD, category Mn removed), Unicode ${process.versions.unicode}. Hangul syllables are left out.
# Written by tests/golden/regenerate-decompositions.mjs. Columns: code point, what remains of it.
${lines.join('\n')}
`);

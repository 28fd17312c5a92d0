// Writes tokens.*.jsonl and tokens.data.json: what Hugging Face's tokenizer (the Rust one, npm package tokenizers) makes of
// tokens.utterances.json with tokens.vocab.txt, and of ../shared/data with BERT's vocabularies where they are there. From the repository's root:
//
//   npm install --prefix DIR tokenizers@0.23.2
//   NODE_PATH=DIR/node_modules node tests/golden/regenerate-tokens.mjs
//
// Splitting on special tokens is off (no added tokens): a caller who says [SEP] says text.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { Tokenizer } = createRequire(import.meta.url)('tokenizers');
const here = name => new URL(name, import.meta.url);

function load(vocabulary, lowerCase) {
  const pieces = readFileSync(vocabulary, 'utf8').trimEnd().split('\n');
  return Tokenizer.fromString(JSON.stringify({
    version: '1.0', truncation: null, padding: null, added_tokens: [], post_processor: null, decoder: null,
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: lowerCase },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    model: {
      type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100,
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
    },
  }));
}

const encode = async (tokenizer, text) => (await tokenizer.encode(text, null, { addSpecialTokens: false })).getIds();

const utterances = JSON.parse(readFileSync(here('tokens.utterances.json'), 'utf8'));
for (const [name, lowerCase] of [['uncased', true], ['cased', false]]) {
  const tokenizer = load(here('tokens.vocab.txt'), lowerCase);
  const lines = [];
  for (const { text, repeat } of utterances)
    lines.push(JSON.stringify({ text, repeat, ids: await encode(tokenizer, text.repeat(repeat ?? 1)) }));
  writeFileSync(here(`tokens.${name}.jsonl`), lines.join('\n') + '\n');
}

const data = here('../../../shared/data/');
if (existsSync(data)) {
  const hashes = {};
  for (const vocabulary of ['bert-base-chinese', 'bert-base-uncased']) {
    const tokenizer = load(new URL(`vocab/${vocabulary}.vocab.txt`, data), true);
    for (const set of ['atis', 'cais', 'waimai', 'msra-ner']) {
      for (const split of ['train', 'dev', 'test']) {
        const hash = createHash('sha256');
        for (const line of readFileSync(new URL(`${set}/${split}.jsonl`, data), 'utf8').trimEnd().split('\n'))
          hash.update((await encode(tokenizer, JSON.parse(line).text)).join(',') + '\n');
        (hashes[vocabulary] ??= {})[`${set}/${split}.jsonl`] = hash.digest('hex');
      }
    }
  }
  writeFileSync(here('tokens.data.json'), JSON.stringify(hashes, null, 2) + '\n');
}

// A bundle in @huggingface/transformers, for 'edge-bench model --compare', from text to an answer's JSON: in "one" pass for all heads, with its
// tokenizer, model class and softmax; or with its pipeline for each of the "heads", a pass each, as who has a model a head. Arguments: bundle, model
// file, precision, "one" or "heads".
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AutoModel, AutoTokenizer, TextClassificationPipeline, TokenClassificationPipeline, env, softmax } from "@huggingface/transformers";
import { serve, sessionOptions } from "./turns.mjs";

const [bundle, file, precision, passes] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync(join(bundle, "manifest.json")));
const { heads, maxLength } = manifest.task;
const folder = mkdtempSync(join(tmpdir(), "edge-bench-transformers-"));
process.on("exit", () => rmSync(folder, { recursive: true }));
for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) {
  process.on(signal, (_, number) => process.exit(128 + number)); // without it the folder stays
}
writeHuggingFace(join(folder, "student"));
Object.assign(env, { allowRemoteModels: false, allowLocalModels: true, localModelPath: folder, useFSCache: false });

const tokenizer = await AutoTokenizer.from_pretrained("student");
const model = await AutoModel.from_pretrained("student", {
  dtype: "fp32", // the file as it is
  device: "cpu",
  session_options: sessionOptions,
});

async function answerInOnePass(text) {
  const outputs = await model(tokenizer(text, { truncation: true, max_length: maxLength }));
  return JSON.stringify(Object.fromEntries(heads.map((head) => [head.name, decode(head, outputs[head.name])])));
}

const pipelines = heads.map(({ name, kind, labels }) => {
  const names = kind === "span" ? Array.from({ length: 1 + 2 * labels.length }, (_, tag) => tagName(labels, tag)) : labels;
  const config = { id2label: Object.fromEntries(names.entries()), problem_type: kind === "multi" ? "multi_label_classification" : undefined };
  const ofHead = Object.assign(async (inputs) => ({ logits: (await model(inputs))[name] }), { config }); // as a model with this head alone
  const [Pipeline, task, options] = kind === "span"
    ? [TokenClassificationPipeline, "token-classification", { aggregation_strategy: "simple" }]
    : [TextClassificationPipeline, "text-classification", { top_k: kind === "multi" ? null : 1 }];
  const pipeline = new Pipeline({ task, model: ofHead, tokenizer });
  return async (text) => [name, await pipeline(text, options)];
});

async function answerByPipelines(text) {
  const result = [];
  for (const pipeline of pipelines) {
    result.push(await pipeline(text));
  }
  return JSON.stringify(Object.fromEntries(result));
}

function decode({ kind, labels }, { data, dims }) {
  if (kind !== "span") {
    return best(data, (label) => labels[label] ?? label);
  }
  // As its token-classification pipeline: the most probable tag of each token.
  const width = dims.at(-1);
  return Array.from({ length: dims.at(-2) }, (_, token) => best(data.subarray(token * width, (token + 1) * width), (tag) => tagName(labels, tag)));
}

function best(logits, name) {
  const probabilities = softmax(logits);
  const index = probabilities.indexOf(Math.max(...probabilities));
  return { label: name(index), score: probabilities[index] };
}

function tagName(labels, tag) {
  return tag === 0 ? "O" : `${tag % 2 === 1 ? "B" : "I"}-${labels[(tag - 1) >> 1]}`;
}

function writeHuggingFace(directory) {
  mkdirSync(join(directory, "onnx"), { recursive: true });
  const write = (name, content) => writeFileSync(join(directory, name), JSON.stringify(content));
  const { lowerCase = true, stripAccents = null, splitHan = true } = manifest.tokenizer;
  const vocabulary = readFileSync(join(bundle, "vocab.txt"), "utf8").replace(/\r?\n$/, "").split(/\r?\n/);
  const ids = Object.fromEntries(vocabulary.map((piece, id) => [piece, id]));
  const special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].filter((piece) => piece in ids);
  write("config.json", { model_type: "bert" });
  write("tokenizer_config.json", { tokenizer_class: "BertTokenizer", do_lower_case: lowerCase, model_max_length: maxLength, unk_token: "[UNK]", sep_token: "[SEP]", pad_token: "[PAD]", cls_token: "[CLS]", mask_token: "[MASK]" });
  const part = (id, type) => ({ [id.length === 1 ? "Sequence" : "SpecialToken"]: { id, type_id: type } });
  write("tokenizer.json", {
    version: "1.0",
    added_tokens: special.map((content) => ({ id: ids[content], content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true })),
    normalizer: { type: "BertNormalizer", clean_text: true, handle_chinese_chars: splitHan, strip_accents: stripAccents, lowercase: lowerCase },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: [part("[CLS]", 0), part("A", 0), part("[SEP]", 0)],
      pair: [part("[CLS]", 0), part("A", 0), part("[SEP]", 0), part("B", 1), part("[SEP]", 1)],
      special_tokens: Object.fromEntries(["[CLS]", "[SEP]"].map((id) => [id, { id, ids: [ids[id]], tokens: [id] }])),
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: { type: "WordPiece", unk_token: "[UNK]", continuing_subword_prefix: "##", max_input_chars_per_word: 100, vocab: ids },
  });
  symlinkSync(resolve(bundle, file), join(directory, "onnx", "model.onnx"));
}

await serve({ bundle: manifest.id, precision, runtime: `@huggingface/transformers ${env.version}` }, passes === "heads" ? answerByPipelines : answerInOnePass);

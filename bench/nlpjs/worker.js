// NLP.js as it is shipped. Two ways to run it:
//   node worker.js train <examples.json> <model>
//   node worker.js judge <model> <messages.json> <outcome.json> given|guessed
const fs = require("fs");
const { NlpManager } = require("node-nlp");

const OURS = { None: "out_of_scope" };
const [, , what, ...paths] = process.argv;

const read = (path) => JSON.parse(fs.readFileSync(path, "utf8"));

async function train(examplesPath, model) {
  const examples = read(examplesPath);
  const languages = [...new Set(examples.map((example) => example.language))];
  const manager = new NlpManager({ languages, autoSave: false });
  for (const { language, text, intent } of examples) {
    manager.addDocument(language, text, intent === "out_of_scope" ? "None" : intent);
  }
  await manager.train();
  manager.save(model);
}

async function judge(model, messagesPath, outcomePath, mode) {
  const manager = new NlpManager({ autoSave: false });
  manager.load(model);
  const messages = read(messagesPath);
  const ask = ({ language, text }) => (mode === "given" ? manager.process(language, text) : manager.process(text));
  await ask(messages[0]);
  const ready = Date.now() / 1000;
  const answers = [];
  for (const message of messages) {
    const started = process.hrtime.bigint();
    const found = await ask(message);
    answers.push(answer(found, Number(process.hrtime.bigint() - started) / 1e6, mode));
  }
  fs.writeFileSync(outcomePath, JSON.stringify({ ready, megabytes: resident(), answers, thresholds: { threshold: manager.nlp.settings.threshold } }));
}

function answer(found, ms, mode) {
  const first = (found.classifications || [])[0] || { intent: "None", score: 0 };
  return {
    best: OURS[first.intent] || first.intent,
    given: OURS[found.intent] || found.intent,
    confidence: first.score,
    language: mode === "given" ? null : found.localeIso2 || found.locale || "",
    ms,
  };
}

function resident() {
  try {
    return Number(/^Rss:\s+(\d+)/m.exec(fs.readFileSync("/proc/self/smaps_rollup", "utf8"))[1]) / 1024;
  } catch {
    return null;
  }
}

({ train, judge })[what](...paths).catch((error) => {
  console.error(error);
  process.exit(1);
});

// Answers our FHIR forms in a renderer that others wrote, in a browser, as a person does, and holds what it works out to
// `redflag assess`.
//
//     node scripts/fhir-renderers.mjs REDFLAG RENDERER [--node FOLDER] [--vignettes N] [--sheets N] [--seed N] [--audience WHICH]
//
// RENDERER is `lhc-forms`, `smart-forms` or `refero`: a file in scripts/renderers, which knows how to open a form there,
// click, type and read. Every vignette is typed into the form of each audience, and so are made-up sheets (--sheets for each
// questionnaire and audience, with "not sure" and measured values among them): boxes and circles are clicked, numbers and
// words are typed. After every answer the level, the certain and the possible one, the title that is shown and the questions
// that are shown must be those of `redflag assess`, and a heading is there only with questions below it, as far as the
// renderer works that out at all; at the end `redflag fhir import` must read the answers out of the response that it writes.
// What it is known to pass over is tried each time and listed; once it no longer does, that is told as a difference as well.
// --vignettes takes the first N only.
// What the renderer needs of npm is installed in --node if it isn't there. Needs Chromium (or its path in CHROMIUM), and
// Python with ruamel.yaml for the made-up sheets. docs/reference/fhir.md has the figures.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { items } from "./renderers/common.mjs";

const { values: options, positionals: [given, which] } = parseArgs({
  allowPositionals: true,
  options: {
    node: { type: "string" }, vignettes: { type: "string", default: "1000" },
    sheets: { type: "string", default: "4" }, seed: { type: "string", default: "1" },
    audience: { type: "string", default: "patient,clinician" },
  },
});
const adapter = await import(`./renderers/${which}.mjs`);
const { calculates, followsExpressions, modules, passedOver, renderer } = adapter;
const prepared = adapter.prepared ?? ((form) => form);
const isLeftOut = adapter.isLeftOut ?? (() => false);
const redflag = path.resolve(given);
const node = path.resolve(options.node ?? `target/renderers/${which}`);
if (!existsSync(path.join(node, "node_modules/puppeteer-core"))) {
  mkdirSync(node, { recursive: true });
  writeFileSync(path.join(node, "package.json"), "{}");
  // Without --legacy-peer-deps npm searches for minutes for versions that suit everybody.
  execFileSync("npm", ["install", "--prefix", node, "--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund", "puppeteer-core@24", ...modules], { stdio: "inherit" });
}
const require = createRequire(path.join(node, "package.json"));
const folder = mkdtempSync(path.join(tmpdir(), "fhir-renderers-"));
const file = (name) => path.join(folder, name);
const run = (command, ...args) => execFileSync(command, args, { encoding: "utf8", maxBuffer: 1 << 30 });
const lines = (text) => text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
const written = (name, sheets) => { writeFileSync(file(name), sheets.map((sheet) => `${JSON.stringify(sheet)}\n`).join("")); return file(name); };

const counts = {}, wrong = {};
const count = (what, number = 1) => { counts[what] = (counts[what] ?? 0) + number; };
const told = (numbers) => Object.entries(numbers).map(([what, number]) => `${what}: ${number}`).join(", ");
function differ(kind, ...what) {
  wrong[kind] = (wrong[kind] ?? 0) + 1;
  if (wrong[kind] <= 5) console.log(`   ${kind}:`, ...what.map((it) => JSON.stringify(it)));
}

const EXPRESSION = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression";
/** The questions of a form that the renderer shows whatever their condition says. */
const alwaysShown = (form) => new Set(followsExpressions ? [] : items(form.item)
  .filter((item) => item.extension?.some(({ url }) => url === EXPRESSION)).map((item) => item.linkId));

/** The sections and grids of a form, each with the questions in it. */
const headings = (form) => items(form.item).filter(({ linkId }) => /^(section|grid)\./.test(linkId)).map(({ linkId, item }) =>
  [linkId, items(item).map((below) => below.linkId).filter((below) => !below.includes("."))]);

const browser = await require("puppeteer-core").launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
await page.setViewport({ width: 1200, height: 900 });
// The machine may be busy.
page.setDefaultTimeout(600_000);
page.on("pageerror", (error) => differ("error in the page", `${error}`.slice(0, 300)));
const { again, click, offered, open: load, response, said, settled, type, unit } = renderer(page, require, node);

async function open(form) {
  await page.goto("about:blank");
  await page.setContent("<!doctype html><meta charset=utf-8><div id=form></div>");
  await load(form);
}

/** Ticks those of the answers, and none other. */
async function choose(linkId, codes) {
  const options = await offered(linkId);
  if (!codes.every((code) => options.some((option) => option.code === code))) return false;
  const turned = options.filter(({ code, type, on }) => on !== codes.includes(code) && (type === "checkbox" || !on));
  for (const { code } of turned) {
    await click(linkId, code);
    await settled();
  }
  return true;
}

/** Gives the answers of an item of a response; the unit must be the one that the form has chosen. */
async function enter({ linkId, answer }) {
  const [{ valueInteger, valueDecimal, valueString, valueQuantity, valueCoding }] = answer;
  const text = `${valueInteger ?? valueDecimal ?? valueString ?? valueQuantity?.value}`;
  if (!await (valueCoding ? choose(linkId, answer.map((one) => one.valueCoding.code)) : type(linkId, text))) return false;
  if (valueQuantity) {
    const chosen = await unit(linkId);
    if (chosen !== valueQuantity.unit) differ("another unit is chosen", linkId, chosen, valueQuantity.unit);
  }
  await settled();
  return true;
}

/** The answers that `redflag` reads out of the response of the form. */
async function readBack(name, source) {
  writeFileSync(file("response.json"), JSON.stringify(await response()));
  const read = spawnSync(redflag, ["fhir", "import", file("response.json"), "--questionnaire", source, "--answers", "--loss", file("loss.json")], { encoding: "utf8" });
  if (!read.stdout) differ("not read back", name, read.stderr);
  return JSON.parse(read.stdout || "{}");
}

/** A heading is there while a question is asked below it, and not otherwise. */
function compareHeadings(form, { seen }, ...where) {
  const always = alwaysShown(form);
  for (const [linkId, questions] of headings(form)) {
    if (always.has(linkId)) continue;
    const isNeeded = questions.some((question) => seen.includes(question));
    if (isNeeded !== seen.includes(linkId)) differ(isNeeded ? "a heading is missing" : "a heading with nothing below it", linkId, ...where);
  }
}

const levels = calculates.filter((field) => field !== "shown");

/** Changes the answers to those of another sheet, one question at a time, so that questions come and go. */
async function change(name, form, source, audience, others) {
  for (const item of others) {
    const { seen } = await said();
    if (!seen.includes(item.linkId) || !await enter(item)) continue;
    const [want] = lines(run(redflag, "assess", source, "--audience", audience, "--answers", written("one.jsonl", [await readBack(name, source)])));
    const got = await said();
    count("changed answers");
    for (const field of levels) {
      if (got[field] !== want[field]) differ(`${field} after a change`, name, item, got[field], want[field]);
    }
    for (const id of want.unanswered) {
      if (!got.seen.includes(id) && !got.seen.includes(`${id}.unsure`)) differ("asked after a change, and not shown", name, item, id);
    }
    compareHeadings(form, got, name, item);
  }
}

/** Types a sheet and compares after every answer. `steps`: what is known to be right after each. */
async function answer(name, form, steps, source) {
  await again(form);
  const required = new Set(items(form.item).filter((item) => item.required).map((item) => item.linkId));
  const always = alwaysShown(form);
  const questions = new Set(items(form.item).filter((item) => !["group", "display"].includes(item.type)).map((item) => item.linkId));
  for (const [at, { question, sheet, want, items: parts }] of steps.entries()) {
    const isAside = question in want.set_aside;
    if (question && isAside === (await said()).seen.some((id) => id === question || id === `${question}.unsure`) && !always.has(question)) {
      // A question that may be left out is not among the unanswered ones, so nothing says whether it is asked already.
      if (!isAside && !steps[at - 1].want.unanswered.includes(question)) return count("sheets left at a question that is not asked yet");
      differ(isAside ? "shown, and not asked" : "asked, and not shown", name, question);
      if (!isAside) return;
    }
    if (isAside) continue;
    for (const item of parts) {
      if (!await enter(item)) return differ("can't be answered", name, item.linkId, item.answer);
    }
    const got = await said();
    count("answers");
    for (const field of levels) {
      if (got[field] !== want[field]) differ(field, name, question, got[field], want[field], sheet);
    }
    const own = items(want.response.item).find((item) => item.linkId === "result.shown")?.answer[0].valueString ?? null;
    if (calculates.includes("shown") && got.shown !== own) differ("the title that is shown", name, question, got.shown, own);
    for (const id of want.unanswered) {
      if (!got.seen.includes(id) && !got.seen.includes(`${id}.unsure`)) differ("asked, and not shown", name, question, id);
    }
    const asked = new Set([...want.unanswered, ...Object.keys(sheet).filter((id) => !(id in want.set_aside))]);
    for (const id of got.seen.filter((id) => questions.has(id) && required.has(id) && !asked.has(id) && !always.has(id))) {
      differ("shown, and not asked", name, question, id);
    }
    compareHeadings(form, got, name, question);
  }
  count("sheets");
  const { sheet, want } = steps.at(-1);
  // A list that is not sure of anything may be written without being one.
  const plain = (answers) => JSON.stringify(Object.entries(answers).map(([id, answer]) => [id, `${answer}` === "unsure" ? "unsure" : Array.isArray(answer) ? [...answer].sort() : answer]).sort());
  const typed = Object.fromEntries(Object.entries(sheet).filter(([id]) => !(id in want.set_aside)));
  const read = await readBack(name, source);
  if (plain(read) !== plain(typed)) differ("read back", name, typed, read, JSON.parse(readFileSync(file("loss.json"), "utf8")));
}

/** What the form must say after each answer, in the order of the form. */
function stepsOf(source, audience, form, sheets) {
  const order = [...new Set(items(form.item).map((item) => item.linkId.replace(/\.unsure$/, "")))];
  let typed = sheets.map((sheet) => order.filter((id) => id in sheet)), steps, all, wanted;
  // An answer that a person can't give, since nobody knows yet whether it is asked, is taken out, one of each sheet at a time.
  for (let left = true; left;) {
    steps = sheets.map((sheet, at) => [null, ...typed[at]].map((question, last) =>
      ({ question, sheet: Object.fromEntries(typed[at].slice(0, last).map((id) => [id, sheet[id]])) })));
    all = written("sheets.jsonl", steps.flat().map(({ sheet }) => sheet));
    wanted = lines(run(redflag, "assess", source, "--audience", audience, "--answers", all));
    const must = new Set(wanted.flatMap(({ unanswered }) => unanswered));
    let row = 0;
    left = false;
    for (const [at, some] of steps.entries()) {
      const results = wanted.slice(row, row += some.length);
      const hidden = some.find(({ question }, step) => must.has(question) && !(question in results[step].set_aside) && !results[step - 1].unanswered.includes(question));
      if (!hidden) continue;
      typed[at] = typed[at].filter((id) => id !== hidden.question);
      left = true;
    }
  }
  const responses = lines(run(redflag, "fhir", "response", all, "--questionnaire", source, "--audience", audience));
  steps.flat().forEach((step, at) => {
    step.want = { ...wanted[at], response: responses[at] };
    step.items = items(responses[at].item).filter((item) => item.answer && [step.question, `${step.question}.unsure`].includes(item.linkId));
  });
  return steps;
}

async function hold(name, source, audience, sheets, isChanged) {
  const form = prepared(JSON.parse(run(redflag, "fhir", "questionnaire", source, "--audience", audience, "--loss", file("loss.json"))));
  await open(form);
  const left = new Set(items(form.item).filter(isLeftOut).map((item) => item.linkId));
  const steps = stepsOf(source, audience, form, sheets.map((sheet) => Object.fromEntries(Object.entries(sheet).filter(([id]) => !left.has(id)))));
  for (const [at, some] of steps.entries()) {
    if (at && at % 5 === 0) console.log(`   ${new Date().toTimeString().slice(0, 8)} ${at}; so far ${told(counts)}`);
    const which = `${name} ${audience} ${at + 1}`;
    await answer(which, form, some, source);
    const next = steps[at + 1]?.at(-1).want.response;
    if (isChanged && next) await change(which, form, source, audience, items(next.item).filter((item) => item.answer && !item.linkId.startsWith("result.")));
  }
  console.log(`${new Date().toTimeString().slice(0, 8)} ${name}, ${audience}: ${sheets.length} sheets; so far ${told(counts)}; wrong: ${told(wrong) || "nothing"}`);
}

/** What the renderer passes over, each with what shows it in the clinician's form of back-pain. */
async function tryPassedOver() {
  const form = JSON.parse(run(redflag, "fhir", "questionnaire", "back-pain", "--audience", "clinician", "--loss", file("loss.json")));
  await open(form);
  const [, spanish] = form._title.extension[0].extension;
  const tools = {
    page, form, response, said, spanish: spanish.valueString,
    tick: async (linkId, code) => { await click(linkId, code); await settled(); },
    write: async (linkId, text) => { await type(linkId, text); await settled(); },
    answersTo: async (linkId) => items((await response()).item).find((item) => item.linkId === linkId)?.answer ?? [],
  };
  for (const [what, isSo] of Object.entries(passedOver)) {
    if (await isSo(tools)) console.log(`passed over: ${what}`);
    else differ("not passed over", what);
  }
}

await tryPassedOver();
const vignettes = JSON.parse(readFileSync("tests/vignettes.json", "utf8")).slice(0, options.vignettes).map(({ answers }) => answers);
const sources = [["back-pain", "questionnaires/back-pain.yaml"], ["spine-alert", "questionnaires/spine-alert.yaml"],
  ["small", "tests/fixtures/small.yaml"], ["example", "docs/author/example.yaml"]];
for (const audience of options.audience.split(",")) {
  for (const [name, source] of sources) {
    const sheets = lines(run("python3", "scripts/made_up.py", source, options.sheets, `${options.seed} ${audience}`));
    if (sheets.length) await hold(`${name}, made up`, source, audience, sheets, true);
  }
}
for (const audience of options.audience.split(",")) {
  if (vignettes.length) await hold("back-pain, vignettes", "back-pain", audience, vignettes, false);
}
await browser.close();
rmSync(folder, { recursive: true });
console.log(`${told(counts)}\nwrong: ${told(wrong) || "nothing"}`);
process.exit(Object.keys(wrong).length ? 1 : 0);

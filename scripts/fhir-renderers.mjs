// Answers our FHIR forms in LHC-Forms, in a browser, as a person does, and holds what it works out to `redflag assess`.
//
//     node scripts/fhir-renderers.mjs REDFLAG [--node FOLDER] [--vignettes N] [--sheets N] [--seed N]
//
// Every vignette is typed into the form of each audience, and so are made-up sheets (--sheets for each questionnaire and
// audience, with "not sure" and measured values among them): boxes and circles are clicked, numbers and words are
// typed. After every answer the level, the certain and the possible one, the title that is shown and the questions that
// are shown must be those of `redflag assess`; at the end `redflag fhir import` must read the answers out of the response
// that LHC-Forms writes. What LHC-Forms is known to pass over is tried each time and listed; once it no longer does, that
// is told as a difference as well. --vignettes takes the first N only. --node is where
// `npm install lforms@40.1.3 puppeteer-core@24` was run. Needs Chromium (or its path in CHROMIUM), and Python with
// ruamel.yaml for the made-up sheets. docs/reference/fhir.md has the figures.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

const { values: options, positionals: [given] } = parseArgs({
  allowPositionals: true,
  options: {
    node: { type: "string", default: "target/fhir-renderers" }, vignettes: { type: "string", default: "1000" },
    sheets: { type: "string", default: "4" }, seed: { type: "string", default: "1" },
  },
});
const redflag = path.resolve(given);
const require = createRequire(path.resolve(options.node, "package.json"));
const puppeteer = require("puppeteer-core");
const lforms = path.dirname(require.resolve("lforms/package.json"));
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

function items(of, found = []) {
  for (const item of of ?? []) { found.push(item); items(item.item, found); }
  return found;
}

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
await page.setViewport({ width: 1200, height: 900 });
page.on("pageerror", (error) => differ("error in the page", `${error}`.slice(0, 300)));

async function open(form) {
  await page.goto("about:blank");
  await page.setContent("<!doctype html><meta charset=utf-8><div id=form></div>");
  const built = path.join(lforms, "dist/lforms");
  await page.addStyleTag({ path: `${built}/webcomponent/styles.css` });
  for (const script of ["webcomponent/assets/lib/zone.min.js", "webcomponent/lhc-forms.js", "fhir/R4/lformsFHIR.min.js"]) {
    await page.addScriptTag({ path: `${built}/${script}` });
  }
  await page.waitForFunction(() => window.LForms?.Util?.addFormToPage);
  await again(form);
}

/** The form without answers. */
async function again(form) {
  await page.evaluate((form) => LForms.Util.addFormToPage(form, "form", {}), form);
  await page.waitForSelector("lhc-item");
  await settled();
}

/** Expressions are worked out some time after a change, and once more when that changes something. */
const settled = () => page.evaluate(async () => {
  const program = document.querySelector("wc-lhc-form").lhcFormData._expressionProcessor;
  for (let quiet = 0, rounds = 0; quiet < 3; rounds += 1) {
    await new Promise((done) => setTimeout(done, 15));
    quiet = program._currentRunPromise || program._pendingRun ? 0 : quiet + 1;
    if (rounds > 4000) throw new Error("LHC-Forms doesn't come to rest");
  }
});

/** What the form says now: the calculated items, and the questions that can be seen. */
const said = () => page.evaluate(() => {
  const of = (linkId) => document.querySelector("wc-lhc-form").lhcFormData.itemList.find((item) => item.linkId === linkId)?.value ?? null;
  const seen = [...document.querySelectorAll('[id^="label-"]')].filter((label) => label.checkVisibility());
  return {
    level: of("result.level"), certain: of("result.certain"), possible: of("result.possible"),
    shown: document.querySelector('[id^="result.shown/"]')?.value || null,
    seen: [...new Set(seen.map((label) => label.id.slice("label-".length).split("/")[0]))],
  };
});

const response = () => page.evaluate(() => LForms.Util.getFormFHIRData("QuestionnaireResponse", "R4", "#form"));

const quoted = (text) => text.replace(/["\\]/g, "\\$&");

/** The box or the circle of an answer. Its id ends with the code; in a table the system may be that of another row. */
async function click(linkId, code) {
  const option = await page.$(`[id^="${quoted(linkId)}/"][id$="|${quoted(code)}"]`);
  if (!option) return false;
  await option.evaluate((it) => it.scrollIntoView({ block: "center" }));
  await option.click();
  return true;
}

async function type(linkId, text) {
  const field = await page.$(`input[id^="${quoted(linkId)}/"], textarea[id^="${quoted(linkId)}/"]`);
  if (!field) return false;
  await field.evaluate((it) => it.scrollIntoView({ block: "center" }));
  await field.click({ count: 3 });
  await field.type(text);
  await page.keyboard.press("Tab");
  return true;
}

/** Ticks those of the answers, and none other. */
async function choose(linkId, codes) {
  const options = await page.$$eval(`[id^="${quoted(linkId)}/"][id*="|"]`, (found) => found.map((option) => ({
    code: option.id.split("|").at(-1), type: (option.querySelector("input") ?? option).type, on: (option.querySelector("input") ?? option).checked,
  })));
  if (!codes.every((code) => options.some((option) => option.code === code))) return false;
  const turned = options.filter(({ code, type, on }) => on !== codes.includes(code) && (type === "checkbox" || !on));
  for (const { code } of turned) await click(linkId, code);
  return true;
}

/** Gives the answers of an item of a response; the unit must be the one that the form has chosen. */
async function enter({ linkId, answer }) {
  const [{ valueInteger, valueDecimal, valueString, valueQuantity, valueCoding }] = answer;
  const text = `${valueInteger ?? valueDecimal ?? valueString ?? valueQuantity?.value}`;
  if (!await (valueCoding ? choose(linkId, answer.map((one) => one.valueCoding.code)) : type(linkId, text))) return false;
  if (valueQuantity) {
    const unit = await page.$eval(`[id^="unit_${quoted(linkId)}/"]`, (field) => field.value);
    if (unit !== valueQuantity.unit) differ("another unit is chosen", linkId, unit, valueQuantity.unit);
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

/** Changes the answers to those of another sheet, one question at a time, so that questions come and go. */
async function change(name, source, audience, others) {
  for (const item of others) {
    const { seen } = await said();
    if (!seen.includes(item.linkId) || !await enter(item)) continue;
    const [want] = lines(run(redflag, "assess", source, "--audience", audience, "--answers", written("one.jsonl", [await readBack(name, source)])));
    const got = await said();
    count("changed answers");
    for (const field of ["level", "certain", "possible"]) {
      if (got[field] !== want[field]) differ(`${field} after a change`, name, item, got[field], want[field]);
    }
    for (const id of want.unanswered) {
      if (!got.seen.includes(id) && !got.seen.includes(`${id}.unsure`)) differ("asked after a change, and not shown", name, item, id);
    }
  }
}

/** Types a sheet and compares after every answer. `steps`: what is known to be right after each. */
async function answer(name, form, steps, source) {
  await again(form);
  const required = new Set(items(form.item).filter((item) => item.required).map((item) => item.linkId));
  const questions = new Set(items(form.item).filter((item) => !["group", "display"].includes(item.type)).map((item) => item.linkId));
  for (const [at, { question, sheet, want, items: parts }] of steps.entries()) {
    const isAside = question in want.set_aside;
    if (question && isAside === (await said()).seen.some((id) => id === question || id === `${question}.unsure`)) {
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
    for (const field of ["level", "certain", "possible"]) {
      if (got[field] !== want[field]) differ(field, name, question, got[field], want[field], sheet);
    }
    const own = items(want.response.item).find((item) => item.linkId === "result.shown")?.answer[0].valueString ?? null;
    if (got.shown !== own) differ("the title that is shown", name, question, got.shown, own);
    for (const id of want.unanswered) {
      if (!got.seen.includes(id) && !got.seen.includes(`${id}.unsure`)) differ("asked, and not shown", name, question, id);
    }
    const asked = new Set([...want.unanswered, ...Object.keys(sheet).filter((id) => !(id in want.set_aside))]);
    for (const id of got.seen.filter((id) => questions.has(id) && required.has(id) && !asked.has(id))) {
      differ("shown, and not asked", name, question, id);
    }
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
  const form = JSON.parse(run(redflag, "fhir", "questionnaire", source, "--audience", audience, "--loss", file("loss.json")));
  await open(form);
  const steps = stepsOf(source, audience, form, sheets);
  for (const [at, some] of steps.entries()) {
    if (at && at % 10 === 0) console.log(`   ${new Date().toTimeString().slice(0, 8)} ${at}`);
    const which = `${name} ${audience} ${at + 1}`;
    await answer(which, form, some, source);
    const next = steps[at + 1]?.at(-1).want.response;
    if (isChanged && next) await change(which, source, audience, items(next.item).filter((item) => item.answer && !item.linkId.startsWith("result.")));
  }
  console.log(`${new Date().toTimeString().slice(0, 8)} ${name}, ${audience}: ${sheets.length} sheets; so far ${told(counts)}; wrong: ${told(wrong) || "nothing"}`);
}

const seen = (linkId) => page.evaluate((linkId) => [...document.querySelectorAll(`[id^="label-${linkId}/"]`)].some((label) => label.checkVisibility()), linkId);
const words = (linkId) => page.$eval(`[id^="label-${linkId}/"]`, (label) => label.innerText);
const warned = (linkId) => page.$eval(`[id^="item-${linkId}/"]`, (item) => /must be|less than|greater than|maximum/i.test(item.innerText));
const looks = (linkId) => page.$eval(`[id^="label-${linkId}/"] .question`, (text) => ["color", "fontStyle", "fontWeight", "fontSize"].map((what) => getComputedStyle(text)[what]).join());
const answersTo = async (linkId) => items((await response()).item).find((item) => item.linkId === linkId)?.answer ?? [];

/** What LHC-Forms passes over, each with what shows it in the clinician's form of back-pain. */
const passedOver = {
  "optionExclusive: \"None of these\" stays ticked beside a sign": async () => {
    await click("emergency_now", "none");
    await click("emergency_now", "collapse");
    await settled();
    return (await answersTo("emergency_now")).length === 2;
  },
  "maxValue: a number above it is complained of, but counts": async () => {
    await type("age", "130");
    await settled();
    return await warned("age") && (await answersTo("age"))[0]?.valueInteger === 130;
  },
  "maxQuantity: a measured value above it is not complained of": async () => {
    await type("calcium", "99");
    await settled();
    return !await warned("calcium") && (await answersTo("calcium"))[0]?.valueQuantity.value === 99;
  },
  "itemControl slider: a scale is a field for a number": async () => await page.$('input[type="text"][id^="severity/"]') !== null,
  "itemControl lower and upper: the words at the ends of a scale are not shown": async () => !await seen("severity.lower") && !await seen("severity.upper"),
  "displayCategory instructions: they look like all other words": async () => await looks("emergency_now.hint") === await looks("welcome.about"),
  "hints below the rows of a table are not shown": async () => {
    await click("saddle_signs", "bladder_leak");
    await settled();
    return await seen("bladder_leak_since") && !await seen("bladder_leak_since.hint");
  },
  "shortText: a row of a table has the whole question": async (form) =>
    (await words("bladder_leak_since")).includes(items(form.item).find((item) => item.linkId === "bladder_leak_since").text),
  "translations: the form is in its first language": async (form) => {
    const [, spanish] = form._title.extension[0].extension;
    return !(await page.evaluate(() => document.body.innerText)).includes(spanish.valueString);
  },
  "the response is \"completed\" with questions open": async () => (await response()).status === "completed",
};

async function tryPassedOver() {
  const form = JSON.parse(run(redflag, "fhir", "questionnaire", "back-pain", "--audience", "clinician", "--loss", file("loss.json")));
  await open(form);
  for (const [what, isSo] of Object.entries(passedOver)) {
    if (await isSo(form)) console.log(`passed over: ${what}`);
    else differ("not passed over", what);
  }
}

await tryPassedOver();
const vignettes = JSON.parse(readFileSync("tests/vignettes.json", "utf8")).slice(0, options.vignettes).map(({ answers }) => answers);
const sources = [["back-pain", "questionnaires/back-pain.yaml"], ["spine-alert", "questionnaires/spine-alert.yaml"],
  ["small", "tests/fixtures/small.yaml"], ["example", "docs/author/example.yaml"]];
for (const audience of ["patient", "clinician"]) {
  for (const [name, source] of sources) {
    const sheets = lines(run("python3", "scripts/made_up.py", source, options.sheets, `${options.seed} ${audience}`));
    if (sheets.length) await hold(`${name}, made up`, source, audience, sheets, true);
  }
}
for (const audience of ["patient", "clinician"]) {
  if (vignettes.length) await hold("back-pain, vignettes", "back-pain", audience, vignettes, false);
}
await browser.close();
rmSync(folder, { recursive: true });
console.log(`${told(counts)}\nwrong: ${told(wrong) || "nothing"}`);
process.exit(Object.keys(wrong).length ? 1 : 0);

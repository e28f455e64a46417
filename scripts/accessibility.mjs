// Run by accessibility.sh, from the root of the repository.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { parse } from "yaml";

const WORK = resolve("target/accessibility/out");
const CASES = ["V01", "V03", "V05", "V09", "V19", "V31", "V35", "V47"];
/** Reports of checks that were not finished: what was typed, and how. */
const UNFINISHED = {
  "stopped-early-clinician": { options: ["--audience", "clinician"], typed: "9\ngo on\nfinish\nquit\nyes\n" },
  "stopped-early-clinician-es": { options: ["--audience", "clinician", "--language", "es"], typed: "9\nseguir\nterminar\nsalir\nsí\n" },
  "left-patient-es": { options: ["--language", "es"], typed: "0\n1\nseguir\nsalir\nsí\n" },
};
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const questionnaire = parse(readFileSync("questionnaires/back-pain.yaml", "utf8"));
const vignettes = JSON.parse(readFileSync("tests/vignettes.json", "utf8"));
const questions = questionnaire.sections.flatMap((section) => section.questions);
const line = (text) => text.replace(/\s+/g, " ").trim();
const words = (text, audience) => line(typeof text === "string" ? text : text[audience]);

/** What to type at the question that was asked last, as the answers of a case have it. */
function answer(said, answers, audience) {
  if (/type go on for the other questions, [^\n]*\n$/.test(said)) return "go on";
  const asked = said.slice(said.lastIndexOf("\nQuestion ")).split("\n");
  const question = questions.find((question) => words(question.ask, audience) === line(asked[2] ?? ""));
  const given = question && answers[question.id];
  if (given === undefined) return "";
  if (typeof given === "number") return String(given);
  const numbers = [given].flat().map((id) => {
    const option = question.options?.find((option) => String(option.id) === id || (option.id === false && id === "no"));
    const label = id === "unsure" ? "I'm not sure" : option ? words(option.label, audience) : id;
    const shown = asked.find((row) => row.replace(/^\d+ {2}/, "").toLowerCase().startsWith(label.toLowerCase()) && /^\d/.test(row));
    return shown ? shown.split(" ")[0] : label;
  });
  return numbers.join(" ");
}

/** Plays a case line by line on the real program, which writes its report. */
function play(vignette, audience, file) {
  return new Promise((done, failed) => {
    const program = spawn("target/debug/redflag", ["--plain", "--audience", audience, "--report", file]);
    let said = "";
    let waiting = "";
    program.stdout.on("data", (data) => {
      said += data;
      waiting += data;
      if (/just press Enter to finish\.\n$/.test(waiting)) return program.stdin.write("\n");
      if (!/(then Enter\.[^\n]*|Press Enter to go on\.|change your answer\.)\n$/.test(waiting)) return;
      waiting = "";
      if (said.length > 200_000) return program.kill();
      program.stdin.write(`${answer(said, vignette.answers, audience)}\n`);
    });
    program.on("exit", (status) => (status === 0 ? done() : failed(new Error(`${vignette.id}: status ${status}\n${said.slice(-1500)}`))));
  });
}

/** Types all at once; the report says that the check is not finished, and so does the status. */
function typeAll(name, file) {
  const { options, typed } = UNFINISHED[name];
  const { status, stdout } = spawnSync("target/debug/redflag", ["--plain", ...options, "--report", file], { input: typed, encoding: "utf8" });
  if (status !== 1) throw new Error(`${name}: status ${status}\n${stdout.slice(-1500)}`);
}

/** The words of a text and how often each is there. */
function counted(text) {
  const counts = new Map();
  // A line may end at a hyphen.
  for (const word of text.split(/[\s-]+/).filter(Boolean)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Pages that end with a heading, or with the head of a table, whose words stand on the next one. */
async function endingWithHeading(page, file) {
  const texts = await page.evaluate(() => [...document.querySelectorAll("h1, h2, h3, caption, thead tr")].map((part) => part.innerText));
  const headings = new Set(texts.map(line));
  const pages = execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" }).split("\f");
  return pages.flatMap((text, at) => {
    const last = text.split("\n").map(line).filter((words) => words && !/^\d+ \/ \d+$/.test(words)).at(-1);
    return headings.has(last) ? [`page ${at + 1} ends with the heading "${last}"`] : [];
  });
}

/** Prints to a format, and finds words that are missing or stand outside the page. */
async function print(page, format, file) {
  await page.pdf({ path: file, format, printBackground: false });
  const shown = counted(await page.evaluate(() => document.body.innerText));
  const printed = counted(execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" }));
  const problems = await endingWithHeading(page, file);
  for (const [word, count] of shown) {
    if ((printed.get(word) ?? 0) < count) problems.push(`"${word}" is missing on paper`);
  }
  const boxes = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8" });
  let [width, height, pages] = [0, 0, 0];
  for (const [, kind, ...box] of boxes.matchAll(/<(page) width="([\d.]+)" height="([\d.]+)"|<(word) xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"/g)) {
    if (kind === "page") {
      [width, height] = [Number(box[0]), Number(box[1])];
      pages += 1;
    } else {
      const [left, top, right, bottom] = box.slice(3).map(Number);
      if (left < 20 || top < 20 || right > width - 20 || bottom > height - 20) problems.push(`a word at ${left}, ${top} of page ${pages}`);
    }
  }
  execFileSync("pdftoppm", ["-png", "-r", "60", file, file.replace(/\.pdf$/, "")]);
  return { pages, problems };
}

rmSync(WORK, { recursive: true, force: true });
mkdirSync(WORK, { recursive: true });
const browser = await puppeteer.launch({ executablePath: process.argv[2], args: ["--no-sandbox", "--disable-gpu"] });
let wrong = 0;
const tell = (what, problems) => {
  console.log(`${what}: ${problems.length === 0 ? "good" : `${problems.length} wrong`}`);
  problems.slice(0, 20).forEach((problem) => console.log(`  ${problem}`));
  wrong += problems.length;
};

const cases = ["patient", "clinician"].flatMap((audience) => CASES.map((id) => [`${id}-${audience}`, (file) => play(vignettes.find((vignette) => vignette.id === id), audience, file)]));
for (const name of Object.keys(UNFINISHED)) cases.push([name, (file) => typeAll(name, file)]);
for (const [name, write] of cases) {
  const file = `${WORK}/${name}.html`;
  await write(file);
  const page = await browser.newPage();
  // The page forbids scripts, also that one.
  await page.setBypassCSP(true);
  for (const [scheme, width] of [["light", 1200], ["dark", 1200], ["light", 320]]) {
    await page.setViewport({ width, height: 800 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(axe);
    const found = await page.evaluate((values) => axe.run(document, { runOnly: { type: "tag", values } }), RULES);
    const problems = found.violations.flatMap((violation) =>
      violation.nodes.map((node) => `${violation.id}: ${violation.help}: ${node.html.slice(0, 150)} ${node.failureSummary.split("\n")[1] ?? ""}`));
    // The symbol beside the level, and cells that are scrolled out of sight: axe can't see their ground.
    const unclear = found.incomplete.map((rule) => `${rule.id} (${rule.nodes.length})`);
    // At 320 pixels nothing may need scrolling to the side (WCAG 1.4.10).
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) problems.push(`${over} pixels too wide`);
    tell(`${name}, ${scheme}, ${width} pixels: ${found.passes.length} rules hold${unclear.length ? `, not clear: ${unclear.join(", ")}` : ""}`, problems);
  }
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  await page.emulateMediaType("print");
  for (const format of ["A4", "Letter"]) {
    const { pages, problems } = await print(page, format, `${WORK}/${name}-${format}.pdf`);
    tell(`${name}, ${format}, ${pages} pages`, problems);
  }
  await page.close();
}
await browser.close();
console.log(wrong === 0 ? "\nall is good" : `\n${wrong} wrong`);
process.exit(wrong === 0 ? 0 : 1);

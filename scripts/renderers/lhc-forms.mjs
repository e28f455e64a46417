// LHC-Forms of npm, with its own built files, for `scripts/fhir-renderers.mjs`.
import path from "node:path";
import { exclusiveStays, items, onlyFirstLanguage, quoted, tooLargeCounts } from "./common.mjs";

export const modules = ["lforms@40.1.3"];

/** The calculated items that it works out. */
export const calculates = ["level", "certain", "possible", "shown"];

/** Whether the questions with an `enableWhenExpression` are asked as it says. */
export const followsExpressions = true;

export function renderer(page, require) {
  async function open(form) {
    const built = path.join(path.dirname(require.resolve("lforms/package.json")), "dist/lforms");
    await page.addStyleTag({ path: `${built}/webcomponent/styles.css` });
    for (const script of ["webcomponent/assets/lib/zone.min.js", "webcomponent/lhc-forms.js", "fhir/R4/lformsFHIR.min.js"]) {
      await page.addScriptTag({ path: `${built}/${script}` });
    }
    await page.waitForFunction(() => window.LForms?.Util?.addFormToPage);
    await again(form);
  }

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

  const offered = (linkId) => page.$$eval(`[id^="${quoted(linkId)}/"][id*="|"]`, (found) => found.map((option) => ({
    code: option.id.split("|").at(-1), type: (option.querySelector("input") ?? option).type, on: (option.querySelector("input") ?? option).checked,
  })));

  const unit = (linkId) => page.$eval(`[id^="unit_${quoted(linkId)}/"]`, (field) => field.value);

  return { open, again, settled, said, response, click, type, offered, unit };
}

const seen = (page, linkId) => page.evaluate((linkId) => [...document.querySelectorAll(`[id^="label-${linkId}/"]`)].some((label) => label.checkVisibility()), linkId);
const words = (page, linkId) => page.$eval(`[id^="label-${linkId}/"]`, (label) => label.innerText);
const warned = (page, linkId) => page.$eval(`[id^="item-${linkId}/"]`, (item) => /must be|less than|greater than|maximum/i.test(item.innerText));
const looks = (page, linkId) => page.$eval(`[id^="label-${linkId}/"] .question`, (text) => ["color", "fontStyle", "fontWeight", "fontSize"].map((what) => getComputedStyle(text)[what]).join());

/** What LHC-Forms passes over, each with what shows it in the clinician's form of back-pain. */
export const passedOver = {
  ...exclusiveStays,
  ...tooLargeCounts(warned),
  "maxQuantity: a measured value above it is not complained of": async ({ page, write, answersTo }) => {
    await write("calcium", "99");
    return !await warned(page, "calcium") && (await answersTo("calcium"))[0]?.valueQuantity.value === 99;
  },
  "itemControl slider: a scale is a field for a number": async ({ page }) => await page.$('input[type="text"][id^="severity/"]') !== null,
  "itemControl lower and upper: the words at the ends of a scale are not shown": async ({ page }) =>
    !await seen(page, "severity.lower") && !await seen(page, "severity.upper"),
  "displayCategory instructions: they look like all other words": async ({ page }) =>
    await looks(page, "emergency_now.hint") === await looks(page, "welcome.about"),
  "hints below the rows of a table are not shown": async ({ page, tick }) => {
    await tick("saddle_signs", "bladder_leak");
    return await seen(page, "bladder_leak_since") && !await seen(page, "bladder_leak_since.hint");
  },
  "shortText: a row of a table has the whole question": async ({ page, form }) =>
    (await words(page, "bladder_leak_since")).includes(items(form.item).find((item) => item.linkId === "bladder_leak_since").text),
  ...onlyFirstLanguage,
  "the response is \"completed\" with questions open": async ({ response }) => (await response()).status === "completed",
};

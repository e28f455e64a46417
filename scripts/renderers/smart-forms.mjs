// The renderer of Smart Forms (`@aehrc/smart-forms-renderer` of npm), for `scripts/fhir-renderers.mjs`.
import { bundle, exclusiveStays, items, onlyFirstLanguage, quoted, shows, tooLargeCounts } from "./common.mjs";

export const modules = ["@aehrc/smart-forms-renderer@1.4.0", "react@19", "react-dom@19", "esbuild@0.25"];

/** The calculated items that it works out. */
export const calculates = ["level", "certain", "possible", "shown"];

/** Whether the questions with an `enableWhenExpression` are asked as it says. */
export const followsExpressions = true;

const program = `
  import { createElement } from "react";
  import { createRoot } from "react-dom/client";
  import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
  import { BaseRenderer, RendererThemeProvider, buildForm, destroyForm, getResponse, questionnaireStore,
    removeEmptyAnswersFromResponse, removeInternalIdsFromResponse } from "@aehrc/smart-forms-renderer";
  import { formUpdateQueueStore } from "@aehrc/smart-forms-renderer/lib/stores/formUpdateQueueStore.js";

  let root, form;
  window.show = async (questionnaire) => {
    root?.unmount();
    destroyForm();
    form = questionnaire;
    await buildForm({ questionnaire });
    root = createRoot(document.getElementById("form"));
    const inside = createElement(QueryClientProvider, { client: new QueryClient() }, createElement(BaseRenderer));
    root.render(createElement(RendererThemeProvider, null, inside));
  };
  window.isBusy = () => formUpdateQueueStore.getState().isProcessing || formUpdateQueueStore.getState().queue.length > 0;
  window.calculated = (linkId) => questionnaireStore.getState().calculatedExpressions[linkId]?.[0]?.value ?? null;
  // As the Smart Forms app does before it saves.
  window.response = () => removeInternalIdsFromResponse(form, removeEmptyAnswersFromResponse(form, getResponse()));
`;

/** Typed text counts after 300 ms. */
const TYPED = 320;

export function renderer(page, require, folder) {
  async function open(form) {
    const { script, style } = await bundle(require, folder, program);
    await page.addStyleTag({ content: style });
    await page.addScriptTag({ content: script });
    await again(form);
  }

  async function again(form) {
    await page.evaluate((form) => window.show(form), form);
    await page.waitForSelector("[data-linkid]");
    await settled();
  }

  const settled = () => page.evaluate(async () => {
    for (let quiet = 0, rounds = 0; quiet < 3; rounds += 1) {
      await new Promise((done) => setTimeout(done, 10));
      quiet = window.isBusy() ? 0 : quiet + 1;
      if (rounds > 6000) throw new Error("Smart Forms doesn't come to rest");
    }
  });

  /** A calculated item that has not changed since the form was opened is not in the response; then it is what was worked out. */
  const said = () => page.evaluate(() => {
    const given = {};
    const walk = (item) => { given[item.linkId] = item.answer?.[0]?.valueString; item.item?.forEach(walk); };
    window.response().item?.forEach(walk);
    const of = (linkId) => given[linkId] ?? window.calculated(linkId);
    const seen = [...document.querySelectorAll("[data-linkid]")].filter((box) => box.checkVisibility());
    return {
      level: of("result.level"), certain: of("result.certain"), possible: of("result.possible"),
      shown: document.getElementById("string-result.shown")?.value || null,
      seen: [...new Set(seen.map((box) => box.dataset.linkid))],
    };
  });

  const response = () => page.evaluate(() => window.response());

  async function click(linkId, code) {
    const option = await page.$(`[data-linkid="${quoted(linkId)}"] input[value="${quoted(code)}"]`);
    if (!option) return false;
    await option.click();
    return true;
  }

  /** A slider is moved by keys: the least value can't be clicked while it is where the slider stands. */
  async function slide(field, text) {
    await field.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    const [least, at] = await field.evaluate((it) => [Number(it.min), Number(it.value)]);
    for (let step = at; step < Number(text); step += 1) await page.keyboard.press("ArrowRight");
    if (Number(text) === least) await page.keyboard.press("ArrowLeft");
    return true;
  }

  async function type(linkId, text) {
    const box = `[data-linkid="${quoted(linkId)}"]`;
    const slider = await page.$(`${box} input[type="range"]`);
    if (slider) return slide(slider, text);
    const field = await page.$(`${box} [data-test="q-item-quantity-field"] input, ${box} [data-test="q-item-integer-field"] input,
      ${box} [data-test="q-item-decimal-field"] input, ${box} textarea:not([aria-hidden])`);
    if (!field) return false;
    await field.click({ count: 3 });
    await field.type(text);
    await page.keyboard.press("Tab");
    await new Promise((done) => setTimeout(done, TYPED));
    return true;
  }

  const offered = (linkId) => page.$$eval(`[data-linkid="${quoted(linkId)}"] input:is([type="checkbox"], [type="radio"])`, (found) =>
    found.map((option) => ({ code: option.value, type: option.type, on: option.checked })));

  const unit = (linkId) => page.$eval(`[id="quantity-${quoted(linkId)}-unit"]`, (field) => field.value);

  return { open, again, settled, said, response, click, type, offered, unit };
}

const box = (linkId) => `[data-linkid="${quoted(linkId)}"]`;
const warned = (page, linkId) => page.$eval(box(linkId), (item) => /less than or equal/i.test(item.innerText));

/** What Smart Forms passes over, each with what shows it in the clinician's form of back-pain. */
export const passedOver = {
  "calculated items that are as they were when the form was opened are not in the response": async ({ tick, answersTo }) => {
    await tick("saddle_signs", "unsure");
    return (await answersTo("result.possible")).length === 0;
  },
  ...exclusiveStays,
  ...tooLargeCounts(warned),
  "maxQuantity: a measured value above it is complained of, but is in the response": async ({ page, write, answersTo }) => {
    await write("calcium", "99");
    return await warned(page, "calcium") && (await answersTo("calcium"))[0]?.valueQuantity.value === 99;
  },
  "itemControl table: the rows are one question below the other, each with the whole question": async ({ page, form, tick }) => {
    await tick("saddle_signs", "bladder_leak");
    const { text } = items(form.item).find((item) => item.linkId === "bladder_leak_since");
    return await page.$("[data-linkid=\"grid.saddle_since\"] table") === null && shows(page, text);
  },
  "itemControl help: why a question is asked is not shown": async ({ page, form }) =>
    !await shows(page, items(form.item).find((item) => item.linkId === "age.why").text),
  ...onlyFirstLanguage,
  "the response is \"in-progress\" with all answered": async ({ response }) => (await response()).status === "in-progress",
};

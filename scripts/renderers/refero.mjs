// Refero of Helsenorge (`@helsenorge/refero` of npm), for `scripts/fhir-renderers.mjs`.
// It knows no variables, so it can't say a level. Held here: what is asked by `enableWhen`, and what is in the response.
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { bundle, items, onlyFirstLanguage, quoted, shows } from "./common.mjs";

export const modules = ["@helsenorge/refero@22.2.1", "@helsenorge/autosuggest@37", "@helsenorge/core-utils@37", "@helsenorge/datepicker@13",
  "@helsenorge/designsystem-react@13", "@helsenorge/file-upload@37", "classnames@2", "date-fns@4", "dompurify@3.3.0", "motion@11",
  "normalize.css@8", "react@19", "react-dom@19", "react-redux@9", "redux@5", "esbuild@0.25", "sass@1"];

export const calculates = [];
export const followsExpressions = false;

/** The rows of a table can't be answered in Refero, so the vignettes are typed into the form without its tables. */
export function prepared(form) {
  const plain = structuredClone(form);
  for (const item of items(plain.item)) if (item.extension) item.extension = item.extension.filter((one) => !isTable(one));
  return plain;
}
const isTable = ({ valueCodeableConcept }) => valueCodeableConcept?.coding[0].code === "table";

/** A measured value that may be in several units gets none in Refero's response, so nobody knows what it says; another one may lose its point. */
export const isLeftOut = (item) => ["quantity", "decimal"].includes(item.type);

const program = `
  import { createElement } from "react";
  import { createRoot } from "react-dom/client";
  import { Provider } from "react-redux";
  import { applyMiddleware, createStore } from "redux";
  import { Refero, rootReducer } from "@helsenorge/refero";

  const thunk = ({ dispatch, getState }) => (next) => (action) => typeof action === "function" ? action(dispatch, getState) : next(action);
  let root, store;
  window.show = (questionnaire) => {
    root?.unmount();
    store = createStore(rootReducer, applyMiddleware(thunk));
    root = createRoot(document.getElementById("form"));
    const nothing = () => {};
    const form = createElement(Refero, { questionnaire, authorized: true, language: "en-gb", resources: {}, loginButton: createElement("button"),
      onSubmit: nothing, onSave: nothing, onCancel: nothing });
    root.render(createElement(Provider, { store }, form));
  };
  window.response = () => store.getState().refero.form.FormData.Content;
`;

/** The styles of its parts are written in Sass. */
const styles = (require, folder) => ({
  name: "sass",
  setup(build) {
    build.onLoad({ filter: /\.scss$/ }, ({ path: file }) => ({
      contents: require("sass").compile(file, { loadPaths: [path.join(folder, "node_modules")], logger: require("sass").Logger.silent }).css,
      loader: file.endsWith(".module.scss") ? "local-css" : "css", resolveDir: path.dirname(file),
    }));
  },
});

/** Refero loads a worker from beside its own file, which a page without an address can't. Gives the address of the page. */
async function served(folder) {
  const assets = path.join(folder, "node_modules/@helsenorge/refero/assets");
  const server = createServer(({ url }, response) => {
    if (url === "/") return response.setHeader("content-type", "text/html").end("<!doctype html><meta charset=utf-8><div id=form></div>");
    response.setHeader("content-type", "text/javascript");
    createReadStream(path.join(assets, path.basename(url))).on("error", () => response.end()).pipe(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${server.address().port}/`;
}

export function renderer(page, require, folder) {
  async function open(form) {
    const address = await served(folder);
    const { script, style } = await bundle(require, folder, program, [styles(require, folder)], address);
    await page.goto(address);
    await page.addStyleTag({ content: style });
    await page.addScriptTag({ content: script });
    await again(form);
  }

  async function again(form) {
    await page.evaluate((form) => window.show(form), form);
    await page.waitForSelector("#form input");
    await settled();
  }

  /** Until neither the answers nor the questions change any more. */
  const settled = () => page.evaluate(async () => {
    const all = () => [window.response(), document.querySelectorAll("#form input, #form textarea").length];
    for (let quiet = 0, rounds = 0, last = all(); quiet < 10; rounds += 1) {
      await new Promise((done) => setTimeout(done, 15));
      const now = all();
      quiet = now.every((it, at) => it === last[at]) ? quiet + 1 : 0;
      last = now;
      if (rounds > 4000) throw new Error("Refero doesn't come to rest");
    }
  });

  /** A field has the name of its item, and a group an id with it; one that may be repeated has a number behind it. */
  const said = () => page.evaluate(() => {
    const visible = (selector) => [...document.querySelectorAll(selector)].filter((it) => it.checkVisibility());
    const fields = visible("#form input[name], #form textarea[name]").map((field) => field.name);
    const groups = visible("#form section[data-sectionname]").map((group) => group.id.replace(/^item_/, ""));
    return { seen: [...new Set([...fields, ...groups].map((name) => name.replace(/\^\d+$/, "").replaceAll("%2E", ".")))] };
  });

  const response = () => page.evaluate(() => window.response());
  const named = (linkId) => ["", "^0"].flatMap((end) => [linkId, linkId.replaceAll(".", "%2E")].map((name) => `[name="${quoted(name)}${end}"]`));
  const fieldOf = (linkId, more = "") => named(linkId).map((name) => `#form ${name}${more}`).join(", ");

  /** Its buttons stay at the bottom of the window, above what is there. */
  const inMiddle = (element) => element.evaluate((it) => it.scrollIntoView({ block: "center", behavior: "instant" }));

  async function click(linkId, code) {
    const option = await page.$(fieldOf(linkId, `[value="${quoted(code)}"]`));
    if (!option) return false;
    await inMiddle(option);
    const isOn = () => option.evaluate((it) => it.checked);
    const before = await isOn();
    await option.click();
    await settled();
    // A complaint that comes up above as the button goes down moves the option away from under it.
    if (await isOn() === before) await option.click();
    return true;
  }

  async function type(linkId, text) {
    const field = await page.$(fieldOf(linkId));
    if (!field) return false;
    await inMiddle(field);
    await field.click({ count: 3 });
    await field.type(text);
    await page.keyboard.press("Tab");
    return true;
  }

  const offered = (linkId) => page.$$eval(fieldOf(linkId), (found) => found.map((option) => ({ code: option.value, type: option.type, on: option.checked })));

  return { open, again, settled, said, response, click, type, offered };
}

/** What Refero passes over, each with what shows it in the clinician's form of back-pain. */
export const passedOver = {
  "calculatedExpression and variable: no level, and no title of one": async ({ page, tick, answersTo }) => {
    await tick("emergency_now", "very_unwell");
    return (await answersTo("result.level")).length === 0 && !await shows(page, "Get emergency help now");
  },
  "enableWhenExpression: the question is always asked": async ({ said }) => (await said()).seen.includes("pregnant"),
  "itemControl table: its rows can't be answered": async ({ said, tick }) => {
    await tick("saddle_signs", "bladder_leak");
    return !(await said()).seen.includes("bladder_leak_since");
  },
  "repeats: a question with several answers can be asked a second time": async ({ page }) =>
    (await page.$$("[data-testid$='repeat-button']")).length > 0,
  "optionExclusive: \"None of these\" stays ticked beside a sign": async ({ tick, answersTo }) => {
    await tick("emergency_now", "none");
    return (await answersTo("emergency_now")).filter(({ valueCoding }) => valueCoding).length === 2;
  },
  "maxValue: a number above it counts": async ({ write, answersTo }) => {
    await write("age", "130");
    return (await answersTo("age"))[0]?.valueInteger === 130;
  },
  "unitOption: a measured value has no unit, and none can be chosen": async ({ page, form, write, answersTo }) => {
    await write("calcium", "2.4");
    const [{ valueQuantity }] = await answersTo("calcium");
    return valueQuantity.value === 2.4 && !valueQuantity.unit && !valueQuantity.code;
  },
  "itemControl slider: a scale is a field for a number": async ({ page }) => await page.$('#form input[type="number"][name="severity"]') !== null,
  "itemControl help: why a question is asked is shown like all other words": async ({ page, form }) =>
    shows(page, items(form.item).find((item) => item.linkId === "age.why").text),
  ...onlyFirstLanguage,
  "the response is \"in-progress\" with all answered, and names no version of the form": async ({ form, response }) => {
    const { status, questionnaire } = await response();
    return status === "in-progress" && questionnaire === form.url;
  },
  "decimal: 5.06 is taken for 56, as the point goes when 5.0 is typed": async ({ page, write, answersTo }) => {
    const number = { linkId: "number", type: "decimal", text: "Number" };
    await page.evaluate((item) => window.show({ resourceType: "Questionnaire", status: "active", item: [item] }), number);
    await page.waitForSelector("#form input[name=number]");
    await write("number", "5.06");
    return (await answersTo("number"))[0]?.valueDecimal === 56;
  },
};

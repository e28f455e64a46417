"""Made-up questionnaires and sheets, and those of a file of scenarios, for scripts that hold one judge against another.

The same seed gives the same questionnaires and sheets. A questionnaire has every type of question and condition, texts
with what quotes and comments of other languages would stumble over, and, now and then, ids of the greatest length
that differ only in their last letters. Needs ruamel.yaml.
"""
import io, json, pathlib, random, sys

from ruamel.yaml import YAML

ODD = "it's \"so\" -- not; */ /* \\ % $x ü 漢 🙂 $$"
LONGEST = 60


def read(path):
    # Only texts: YAML 1.1 would take the option `no` for false.
    return YAML(typ="base", pure=True).load(open(path, encoding="utf-8"))


def questions(path):
    """Id, type, options, exclusive options, bounds, unsure of each question of a file."""
    for section in read(path)["sections"]:
        for q in section["questions"]:
            options = [str(o if not isinstance(o, dict) else o["id"]) for o in q.get("options", [])]
            alone = [o["id"] for o in q.get("options", []) if isinstance(o, dict) and o.get("exclusive") == "true"]
            if q["type"] == "yes_no":
                options = ["no", "yes"]
            yield {**q, "options": options, "alone": alone, "unsure": q.get("unsure") == "true"}


def answer(q, dice, unsure=0.15):
    kind = q["type"]
    if q.get("unsure") and dice.random() < unsure:
        rest = [o for o in q["options"] if o not in q["alone"]]
        if kind in ("many_of", "body_map") and rest and dice.random() < 0.5:
            return sorted(dice.sample(rest, dice.randint(1, min(3, len(rest)))), key=q["options"].index) + ["unsure"]
        return "unsure"
    if kind in ("one_of", "yes_no"):
        return dice.choice(q["options"])
    if kind in ("many_of", "body_map"):
        rest = [o for o in q["options"] if o not in q["alone"]]
        if q["alone"] and (not rest or dice.random() < 0.45):
            return [dice.choice(q["alone"])]
        return sorted(dice.sample(rest, dice.randint(1, min(4, len(rest)))), key=q["options"].index)
    if kind in ("number", "scale"):
        low, high, decimals = float(q.get("min", 0)), float(q.get("max", 10)), int(q.get("decimals", 0))
        number = dice.uniform(low, high) if dice.random() < 0.6 else dice.choice([low, high, (low + high) / 2])
        return int(number) if decimals == 0 else round(number, decimals)
    return "words 'and' \"more\" \\ ü 漢"


def sheet(qs, dice):
    """From nothing at all to everything, also to questions that nobody asked; now and then unsure of all."""
    share = dice.choice([0.0, 0.3, 0.7, 0.95, 1.0, 1.0, 1.0])
    unsure = dice.choice([0.15, 0.15, 0.15, 0.02, 1.0])
    return {q["id"]: answer(q, dice, unsure) for q in qs if q["type"] != "note" and dice.random() < share}


def in_scenarios(path):
    """The sheets of the scenarios beside a questionnaire, each finished and cut off at a place; none if it has none."""
    beside = pathlib.Path(path).with_suffix("").with_suffix(".tests.yaml")
    if not beside.exists():
        return
    qs, file = {q["id"]: q for q in questions(path)}, read(beside)

    def value(q, written):
        kind = qs[q]["type"]
        if written == "unsure" or kind == "text":
            return written
        if kind in ("many_of", "body_map"):
            return written if isinstance(written, list) else [written]
        return json.loads(written) if kind in ("number", "scale") else written

    def answers(of):
        below = answers(file["baselines"][of["based_on"]]) if "based_on" in of else {}
        below = answers(file["baselines"][of["baseline"]]) if "baseline" in of else below
        for q, written in (of.get("answers") or {}).items():
            if written in ("null", "~", ""):
                below.pop(q, None)
            else:
                below[q] = value(q, written)
        return below

    for number, case in enumerate(file["cases"]):
        whole = answers(case)
        yield whole
        kept = list(whole)[: number % (len(whole) + 1)]
        yield {q: whole[q] for q in kept}


def text(dice):
    return dice.choice(["a text", "a text", ODD, ODD[::-1]])


def ids(dice, letter, count):
    """Short ones, or the longest that there may be, alike but for their end."""
    if dice.random() < 0.2:
        return [f"{letter}{'x' * (LONGEST - 3)}{n:02}" for n in range(count)]
    return [f"{letter}{n}" for n in range(count)]


def atom(dice, q):
    """A condition on one question."""
    kind, end = q["type"], {}
    if q["unsure"] and dice.random() < 0.15:
        return {q["id"]: "unsure"}
    if kind in ("number", "scale") or q.get("ordered"):
        if dice.random() < 0.6 or kind in ("number", "scale"):
            if q.get("ordered"):
                steps = q["options"]
            else:
                decimals = q.get("decimals", 0)
                few = round((q["max"] - q["min"]) * 10**decimals)
                steps = [round(q["min"] + n / 10**decimals, decimals) if decimals else q["min"] + n for n in range(few + 1)]
            # What can't be true or false at all is refused.
            last = len(steps) - 1
            low = dice.choice(["at_least", "above"])
            begin = dice.randint(1, last) if low == "at_least" else dice.randint(0, last - 1)
            behind = begin + (1 if low == "at_least" else 2)
            if dice.random() < 0.3:
                return {q["id"]: {"below": steps[dice.randint(1, last)]}}
            end[low] = steps[begin]
            if behind <= last and dice.random() < 0.3:
                end["below"] = steps[dice.randint(behind, last)]
            return {q["id"]: end}
    some = dice.sample(q["options"], dice.randint(1, min(3, len(q["options"]))))
    if q["unsure"] and dice.random() < 0.2:
        some.append("unsure")
    return {q["id"]: some if len(some) > 1 or dice.random() < 0.5 else some[0]}


def condition(dice, about, names, depth):
    """A condition over the questions `about` and the definitions `names`."""
    kind = dice.random()
    if depth == 0 or kind < 0.3:
        if names and dice.random() < 0.3:
            return dice.choice(names)
        return atom(dice, dice.choice(about))
    some = lambda: [condition(dice, about, names, depth - 1) for _ in range(dice.randint(1, 4))]
    if kind < 0.5:
        return {"all": some()}
    if kind < 0.7:
        return {"any": some()}
    if kind < 0.85:
        return {"not": condition(dice, about, names, depth - 1)}
    of = some() + some()
    return {"at_least": dice.randint(1, len(of)), "of": of}


def question(dice, id):
    kind = dice.choice(["one_of", "one_of", "many_of", "many_of", "yes_no", "number", "number", "scale", "body_map", "text", "note"])
    q = {"id": id, "type": kind, "ask": text(dice), "unsure": False}
    if kind in ("one_of", "many_of", "body_map"):
        options = ids(dice, "o", dice.randint(2, 5))
        # The parts of a figure have fixed names.
        if kind == "body_map":
            options = dice.sample(["neck", "low_back", "chest"], dice.randint(2, 3))
        q["options"] = [{"id": o, "label": f"{o[-2:]} {text(dice)}"} for o in options]
        if kind == "many_of" and dice.random() < 0.6:
            q["options"][-1]["exclusive"] = True
        if kind == "one_of" and dice.random() < 0.5:
            q["ordered"] = True
    if kind == "number":
        q |= dice.choice([{"min": 0, "max": 9}, {"min": -3, "max": 3}, {"min": 0.5, "max": 2.5, "decimals": 1},
                          {"min": 0, "max": 120, "unit": ODD}, {"min": 0, "max": 1, "decimals": 3}])
    if kind == "scale":
        q |= {"min": 0, "max": 10}
    if kind not in ("note", "text", "scale", "body_map") and dice.random() < 0.6:
        q["unsure"] = True
    if kind != "note" and dice.random() < 0.25:
        q["optional"] = True
    return q


def questionnaire(seed):
    """The text of a questionnaire that can be loaded. What it asks and tells makes no sense."""
    dice = random.Random(f"questionnaire {seed}")
    qs = [question(dice, id) for id in ids(dice, "q", dice.randint(1, 14))]
    if all(q["type"] in ("note", "text") for q in qs):
        qs[0] = {"id": qs[0]["id"], "type": "yes_no", "ask": "a text", "unsure": True}
    view = lambda q: {**q, "options": ["no", "yes"] if q["type"] == "yes_no" else [o["id"] for o in q.get("options", [])]}
    usable = lambda before: [view(q) for q in before if q["type"] not in ("note", "text")]
    definitions, first = {}, dice.randint(1, len(qs))
    for name in ids(dice, "d", dice.randint(0, 4)) if usable(qs[:first]) else []:
        definitions[name] = condition(dice, usable(qs[:first]), list(definitions), 2)
    for at, q in enumerate(qs):
        if usable(qs[:at]) and dice.random() < 0.5:
            names = list(definitions) if at >= first else []
            q["ask_if"] = condition(dice, usable(qs[:at]), names, 2)
    levels = ids(dice, "l", dice.randint(2, 5))
    rules = [{"id": id, "level": dice.choice(levels), "because": text(dice),
              "when": condition(dice, usable(qs), list(definitions), 3)} for id in ids(dice, "r", dice.randint(1, 8))]
    cut = dice.randint(1, len(qs))
    sections = [{"id": "s1", "title": "One", "questions": qs[:cut]}]
    if qs[cut:]:
        sections.append({"id": "s2", "title": "Two", "questions": qs[cut:]})
        if dice.random() < 0.4:
            sections[1]["audience"] = dice.choice(["patient", "clinician"])
    for q in qs:
        if not q["unsure"]:
            del q["unsure"]
    whole = {
        "id": "made-up", "version": "1.0.0", "title": text(dice), "sign_off": "Nobody.",
        "welcome": {"about": text(dice), "points": ["One."]},
        "levels": [{"id": id, "title": text(dice), "act": text(dice)} for id in levels],
        "unsure": {"counts_as": dice.choice(["one_level_less", "same_level"]), "at_least": dice.choice(levels)},
        "sections": sections, "definitions": definitions, "rules": rules, "next_steps": [],
        "return_list": {"title": "Look", "items": ["One."]}, "say": text(dice),
    }
    # JSON is YAML, and quotes everything that could be taken for something else.
    return json.dumps(whole, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    # made_up.py QUESTIONNAIRE COUNT SEED prints sheets, one on each line.
    path, count, seed = sys.argv[1:]
    qs, dice = list(questions(path)), random.Random(f"{seed} {pathlib.Path(path).name}")
    for _ in range(int(count)):
        print(json.dumps(sheet(qs, dice), ensure_ascii=False))

#!/usr/bin/env python3
"""Compares the figures of `redflag evaluate` with those of a statistics package, on random tables of four.

    scripts/evaluate.py REDFLAG [--tables N] [--seed N]

Needs scipy and statsmodels. Shares and their Wilson intervals come from statsmodels; a likelihood ratio is a relative
risk (of being positive, cases against others), whose interval by the logarithm comes from scipy.
"""
import argparse, json, math, os, pathlib, random, subprocess, sys, tempfile

from scipy.stats.contingency import relative_risk
from statsmodels.stats.proportion import proportion_confint

QUESTIONNAIRE = pathlib.Path(__file__).resolve().parent.parent / "tests/fixtures/one-sign.yaml"


def near(one, other):
    if one is None or other is None:
        return one is None and other is None
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


def share(count, of):
    if of == 0:
        return None
    low, high = proportion_confint(count, of, method="wilson")
    return count / of, low, high


def ratio(one, of_one, other, of_other):
    if of_one == 0 or of_other == 0 or other == 0:
        return None
    risk = relative_risk(one, of_one, other, of_other)
    if one == 0:
        return risk.relative_risk, None, None
    interval = risk.confidence_interval(0.95)
    return risk.relative_risk, interval.low, interval.high


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("redflag")
    args.add_argument("--tables", type=int, default=1000)
    args.add_argument("--seed", type=int, default=1)
    args = args.parse_args()
    redflag, dice, wrong = os.path.abspath(args.redflag), random.Random(args.seed), 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for number in range(args.tables):
            most = dice.choice([1, 5, 30, 300])
            tp, fp, fn, tn = (dice.randint(0, most) if dice.random() < 0.85 else 0 for _ in range(4))
            if tp + fp + fn + tn == 0:
                tn = 1
            with open("known.jsonl", "w") as out:
                for sign, right, count in [("yes", "high", tp), ("yes", "low", fp), ("no", "high", fn), ("no", "low", tn)]:
                    out.write(json.dumps({"sign": sign, "right": right}) + "\n" if count == 1 else
                              (json.dumps({"sign": sign, "right": right}) + "\n") * count)
            done = subprocess.run([redflag, "evaluate", QUESTIONNAIRE, "known.jsonl", "--truth", "right", "--format", "json"],
                                  capture_output=True, text=True)
            if done.returncode:
                sys.exit(done.stderr)
            told = json.loads(done.stdout)["all"]
            wanted = {
                "sensitivity": share(tp, tp + fn),
                "specificity": share(tn, tn + fp),
                "positive_predictive_value": share(tp, tp + fp),
                "negative_predictive_value": share(tn, tn + fn),
                "positive_likelihood_ratio": ratio(tp, tp + fn, fp, fp + tn),
                "negative_likelihood_ratio": ratio(fn, tp + fn, tn, fp + tn),
            }
            for figures in [told["by_level"]["high"], told["by_rule"]["A1"]]:
                for name, want in wanted.items():
                    got = figures[name] and tuple(figures[name][key] for key in ("value", "low", "high"))
                    alike = got is None and want is None or got and want and all(map(near, got, want))
                    if not alike:
                        wrong += 1
                        print(number, (tp, fp, fn, tn), name, "told", got, "wanted", want)
    print(f"{args.tables} tables, {wrong} figures differ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

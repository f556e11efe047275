# SPDX-License-Identifier: MIT
"""Checks a file in Chrome's trace event format: `check_trace.py FILE STAGE...`.

It must be JSON, every event must have the fields that viewers need, events of one thread must be nested or apart,
and each STAGE must occur. Prints "STAGE of WHAT < STAGE of WHAT ..." for each event, innermost first.
"""
import json
import sys

ROUNDING = 0.002  # times have three decimals


def need(condition, what):
    if not condition:
        sys.exit(f"trace: {what}")


def shape(event):
    need(isinstance(event.get("name"), str) and isinstance(event.get("pid"), int), f"no name or process: {event}")
    if event["ph"] == "M":
        return False
    need(event["ph"] == "X", f"not a complete event: {event}")
    need(isinstance(event["tid"], int) and event["ts"] >= 0 and event["dur"] >= 0, f"no thread or times: {event}")
    need(isinstance(event.get("args", {}).get("of", ""), str), f"odd arguments: {event}")
    return True


def title(event):
    of = event.get("args", {}).get("of")
    return event["name"] + (f" of {of.rsplit('/', 1)[-1]}" if of else "")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        trace = json.load(file)
    events = [event for event in trace["traceEvents"] if shape(event)]
    for stage in sys.argv[2:]:
        need(any(event["name"] == stage for event in events), f"no {stage}")
    for thread in {event["tid"] for event in events}:
        around = []
        mine = [event for event in events if event["tid"] == thread]
        for event in sorted(mine, key=lambda event: (event["ts"], -event["dur"])):
            while around and around[-1]["ts"] + around[-1]["dur"] <= event["ts"] + ROUNDING:
                around.pop()
            end = event["ts"] + event["dur"]
            need(not around or end <= around[-1]["ts"] + around[-1]["dur"] + ROUNDING,
                 f"{title(event)} ends after {title(around[-1]) if around else ''}")
            print(" < ".join(title(outer) for outer in [event] + around[::-1]))
            around.append(event)


main()

"""Troubleshooting as JSON by the public contract (format 1). Decides nothing.

Addresses and names of pasted lines are left out unless `names` asks for them. Beyond the contract there are
`next`, `possible`, `collect`, `note`, `dormant`, `verification`, and more in each entry.
"""

import json

from wizard.faces.json import Json, step_json
from wizard.model.diagnosis import Asked, Diagnosis, Match, OtherCause, TroubleResult, Verification, Way
from wizard.model.knowledge import Source


def trouble_json(result: TroubleResult, *, names: bool = False) -> str:
    """The result as JSON text that ends in a newline."""
    diagnosis, check = result.diagnosis, result.verification
    whole: Json = {
        "format": 1,
        "symptom": result.symptom,
        "path": [_answered(asked) for asked in result.path],
        "matches": [_match(match, names) for match in result.scan.matches] if result.scan else [],
        "diagnosis": _diagnosis(diagnosis) if diagnosis else None,
        "lookalikes": [_lookalike(other) for other in result.lookalikes],
        "remedies": [_way(way) for way in result.remedies],
        "next": _question(result.next) if result.next else None,
        "possible": [
            {"id": cause.id, "title": cause.title, "prediction": cause.prediction or None}
            for cause in result.possible
        ],
        "verification": _verification(check, names) if check else None,
        "note": result.note,
        "collect": result.collect,
        "dormant": result.dormant,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _answered(asked: Asked) -> Json:
    return {
        "question": asked.question,
        "answer": asked.answer,
        "origin": asked.origin,
        "detail": asked.detail,
        "instead_of": asked.instead_of or None,
        "rules_out": asked.rules_out,
    }


def _question(asked: Asked) -> Json:
    return {
        "question": asked.question,
        "text": asked.text,
        "find": asked.find,
        "gui": asked.gui,
        "commands": asked.commands,
        "answers": [
            {"value": one.value, "text": one.text, "rules_out": one.rules_out} for one in asked.answers
        ],
    }


def _match(match: Match, names: bool) -> Json:
    return {
        "line": match.line,
        "text": match.text if names else match.kept,
        "signature": match.signature,
        "means": match.means,
        "not_proved": match.not_proved,
        "proves": match.proves,
        "symptoms": match.symptoms,
        "repeats": match.repeats,
        "cleared": match.cleared,
    }


def _diagnosis(diagnosis: Diagnosis) -> Json:
    return {
        "id": diagnosis.id,
        "title": diagnosis.title,
        "cause": diagnosis.cause,
        "why": diagnosis.why,
        "certainty": diagnosis.certainty,
        "meanwhile": diagnosis.meanwhile,
        "prediction": diagnosis.prediction or None,
        "cures": diagnosis.cures,
        **_source(diagnosis.source),
    }


def _lookalike(other: OtherCause) -> Json:
    return {
        "id": other.id,
        "cause": other.cause,
        "check": other.check,
        "gui": other.gui,
        "commands": other.commands,
        **_source(other.source),
    }


def _way(way: Way) -> Json:
    return {
        "id": way.id,
        "option": way.option or None,
        "title": way.title,
        "price": way.price,
        "steps": [step_json(step) for step in way.steps],
        **_source(way.source),
    }


def _verification(check: Verification, names: bool) -> Json:
    return {
        "step": check.step,
        "check": check.check,
        "verdict": check.verdict,
        "expected": check.expected,
        "text": check.text,
        "seen": check.seen if names else check.kept,
        "missing": check.missing,
    }


def _source(source: Source) -> Json:
    return {"source": source.id, "section": source.section}

"""Writes codebook.json for survey.csv: scales, missing codes, areas with both missing rules, targets.

usage: make_codebook.py <data_dir>
"""
import csv
import json
import os
import sys

folder = sys.argv[1]
areas = {
    "tieto": "Tiedonhaku ja arviointi",
    "viestinta": "Viestintä ja yhteistyö",
    "sisalto": "Sisällön tuottaminen",
    "turvallisuus": "Turvallisuus",
    "ongelmat": "Ongelmanratkaisu",
    "ohjaus": "Ohjaaminen ja opettaminen",
}
reversed_items = {"turvallisuus_4", "ongelmat_5"}


def column(name, kind, label, **more):
    return {"name": name, "kind": kind, "label": {"fi": label}, **more}


def values(low, high):
    return [{"value": value} for value in range(low, high + 1)]


variables = [
    column("vastaaja", "answer_id", "Vastauksen tunnus"),
    column("aalto", "wave", "Kyselykierros"),
    column("kaupunki", "municipality", "Kaupunki"),
    column("yksikko", "unit", "Yksikkö"),
    column("rooli", "role", "Henkilöstöryhmä"),
    column("ika", "background", "Ikäryhmä"),
    column("koodi", "person_code", "Vastaajan koodi"),
]
for area, title in areas.items():
    for number in range(1, 6):
        name = f"{area}_{number}"
        item = column(name, "scale", f"{title}, väittämä {number}", values=values(0, 5))
        if name in reversed_items:
            item["reversed"] = True
        variables.append(item)
for area, title in areas.items():
    variables.append(
        column(f"tarkeys_{area}", "scale", f"{title}: tärkeys", values=values(1, 5), missing=[])
    )
variables.append(column("avoin", "text", "Avoin vastaus"))

items = {area: [f"{area}_{number}" for number in range(1, 6)] for area in areas}
half_of_items = {"min_share": 0.5, "of": "all", "min_answered": 1}
half_of_applicable = {"min_share": 0.5, "of": "applicable", "min_answered": 2}


def dimension(name, label, variables, rule, competence=False):
    return {
        "id": name,
        "label": {"fi": label},
        "variables": variables,
        "missing": rule,
        "competence": competence,
    }


dimensions = [
    dimension(area, title, items[area], half_of_items, True) for area, title in areas.items()
]
dimensions.append(dimension("kaikki", "Kaikki väittämät", sum(items.values(), []), half_of_items))
dimensions += [
    dimension(f"{area}-soveltuvat", f"{title} (soveltuvat väittämät)", items[area], half_of_applicable)
    for area, title in areas.items()
]

with open(os.path.join(folder, "targets.csv"), encoding="utf-8") as file:
    targets = [
        {"role": row["rooli"], "dimension": row["osa_alue"], "target": float(row["tavoite"])}
        for row in csv.DictReader(file)
    ]

codebook = {
    "schema": 1,
    "origin": "simulated",
    "title": {"fi": "Keksitty kysely"},
    "missing": [
        {"code": 8, "meaning": "not_my_work", "label": {"fi": "ei kuulu työhöni"}},
        {"code": 9, "meaning": "dont_know", "label": {"fi": "en osaa sanoa"}},
    ],
    "variables": variables,
    "dimensions": dimensions,
    "targets": targets,
}
with open(os.path.join(folder, "codebook.json"), "w", encoding="utf-8") as file:
    json.dump(codebook, file, ensure_ascii=False, indent=1)
    file.write("\n")

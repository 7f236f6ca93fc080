"""Writes the SPSS files of the tests with ReadStat, which is nobody's code here.

pip install pyreadstat==1.3.* pandas; python make.py
"""
import pandas as pd
import pyreadstat

long = "Tietokone on hidas. " * 20
frame = pd.DataFrame(
    {
        "vastaaja": ["a1", "a2", "a3", "a4", "a5"],
        "kaupunki": ["Jyväskylä", "Örebro", "Jyväskylä", "", "Jyväskylä"],
        "rooli": [1.0, 2.0, 1.0, 9.0, 2.0],
        "osaan_hakea_tietoa": [1.0, 5.0, 8.0, None, 3.0],
        "pelkaan_laitteita": [2.0, 4.0, 97.0, 98.0, 1.0],
        "tunnit": [0.5, -3.25, 1e6, None, 12.0],
        "avoin": [long, "", "å", "x" * 255, "y" * 256],
    }
)
labels = {
    "vastaaja": "Vastaajan tunnus",
    "rooli": "Tehtävä",
    "osaan_hakea_tietoa": "Osaan hakea tietoa verkosta",
    "pelkaan_laitteita": "Pelkään laitteita",
}
scale = {1: "täysin eri mieltä", 2: "eri mieltä", 3: "siltä väliltä", 4: "samaa mieltä", 5: "täysin samaa mieltä"}
values = {
    "rooli": {1: "opettaja", 2: "rehtori", 9: "muu"},
    "osaan_hakea_tietoa": scale | {8: "ei koske minua", 9: "en osaa sanoa"},
    "pelkaan_laitteita": scale,
    "kaupunki": {"Jyväskylä": "Jyväskylän kaupunki"},
}
missing = {
    "osaan_hakea_tietoa": [8, 9],
    "pelkaan_laitteita": [{"lo": 97, "hi": 99}],
}
for name, how in [
    ("plain.sav", {}),
    ("bytecode.sav", {"row_compress": True}),
    ("packed.zsav", {"compress": True}),
]:
    pyreadstat.write_sav(
        frame, name, column_labels=labels, variable_value_labels=values,
        missing_ranges=missing, file_label="Koeaineisto", **how,
    )

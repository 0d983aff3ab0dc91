#!/usr/bin/env python3
# /// script
# requires-python = ">=3.10"
# dependencies = ["statsforecast==2.1.1", "pandas==2.3.3", "numpy>=2,<3"]
# ///
"""Forecast a set with AutoETS and AutoARIMA of statsforecast, for `bontaicho forecast evaluate` to score beside ours.

Install and run, either
    uv run benches/statsforecast/run.py SET
or
    python3 -m venv venv && venv/bin/pip install statsforecast==2.1.1 pandas==2.3.3
    venv/bin/python benches/statsforecast/run.py SET

SET is a folder of the form that docs/formats/forecast-set.md describes. Every day of the baseline is forecast, with nothing but
the rows of `vintages` told until that day, place by place, on log(count + 1), in one process on one core. Each model gives
the 23 quantiles of the hubs for 1 to 4 weeks, as whole numbers, and becomes AutoETS.csv.gz or AutoARIMA.csv.gz in OUT.

A week that is not known between two others is drawn as a straight line, one at the end repeats the last, as statsforecast
takes no gaps. A place with fewer than 8 known weeks, or none of the last three, has no row. Where a model fails,
statsforecast falls back on a random walk with drift.
"""

import argparse
import os
import pathlib
import sys
import time
import warnings

# One core, as the figures beside it.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(name, "1")
os.environ.setdefault("NIXTLA_ID_AS_COL", "1")
warnings.filterwarnings("ignore")

import numpy as np
import pandas as pd
from statsforecast import StatsForecast
from statsforecast.models import AutoARIMA, AutoETS, RandomWalkWithDrift

# Central intervals, widest first: their ends and the median are the 23 quantiles.
INTERVALS = [98, 95, 90, 80, 70, 60, 50, 40, 30, 20, 10]
LEVELS = [0.01, 0.025, *(round(0.05 * step, 2) for step in range(1, 20)), 0.975, 0.99]
WEEKS = 4
FEWEST = 8

MODELS = {
    "AutoETS": lambda: AutoETS(season_length=1, model="ZZN", damped=True),
    "AutoARIMA": lambda: AutoARIMA(season_length=1),
}


def table(folder, name):
    """The file of a set with this name, packed or plain; places are text, whatever they look like."""
    found = [path for path in (folder / f"{name}.csv.gz", folder / f"{name}.csv") if path.exists()]
    if len(found) != 1:
        sys.exit(f"{folder}: one {name}.csv or {name}.csv.gz is needed, {len(found)} found")
    return pd.read_csv(found[0], dtype={"location": str})


def baseline(folder):
    names = {path.name.split(".csv")[0] for path in folder.glob("*-baseline.csv*")}
    if len(names) != 1:
        sys.exit(f"{folder}: one baseline is needed, {len(names)} found")
    return table(folder, names.pop())


def known(vintages, day, last):
    """Weeks by places as they were known at the end of a day, up to the week that ends on `last`."""
    told = vintages[vintages.as_of <= day].drop_duplicates(["location", "date"], keep="last")
    frame = told.pivot(index="date", columns="location", values="value")
    frame.index = pd.to_datetime(frame.index)
    frame = frame[frame.index <= last]
    if frame.empty:
        return frame
    return frame.reindex(pd.date_range(frame.index[0], last, freq="7D"))


def series(frame, longest):
    """The places of a frame as statsforecast takes them: long, without gaps, on log(count + 1)."""
    parts = []
    for place in frame:
        counts = frame[place].where(frame[place] >= 0).iloc[-longest:]
        if counts.notna().sum() < FEWEST or counts.iloc[-3:].isna().all():
            continue
        counts = counts.loc[counts.first_valid_index():].interpolate().ffill()
        parts.append(pd.DataFrame({"unique_id": place, "ds": counts.index, "y": np.log1p(counts.to_numpy(float))}))
    return pd.concat(parts) if parts else None


def quantiles(forecast, name):
    """Rows of 23 whole numbers."""
    low = forecast[[f"{name}-lo-{width}" for width in INTERVALS]].to_numpy()
    high = forecast[[f"{name}-hi-{width}" for width in reversed(INTERVALS)]].to_numpy()
    logarithms = np.concatenate([low, forecast[[name]].to_numpy(), high], axis=1)
    # An interval that explodes ends at exp(14), 1.2 million a week: without an end these models would score worse.
    counts = np.round(np.expm1(np.clip(logarithms, 0, 14)))
    return np.maximum.accumulate(counts, axis=1)


def forecast_set(targets, vintages, model, every, longest):
    """Rows of the model's file, seconds spent in the model, series forecast, seconds of each day."""
    rows, seconds, number = [], [], 0
    for day in sorted(targets.reference_date.unique())[::every]:
        wanted = targets[targets.reference_date == day]
        first = wanted.iloc[0]
        last = pd.Timestamp(first.target_end_date) - pd.Timedelta(weeks=int(first.horizon))
        data = series(known(vintages, day, last), longest)
        if data is None:
            continue
        begun = time.perf_counter()
        run = StatsForecast(models=[MODELS[model]()], freq="7D", n_jobs=1, fallback_model=RandomWalkWithDrift())
        said = run.forecast(df=data, h=WEEKS, level=INTERVALS)
        seconds.append(time.perf_counter() - begun)
        number += data.unique_id.nunique()
        said["horizon"] = said.groupby("unique_id").cumcount() + 1
        figures = quantiles(said, model)
        ends = {(row.location, row.horizon): row.target_end_date for row in wanted.itertuples()}
        for place, horizon, values in zip(said.unique_id, said.horizon, figures):
            end = ends.get((place, horizon))
            if end is not None:
                rows.append((day, place, horizon, end, *values))
    return rows, seconds, number


def main():
    parser = argparse.ArgumentParser(description="AutoETS and AutoARIMA on a set of forecasts.")
    parser.add_argument("set", type=pathlib.Path, help="folder with truth, vintages and one …-baseline")
    parser.add_argument("--out", type=pathlib.Path, help="folder for the files; the set's own without it")
    parser.add_argument("--model", choices=sorted(MODELS), action="append", help="only this one; may be repeated")
    parser.add_argument("--every", type=int, default=1, help="only every n-th day: AutoARIMA takes its time")
    parser.add_argument("--longest", type=int, default=110, help="weeks of history at most")
    asked = parser.parse_args()
    targets = baseline(asked.set)
    targets = targets[targets.horizon.between(1, WEEKS)]
    vintages = table(asked.set, "vintages").sort_values("as_of", kind="stable")
    # The first run compiles; it is not counted.
    warm = pd.DataFrame({"unique_id": "a", "ds": pd.date_range("2020-01-04", periods=30, freq="7D"),
                         "y": np.log1p(np.arange(30) % 7)})
    for model in asked.model or sorted(MODELS, reverse=True):
        StatsForecast(models=[MODELS[model]()], freq="7D", n_jobs=1).forecast(df=warm, h=WEEKS, level=INTERVALS)
        rows, seconds, number = forecast_set(targets, vintages, model, asked.every, asked.longest)
        if not rows:
            print(f"{model}: no day had enough history", flush=True)
            continue
        titles = ["reference_date", "location", "horizon", "target_end_date", *(f"q{level:g}" for level in LEVELS)]
        folder = asked.out or asked.set
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{model}.csv.gz"
        # No time in the packed bytes: the same forecasts give the same file.
        pd.DataFrame(rows, columns=titles).to_csv(path, index=False, compression={"method": "gzip", "mtime": 0})
        days = {row[0] for row in rows}
        print(f"{asked.set.name} {model}: {len(rows)} rows on {len(days)} days, {number} series, "
              f"{1000 * sum(seconds) / number:.1f} ms a series, a day {1000 * np.median(seconds):.0f} ms (median), "
              f"{1000 * max(seconds):.0f} ms (longest): {path}", flush=True)


if __name__ == "__main__":
    main()

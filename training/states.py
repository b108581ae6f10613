"""Write the table of states by name, ``states.csv``.

    python -m training states --out src/termbank/reconciliation/relations/tables/states.csv

Needs babel, whose names of territories are those of CLDR (Unicode licence). Names that
CLDR has not, official and short ones, are written down here.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from babel import Locale

NOT_STATES = re.compile(r"疑似|不明|周辺地域|ユーロ圏|欧州連合|国際連合")
OTHERS = {
    "CD": "コンゴ民主共和国 ザイール", "CG": "コンゴ共和国 ",
    "CN": "中華人民共和国", "TW": "中華民国", "KP": "朝鮮民主主義人民共和国", "KR": "大韓民国",
    "US": "アメリカ アメリカ合衆国 米国 合衆国", "GB": "英国 連合王国", "DO": "ドミニカ共和国",
    "DM": "ドミニカ国", "RU": "ロシア連邦", "MM": "ミャンマー ビルマ",
    "GE": "グルジア", "MK": "マケドニア 北マケドニア", "SZ": "スワジランド", "CZ": "チェコ共和国",
    "ZA": "南アフリカ共和国", "KG": "キルギスタン", "PS": "パレスチナ", "HK": "香港", "MO": "マカオ",
    "CF": "中央アフリカ", "NL": "オランダ", "FR": "フランス", "DE": "ドイツ連邦共和国",
    "BA": "ボスニア", "IE": "アイルランド共和国", "LK": "セイロン", "IR": "イラン・イスラム共和国",
    "AE": "UAE",
}  # fmt: skip


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rows = {
        (re.sub(r"\s*[(（].*", "", name), code)
        for code, name in Locale("ja").territories.items()
        if len(code) == len("JP") and not NOT_STATES.search(name)
    }
    rows |= {(name, code) for code, names in OTHERS.items() for name in names.split()}
    lines = [f"{name},{code}" for name, code in sorted(rows)]
    args.out.write_text("\n".join(["name,code", *lines, ""]), encoding="utf-8")

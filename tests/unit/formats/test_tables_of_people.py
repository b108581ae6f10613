"""Tables as people make them: headers, titles, languages, separators, statuses."""

import zipfile

import pytest

from termbank.formats.conversion import convert
from termbank.formats.detection import recognise_format
from termbank.formats.inspection import inspect
from termbank.formats.parts import module
from termbank.formats.tables.column_layouts import header_row
from termbank.formats.tables.record_reader import Reader
from termbank.formats.tables.status_labels import status_of

HEADERS = """\
日本語,英語,備考 ja en
英語,日本語 en ja
English,Japanese,Category en ja
用語,英訳,説明 ja en
Term,Translation,Notes en ja
和文,英文 ja en
EN,JA,Notes en ja
No,用語,読み,英語,品詞,定義 ja en
No.,日本語,よみ,English,分類,備考 ja en
ID,見出し語,訳語,注 ja en
原語,訳語,備考 en ja
用語（日本語）,用語（英語）,説明 ja en
日本語名,英語名,略称 ja en
term,pos,comment,translation_ja,comment_ja en ja
source,target,notes en ja
English_word,Japanese_word en ja
英語表記,日本語表記,使用可否 en ja
Key,English (US),Japanese en-US ja
en,ja,pos,description en ja
分類,日本語,英語,備考 ja en
見出し,訳,品詞 ja en
英単語,和訳,例文 en ja
Japanese Term,English Term,Status,Comment ja en
ja-JP,en-US,note ja-JP en-US
番号,名称,英語名称,解説 ja en
term,description,case sensitive,forbidden,tags,ja,ja_description en ja
Entry_ID,Entry_Domain,Japanese,English,Term_Info,Entry_Note ja en
Concept ID,Subject,ja,en,Status,Usage,Note ja en
正式表記,英語,出典 ja en
英,日,備考 en ja"""


def _file(tmp_path, content, name="a.csv"):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return str(path)


def _terms(path, *, split=False):
    reader = Reader(path)
    reader.split = split
    records = list(reader.concepts())
    return [[(t.lang, t.form, t.status) for t in record.terms] for record in records]


@pytest.mark.parametrize("line", HEADERS.splitlines())
def test_usual_headers_are_known(tmp_path, line):
    header, first, second = line.rsplit(" ", 2)
    form = {"ja": "停戦", "en": "ceasefire"}
    names = header.split(",")
    reader = Reader(
        _file(tmp_path, header + "\n" + ",".join("x" for _ in names) + "\n")
    )
    list(reader.rows())
    columns = reader.meaning.layout.columns
    sides = [at for at, column in enumerate(columns) if column.field == "form"]
    assert len(sides) == 2
    cells = ["x" if column.field != "concept_id" else "1" for column in columns]
    cells[sides[0]], cells[sides[1]] = form[first[:2]], form[second[:2]]
    (terms,) = _terms(_file(tmp_path, f"{header}\n{','.join(cells)}\n"))
    assert [term[:2] for term in terms] == [
        (first, form[first[:2]]),
        (second, form[second[:2]]),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["日本語", "Japanese"], ["英語", "English"]],
        [["用語", "term"], ["翻訳", "translation"]],
        [["猫", "cat"], ["犬", "dog"]],
        [["cat", "neko"], ["dog", "inu"]],
        [["停戦", "ceasefire", "備考"], ["和平", "peace", ""]],
        [["備考", "note"]],
    ],
)
def test_a_row_of_terms_is_no_header(rows):
    assert header_row(rows) is None


def test_titles_above_a_header_are_left_out_and_told(tmp_path):
    text = "用語集 2024年版\n\n作成,編集部\n日本語,英語,備考\n停戦,ceasefire,\n"
    reader = Reader(_file(tmp_path, text))
    (record,) = reader.concepts()
    assert [term.form for term in record.terms] == ["停戦", "ceasefire"]
    assert any("4" in warning for warning in reader.warnings)


def test_unknown_columns_are_kept_and_come_back(tmp_path):
    path = _file(tmp_path, "日本語,英語,担当\n停戦,ceasefire,山田\n")
    (record,) = Reader(path).concepts()
    assert record.extra == {"columns": {"担当": "山田"}}
    convert(path, tmp_path / "b.csv")
    convert(tmp_path / "b.csv", tmp_path / "c.jsonl")
    assert "山田" in (tmp_path / "c.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("label", "status"),
    [
        *(("承認", "preferred"), ("承認済み", "preferred"), ("確定", "preferred")),
        *(("却下", "forbidden"), ("使用不可", "forbidden"), ("使用禁止", "forbidden")),
        *(
            ("非推奨", "deprecated"),
            ("deprecated", "deprecated"),
            ("未承認", "proposed"),
        ),
    ],
)
def test_statuses_as_people_write_them(label, status):
    assert status_of(label) == status


def test_an_unknown_status_is_told(tmp_path):
    reader = Reader(_file(tmp_path, "日本語,英語,状態\n停戦,ceasefire,たぶん\n"))
    list(reader.concepts())
    assert any("たぶん" in line for line in reader.understood())


@pytest.mark.parametrize(
    ("rows", "langs"),
    [
        ("ウクライナ,Ukraine\nベータ版,β version\n", ("ja", "en")),
        ("プラグイン,plugin (プラグイン)\n設定,settings\n喫茶店,café\n", ("ja", "en")),
        ("OK,OK\nNATO,NATO\nserver,サーバー\n", ("en", "ja")),
    ],
)
def test_the_language_of_a_column_is_that_of_most_rows(tmp_path, rows, langs):
    terms = _terms(_file(tmp_path, rows))
    assert [term[0] for term in terms[0]] == list(langs)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_gives_every_row_as_many_cells(tmp_path, separator):
    rows = [("原語", "訳語"), ("赤", "red, dark"), ("緑", "green; light")]
    text = "".join(
        separator.join(f'"{c}"' if set(c) & {",", ";"} else c for c in row) + "\n"
        for row in rows
    )
    assert len(_terms(_file(tmp_path, text))) == 2
    assert _terms(_file(tmp_path, text))[0][1][1] == "red, dark"


def test_a_hash_begins_a_comment_only_where_the_format_says_so(tmp_path):
    table = _file(tmp_path, "日本語,英語\n#タグ,#tag\n")
    assert _terms(table) == [[("ja", "#タグ", ""), ("en", "#tag", "")]]
    omegat = _file(tmp_path, "# comment\nタグ\ttag\n", "a.txt")
    assert len(_terms(omegat)) == 1


def test_several_spellings_in_a_cell_are_told_and_split_on_request(tmp_path):
    text = "en,ja\nactivate,有効化|アクティベート\nlayer,レイヤ／レイヤー\nand/or,A and/or B\n"
    path = _file(tmp_path, text)
    reader = Reader(path)
    assert len(list(reader.concepts())) == 3
    assert any("2, 3" in warning for warning in reader.warnings)
    split = _terms(path, split=True)
    assert [term[1] for term in split[0]] == ["activate", "有効化", "アクティベート"]
    assert split[0][2][2] == "admitted"
    assert len(split[2]) == 2


def test_a_retired_form_joins_the_form_to_use(tmp_path):
    text = "en,ja,status\nfolder,フォルダー,preferred\nfolder,フォルダ,deprecated\n"
    (terms,) = _terms(_file(tmp_path, text))
    assert terms[1:] == [
        ("ja", "フォルダー", "preferred"),
        ("ja", "フォルダ", "deprecated"),
    ]


ODS = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="表紙"><table:table-row><table:table-cell><text:p>用語集</text:p>
</table:table-cell></table:table-row></table:table>
<table:table table:name="用語"><table:table-row><table:table-cell><text:p>日本語</text:p>
</table:table-cell><table:table-cell/><table:table-cell><text:p>英語</text:p></table:table-cell>
</table:table-row><table:table-row table:number-rows-repeated="1000000"/>
<table:table-row><table:table-cell><text:p>停戦<text:s text:c="2"/>案</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="1"/><table:table-cell>
<text:p>ceasefire</text:p></table:table-cell><table:table-cell
 table:number-columns-repeated="16000"/></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"""


def test_the_first_sheet_with_a_table_is_read(tmp_path):
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS)
    found = inspect(path)
    assert (found.format, found.terms, found.langs) == ("ods", 2, ["ja", "en"])
    convert(path, tmp_path / "b.csv")
    assert "停戦  案" in (tmp_path / "b.csv").read_text(encoding="utf-8")


def test_a_conversion_says_what_it_understood(tmp_path):
    path = _file(tmp_path, "日本語;英語;担当\n停戦|休戦;ceasefire;山田\n")
    losses = convert(path, tmp_path / "b.jsonl")
    told = "\n".join(losses.understood)
    for word in ("日本語 = ja", "英語 = en", "担当", "2"):
        assert word in told
    convert(path, tmp_path / "b.jsonl", split=True)
    assert '"休戦"' in (tmp_path / "b.jsonl").read_text(encoding="utf-8")
    assert inspect(path).as_dict()["columns"][0] == "日本語 = ja"


@pytest.mark.parametrize(
    ("text", "langs", "first"),
    [
        (
            "A列,B列,C列,D列\nid,term,definition,category\nG1,主権,意味,領域\n",
            ["ja"],
            ["主権"],
        ),
        (
            ",Unnamed: 1,Unnamed: 2\n用語,英語,備考\n停戦,ceasefire,x\n",
            ["ja", "en"],
            ["停戦", "ceasefire"],
        ),
        (
            "0,QUEST_A_1,冒険,Adventure,ui/a.gmd\n1,QUEST_B_2,戦い,Battle,ui/b.gmd\n",
            ["ja", "en"],
            ["冒険", "Adventure"],
        ),
        ("1,停戦,,ceasefire\n2,合意,,agreement\n", ["ja", "en"], ["停戦", "ceasefire"]),
        (
            "NATO,北大西洋条約機構,x\nEU,欧州連合,y\n",
            ["en", "ja"],
            ["NATO", "北大西洋条約機構"],
        ),
        (
            "생성형,generative AI\n모델,model\n",
            ["ko", "en"],
            ["생성형", "generative AI"],
        ),
        ("โมเดล,model\nภาษา,language\n", ["th", "en"], ["โมเดล", "model"]),
        (
            "Move Name,Notes,Localized\nはむパンチ,,Hamu-Punch\n",
            ["ja", "en"],
            ["はむパンチ", "Hamu-Punch"],
        ),
        (
            "用語,英訳,備考(事実のみ)\n停戦,ceasefire,x\n",
            ["ja", "en"],
            ["停戦", "ceasefire"],
        ),
        (
            "Term,Translation,Notes for translators\nlid,ふた,x\n",
            ["en", "ja"],
            ["lid", "ふた"],
        ),
    ],
)
def test_tables_whose_terms_are_not_in_the_first_columns(tmp_path, text, langs, first):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    concept = next(iter(module("csv").concepts(str(path))))
    assert [term.lang for term in concept.terms] == langs
    assert [term.form for term in concept.terms] == first


def test_a_list_of_spreadsheet_letters_stays_a_list_of_terms(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("A,エー\nB,ビー\n", encoding="utf-8")
    assert len(list(module("csv").concepts(str(path)))) == 2


def test_keys_under_code_make_a_table_of_strings(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "CODE,Context for translation,EN,JP\nback,,Back,戻る\nplayer_n,,Player %1,プレイヤー%1\n",
        encoding="utf-8",
    )
    assert recognise_format(str(path)) == "keyed-table"
    path.write_text("code,en,ja\nA1,lid,ふた\nA2,box,箱\n", encoding="utf-8")
    assert recognise_format(str(path)) == "csv"

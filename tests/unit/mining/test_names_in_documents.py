"""Names in documents of any kind: what is none, rims, titles, places found again."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import termbank

# Prose of a manual: loanwords and Latin letters in every sentence.
MANUAL = (
    "このフレームワークは{name}で動くライブラリーです。コンポーネントのテンプレートはAPIを通してレンダリング"
    "されます。データベースのスキーマはJSONで書き、サーバーのエンドポイントにHTTPで送ります。ユーザーは"
    "ブラウザーのコンソールでエラーとログを見られます。プラグインとミドルウェアはオプションです。"
    "リアクティビティーのシステムはステートを監視し、ウォッチャーがイテレータを呼びます。"
    "クライアントは{name}のクラスをインスタンスにし、パラメーターとヘッダーを渡します。"
    "コマンドラインのツールをインストールし、ディレクトリーにファイルを作ってターミナルで起動します。"
    "テストではモックとスタブを使い、SDKのインターフェースをチェックします。"
)


MANUAL += MANUAL.replace("この", "その")


def _names(*texts: str) -> dict[str, str]:
    found = termbank.mine(termbank.documents(list(texts)))
    rows = found.filter(pl.col("kind") != "term").select("surface", "kind")
    return dict(rows.iter_rows())


def _places(text: str, form: str) -> int:
    found = termbank.mine(termbank.documents([text]))
    rows = (pl.col("surface") == form) & (pl.col("kind") != "term")
    return found.filter(rows).height


def test_loanwords_of_a_manual_are_no_names() -> None:
    assert _names(MANUAL.format(name="サーバー")) == {}


@pytest.mark.parametrize(
    "tool", ["Svelte", "PostgreSQL", "Node.js", "Vue Router", "OAuth2", "Redis"]
)
def test_a_tool_of_a_manual_is_a_product(tool: str) -> None:
    assert _names(MANUAL.format(name=tool)) == {tool: "product"}


@pytest.mark.parametrize("word", ["Web", "HTTP", "useState", "not found", "Checking"])
def test_words_in_latin_letters_are_no_products(word: str) -> None:
    assert _names(MANUAL.format(name=word)) == {}


def test_a_part_of_code_is_no_product() -> None:
    code = (
        "```ts\nconst a: MaybeRef = new MaybeRef()\nlet b: MaybeRef, c: MaybeRef\n```\n"
    )
    assert "MaybeRef" not in _names(code + MANUAL.format(name="MaybeRef") + "\n" + code)


@pytest.mark.parametrize(
    "text",
    [
        "- は\n* に\n---------------\n1. の\n",
        "### トランジション\n\n**リアクティブ** な `値`\n",
        "第6章では2009 年 9 月に30 歳だったと述べる。時刻はUTC+9である。",
    ],
)
def test_markup_dates_and_counts_are_no_names(text: str) -> None:
    assert _names(text) == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("隣国ザンビアと国境を接する。", {"ザンビア"}),
        ("ロシア・モスクワで会談した。", {"ロシア", "モスクワ"}),
        ("トルコ南部カフラマンマラシュで捜索した。", {"トルコ", "カフラマンマラシュ"}),
        ("ラインフェルト首相とコジャ保健相が会談した。", {"ラインフェルト", "コジャ"}),
        ("【キーウ共同】ウクライナ政府が発表した。", {"キーウ", "共同"}),
        ("日本経済団体連合会（経団連）は提言した。経団連は続けた。", {"日本経済団体連合会", "経団連"}),
        ("住民代表のAnna と Tom が来た。", {"Tom"}),
    ],
)  # fmt: skip
def test_names_begin_and_end_where_they_do(text: str, names: set[str]) -> None:
    found = _names(text)
    assert names <= found.keys()
    longer = {name for name in found for part in names if part in name and part != name}
    assert longer - names - {"ウクライナ政府"} == set()


@pytest.mark.parametrize(
    ("text", "form", "times"),
    [
        ("パズ・ザラテ氏が述べた。判決はザラテの主張と違う。反論をザラテは続けた。", "ザラテ", 2),
        ("日本の技術は高い。部品は東レ（日本）が作る。", "日本", 2),
        ("ワリド アル ムアレム外相は演説した。ムアレムは合意を求めた。", "ムアレム", 1),
    ],
)  # fmt: skip
def test_a_name_found_is_found_everywhere_in_its_document(
    text: str, form: str, times: int
) -> None:
    assert _places(text, form) >= times


def test_a_unit_is_no_senator() -> None:
    text = "グラム上院議員は語った。薬は50グラムある。"
    assert _places(text, "グラム") == 1


@given(
    st.lists(
        st.sampled_from(
            ["**", "停戦", "`a`", "\n", "- ", "Vue", "ザラテ氏", "・", "と", " ", "9", "#", "（", "）", "部", "＝", "Node.js"]
        ),
        max_size=25,
    ).map("".join)
)  # fmt: skip
def test_no_name_begins_or_ends_in_a_mark(text: str) -> None:
    for name in _names(text):
        assert name.strip(" 　*`#-=＝・|") == name
        assert "\n" not in name


INSERT = (
    "{drug}錠は、通常、成人には1回250mgを1日3回経口投与する。副作用として発疹があらわれた場合は投与を中止する。"
    "禁忌：本剤の成分に対し過敏症の既往歴のある患者。{drug}水和物とゲンタマイシンを併用する場合は用量に注意する。"
    "クラリスロマイシン及びランソプラゾール併用の場合、1回200mgを投与する。服用を忘れた場合は医師に相談する。"
)


@pytest.mark.parametrize(
    "drug", ["アモキシシリン", "リトナビル", "ドルテグラビル", "セフジトレン"]
)
def test_a_substance_is_neither_person_nor_body(drug: str) -> None:
    assert _names(INSERT.format(drug=drug)) == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("アムロジピンとロサルタンを服用した。ニボルマブの効果を見た。", {}),
        ("ゲフィチニブ（イレッサ）を投与した。", None),
        ("エイプリルさんは来た。", {"エイプリル": "person"}),
        (
            "セフジトレン　ピボキシルは抗菌薬である。",
            {"セフジトレン　ピボキシル": "product"},
        ),
        (
            "セフポドキシム　プロキセチルを服用。",
            {"セフポドキシム　プロキセチル": "product"},
        ),
        ("山田　太郎は医師だ。", {"山田　太郎": "person"}),
    ],
)
def test_a_medicine_of_two_words_is_whole_and_no_body(text, names) -> None:
    found = _names(text)
    if names is None:
        assert "ゲフィチニブ" not in found
    else:
        assert found == names


@pytest.mark.parametrize(
    "drug",
    [
        "ラモトリギン",
        "レボカルニチン",
        "グリメピリド",
        "ウラピジル",
        "アドレナリン",
        "トロメタモール",
    ],
)
def test_what_is_given_or_measured_in_blood_is_a_substance(drug) -> None:
    text = f"{drug}を1日1回経口投与する。副作用として発疹がある。{drug}は腎臓から排泄される。"
    assert _names(text) == {}
    assert _names(f"患者に{drug}錠を服用させた。{drug}との併用に注意する。") == {}


def test_people_beside_medicines_stay_people() -> None:
    text = "アンナさんにワクチンを投与した。ゼレンスキー氏は錠剤を服用した。キーウの病院で点滴を受けた。"
    found = _names(text)
    assert found["アンナ"] == "person"
    assert found["ゼレンスキー"] == "person"
    assert found["キーウ"] == "place"


CONTRACT = (
    "この利用規約（以下「本規約」といいます。）は、株式会社停戦商事（以下「甲」という。）が提供する配信"
    "（以下、「本サービス」といいます。）の条件を定める。甲は本サービスを停止できる。本規約は第１３条に従う。"
    "「会員」とは、登録した者をいう。会員は本規約に同意する。刑事訴訟法による。"
)


def test_a_contract_defines_its_terms_whole() -> None:
    found = termbank.mine(termbank.documents([CONTRACT]))
    terms = found.filter(pl.col("kind") == "term")["surface"].to_list()
    for term, times in {"本規約": 3, "本サービス": 2, "甲": 2, "会員": 2}.items():
        assert terms.count(term) == times
    ranked = termbank.candidates(found, by="document")["form"].to_list()
    assert ranked.index("本サービス") < ranked.index("サービス")
    assert not {"第１３条", "刑事訴訟法"} & _names(CONTRACT).keys()


def test_a_part_of_an_invention_loses_its_deixis_and_numeral() -> None:
    text = "前記制御部２０は当該送信部３０を制御する。該受信部は前記制御部２０に接続される。"
    ranked = termbank.candidates(termbank.mine(termbank.documents([text])))
    forms = ranked["form"].to_list()
    assert {"制御部", "送信部", "受信部"} <= set(forms[:3])
    assert not [form for form in forms if form.startswith(("前記", "当該", "該"))]


def test_a_fragment_ranks_below_its_whole() -> None:
    text = "暗号通貨のビットコインが上がった。ビットコインは続伸した。"
    ranked = termbank.candidates(
        termbank.mine(termbank.documents([text])), by="document"
    )
    forms = ranked["form"].to_list()
    assert forms.index("ビットコイン") < forms.index("コイン")


def test_a_name_cut_by_a_line_end_is_found_with_its_offsets() -> None:
    text = (
        "ウクライナの代表団は昨日の会談のあと記者団に対し、ゼレン\n"
        "スキー大統領が来週の首脳会談に出席する見通しだと述べた上\n"
        "で、停戦案の詳しい内容については明らかにせず今後の協議に\n"
        "委ねる考えを示した。\n"
    )
    found = termbank.mine(termbank.documents([text]))
    rows = found.filter(pl.col("surface") == "ゼレンスキー")
    start, end = rows.select("start", "end").row(0)
    assert text[start:end] == "ゼレン\nスキー"
    assert rows["kind"].to_list() == ["person"]
    for start, end, surface in found.select("start", "end", "surface").iter_rows():
        assert text[start:end].replace("\n", "") == surface


DIALOGUE = (
    "「サヨリ……？　どうしたの？」\n「おはよう、[player]くん！」\nサヨリ「早く行こうよ」\n"
    "{i}モニカ{/i}「みんな、文芸部へようこそ！」\n「ギャアアアアア！」\n「モニカ、待って！」\n"
)


def test_who_speaks_is_a_person_and_a_shout_is_none() -> None:
    assert _names(DIALOGUE) == {"サヨリ": "person", "モニカ": "person"}


def test_a_mail_names_people_and_its_labels_nobody() -> None:
    text = "件名: 打ち合わせの件\n田中様\n株式会社山田商事の佐藤です。\n--\n佐藤 健一\n営業部\n"
    found = _names(text)
    assert {"田中", "佐藤 健一", "株式会社山田商事"} <= found.keys()
    assert not {"件名", "打ち合わせ", "株式会社", "健一"} & found.keys()


def test_a_family_name_of_one_character_is_found_before_its_title() -> None:
    text = "尹錫悦大統領は会談した。会見で尹氏は反発した。"
    assert _places(text, "尹") == 1

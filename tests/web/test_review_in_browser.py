"""The review page in a real browser: every key and button, and what the files say then."""

import os

import pytest

from .conftest import SCRIPT, SPELLINGS, Reader, served

VIEWS = [(1280, 900, "light"), (1280, 900, "dark"), (360, 740, "light")]


def decisions(project):
    return {key[1:] for key in project.rows().tables["decisions"]}


def concept_of(project, form):
    (one,) = project.rows().concepts(form, "ja")
    return one


def test_one_member_is_left_out_and_the_others_are_joined(reader, project):
    assert reader.title() == "サーバー"
    names = reader.page.locator(".member b").all_inner_texts()
    number = names.index("サーバーズ") + 1
    reader.press(str(number), "a")
    assert concept_of(project, "サーバ") == concept_of(project, "サーバー")
    assert concept_of(project, "サーバーズ") != concept_of(project, "サーバー")
    assert ("different", "サーバー", "サーバーズ") in decisions(project)
    assert ("same", "サーバー", "サーバ") in decisions(project)
    reader.press("z")
    assert decisions(project) == set()
    assert reader.title() == "サーバー"


def test_choose_prefers_the_next_form_with_one_key(reader, project):
    reader.queue("spelling")
    first = reader.page.locator(".member b").all_inner_texts()
    reader.press("c", "a")
    home = concept_of(project, first[1])
    assert project.rows().lead(home) == first[1]


def test_rejected_pairs_are_different_and_never_asked_again(reader, project):
    reader.press("x")
    assert ("different", "サーバ", "サーバー") in decisions(project)
    assert "サーバー" not in reader.page.locator("#list .row a").all_inner_texts()


def test_split_gives_each_form_left_out_a_concept_of_its_own(reader, project):
    reader.press("a")
    reader.queue("concept")
    reader.page.get_by_role("link", name="サーバー").first.click()
    reader.page.wait_for_timeout(200)
    names = reader.page.locator(".member b").all_inner_texts()
    assert len(names) == 3
    reader.press("2", "s")
    assert concept_of(project, names[1]) != concept_of(project, names[0])


def test_a_concept_is_approved_with_its_english_by_one_key(reader, project):
    reader.queue("concept")
    title = reader.title()
    while not title.startswith("用語"):
        reader.press("j")
        title = reader.title()
    reader.press("a")
    home = concept_of(project, title)
    assert project.rows().tables["concepts"][(home,)][3] == "preferred"
    assert [row[4] for row in project.rows().terms(home, "en")] == ["preferred"]


def test_a_rejected_concept_is_gone_and_its_form_decided(reader, project):
    reader.queue("concept")
    title = reader.title()
    reader.press("x")
    assert project.rows().concepts(title, "ja") == []
    assert ("reject", title, "") in decisions(project)


def test_english_is_chosen_and_the_rest_refused(reader, project):
    reader.queue("english")
    reader.page.get_by_label("truce").check()
    reader.page.get_by_label("ceasefire").uncheck()
    reader.page.locator("#card h2").focus()
    reader.press("a")
    rows = project.rows().terms(concept_of(project, "停戦"), "en")
    assert [(row[2], row[4]) for row in rows] == [("truce", "preferred")]


def test_merge_by_a_typed_form(reader, project):
    reader.queue("concept")
    title = reader.title()
    reader.press("m")
    reader.page.keyboard.type("停戦")
    with reader.page.expect_response("**/merge"):
        reader.page.keyboard.press("Enter")
    reader.page.wait_for_timeout(100)
    assert concept_of(project, title) == concept_of(project, "停戦")


def test_edit_writes_what_was_typed_and_nothing_else(reader, project):
    reader.queue("concept")
    title = reader.title()
    before = dict(project.rows().tables["terms"])
    reader.press("e")
    reader.page.fill('#edit input[name="note"]', "社内のみ")
    with reader.page.expect_response("**/edit"):
        reader.page.keyboard.press("Enter")
    reader.page.wait_for_timeout(100)
    after = project.rows().tables["terms"]
    changed = {key: row for key, row in after.items() if before[key] != row}
    assert [(key[2], row[13]) for key, row in changed.items()] == [(title, "社内のみ")]


def test_note_gives_the_reason_of_the_decision(reader, project):
    reader.press("n")
    reader.page.keyboard.type("JTF に従う")
    reader.press("Enter", "a")
    whys = {row[6] for row in project.rows().tables["decisions"].values()}
    assert whys == {"JTF に従う"}


def test_later_puts_off_flag_marks_and_both_survive_a_restart(browser, project):
    with served(project) as address:
        reader = Reader(browser, address)
        first = reader.title()
        reader.press(" ")
        assert reader.title() != first
        reader.press("f")
        reader.press("a")
        left = reader.page.locator("#list .row").count()
        reader.context.close()
    with served(project) as address:
        reader = Reader(browser, address)
        assert reader.page.locator("#list .row").count() == left
        rows = reader.page.locator("#list .row a").all_inner_texts()
        assert rows[-1].startswith(first)
        reader.context.close()


def test_ticked_cards_are_decided_together(reader, project):
    reader.queue("concept")
    reader.press("v")
    reader.page.wait_for_timeout(150)
    reader.press("v")
    reader.page.wait_for_timeout(150)
    assert reader.page.inner_text("#ticked-count") == "2"
    before = len(project.rows().tables["concepts"])
    reader.press("x")
    assert len(project.rows().tables["concepts"]) == before - 2
    reader.press("z")
    assert len(project.rows().tables["concepts"]) == before


def test_many_are_decided_by_a_sign_after_a_sample_was_shown(reader, project):
    reader.page.goto(reader.page.url.split("?")[0] + "bulk?queue=concept&pattern=用語")
    assert reader.page.locator(".sample > li").count() == 5
    with reader.page.expect_response("**/bulk"):
        reader.page.get_by_role("button", name="すべて除外").click()
    reader.page.get_by_text("5 枚を決めました").wait_for()
    assert not any("用語" in key[2] for key in project.rows().tables["terms"])


def test_search_help_and_the_place_in_the_file(reader):
    reader.press("?")
    assert reader.page.locator("dialog[open]").count() == 1
    reader.press("Escape")
    reader.page.locator(".place").first.click()
    reader.page.wait_for_selector(".place-lines .here")
    assert "昨日、サーバーを見た。" in reader.page.inner_text(".place-lines .here")
    reader.page.locator("#card h2").focus()
    reader.press("/")
    reader.page.keyboard.type("プリン")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**q=*")
    assert reader.page.locator("#list .row").count() == 1
    assert reader.title() in ("プリンター", "プリンタ")


def test_every_button_bears_its_key(reader):
    buttons = reader.page.locator("#card [data-key]")
    for at in range(buttons.count()):
        key = buttons.nth(at).get_attribute("data-key")
        shown = buttons.nth(at).locator("kbd").inner_text()
        assert shown == ("スペース" if key == " " else key)


def test_of_two_reviewers_the_stale_one_is_refused_and_told(browser, address, project):
    first, second = Reader(browser, address), Reader(browser, address)
    assert first.title() == second.title()
    first.press("a")
    done = dict(project.rows().tables["decisions"])
    second.press("x")
    assert "決定は書いていません" in second.message()
    assert project.rows().tables["decisions"] == done
    assert second.title() != "サーバー"
    second.press("a")
    assert len(project.rows().tables["decisions"]) > len(done)
    assert first.complaints == second.complaints == []


def test_a_whole_queue_takes_one_key_a_card(reader, project):
    pressed = 0
    while reader.page.locator("#list .row").count():
        reader.press("a")
        pressed += 1
    assert pressed == len(SPELLINGS)
    assert reader.page.locator("#counts").inner_text().startswith("表記をまとめる 0")


def test_a_script_in_a_term_a_name_or_a_request_is_text(reader, project):
    for queue in ("concept", "request"):
        reader.queue(queue)
        reader.page.wait_for_timeout(100)
        assert "pwned" not in reader.page.title()
    reader.queue("concept")
    texts = reader.page.locator("#list .row a").all_inner_texts()
    assert any(SCRIPT in text for text in texts)
    assert "<b>本.txt:2" in reader.page.locator(".place").first.inner_text()


def test_requests_are_closed_and_look_ups_that_fail_become_requests(reader, project):
    reader.page.goto(reader.page.url.split("?")[0] + "browse?q=シュレディンガー")
    reader.queue("request")
    rows = reader.page.locator("#list .row a").all_inner_texts()
    assert rows == ["シュレディンガー", "量子"]
    reader.press("x", "a")
    assert reader.page.locator("#list .row").count() == 0


def test_look_up_as_one_types_finds_kana_romaji_and_typing_errors(reader):
    reader.page.goto(reader.page.url.split("?")[0] + "browse")
    for typed, lead in (
        ("さーば", "サーバー"),
        ("purint", "プリンター"),
        ("サーパー", "サーバー"),
        ("ceasef", "停戦"),
        ("用語3", "用語3"),
    ):
        reader.page.fill("#q", typed)
        found = reader.page.locator("#found a").get_by_text(lead, exact=True)
        found.first.wait_for()
    reader.page.get_by_role("link", name="用語3").click()
    reader.page.wait_for_selector(".concept h1")
    assert "term 3" in reader.page.inner_text(".concept table")


def test_findings_of_a_bilingual_check_are_faults_or_false_alarms(
    browser, project, tmp_path
):
    from termbank.operations.finding_queue import decided_findings, put_findings
    from termbank.types import Finding, Span

    file = tmp_path / "pairs.csv"
    file.write_text("ja,en\nサーバーを止める,stop the host\n三行目,third\n", "utf-8")
    found = [
        Finding("TB301", Span(0, 3), "訳語がない", path=str(file), line=2),
        Finding("TB306", Span(0, 3), "数が違う", path=str(file), line=3),
    ]
    assert put_findings(project, found) == 2
    with served(project) as address:
        reader = Reader(browser, address)
        reader.queue("finding")
        assert reader.title() == "訳語がない"
        reader.page.locator(".place-lines .here").wait_for()
        assert "stop the host" in reader.page.inner_text(".place-lines .here")
        reader.press("a", "x")
        assert reader.page.locator("#list .row").count() == 0
        assert reader.complaints == []
        reader.context.close()
    states = [(row[2], row[4]) for row in decided_findings(project)]
    assert states == [("TB306", "false alarm"), ("TB301", "fault")]
    assert put_findings(project, found) == 0


def test_history_undoes_any_change(reader, project):
    reader.press("a")
    reader.page.get_by_role("link", name="履歴").click()
    reader.page.get_by_role("button", name="取り消す").first.click()
    reader.page.wait_for_load_state()
    assert decisions(project) == set()


@pytest.mark.parametrize(("width", "height", "scheme"), VIEWS)
@pytest.mark.parametrize(
    "place", ["", "browse", "history", "bulk?queue=concept&at_least=1"]
)
def test_no_serious_fault_of_accessibility(
    browser, address, width, height, scheme, place
):
    axe = os.environ.get("TERMBANK_AXE", "")
    if not axe:
        pytest.skip("needs axe-core: TERMBANK_AXE names axe.min.js")
    view = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    reader = Reader(browser, address, bypass_csp=True, **view)
    reader.page.goto(address.split("?")[0] + place)
    reader.page.add_script_tag(path=axe)
    found = reader.page.evaluate("axe.run()")["violations"]
    serious = [
        (one["id"], one["nodes"][0]["html"])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
    reader.context.close()

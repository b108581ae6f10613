"""A text's day is read from front matter, a dateline or the file name, else not at all."""

import pytest

from termbank.checking.files.text_dates import date_of


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021年5月1日に会談した。\n続き",
        "会談は2021-05-01に開かれた。",
        "1\n2\n3\n4\n2021年5月1日",
        "May 2021",
        "2021年13月1日",
        "---\ntitle: x\n---\n本文",
    ],
)
def test_a_date_in_running_text_dates_nothing(text):
    assert date_of(text.encode()) == ""


@pytest.mark.parametrize(
    "text",
    [
        "---\ndate: 2021-05-01\n---\n",
        '+++\ndate = "2021-05-01T10:00:00Z"\n+++\n',
        "2021年5月1日\n本文",
        "見出し\n2021年5月1日(土) 10:30 更新\n",
        "公開日: 2021/5/1\n",
        "Headline\nMay 1, 2021\nText",
        "Published: 1 May 2021\n",
    ],
)
def test_a_line_with_nothing_but_a_date_dates_the_text(text):
    assert date_of(text.encode()) == "2021-05-01"


@pytest.mark.parametrize(
    "path", ["2021-05-01.txt", "a/20210501-talks.md", "x_2021-05-01_y.po"]
)
def test_the_file_name_dates_the_text_where_it_does_not_itself(path):
    assert date_of(b"", path) == "2021-05-01"
    assert date_of("2022年1月1日".encode(), path) == "2022-01-01"


def test_other_figures_in_a_file_name_date_nothing():
    assert date_of(b"", "report-123456789.txt") == date_of(b"", "20211399.txt") == ""

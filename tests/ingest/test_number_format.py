from datetime import date, datetime, time, timedelta

import pytest

from ingest.readers.sheets.number_format import shown


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (None, "General", ""),
        (16068, "General", "16068"),
        (16068, "#,##0", "16.068"),
        (1234567.891, "#,##0.00", "1.234.567,89"),
        (0.145, "0.0%", "14,5%"),
        (0.5, "0%", "50%"),
        (2.5, "General", "2,5"),
        (0.1 + 0.2, "General", "0,3"),
        (1 / 3, "General", "0,3333333333"),
        (-1234, "#,##0;(#,##0)", "-1.234"),
        (-0.2, "0", "0"),
        (5, "000", "005"),
        (0, "#,##0", "0"),
        (1.5, "0.##", "1,5"),
        (2, "0.##", "2"),
        (1500000, '#,##0 "đồng"', "1.500.000 đồng"),
        (1500, "[$₫-42A]#,##0", "₫1.500"),
        (1500, '_-* #,##0\\ "₫"_-;-* #,##0\\ "₫"_-', "1.500 ₫"),
        (2500000, "#,##0,", "2.500"),
        (12, '"Lần "0', "Lần 12"),
        (123456789012, "General", "123456789012"),
        (True, "General", "TRUE"),
        (datetime(2024, 1, 31), "dd/mm/yyyy", "31/01/2024"),
        (datetime(2024, 1, 31), "mm-dd-yy", "31/01/2024"),
        (datetime(2024, 1, 31, 8, 5), "dd/mm/yyyy hh:mm", "31/01/2024 08:05"),
        (datetime(2024, 1, 1), "mm/yyyy", "01/2024"),
        (datetime(2024, 1, 1), "yyyy", "2024"),
        (date(2024, 1, 31), "General", "31/01/2024"),
        (time(8, 5), "hh:mm", "08:05"),
        (timedelta(hours=26, minutes=5), "[h]:mm", "26:05"),
        ("chữ", "General", "chữ"),
    ],
)
def test_values_are_shown_as_in_vietnamese_excel(value, form, text):
    assert shown(value, form) == text

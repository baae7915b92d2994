from pathlib import Path

import pytest

from assistant.errors import BadSettings
from assistant.settings import Settings


def test_arguments_come_before_the_environment():
    settings = Settings.load({"hits": 7}, {"TDKT_HITS": "9", "TDKT_STORE": "/kho"})
    assert settings.hits == 7
    assert settings.store == Path("/kho")


def test_without_anything_the_users_own_folder_is_taken():
    assert "tdkt" in str(Settings.load({}, {}).store)


def test_an_unknown_setting_is_refused_by_name():
    with pytest.raises(BadSettings, match="kho_du_lieu") as error:
        Settings.load({"kho_du_lieu": "x"}, {})
    assert "store" in error.value.remedy


def test_a_wrong_number_names_the_variable():
    with pytest.raises(BadSettings, match="hits") as error:
        Settings.load({}, {"TDKT_HITS": "nhiều"})
    assert "TDKT_HITS" in error.value.remedy


def test_a_secret_never_shows():
    settings = Settings.load({"api_key": "rat-bi-mat"}, {})
    assert "rat-bi-mat" not in repr(settings)
    assert settings.api_key == "rat-bi-mat"

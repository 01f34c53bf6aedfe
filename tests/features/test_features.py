"""Every scenario of the built-in pack, run by pytest-bdd."""

from pytest_bdd import scenarios

from dabiao.rules.pack_files import built_in

scenarios(str(built_in()))

from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_private_key

from backend.kit.secrets import open_secrets, readable_by_others


def test_secrets_are_made_once_and_kept(tmp_path: Path):
    assert open_secrets(tmp_path) == open_secrets(tmp_path)


def test_two_servers_share_no_secret(tmp_path: Path):
    one, other = open_secrets(tmp_path / "one"), open_secrets(tmp_path / "other")

    assert one.session_key != other.session_key
    assert one.server_id != other.server_id


def test_only_their_owner_can_read_them(tmp_path: Path):
    open_secrets(tmp_path)

    assert readable_by_others(tmp_path) == []
    (tmp_path / "secrets" / "vapid.pem").chmod(0o640)
    assert readable_by_others(tmp_path) == [tmp_path / "secrets" / "vapid.pem"]


def test_the_push_key_is_a_key_of_the_curve_that_push_services_take(tmp_path: Path):
    key = load_pem_private_key(open_secrets(tmp_path).vapid_pem, password=None)

    assert key.curve.name == "secp256r1"

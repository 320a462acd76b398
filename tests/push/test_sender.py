"""Whole messages over real connections to a push service on this machine."""

import asyncio
import datetime as dt
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from push import (
    Delivered,
    ForbiddenEndpointError,
    Gone,
    Message,
    Policy,
    Refused,
    RetryLater,
    Sender,
    TooLarge,
    Urgency,
    VapidKey,
    VapidSigner,
    build_request,
    read_subscription,
)
from tests.push_service import Reply, a_push_service, claims_of

NOW = dt.datetime(2026, 11, 21, 10, 30, tzinfo=dt.UTC)
MESSAGE = Message(b"Somebody needs you", ttl=3600, urgency=Urgency.HIGH, topic="need-1")


@pytest.fixture
def key() -> VapidKey:
    return VapidKey.generate()


@pytest.fixture
def request_to(device, key):
    signer = VapidSigner(key, "https://interlink.example/contact")

    def build(url, policy, message=MESSAGE):
        return build_request(message, read_subscription(device.subscription(url), policy), signer, policy, NOW)

    return build


async def test_a_message_arrives_signed_and_only_its_device_can_read_it(push_service, device, key, request_to):
    push_service.reply = Reply(headers=[("Location", "/m/1")])
    async with Sender(push_service.policy) as sender:
        outcome = await sender.send(request_to(push_service.endpoint(), push_service.policy))
    assert outcome == Delivered("/m/1")
    [received] = push_service.received
    assert received.target == "/p/device"
    assert device.decrypt(received.body) == b"Somebody needs you"
    assert {name: received.headers[name] for name in ("ttl", "urgency", "topic", "content-encoding")} == {
        "ttl": "3600",
        "urgency": "high",
        "topic": "need-1",
        "content-encoding": "aes128gcm",
    }
    claims = claims_of(received.headers["authorization"])
    assert claims["aud"] == f"http://127.0.0.1:{push_service.port}"
    assert received.headers["authorization"].endswith(f"k={key.public_text}")


@pytest.mark.parametrize(("status", "outcome"), [(410, Gone()), (413, TooLarge()), (403, Refused(403, "403"))])
async def test_the_answer_of_the_service_becomes_the_outcome(push_service, request_to, status, outcome):
    push_service.reply = Reply(status)
    async with Sender(push_service.policy) as sender:
        assert await sender.send(request_to(push_service.endpoint(), push_service.policy)) == outcome


async def test_a_busy_service_is_asked_again_when_it_said(push_service, request_to):
    push_service.reply = Reply(429, [("Retry-After", "Sat, 21 Nov 2026 10:32:00 GMT")])
    async with Sender(push_service.policy, now=lambda: NOW) as sender:
        outcome = await sender.send(request_to(push_service.endpoint(), push_service.policy))
    assert outcome == RetryLater(120, "429")


async def test_a_redirect_is_not_followed(push_service, request_to):
    push_service.reply = Reply(307, [("Location", push_service.endpoint("/elsewhere"))])
    async with Sender(push_service.policy) as sender:
        outcome = await sender.send(request_to(push_service.endpoint(), push_service.policy))
    assert outcome == Refused(307, "307")
    assert [received.target for received in push_service.received] == ["/p/device"]


async def test_a_service_that_never_answers_costs_its_time_and_no_more(push_service, request_to):
    push_service.reply = Reply(waits=30)
    async with Sender(push_service.policy, timeout=0.2) as sender:
        outcome = await sender.send(request_to(push_service.endpoint(), push_service.policy))
    assert outcome == RetryLater(None, "no answer within 0.2 s")


async def test_of_ten_megabytes_of_answer_four_kilobytes_are_read(push_service, request_to):
    push_service.reply = Reply(400, body=b"no" * 5_000_000)
    async with Sender(push_service.policy) as sender:
        outcome = await sender.send(request_to(push_service.endpoint(), push_service.policy))
    assert isinstance(outcome, Refused)
    assert len(outcome.reason) == 200


async def test_a_service_that_is_down_is_asked_again_later(push_service, request_to):
    policy = Policy(frozenset({"127.0.0.1:9"}))
    async with Sender(policy) as sender:
        outcome = await sender.send(request_to("http://127.0.0.1:9/p", policy))
    assert outcome == RetryLater(None, "no connection: ConnectionRefusedError")


async def test_one_device_that_fails_does_not_stop_the_others(push_service, request_to):
    policy = Policy(push_service.policy.exceptions | {"127.0.0.1:9"})
    urls = ["http://127.0.0.1:9/p", *(push_service.endpoint(f"/p/{n}") for n in range(20))]
    async with Sender(policy, connections=4) as sender:
        outcomes = await asyncio.gather(*(sender.send(request_to(url, policy)) for url in urls))
    assert [type(outcome) for outcome in outcomes] == [RetryLater, *[Delivered] * 20]
    assert push_service.connections <= 4


async def test_a_name_that_leads_inside_later_is_not_called(push_service, request_to):
    """The name was public when the device registered; now it is pointed at our own machine."""

    async def resolve(host, port):
        return ["127.0.0.1"]

    async with Sender(Policy(), resolve=resolve) as sender:
        outcome = await sender.send(request_to("https://push.example/p", Policy()))
    assert isinstance(outcome, Refused)
    assert outcome.status is None
    assert push_service.connections == 0


async def test_the_address_that_was_checked_is_the_one_that_is_called(push_service, request_to):
    """A resolver that tells something else each time is asked once, and its first answer is used."""
    answers = iter(["127.0.0.1", "10.0.0.1"])

    async def resolve(host, port):
        return [next(answers)]

    policy = Policy(frozenset({f"push.example:{push_service.port}"}))
    async with Sender(policy, resolve=resolve) as sender:
        outcome = await sender.send(request_to(f"http://push.example:{push_service.port}/p", policy))
    assert isinstance(outcome, Delivered)
    assert push_service.received[0].headers["host"] == f"push.example:{push_service.port}"
    assert next(answers) == "10.0.0.1"


async def test_a_second_address_is_tried_when_the_first_is_down(push_service, request_to):
    async def resolve(host, port):
        return ["127.0.0.9", "127.0.0.1"]

    policy = Policy(frozenset({f"push.example:{push_service.port}"}))
    async with Sender(policy, resolve=resolve) as sender:
        outcome = await sender.send(request_to(f"http://push.example:{push_service.port}/p", policy))
    assert isinstance(outcome, Delivered)


def test_a_stored_endpoint_is_checked_again_when_the_rules_have_changed(push_service, device, key):
    subscription = read_subscription(device.subscription(push_service.endpoint()), push_service.policy)
    with pytest.raises(ForbiddenEndpointError):
        build_request(MESSAGE, subscription, VapidSigner(key, "mailto:a@b.example"), Policy(), NOW)


@pytest.mark.parametrize(("called", "outcome"), [("push.example", Delivered), ("other.example", RetryLater)])
async def test_a_pinned_address_must_still_prove_the_name(request_to, tmp_path, called, outcome):
    server, client = contexts_for("push.example", tmp_path)

    async def resolve(host, port):
        return ["127.0.0.1"]

    async with a_push_service(server) as service:
        policy = Policy(frozenset({f"{called}:{service.port}"}))
        async with Sender(policy, resolve=resolve, tls=client) as sender:
            result = await sender.send(request_to(f"https://{called}:{service.port}/p", policy))
    assert isinstance(result, outcome)
    assert len(service.received) == (1 if outcome is Delivered else 0)


async def test_messages_to_one_service_share_connections(push_service, request_to):
    async with Sender(push_service.policy) as sender:
        for n in range(5):
            await sender.send(request_to(push_service.endpoint(f"/p/{n}"), push_service.policy))
    assert push_service.connections == 1
    assert [received.target for received in push_service.received] == [f"/p/{n}" for n in range(5)]


async def test_a_connection_that_the_service_let_go_is_replaced(push_service, request_to):
    async with Sender(push_service.policy) as sender:
        await sender.send(request_to(push_service.endpoint(), push_service.policy))
        for task in push_service.served:  # it closes what rests, as services do after a while
            task.cancel()
        await asyncio.gather(*push_service.served, return_exceptions=True)
        outcome = await sender.send(request_to(push_service.endpoint(), push_service.policy))
    assert isinstance(outcome, Delivered)
    assert (push_service.connections, len(push_service.received)) == (2, 2)


async def test_a_service_that_is_slow_holds_up_no_other(push_service, request_to):
    """Its messages fill its own places; a message to another service goes past them."""
    push_service.reply = Reply(waits=60)
    async with a_push_service() as other:
        policy = Policy(frozenset({push_service.allow, other.allow}))
        async with Sender(policy, connections=8, per_origin=4) as sender:
            slow = [asyncio.create_task(sender.send(request_to(push_service.endpoint(), policy))) for _ in range(20)]
            assert isinstance(await sender.send(request_to(other.endpoint(), policy)), Delivered)
            for task in slow:
                task.cancel()
            assert all(
                isinstance(one, asyncio.CancelledError) for one in await asyncio.gather(*slow, return_exceptions=True)
            )
    assert push_service.connections <= 4


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (b"HTTP/1.1 201 Created\r\n\r\n", Delivered(None)),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", Delivered(None)),
        (b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", Gone()),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", RetryLater),
        (b"SSH-2.0-OpenSSH_9.2\r\n", RetryLater),
        (b"HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nab", RetryLater),
        (b"HTTP/1.1 201 Created\r\n" + b"X: y\r\n" * 4000, RetryLater),
        (b"", RetryLater),
    ],
)
async def test_whatever_comes_back_becomes_an_outcome(request_to, answer, outcome):
    async def serve(reader, writer):
        await reader.read(65_536)
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        policy = Policy(frozenset({f"127.0.0.1:{port}"}))
        async with Sender(policy) as sender:
            result = await sender.send(request_to(f"http://127.0.0.1:{port}/p", policy))
    assert result == outcome or (isinstance(outcome, type) and isinstance(result, outcome))


def contexts_for(name, folder):
    """A server that owns a certificate for `name`, and a client that trusts its maker."""
    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    pem = folder / "service.pem"
    pem.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))

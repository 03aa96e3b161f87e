"""Which addresses may be called."""

from ipaddress import ip_network

import pytest

from punchcard.calling.networks import Networks

PRIVATE = (
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "0.1.2.3",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.255",
    "192.0.0.8",
    "198.18.0.1",
    "192.0.2.1",
    "203.0.113.9",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:0",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
    "64:ff9b:1:a00:0:100:808:808",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2001::1",
)
PUBLIC = (
    "93.184.216.34",
    "8.8.8.8",
    "2606:2800:220:1:248:1893:25c8:1946",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_nothing_leads_into_private_networks(address: str) -> None:
    """Neither by itself, nor as an address of version 6 that stands for one of version 4."""
    assert not Networks().permit(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_called(address: str) -> None:
    """Of either version."""
    assert Networks().permit(address)


def test_the_operator_opens_networks() -> None:
    """Those alone, in whichever form the address comes."""
    opened = Networks((ip_network("10.1.0.0/16"), ip_network("fd00::/8")))
    assert opened.permit("10.1.2.3")
    assert opened.permit("::ffff:10.1.2.3")
    assert opened.permit("fd12::1")
    assert not opened.permit("10.2.0.1")
    assert not opened.permit("127.0.0.1")

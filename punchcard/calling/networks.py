"""Which addresses may be called: public ones, and those of networks that the operator has opened."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Addresses of version 6 that lead to one of version 4, by the bits that lie behind it: NAT64, 6to4, compatible ones.
_LEADS_ON: tuple[tuple[IPv6Network, int], ...] = (
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
    (IPv6Network("::/96"), 0),
)
# What the standard library's tables call global in some version of it, and nobody's server is. A network's own NAT64
# (RFC 8215) is among them: where in its addresses those of version 4 stand is known to that network alone.
_NEVER: tuple[Network, ...] = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
    )
) + (
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("2001::/23"),
    IPv6Network("fec0::/10"),
    IPv6Network("100::/64"),
    IPv6Network("5f00::/16"),
)


@dataclass(frozen=True, slots=True)
class Networks:
    """The rule: public addresses, and those within the networks that were `opened`."""

    opened: tuple[Network, ...] = ()

    def permit(self, text: str) -> bool:
        """Whether this address may be connected to; what it leads on to has to be permitted as well."""
        address = ip_address(text.partition("%")[0])
        meant = _meant(address)
        if any(_within(each, network) for each in (address, meant) for network in self.opened):
            return True
        return _is_public(address if meant is address else meant) and "%" not in text


def _meant(address: Address) -> Address:
    """The address of version 4 that one of version 6 stands for."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    for network, behind in _LEADS_ON:
        if address in network and int(address) > 1:
            return IPv4Address(int(address) >> behind & 0xFFFFFFFF)
    return address


def _within(address: Address, network: Network) -> bool:
    return address.version == network.version and address in network


def _is_public(address: Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and not any(_within(address, network) for network in _NEVER)
    )

"""Which network addresses may be fetched from: public ones only, however they are written.

The lists are the IANA special-purpose address registries (RFC 6890 and its updates), written out here because
the properties of Python's `ipaddress` differ between releases. What is judged is always the address that will be
connected to, after every spelling (decimal, octal, a name) has been resolved.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address

_SPECIAL_V4 = {
    ip_network(network): what
    for network, what in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "private (carrier NAT)"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "reserved for documentation"),
        ("192.31.196.0/24", "reserved"),
        ("192.52.193.0/24", "reserved"),
        ("192.88.99.0/24", "reserved"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "reserved"),
        ("198.18.0.0/15", "private (benchmarking)"),
        ("198.51.100.0/24", "reserved for documentation"),
        ("203.0.113.0/24", "reserved for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
}
# Outside 2000::/3 nothing is global unicast but the NAT64 prefix, which is judged by the IPv4 address inside it.
_GLOBAL_V6 = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_MAPPED = (ip_network("::ffff:0:0/96"), ip_network("::ffff:0:0:0/96"), ip_network("::/96"))
_SPECIAL_V6 = {
    ip_network(network): what
    for network, what in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private (site-local)"),
        ("ff00::/8", "multicast"),
        ("2001::/23", "reserved"),  # Teredo, ORCHID, benchmarking
        ("2001:db8::/32", "reserved for documentation"),
        ("2002::/16", "6to4, which hides an IPv4 address"),
        ("2620:4f:8000::/48", "reserved"),
        ("3fff::/20", "reserved for documentation"),
    )
}


def objection(address: Address) -> str | None:
    """Why `address` is no public one, in a word or two ("loopback"); None where it is public."""
    if isinstance(address, IPv4Address):
        return next((what for network, what in _SPECIAL_V4.items() if address in network), None)
    special = next((what for network, what in _SPECIAL_V6.items() if address in network), None)
    if special:
        return special
    if address in _NAT64:
        return objection(_embedded(address))
    if any(address in network for network in _MAPPED):
        return objection(_embedded(address)) or "an IPv4 address written as IPv6"
    return None if address in _GLOBAL_V6 else "reserved"


def parsed(text: str) -> Address:
    """The address in `text`, as the resolver gives it; a zone (`fe80::1%eth0`) is left out. Raises ValueError."""
    return ip_address(text.split("%", 1)[0])


def _embedded(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFFFFFF)

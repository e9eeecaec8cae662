"""The certificate authorities that connections trust: those of the machine, or of SSL_CERT_FILE and SSL_CERT_DIR."""

from __future__ import annotations

import os
import ssl

import httpx2

from summarizer.errors import SettingsError


def tls_context() -> ssl.SSLContext:
    """A context for connections to others. Raises SettingsError where SSL_CERT_FILE names no file of certificates."""
    try:
        return httpx2.create_ssl_context()
    except OSError as error:  # ssl.SSLError is one
        named = os.environ.get("SSL_CERT_FILE")
        reason = "no such file" if isinstance(error, FileNotFoundError) else "no certificates in it"
        raise SettingsError(f"SSL_CERT_FILE names {named!r}: {reason}") from None

"""Whether a process of ours says over HTTP that it can work."""

import httpx

from punchcard.settings import LOOPBACK

_SECONDS = 6


async def is_ready(host: str, port: int) -> bool:
    """Ask `/readyz`; anything but 200 is a no. A process that listens everywhere is asked on loopback."""
    address = LOOPBACK if host in ("0.0.0.0", "::", "") else host
    # Nothing is encrypted here, and to read the authorities anew would cost more than all the rest.
    async with httpx.AsyncClient(timeout=_SECONDS, trust_env=False, verify=False) as client:
        try:
            answer = await client.get(f"http://{address}:{port}/readyz")
        except httpx.HTTPError:
            return False
    return answer.status_code == httpx.codes.OK

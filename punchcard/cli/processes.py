"""Commands that run one process each: the worker, the API with the console, the mail sink."""

import asyncio

from punchcard.settings import LOOPBACK, PREFIX, load_settings

_GRACE_SECONDS = 20


def worker() -> None:
    """Run workflows and activities until stopped; any number of workers may run beside each other."""
    import worker as composition

    asyncio.run(composition.main(load_settings()))


def api() -> None:
    """Serve the API and the console until stopped."""
    import uvicorn

    from api.app import create_app
    from punchcard.embedded.ports import ensure_free

    settings = load_settings()
    ensure_free(
        settings.api_port,
        purpose="the API and the console",
        variable=f"{PREFIX}API_PORT",
        host=settings.api_host,
    )
    uvicorn.run(
        create_app(settings),
        host=settings.api_host,
        port=settings.api_port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )


def mail_sink() -> None:
    """Accept e-mail on this machine, keep each as a file in the data directory, and deliver none."""
    from punchcard.embedded.mail_sink import run_mail_sink
    from punchcard.embedded.ports import ensure_free

    settings = load_settings()
    ensure_free(settings.smtp_port, purpose="the mail sink", variable=f"{PREFIX}SMTP_PORT")
    asyncio.run(run_mail_sink(LOOPBACK, settings.smtp_port, settings.data_dir / "mail"))

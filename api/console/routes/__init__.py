"""The console's pages: one file for each room."""

from api.console.routes import (
    account,
    audit,
    campaigns,
    customers,
    debts,
    incidents,
    instance,
    instances,
    mail,
    overview,
    sign_in,
    starting,
    tasks,
)

ROUTERS = (
    sign_in.router,
    account.router,
    overview.router,
    campaigns.router,
    starting.router,
    instances.router,
    instance.router,
    mail.router,
    customers.router,
    debts.router,
    tasks.router,
    incidents.router,
    audit.router,
)

"""Passwords that cost tests little: the real hash takes a fifth of a second, on purpose, each time."""

from argon2 import PasswordHasher

from punchcard.domain import accounts

REAL = accounts._HASHER
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HASHER = "punchcard.domain.accounts._HASHER"

"""Keys of programs that send readings: made and revoked by stewards; the secret is shown once and kept by nobody."""

import hashlib
from dataclasses import replace
from datetime import datetime

from planning.audit.values import Entry
from planning.errors import FieldError, NotAllowed
from planning.naming import free_name
from planning.register import Register
from planning.workspace.arranging import check_steward
from planning.workspace.keys import ApiKey
from planning.workspace.values import Person

KEYS_MAX = 20
PREFIX = "cx_"
"""How a secret begins, so that it is known for one wherever it turns up."""


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make_key(register: Register, name: str, secret: str, actor: Person, now: datetime) -> ApiKey:
    """Make a key of that name for a secret. Raises FieldError."""
    check_steward(register, actor)
    live = live_keys(register)
    if len(live) >= KEYS_MAX:
        raise FieldError({"name": f"There are {KEYS_MAX} keys already; revoke one that is no longer used first."})
    name = free_name(name, {key.id: key.name for key in live}, None)
    key = register.api_keys.add(ApiKey(0, name, digest_of(secret), now, actor.id))
    register.audit.add(Entry(now, "key.made", f"key:{key.id}", actor.id, {"name": name}))
    return key


def revoke_key(register: Register, id: int, actor: Person, now: datetime) -> ApiKey:
    """Let nobody in with it from now on; one that is revoked stays so."""
    check_steward(register, actor)
    key = register.api_keys.by_id(id)
    if key.revoked_at is not None:
        return key
    revoked = replace(key, revoked_at=now)
    register.api_keys.save(revoked)
    register.audit.add(Entry(now, "key.revoked", f"key:{key.id}", actor.id, {"name": key.name}))
    return revoked


def use_key(register: Register, digest: str, now: datetime) -> ApiKey:
    """The key whose secret has that digest, noted as used. Raises NotAllowed."""
    key = register.api_keys.by_digest(digest)
    if key is None or key.revoked_at is not None:
        raise NotAllowed("This key is not, or no longer, known. A steward makes one in /cx setup.")
    used = replace(key, used_at=now)
    register.api_keys.save(used)
    return used


def live_keys(register: Register) -> list[ApiKey]:
    """The keys that let somebody in, in the order in which they were made."""
    return [key for key in register.api_keys.all() if key.revoked_at is None]

"""What all pages share: templates, headers, and forms that count only from a page of ours.

A browser shows its certificate to any page that asks, so a form counts only when it comes from a
page of ours (Origin), and no page may be framed.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from assay.dcc.self_service.incidents import FieldError

PATH = "/ssi"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
_MAX_FORM = 1 << 16


def check_origin(request: web.Request) -> None:
    origin = request.headers.get("Origin")
    ours = f"{request.scheme}://{request.host}"
    if origin != ours:
        raise web.HTTPForbidden(text=f"a form of {origin or 'nowhere'}: expected one of {ours}")


async def read_form(request: web.Request) -> dict[str, str]:
    if request.content_length is None or request.content_length > _MAX_FORM:
        raise web.HTTPRequestEntityTooLarge(
            max_size=_MAX_FORM, actual_size=request.content_length or 0
        )
    return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}


def choice(kind: Any, field: str, form: dict[str, str]) -> Any:
    value = form.get(field, "")
    try:
        return kind(value)
    except ValueError:
        remedy = f"Choose one of: {'; '.join(kind)}."
        raise FieldError(field, f"{value!r} is none", remedy) from None


_ENVIRONMENT = Environment(
    loader=PackageLoader("assay.dcc.self_service"), autoescape=True, undefined=StrictUndefined
)


def render(template: str, **values: Any) -> str:
    return _ENVIRONMENT.get_template(template).render(**values)

"""`faqtual staff add|list|passwd|disable`: accounts of the console. A password is asked for or read, never an argument."""

import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass

from web.accounts import AccountRefused, Accounts, Role
from web.audit import Audit
from web.command.options import DONE, WrongInput, add_data, opened, settings_from
from web.terminal import say
from web.throttle import Throttle

HELP = "make and change the accounts of the staff console"
WHO = "command line"


def add_arguments(parser: ArgumentParser) -> None:
    commands = parser.add_subparsers(metavar="add|list|passwd|disable", dest="action", required=True)
    for name, text in (
        ("add", "make an account; the password is asked for, or read from the first line of standard input"),
        ("list", "who there is"),
        ("passwd", "give an account a new password; its sessions end"),
        ("disable", "keep an account from signing in; its sessions end"),
    ):
        added = commands.add_parser(name, help=text, description=text)
        if name != "list":
            added.add_argument("name", metavar="NAME")
        if name == "add":
            added.add_argument("--role", choices=[role.value for role in Role], default=Role.EDITOR.value)
        if name == "disable":
            added.add_argument("--undo", action="store_true", help="let it sign in again")
        add_data(added)


def run(options: Namespace) -> int:
    settings = settings_from(options)
    with opened(settings) as store:
        accounts, audit = Accounts(store.engine), Audit(store.engine)
        try:
            if options.action == "list":
                _list(accounts)
            else:
                done = _change(accounts, Throttle(store.engine), options)
                audit.note(WHO, f"staff {'enable' if getattr(options, 'undo', False) else options.action}", options.name)
                say(done)
        except AccountRefused as error:
            raise WrongInput(str(error)) from error
    return DONE


def _list(accounts: Accounts) -> None:
    people = accounts.everybody()
    for person in people:
        say(f"{person.name}  {person.role}  {'disabled' if person.disabled else f'since {person.made_at:%Y-%m-%d}'}")
    if not people:
        say("nobody yet; make the first account: faqtual staff add NAME")


def _change(accounts: Accounts, throttle: Throttle, options: Namespace) -> str:
    """What was done, in words. Raises AccountRefused."""
    if options.action == "add":
        person = accounts.add(options.name, _password(), Role(options.role))
        return f"{person.name} may sign in as {person.role}"
    if options.action == "passwd":
        person = accounts.set_password(options.name, _password())
        throttle.forget_account(person.name)
        return f"{person.name} has a new password and is signed out everywhere"
    person = accounts.disable(options.name, not options.undo)
    return f"{person.name} {'may sign in again' if options.undo else 'cannot sign in any more'}"


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass("Password: ")
    if first != getpass("Again: "):
        raise WrongInput("the two passwords differ; nothing was changed")
    return first

# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the programs from outside share: running entente-cli, a small workspace, and TAP."""
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

CLI = os.environ['ENTENTE_CLI']
SHARED = os.environ.get('ENTENTE_SHARED')


class Skip(Exception):
    pass


def execute(*arguments, workspace=None, text=None, **options):
    """Runs entente-cli; gives what came of it, whatever it was."""
    words = [CLI] + (['--workspace', workspace] if workspace else []) + list(arguments)
    return subprocess.run(words, capture_output=True, encoding='utf-8', input=text, timeout=500, **options)


def run(*arguments, status=0, workspace=None, text=None, **options):
    """Runs entente-cli; gives its standard output. Fails unless it exits with `status`."""
    done = execute(*arguments, workspace=workspace, text=text, **options)
    assert done.returncode == status, f'{arguments} gave {done.returncode}: {done.stderr or done.stdout}'
    return done.stdout if status == 0 else done.stderr


def run_json(*arguments, workspace=None):
    return json.loads(run('--json', *arguments, workspace=workspace))


def refuse(*arguments, says=(), status=1, workspace=None, **options):
    """Fails unless entente-cli refuses: the status, nothing on standard output, and one line on standard error that
    holds all of `says`. Gives the line."""
    done = execute(*arguments, workspace=workspace, **options)
    assert done.returncode == status, f'{arguments} gave {done.returncode}: {done.stderr or done.stdout}'
    assert done.stdout == '', (arguments, done.stdout)
    lines = done.stderr.splitlines()
    assert len(lines) == 1 and lines[0].startswith('entente-cli: '), (arguments, lines)
    for words in [says] if isinstance(says, str) else says:
        assert words in lines[0], (arguments, words, lines[0])
    return lines[0]


def count(workspace, record_type='organization', *where):
    return int(run('count', record_type, *where, workspace=workspace))


def check(workspace, *key):
    assert run_json('check', *key, workspace=workspace) == {'findings': [], 'ok': True}


def write_csv(path, header, rows):
    with open(path, 'w', newline='', encoding='utf-8') as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def shared(*path):
    """A file of the public test data; the test is skipped where that is absent."""
    if SHARED is None:
        raise Skip('the folder of public test data is absent')
    return os.path.join(SHARED, 'data', *path)


SMALL = {
    'organization': (
        ('ref', 'title', 'roles', 'region', 'country', 'arr', 'partner_since'),
        [('acme', 'Acme', 'partner', 'emea', 'DE', '125000.00 EUR', '2024-05-01'),
         ('globex', 'Globex', 'partner; customer', 'north_america', 'US', '98000.50 USD', '2023-01-15'),
         ('cb:müller', 'Müller & Söhne', 'partner', 'emea', 'DE', '', ''),
         ('initech', 'Initech', 'prospect', 'north_america', 'US', '', ''),
         ('asahi', '朝日ミライ', 'competitor', 'apac', 'JP', '7000000 JPY', '')]),
    'person': (
        ('ref', 'title', 'organization'),
        [('ada', 'Ada Ahrens', 'ref:acme'), ('bob', 'Bob Becker', 'ref:globex')]),
    'link': (
        ('from', 'type', 'to', 'strength'),
        [('ref:acme', 'resells', 'ref:globex', '80'), ('ref:globex', 'integrates', 'ref:cb:müller', '50'),
         ('ref:cb:müller', 'partner_of', 'ref:initech', '')]),
}
_templates = {}


def make_template(folder, name):
    workspace = os.path.join(folder, name)
    run('new', workspace, '--plain')
    for record_type, (header, rows) in SMALL.items() if name == 'small' else ():
        table = write_csv(os.path.join(folder, record_type + '.csv'), header, rows)
        run('import', record_type, table, workspace=workspace)
    return workspace


def copy_template(folder, template, name):
    """Workspaces are made once and copied, as that is faster."""
    if not _templates:
        _templates['folder'] = tempfile.mkdtemp(prefix='entente-')
    if template not in _templates:
        _templates[template] = make_template(_templates['folder'], template)
    return shutil.copy(_templates[template], os.path.join(folder, name))


def empty(folder, name='w.entente'):
    """A workspace with the standard program and nothing else."""
    return copy_template(folder, 'empty', name)


def small(folder, name='w.entente'):
    """A workspace with five organizations, two people, three links."""
    return copy_template(folder, 'small', name)


def run_test(number, test):
    folder = tempfile.mkdtemp(prefix='entente-')
    name = test.__name__.replace('_', '-')
    try:
        test(folder)
        print(f'ok {number} {name}', flush=True)
    except Skip as reason:
        print(f'ok {number} {name} # SKIP {reason}', flush=True)
    except Exception:  # pylint: disable=broad-except
        for line in traceback.format_exc().splitlines():
            print('# ' + line)
        print(f'not ok {number} {name}', flush=True)
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return True


def main(tests):
    """Runs functions that take an empty folder each, in TAP; with words, only those of these names."""
    if len(sys.argv) > 1:
        tests = [test for test in tests if test.__name__ in sys.argv[1:]]
    print(f'1..{len(tests)}', flush=True)
    results = [run_test(number, test) for number, test in enumerate(tests, 1)]
    if _templates:
        shutil.rmtree(_templates['folder'], ignore_errors=True)
    sys.exit(0 if all(results) else 1)

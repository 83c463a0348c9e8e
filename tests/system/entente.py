# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the programs from outside share: running entente-cli, and TAP."""
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


def run(*arguments, status=0, workspace=None, text=None):
    """Runs entente-cli; gives its standard output. Fails unless it exits with `status`."""
    words = [CLI] + (['--workspace', workspace] if workspace else []) + list(arguments)
    done = subprocess.run(words, capture_output=True, text=True, input=text, timeout=500)
    assert done.returncode == status, f'{words} gave {done.returncode}: {done.stderr or done.stdout}'
    return done.stdout if status == 0 else done.stderr


def run_json(*arguments, workspace=None):
    return json.loads(run('--json', *arguments, workspace=workspace))


def shared(*path):
    """A file of the public test data; the test is skipped where that is absent."""
    if SHARED is None:
        raise Skip('the folder of public test data is absent')
    return os.path.join(SHARED, 'data', *path)


def main(tests):
    """Runs functions that take an empty folder each, in TAP."""
    failed = 0
    print(f'1..{len(tests)}', flush=True)
    for number, test in enumerate(tests, 1):
        folder = tempfile.mkdtemp(prefix='entente-')
        name = test.__name__.replace('_', '-')
        try:
            test(folder)
            print(f'ok {number} {name}', flush=True)
        except Skip as reason:
            print(f'ok {number} {name} # SKIP {reason}', flush=True)
        except Exception:  # pylint: disable=broad-except
            failed += 1
            for line in traceback.format_exc().splitlines():
                print('# ' + line)
            print(f'not ok {number} {name}', flush=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)

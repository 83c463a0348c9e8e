#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must never happen to a workspace, and does not: each refusal names what, where and what to do, and nothing is
lost. Wrong keys, foreign and damaged files, full and read-only disks, others at work, crashes, interruptions."""
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import time

import entente
from entente import CLI, check, count, execute, refuse, run, run_json, small, write_csv

MANY = 60000  # rows that take a while to import


_encrypted = {}  # file name → bytes


def encrypted(folder):
    """A copy of an encrypted workspace with ten organizations, and its key file; made once."""
    paths = workspace, key_file = [os.path.join(folder, name) for name in ('e.entente', 'e.key')]
    if _encrypted:
        for path in paths:
            write(path, _encrypted[os.path.basename(path)])
        return workspace, key_file
    run('new', workspace, '--key-file', key_file)
    table = write_csv(os.path.join(folder, 'e.csv'), ['ref', 'title'], [[f'c{i}', f'Company {i}'] for i in range(10)])
    run('import', 'organization', table, '-k', key_file, workspace=workspace)
    _encrypted.update({os.path.basename(path): content(path) for path in paths})
    return workspace, key_file


def content(path):
    with open(path, 'rb') as file:
        return file.read()


def write(path, data):
    with open(path, 'wb') as file:
        file.write(data)
    return path


def many_rows(folder, number=MANY):
    return write_csv(os.path.join(folder, 'many.csv'), ['ref', 'title', 'note'],
                     [[f'm{i}', f'Company {i}', 'x' * 200] for i in range(number)])


def is_sound(workspace, before):
    """Nothing was lost or added, and the workspace is whole."""
    assert run('list', 'organization', '--json', workspace=workspace) == before
    check(workspace)


# --- Keys --------------------------------------------------------------------------------------------------


def keys_that_do_not_fit(folder):
    workspace, key_file = encrypted(folder)
    before = content(workspace)
    other, other_key = os.path.join(folder, 'o.entente'), os.path.join(folder, 'o.key')
    run('new', other, '-k', other_key)
    refuse('count', 'organization', '-k', other_key, workspace=workspace,
           says=[workspace, 'cannot be read with this key', 'check the key', 'restore a backup'])
    refuse('count', 'organization', workspace=workspace, says=[workspace, 'is encrypted', '--key-file FILE'])
    refuse('count', 'organization', '-k', '/nonexistent/k', workspace=workspace, says=['/nonexistent/k', 'key file'])
    for data in (b'', b'nonsense', b'\xff\xfe', b'0123456789abcdef', content(key_file)[:-4] + b'XXX\n'):
        bad = write(os.path.join(folder, 'bad.key'), data)
        refuse('count', 'organization', '-k', bad, workspace=workspace, says=[bad, 'holds no key'])
    plain = small(folder)
    assert run('count', 'organization', '-k', key_file, workspace=plain) == '5\n'
    assert content(workspace) == before
    assert run('count', 'organization', '-k', key_file, workspace=workspace) == '10\n'


# --- Files that are no workspaces --------------------------------------------------------------------------


def foreign_files(folder):
    path = os.path.join(folder, 'foreign')
    database = sqlite3.connect(path + '.db')
    database.execute('CREATE TABLE moz_places (id INTEGER)')
    database.commit()
    database.close()
    jpeg = b'\xff\xd8\xff\xe0\0\x10JFIF\0' + b'\0' * 3000 + random.Random(1).randbytes(30000)
    files = [(jpeg, 'not a workspace'), (b'', 'not a workspace'), (b'x', 'not a workspace'),
             (content(path + '.db'), 'not a workspace'), (b'title\nAcme\n' * 2000, 'not a workspace'),
             (random.Random(2).randbytes(40000), 'is encrypted')]
    for data, says in files:
        write(path, data)
        for words in (['count', 'organization'], ['add', 'organization', 'title=A'], ['check'], ['backup', path + '2']):
            refuse(*words, workspace=path, says=[path, says])
        assert content(path) == data
    refuse('count', 'organization', workspace=folder, says=folder)
    refuse('count', 'organization', workspace=path + '/nonexistent', says=[path, 'check the name'])
    refuse('import', 'organization', write(path, b''), workspace=small(folder), says=['foreign'])


def newer_workspaces(folder):
    workspace = small(folder)
    database = sqlite3.connect(workspace)
    database.execute('PRAGMA user_version = 9999')
    database.close()
    before = content(workspace)
    for words in (['count', 'organization'], ['add', 'organization', 'title=A'], ['backup', workspace + '2']):
        refuse(*words, workspace=workspace, says=[workspace, 'newer version of Entente', 'update Entente'])
    assert content(workspace) == before


# --- Damage ------------------------------------------------------------------------------------------------


def opens_or_refuses(workspace, *key):
    """A damaged file is read or refused in one sentence; no command ends in another way."""
    for words in (['list', 'organization'], ['check']):
        done = execute(*words, *key, workspace=workspace)
        assert done.returncode in (0, 1), (words, done)
        if done.returncode == 1:
            lines = done.stderr.splitlines()
            assert len(lines) == 1 and lines[0].startswith('entente-cli: '), (words, done)
            assert 'backup' in lines[0] or 'workspace' in lines[0], lines


def salvage(workspace, *key):
    """How many organizations `recover` saves, and what `check` finds then; None when nothing can be read. The damaged
    file stays as it was."""
    saved, before = workspace + '.saved', content(workspace)
    done = execute('recover', saved, *key, workspace=workspace)
    assert content(workspace) == before
    if done.returncode == 1:
        assert len(done.stderr.splitlines()) == 1 and workspace in done.stderr, done
        return None
    assert done.returncode == 0 and 'rganizations' in done.stdout, done
    number = int(run('count', 'organization', *key, workspace=saved))
    checked = execute('check', *key, workspace=saved)
    assert checked.returncode in (0, 1), checked
    os.remove(saved)
    return number, checked.stdout


def flipped(data, seed, start, end, number=64):
    """The same bytes with some bits turned between two places."""
    data, source = bytearray(data), random.Random(seed)
    for _ in range(number):
        data[source.randrange(start, end)] ^= 1 << source.randrange(8)
    return bytes(data)


def damage(data):
    half = len(data) // 2 // 4096 * 4096
    return {
        'cut in half': data[:half], 'cut within a page': data[:half + 1000], 'cut after the first page': data[:4096],
        'cut to nothing much': data[:100], 'first page': flipped(data, 1, 100, 4096),
        'middle': flipped(data, 2, half, half + half // 2), 'everywhere': flipped(data, 3, 4096, len(data), 400),
    }


def damaged_files(folder):
    data = content(small(folder))
    workspace = os.path.join(folder, 'damaged.entente')
    for name, bad in damage(data).items():
        write(workspace, bad)
        opens_or_refuses(workspace)
        saved = salvage(workspace)
        assert saved is not None or name.startswith('cut') or name == 'first page', name
        print(f'# {name}: {saved and saved[0]} of 5 saved', flush=True)


def damaged_encrypted_files(folder):
    source, key_file = encrypted(folder)
    workspace = os.path.join(folder, 'damaged.entente')
    for name, bad in list(damage(content(source)).items())[1::2]:
        write(workspace, bad)
        opens_or_refuses(workspace, '-k', key_file)
        saved = salvage(workspace, '-k', key_file)
        print(f'# {name}: {saved and saved[0]} of 10 saved', flush=True)


def one_bit_costs_one_page(folder):
    """What lies on other pages than the damaged one is saved. Which page holds what differs from file to file, so
    pages all over the file are tried: organizations are on one of them."""
    source, key_file = encrypted(folder)
    data, workspace, results = content(source), os.path.join(folder, 'bit.entente'), []
    pages = range(1, len(data) // 4096, len(data) // 4096 // 16)
    for page in pages:
        write(workspace, flipped(data, page, page * 4096, page * 4096 + 4096, 1))
        opens_or_refuses(workspace, '-k', key_file)
        results.append(salvage(workspace, '-k', key_file))
    print('# saved of 10: ' + ', '.join(str(saved and saved[0]) for saved in results), flush=True)
    assert None not in results, results
    assert sum(saved[0] == 10 for saved in results) >= len(pages) - 1, results
    assert any(saved == (10, 'All is well.\n') for saved in results), results


def rows_under_a_lost_inner_page(folder):
    """The root of a large table's tree is gone; all the pages with its rows are sound."""
    workspace = small(folder)
    run('import', 'organization', many_rows(folder, 3000), workspace=workspace)
    database = sqlite3.connect(workspace)
    root, = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'organization'").fetchone()
    database.close()
    data = bytearray(content(workspace))
    data[(root - 1) * 4096:root * 4096] = b'\xff' * 4096
    write(workspace, data)
    assert salvage(workspace) == (3005, 'All is well.\n')


def recover_of_a_sound_file_loses_nothing(folder):
    workspace = small(folder)
    assert salvage(workspace) == (5, 'All is well.\n')
    refuse('recover', workspace, workspace=workspace, says=[workspace, 'exists'])
    refuse('recover', workspace + '2', workspace=workspace + '3', says=workspace + '3')
    sound, key_file = encrypted(folder)
    assert salvage(sound, '-k', key_file) == (10, 'All is well.\n')


# --- Disks -------------------------------------------------------------------------------------------------


def in_a_namespace(script, *words):
    """Runs a script as root of a mount namespace of its own; skips the test where that is not allowed."""
    command = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c']
    try:
        subprocess.run([*command, 'mount -t tmpfs none /mnt'], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise entente.Skip('no mount namespace here') from error
    return subprocess.run([*command, script, 'sh', CLI, *words], capture_output=True, encoding='utf-8', timeout=300,
                          check=False)


def read_only_folders(folder):
    workspace = small(folder)
    before = run('list', 'organization', '--json', workspace=workspace)
    script = 'mount --bind "$2" "$2" && mount -o remount,ro,bind "$2" && cd "$2" && c=$1 && shift 2 && exec "$c" "$@"'
    done = in_a_namespace(script, folder, '-w', workspace, 'count', 'organization')
    assert (done.returncode, done.stdout) == (0, '5\n'), done
    done = in_a_namespace(script, folder, '-w', workspace, 'search', 'acme')
    assert done.returncode == 0 and 'P-0001' in done.stdout, done
    for words in (['set', 'P-0001', 'title=X'], ['undo'], ['import', 'organization', workspace]):
        done = in_a_namespace(script, folder, '-w', workspace, *words)
        assert done.returncode == 1 and workspace in done.stderr and 'check the permissions' in done.stderr, done
    done = in_a_namespace(script, folder, 'new', os.path.join(folder, 'n.entente'), '--plain')
    assert done.returncode == 1 and 'n.entente' in done.stderr and 'choose another place' in done.stderr, done
    done = in_a_namespace(script, folder, '-w', workspace, 'export', 'organization', os.path.join(folder, 'o.csv'))
    assert done.returncode == 1 and 'o.csv' in done.stderr, done
    is_sound(workspace, before)


FULL_DISK_SCRIPT = '''
c=$1 w=/mnt/w.entente
mount -t tmpfs -o size=4m none /mnt && cp "$2" $w
"$c" -w $w import organization "$3"; echo $?
"$c" -w $w count organization
"$c" -w $w check
head -c 5000000 /dev/zero >/mnt/fill 2>/dev/null
for words in "count organization" "set P-0001 title=X" "export organization /mnt/y.json" "backup /mnt/z.entente"; do
  "$c" -w $w $words; echo $?
done
rm /mnt/fill
"$c" -w $w check
"$c" -w $w count organization
ls /mnt
'''


def full_disks(folder):
    workspace = small(folder)
    done = in_a_namespace(FULL_DISK_SCRIPT, workspace, many_rows(folder, 10000))
    says = done.stderr.splitlines()
    assert done.stdout.splitlines() == ['1', '5', 'All is well.', '1', '1', '1', '1', 'All is well.', '5',
                                        'w.entente'], done
    assert len(says) == 5 and all('is full; free some space' in line for line in says), says


def limit_files():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 20, 2 << 20))


def files_that_may_not_grow(folder):
    workspace = small(folder)
    before = run('list', 'organization', '--json', workspace=workspace)
    refuse('import', 'organization', many_rows(folder, 10000), workspace=workspace, preexec_fn=limit_files,
           restore_signals=False, says=[workspace, 'is full', 'free some space'])
    is_sound(workspace, before)


# --- Others at work ----------------------------------------------------------------------------------------


def another_program_writes(folder):
    workspace = small(folder)
    before = run('list', 'organization', '--json', workspace=workspace)
    database = sqlite3.connect(workspace, isolation_level=None)
    database.execute('BEGIN IMMEDIATE')
    assert count(workspace) == 5
    run('search', 'acme', workspace=workspace)
    refuse('set', 'P-0001', 'title=X', workspace=workspace,
           says=['Another program is writing', workspace, 'try again'])
    database.execute('ROLLBACK')
    database.close()
    is_sound(workspace, before)
    run('set', 'P-0001', 'title=X', workspace=workspace)


def two_imports_at_once(folder):
    workspace = small(folder)
    tables = [write_csv(os.path.join(folder, f'{name}.csv'), ['ref', 'title'],
                        [[f'{name}{i}', f'{name} {i}'] for i in range(500)]) for name in 'abcd']
    processes = [subprocess.Popen([CLI, '-w', workspace, 'import', 'organization', table], stdout=subprocess.PIPE,
                                  encoding='utf-8') for table in tables]
    for process in processes:
        assert process.communicate()[0].startswith('500 read: 500 created') and process.returncode == 0
    assert count(workspace) == 2005
    check(workspace)


# --- Imports that go wrong ---------------------------------------------------------------------------------


def ten_thousand_bad_rows(folder):
    workspace = small(folder)
    bad = [['2026-99-99', 'Bad date'], ['2026-01-01', ''], ['31.02.2026', 'No such day'], ['soon', 'No date']]
    rows = [(f'r{i}', *(bad[i // 2 % 4] if i % 2 else ['2026-01-01', f'Good {i}'])) for i in range(20000)]
    table = write_csv(os.path.join(folder, 'bad.csv'), ['ref', 'partner_since', 'title'], rows)
    report = run_json('import', 'organization', table, workspace=workspace)
    assert (report['read'], report['created'], report['refused']) == (20000, 10000, 10000), {**report, 'problems': 0}
    assert {problem['line'] for problem in report['problems']} == set(range(3, 20003, 2))
    assert {problem['level'] for problem in report['problems']} == {'refused'}
    reasons = {problem['reason'] for problem in report['problems']}
    assert any('“2026-99-99”' in reason for reason in reasons) and any('“Name”' in reason for reason in reasons), reasons
    assert count(workspace) == 10005
    check(workspace)
    run('undo', workspace=workspace)
    assert count(workspace) == 5
    check(workspace)


def start_import(workspace, table):
    """Starts a large import; returns when it is in the middle: it has the write lock."""
    process = subprocess.Popen([CLI, '-w', workspace, 'import', 'organization', table], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, encoding='utf-8')
    database = sqlite3.connect(workspace, isolation_level=None, timeout=0)
    while process.poll() is None:
        try:
            database.execute('BEGIN IMMEDIATE')
            database.execute('ROLLBACK')
        except sqlite3.OperationalError:
            break
        time.sleep(0.002)
    database.close()
    time.sleep(0.1)
    assert process.poll() is None, ('the import was over too soon', process.communicate())
    return process


def killed_imports(folder):
    workspace = small(folder)
    before = run('list', 'organization', '--json', workspace=workspace)
    process = start_import(workspace, many_rows(folder))
    process.kill()
    process.communicate()
    is_sound(workspace, before)


def interrupted_imports(folder):
    workspace = small(folder)
    table = many_rows(folder)
    before = run('list', 'organization', '--json', workspace=workspace)
    for number in (signal.SIGINT, signal.SIGTERM):
        process = start_import(workspace, table)
        process.send_signal(number)
        output, errors = process.communicate(timeout=60)
        assert (process.returncode, output) == (-number, ''), (process.returncode, output, errors)
        assert errors == 'entente-cli: Interrupted; nothing was changed.\n', errors
    is_sound(workspace, before)


def interrupted_export_leaves_no_file(folder):
    workspace = small(folder)
    run('import', 'organization', many_rows(folder, 12000), workspace=workspace)
    file = write(os.path.join(folder, 'o.csv'), b'as it was')
    process = subprocess.Popen([CLI, '-w', workspace, 'export', 'organization', file], stderr=subprocess.PIPE,
                               encoding='utf-8')
    while process.poll() is None and len([name for name in os.listdir(folder) if 'o.csv' in name]) < 2:
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    errors = process.communicate()[1]
    assert process.returncode == -signal.SIGINT and 'Interrupted' in errors, (process.returncode, errors)
    assert content(file) == b'as it was' and len([name for name in os.listdir(folder) if 'o.csv' in name]) == 1


if __name__ == '__main__':
    entente.main([
        keys_that_do_not_fit, foreign_files, newer_workspaces, damaged_files, damaged_encrypted_files,
        one_bit_costs_one_page, rows_under_a_lost_inner_page,
        recover_of_a_sound_file_loses_nothing, read_only_folders, full_disks, files_that_may_not_grow,
        another_program_writes, two_imports_at_once, ten_thousand_bad_rows, killed_imports, interrupted_imports,
        interrupted_export_leaves_no_file,
    ])

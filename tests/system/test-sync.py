#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two workspaces and PouchDB's server: a week offline each, then in step, with entente-cli alone."""
import json
import os
import subprocess

import entente
from entente import check, execute, refuse, run, run_json, Skip

SERVER = os.path.join(os.environ['G_TEST_SRCDIR'], 'peers', 'server.js')


class Server:
    def __enter__(self):
        if not os.environ.get('ENTENTE_PEERS'):
            raise Skip('the packages of tests/peers are not there')
        self.process = subprocess.Popen(['node', SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding='utf-8')
        words = self.process.stdout.readline().split()
        assert words[0] == 'ready', words
        return f'http://127.0.0.1:{words[1]}/team'

    def __exit__(self, *error):
        self.process.stdin.close()
        self.process.wait(timeout=30)


TYPES = ('organization', 'person', 'deal', 'link', 'task', 'program', 'activity', 'agreement', 'ledger', 'document')


def read_all(workspace):
    """Every record of the main types, by id."""
    found = {}
    for record_type in TYPES:
        path = f'{workspace}-{record_type}.json'
        run('export', record_type, path, workspace=workspace)
        with open(path, encoding='utf-8') as file:
            rows = json.load(file)
        found.update({row['id']: row for row in rows})
    return found


def without_own(value, ids):
    """Without what each file counts for itself: codes become ids."""
    if isinstance(value, list):
        return [without_own(one, ids) for one in value]
    if isinstance(value, str):
        return '; '.join(ids.get(word, word) for word in value.split('; '))
    return value


def records(workspace):
    found = read_all(workspace)
    ids = {row['code']: key for key, row in found.items()}
    own = {'code', 'rev', 'created_at', 'updated_at'}
    return {key: {name: without_own(value, ids) for name, value in row.items() if name not in own}
            for key, row in found.items()}


def pair(folder, url):
    """A workspace with the sample, and a colleague's that has joined."""
    a, b = os.path.join(folder, 'a.entente'), os.path.join(folder, 'b.entente')
    run('new', a, '--plain', '--sample')
    run('new', b, '--plain', '--empty')
    run('remote', 'add', 'team', url, '--create', workspace=a)
    run('remote', 'add', 'team', url, workspace=b)
    sent = run_json('sync', 'run', workspace=a)
    received = run_json('sync', 'run', workspace=b)
    assert sent['rejected'] == 0 and received['parked'] == 0, (sent, received)
    assert sent['sent'] == received['received'] > 5000, (sent, received)
    return a, b


def in_step(a, b):
    mine, theirs = records(a), records(b)
    assert mine.keys() == theirs.keys(), (len(mine), len(theirs))
    different = [(mine[key], theirs[key]) for key in mine if mine[key] != theirs[key]]
    assert not different, (len(different), different[0])
    check(a)
    check(b)


def sync(*workspaces):
    return [run_json('sync', 'run', workspace=one) for one in workspaces]


def amount(workspace):
    return run_json('show', 'Brightwater Consulting', workspace=workspace)['arr']


def test_a_week_offline(folder):
    with Server() as url:
        a, b = pair(folder, url)
        idle, = sync(b)
        assert idle['sent'] == idle['received'] == 0, idle

        run('set', 'Brightwater Consulting', 'website=https://bright.example', workspace=a)
        run('set', 'Brightwater Consulting', 'arr=2000000 USD', workspace=a)
        run('set', 'Brightwater Consulting', 'arr=3000000 USD', workspace=b)
        run('add', 'organization', 'title=Made on the train', workspace=b)
        assert len(run_json('sync', 'plan', workspace=a)) == 1
        sync(a, b, a)
        clashes = [run_json('sync', 'conflicts', workspace=one) for one in (a, b)]
        assert [len(one) for one in clashes] == [1, 1], clashes
        assert clashes[0][0]['field'] == clashes[1][0]['field'] == 'arr'

        refuse('sync', 'resolve', str(clashes[0][0]['number']), workspace=a, status=2, says='--take shown or --take other')
        before = amount(a)
        assert amount(b) == before
        run('sync', 'resolve', str(clashes[0][0]['number']), '--take', 'other', workspace=a)
        assert amount(a) != before
        sync(a, b)
        assert amount(b) == amount(a)
        assert run_json('sync', 'conflicts', workspace=b) == []
        assert len(run_json('sync', 'conflicts', '--all', workspace=b)) == 1
        run('undo', workspace=a)
        sync(a, b)
        assert amount(b) == before
        in_step(a, b)


def test_refusals(folder):
    a = os.path.join(folder, 'c.entente')
    run('new', a, '--plain')
    refuse('sync', 'run', workspace=a, says='in step with nobody yet')
    refuse('remote', 'add', 'team', 'http://example.com/team', workspace=a, says='example.com')
    refuse('remote', 'add', 'team', 'nonsense', workspace=a)
    run('remote', 'add', 'team', 'http://127.0.0.1:9/team', workspace=a)
    refuse('remote', 'add', 'other', 'http://127.0.0.1:9/other', workspace=a, says='in step with “team” already')
    refuse('sync', 'run', workspace=a, says='127.0.0.1:9')
    refuse('sync', 'resolve', '7', '--take', 'shown', workspace=a, says='settled already')
    assert run_json('remote', 'list', workspace=a)[0]['url'] == 'http://127.0.0.1:9/team'
    run('remote', 'remove', 'team', workspace=a)
    assert run_json('remote', 'list', workspace=a) == []
    assert execute('check', workspace=a).returncode == 0


if __name__ == '__main__':
    entente.main([test_a_week_offline, test_refusals])

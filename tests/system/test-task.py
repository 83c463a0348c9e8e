#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# The family `task`: add, due, snooze, done, attention, each taken back by undo.
import json
import os
import subprocess
import sys
import tempfile

CLI = os.environ['ENTENTE_CLI']
folder = tempfile.TemporaryDirectory()
environment = dict(os.environ, ENTENTE_WORKSPACE=os.path.join(folder.name, 'w.entente'))
n = 0


def cli(*words, status=0):
    run = subprocess.run([CLI, *words], env=environment, capture_output=True, text=True)
    assert run.returncode == status, (words, run.returncode, run.stdout, run.stderr)
    return run.stdout


def read(*words):
    return json.loads(cli('--json', *words))


def check(what, condition):
    global n
    n += 1
    print(f"{'ok' if condition else 'not ok'} {n} /task/{what}")
    if not condition:
        sys.exit(1)


cli('new', environment['ENTENTE_WORKSPACE'], '--plain')
cli('add', 'organization', 'title=Contoso', 'roles=partner', 'lifecycle=onboarding', 'ref=contoso')
code = cli('task', 'add', 'Call Ann', '--due', '2026-11-28', '--about', 'ref:contoso').strip()
due = read('task', 'due', '--today', '2026-11-30')
check('due-names-record-and-reason', [(d['group'], d['record'], d['title']) for d in due] == [('overdue', code, 'Call Ann')]
      and 'Contoso' in due[0]['reason'])
check('list', [t['code'] for t in read('task', 'list')] == [code])
plan = read('task', 'attention', '--today', '2026-11-30')
check('attention', plan['hours'] == 20 and plan['items'][0]['title'] == 'Contoso' and plan['items'][0]['must'])
check('attention-hours', read('task', 'attention', '--today', '2026-11-30', '--hours', '1')['left_out'] == 1)
cli('task', 'snooze', code, '--until', '2026-12-07', '--today', '2026-11-30', '--reason', 'On leave')
check('snooze-hides', read('task', 'due', '--today', '2026-12-06') == [])
check('snooze-ends', len(read('task', 'due', '--today', '2026-12-07')) == 1)
cli('undo')
cli('redo')
check('snoozed', [(row['record'], row['until'], row['reason']) for row in read('task', 'snoozed', '--today', '2026-12-01')]
      == [(code, '2026-12-07', 'On leave')])
cli('task', 'wake', code, '--today', '2026-12-01')
check('woken', len(read('task', 'due', '--today', '2026-12-01')) == 1)
cli('task', 'wake', code, '--today', '2026-12-01', status=1)
cli('undo')
cli('undo')
check('snooze-undone', len(read('task', 'due', '--today', '2026-11-30')) == 1)
cli('task', 'snooze', code, '--until', '2026-11-30', '--today', '2026-11-30', '--reason', 'x', status=1)
cli('task', 'snooze', code, status=2)
cli('task', 'nonsense', status=2)
check('refusals', True)
cli('task', 'done', code)
check('done', read('task', 'due', '--today', '2026-11-30') == [] and read('show', code)['status'] == 'done')
cli('undo')
check('done-undone', len(read('task', 'list')) == 1)
print(f'1..{n}')

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Onboarding from outside: in the sample, a partner goes from identified to active, failing a gate first."""
import datetime
import json
import os
import re

import entente
from entente import check, empty, refuse, run, run_json

PARTNER = 'ref:org:stonebridge'


def sample(folder):
    workspace = os.path.join(folder, 'w.entente')
    run('new', workspace, '--plain', '--sample')
    return workspace


def lifecycle(workspace):
    return run_json('show', PARTNER, workspace=workspace)['lifecycle']


def onboard(workspace, *words):
    return run_json('onboard', *words, workspace=workspace)


def items(workspace, state='open'):
    plan = onboard(workspace, 'show', PARTNER)
    return [item for item in plan['items'] if (item['status'] not in ('done', 'dropped')) == (state == 'open')]


def gate(workspace, title):
    found = [gate for gate in onboard(workspace, 'gates', PARTNER) if gate['title'].startswith(title)]
    assert len(found) == 1, (title, found)
    return found[0]


def do_what_can_be_done(workspace):
    """Ticks items until only those are left that wait for a gate."""
    waiting = True
    while waiting:
        waiting = False
        for item in items(workspace):
            if entente.execute('onboard', 'done', PARTNER, item['code'], workspace=workspace).returncode == 0:
                waiting = True


def pass_gates(workspace):
    today = datetime.date.today().isoformat()
    for kind in ('nda', 'program_agreement'):
        run('add', 'agreement', f'title={kind}, Stonebridge', f'kind={kind}', f'counterparty={PARTNER}', 'status=active',
            f'signed_on={today}', workspace=workspace)
    run('set', PARTNER, 'legal_name=Stonebridge PSA LLP', 'address=1 Stone Bridge, London', 'tax_id=GB123456789',
        'payout_ref=VENDOR-1', workspace=workspace)
    person = run('add', 'person', 'title=Tess Tech', f'org={PARTNER}', workspace=workspace).strip()
    run('add', 'person', 'title=Esc Alation', f'org={PARTNER}', workspace=workspace)
    run('set', PARTNER, f'named_technical_contact={person}', workspace=workspace)


def from_identified_to_active(folder):
    workspace = sample(folder)
    assert lifecycle(workspace) == 'identified'
    plan = onboard(workspace, 'start', PARTNER, '--start', 'today', '--buddy', 'ref:team:ana')
    assert (plan['phase'], plan['progress'], plan['day'], plan['days']) == ('Foundation', 0, 0, 90)
    assert lifecycle(workspace) == 'onboarding'
    refuse('onboard', 'start', PARTNER, says=['is under way already', plan['code']], workspace=workspace)

    # The gate fails first: nothing was answered, then the answers are not good enough.
    questionnaire = gate(workspace, 'Security questionnaire')
    assert questionnaire['state'] == 'not_met' and 'has not answered' in questionnaire['reason']
    run('onboard', 'done', PARTNER, 'Compliance needs understood', workspace=workspace)
    run('add', 'assessment', 'title=Questionnaire 1', 'kind=security_questionnaire', f'subject={PARTNER}', 'result=fail',
        workspace=workspace)
    refuse('onboard', 'done', PARTNER, str(questionnaire['number']), says='remediate what it found', workspace=workspace)
    refuse('onboard', 'done', PARTNER, 'Portal login', says='waits for “Security questionnaire passed', workspace=workspace)
    refuse('onboard', 'activate', PARTNER, says='without an active agreement', workspace=workspace)

    pass_gates(workspace)
    run('add', 'assessment', 'title=Questionnaire 2', 'kind=security_questionnaire', f'subject={PARTNER}', 'result=pass',
        workspace=workspace)
    assert gate(workspace, 'Security questionnaire')['state'] == 'met'
    do_what_can_be_done(workspace)
    assert items(workspace) == []
    done = onboard(workspace, 'show', PARTNER)
    assert (done['status'], done['progress'], done['phase']) == ('done', 100, 'Done')

    refuse('onboard', 'activate', PARTNER, says='without a level', workspace=workspace)
    run('set', PARTNER, 'level=ref:level:registered', workspace=workspace)
    run('onboard', 'activate', PARTNER, workspace=workspace)
    assert lifecycle(workspace) == 'active'

    # All of it stands in the history, and is taken back step by step.
    steps = run_json('history', '--limit', '200', workspace=workspace)
    labels = [step['label'] for step in steps]
    assert labels[0].startswith('Make Stonebridge') and any(label.startswith('Start onboarding') for label in labels), labels
    for _ in range(labels.index(next(label for label in labels if label.startswith('Start onboarding'))) + 1):
        run('undo', workspace=workspace)
    assert lifecycle(workspace) == 'identified'
    refuse('onboard', 'show', PARTNER, says='has no onboarding', workspace=workspace)
    check(workspace)


def moving_and_checks(folder):
    workspace = sample(folder)
    plan = 'ref:org:telluric'
    before = {item['code']: item for item in onboard(workspace, 'show', plan)['items']}
    first = next(item for item in before.values() if item['title'].startswith('Ideal customer profile'))
    after = onboard(workspace, 'move', plan, first['code'], '--day', '50', '--with-dependents')
    moved = [item for item in after['items'] if item['due'] != before[item['code']]['due']]
    assert {item['day'] - before[item['code']]['day'] for item in moved} == {5}
    assert any(item['title'].startswith('Joint planning') for item in moved)
    assert any(item['title'].startswith('First joint customer meeting') for item in moved)
    refuse('onboard', 'move', plan, first['code'], '--day', '-3', says='before the plan starts', workspace=workspace)
    refuse('onboard', 'move', plan, first['code'], status=2, says='--day N or --before ITEM', workspace=workspace)
    refuse('onboard', 'move', plan, 'first', '--day', '3', says='several items', workspace=workspace)
    refuse('onboard', 'done', plan, 'nonsense', says='no item', workspace=workspace)
    assert run('undo', workspace=workspace)
    order = onboard(workspace, 'move', plan, '5', '--before', '2')['items']
    assert order[1]['title'].startswith('Compliance needs')

    checks = onboard(workspace, 'check', plan)
    assert [c['day'] for c in checks['checks']] == [30, 60, 90]
    assert checks['checks'][0]['state'] == 'ahead' and checks['first_success']['target'] == 90
    listed = onboard(workspace, 'list')
    telluric = next(p for p in listed if p['partner_name'].startswith('Telluric'))
    assert telluric['blocked_gate'].startswith('Security questionnaire') and telluric['slip'] > 0


def template_edited(folder):
    workspace = sample(folder)
    plan = 'ref:org:telluric'
    assert onboard(workspace, 'show', plan)['differences'] == []
    template = onboard(workspace, 'templates', '--kind', 'onboarding')[0]['code']
    run('add', 'program_rule', f'parent={template}', 'text=Meet the founders', 'item_type=task', 'day_to=33', 'position=99',
        'phase=Activation', 'section=Go-to-market alignment', workspace=workspace)
    assert [d['kind'] for d in onboard(workspace, 'show', plan)['differences']] == ['added']
    updated = onboard(workspace, 'update', plan)
    assert updated['differences'] == [] and updated['items'][-1]['title'] == 'Meet the founders'


def exports(folder):
    workspace = sample(folder)
    for ending in ('md', 'csv', 'ics'):
        path = os.path.join(folder, 'plan.' + ending)
        run('onboard', 'export', 'ref:org:telluric', path, workspace=workspace)
        with open(path, encoding='utf-8', newline='') as file:
            text = file.read()
        if ending == 'md':
            assert text.startswith('# Onboarding, Telluric Engineering\n') and '\n### Portal and tools\n' in text
            assert '- [x] **Gate:** Mutual NDA executed' in text
        elif ending == 'csv':
            lines = text.splitlines()
            assert lines[0].startswith('code,phase,section,item') and len(lines) == 34
        else:
            events = text.count('BEGIN:VEVENT')
            assert events == len([i for i in onboard(workspace, 'show', 'ref:org:telluric')['items']
                                  if i['status'] != 'done'])
            assert all(len(line.encode()) <= 75 for line in text.split('\r\n')), 'a line is too long'
            assert re.search(r'DTSTART;VALUE=DATE:\d{8}\r\nDTEND;VALUE=DATE:\d{8}\r\n', text)
    refuse('onboard', 'export', 'ref:org:telluric', os.path.join(folder, 'plan.txt'), says='must end in .md, .csv or .ics',
           workspace=workspace)


def without_any(folder):
    workspace = empty(folder)
    assert onboard(workspace, 'list') == []
    assert [t['ref'] for t in onboard(workspace, 'templates')] == ['checklist:onboarding', 'checklist:enablement']
    run('add', 'organization', 'title=Acme', 'roles=customer', workspace=workspace)
    refuse('onboard', 'start', 'Acme', says='is not a partner', workspace=workspace)
    run('set', 'Acme', 'roles=partner', workspace=workspace)
    assert json.loads(run('--json', 'onboard', 'start', 'Acme', '--kind', 'enablement', workspace=workspace))['kind'] == \
        'enablement'
    refuse('onboard', 'nonsense', status=2, says='usage: entente-cli onboard', workspace=workspace)
    refuse('onboard', 'list', '--kind', 'x', status=2, says='“x” is no kind', workspace=workspace)
    refuse('onboard', 'start', 'Acme', '--start', 'nonsense', says='nonsense', workspace=workspace)


entente.main([from_identified_to_active, moving_and_checks, template_edited, exports, without_any])

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Levels from outside: the standard program's story of one partner, and a real program (CNCF) with a ladder of its own,
whose membership history replays as upgrades and downgrades."""
import collections
import csv

import entente
from entente import check, count, empty, refuse, run, run_json, shared

LADDER = ['Platinum', 'Gold', 'Silver', 'End User Supporter', 'Nonprofit', 'Academic']


def add(workspace, record_type, **fields):
    return run('add', record_type, *(f'{name}={value}' for name, value in fields.items()), workspace=workspace).strip()


def one_partner(folder):
    workspace = empty(folder)
    add(workspace, 'organization', title='Customer', ref='customer', roles='customer')
    partner = add(workspace, 'organization', title='Brightwater', ref='bright', roles='partner', partner_type='solution',
                  lifecycle='onboarding', level='ref:level:select')
    add(workspace, 'agreement', title='Agreement', kind='program_agreement', counterparty='ref:bright', status='active',
        annual_commitment='25000 USD')
    for number in range(15):
        add(workspace, 'deal', title=f'Lead {number}', account='ref:customer', kind='lead', stage='qualified',
            registered_by='ref:bright', opened_on='2026-10-05')
    add(workspace, 'document', title='Story', kind='case_study', status='approved', about='ref:bright',
        approved_at='2026-09-01T00:00:00Z')
    add(workspace, 'plan', title='Review', kind='qbr', status='signed', **{'for': 'ref:bright'},
        meeting_at='2026-10-12T09:00:00Z')
    on = ('--on', '2026-11-20')

    shown = run_json('level', 'show', partner, *on, workspace=workspace)
    assert (shown['level'], shown['reached'], shown['proposal']) == ('ref:level:select', 'ref:level:premier', 'upgrade')
    leads = next(rule for rule in shown['next_rules'] if rule['metric'] == 'qualified_leads_per_month')
    assert (leads['met'], leads['value'], len(leads['rows'])) == ('met', '5', 15), leads
    run('level', 'approve', partner, '--reason', 'They earned it', *on, workspace=workspace)
    assert run_json('show', partner, workspace=workspace)['level'] == 'ref:level:premier'
    gaps = run('level', 'gaps', partner, *on, workspace=workspace)
    assert '5 more qualified leads a month to reach Strategic' in gaps, gaps
    decisions = run('list', 'activity', '--fields', 'title', workspace=workspace)
    assert 'Level: Select → Premier' in decisions and count(workspace, 'activity') == 1, decisions
    benefits = {entry['metric']: entry for entry in run_json('level', 'benefits', partner, workspace=workspace)}
    assert benefits['training_credits']['balance'] == 100, benefits
    refuse('level', 'approve', partner, *on, workspace=workspace, says='No change of level is proposed')

    # One undo takes all of it back; a changed threshold changes the result.
    run('undo', workspace=workspace)
    assert run_json('show', partner, workspace=workspace)['level'] == 'ref:level:select'
    assert count(workspace, 'activity') == 0
    run('set', leads['rule'], 'threshold=6', workspace=workspace)
    assert run_json('level', 'show', partner, *on, workspace=workspace)['proposal'] == 'keep'
    check(workspace)


def contradictions(folder):
    workspace = empty(folder)
    assert run_json('level', 'check', workspace=workspace) == []
    add(workspace, 'program_rule', parent='ref:requirement:qualified_leads', position=9,
        metric='qualified_leads_per_month', operator='at_most', unit='count', threshold=3, window_months=3,
        applies_to_level='ref:level:premier')
    found = run_json('level', 'check', workspace=workspace)
    assert len(found) == 1 and 'exclude each other' in found[0]['what'] and found[0]['next_step'], found


def make_ladder(workspace):
    """A second program: levels of its own, each asking for the membership of its name."""
    add(workspace, 'program', title='CNCF', kind='partner_program', ref='cncf', rank=2)
    add(workspace, 'program', title='Membership', kind='requirement', ref='cncf:membership', parent='ref:cncf')
    for rank, title in enumerate(LADDER, 1):
        add(workspace, 'program', title=title, kind='level', ref=f'cncf:{title}', parent='ref:cncf', rank=rank)
        add(workspace, 'program_rule', parent='ref:cncf:membership', position=rank, metric='tags', operator='one_of',
            unit='text', threshold_text=title if rank != 4 else title + '; End User Supporter and Contributor',
            applies_to_level=f'ref:cncf:{title}')
    run('level', 'use', 'ref:cncf', workspace=workspace)


def cncf_members(folder):
    workspace = empty(folder)
    make_ladder(workspace)
    rows = {}
    with open(shared('ecosystem', 'cncf_members.csv'), newline='', encoding='utf-8') as file:
        for row in csv.DictReader(file):
            rows.setdefault(row['org_id'], []).append(row)
    entente.write_csv(f'{folder}/members.csv', ('ref', 'title', 'roles', 'partner_since', 'tags'),
                      [(org, members[0]['name'], 'partner', members[0]['joined'],
                        '; '.join(member['tier'] for member in members)) for org, members in rows.items()])
    run('import', 'organization', f'{folder}/members.csv', workspace=workspace)
    expected = collections.Counter()
    for members in rows.values():
        tiers = [member['tier'].replace(' and Contributor', '') for member in members]
        expected['ref:cncf:' + min(tiers, key=LADDER.index)] += 1
    proposals = run_json('level', 'proposals', workspace=workspace)
    assert {entry['proposal'] for entry in proposals} == {'assign'} and len(proposals) == len(rows)
    assert collections.Counter(entry['proposed'] for entry in proposals) == expected, expected
    assert all(entry['reason'].startswith('All requirements of ') for entry in proposals)

    # All are approved in one change; then every level is right, and one member that pays less is to be downgraded.
    run('level', 'approve', '--all', '--reason', 'Start of the program', workspace=workspace)
    assert run_json('level', 'proposals', workspace=workspace) == []
    held = {level['title']: level['partners'] for level in run_json('level', 'list', '--program', 'ref:cncf',
                                                                    workspace=workspace)}
    assert {f'ref:cncf:{title}': number for title, number in held.items() if number} == dict(expected), held
    gold = next(org for org, members in rows.items() if [member['tier'] for member in members] == ['Gold'])
    run('set', f'ref:{gold}', 'tags=Silver', workspace=workspace)
    (changed,) = run_json('level', 'proposals', workspace=workspace)
    assert (changed['proposal'], changed['proposed']) == ('downgrade', 'ref:cncf:Silver'), changed
    assert changed['reason'].startswith('Gold is no longer met ('), changed
    check(workspace)


def count_moves():
    """Who came, came back and went from one snapshot to the next, counted apart from the program."""
    snapshots = {}
    with open(shared('ecosystem', 'cncf_membership_history_to_2023.csv'), newline='', encoding='utf-8') as file:
        for row in csv.DictReader(file):
            snapshots.setdefault(row['snapshot'], set()).add(row['crunchbase'] or row['name'])
    days = sorted(snapshots)
    seen = set(snapshots[days[0]])
    moves = collections.Counter(upgraded=21, downgraded=11)
    for before, after in zip(days, days[1:]):
        came = snapshots[after] - snapshots[before]
        moves.update(joined=len(came - seen), returned=len(came & seen), left=len(snapshots[before] - snapshots[after]))
        seen |= snapshots[after]
    return moves


def cncf_history(folder):
    workspace = empty(folder)
    make_ladder(workspace)
    changes = run_json('level', 'replay', shared('ecosystem', 'cncf_membership_history_to_2023.csv'), '--date',
                       'snapshot', '--subject', 'crunchbase|name', '--title', 'name', '--metric', 'tags=tier',
                       workspace=workspace)
    with open(shared('ecosystem', 'cncf_membership_events_to_2023.csv'), newline='', encoding='utf-8') as file:
        events = list(csv.DictReader(file))
    for kind in ('upgraded', 'downgraded'):
        want = {(event['snapshot'], event['name'], event['tier_before'], event['tier_after'])
                for event in events if event['event'] == kind}
        have = {(change['date'], change['title'], change['from'], change['to'])
                for change in changes if change['change'] == kind}
        assert have == want, (kind, sorted(have - want), sorted(want - have))
    moved = [change for change in changes if change['change'] in ('upgraded', 'downgraded')]
    assert len(moved) == 32, len(moved)
    samsung = next(change for change in moved if change['title'] == 'Samsung SDS')
    assert samsung['reason'] == 'Platinum is no longer met (Membership: Gold of one of Platinum).', samsung
    assert all(change['reason'] for change in changes)
    assert collections.Counter(change['change'] for change in changes) == count_moves(), 'who came and went'


def bad_words(folder):
    workspace = empty(folder)
    refuse('level', 'show', 'P-9999', workspace=workspace, says='P-9999')
    refuse('level', 'nonsense', workspace=workspace, status=2, says='usage:')
    refuse('level', 'approve', workspace=workspace, status=2, says='--all')
    path = entente.write_csv(f'{folder}/series.csv', ('date', 'subject', 'tier'), [('2026-13-01', 'a', 'Gold')])
    refuse('level', 'replay', path, '--metric', 'success_stories=tier', workspace=workspace, says='Line 2')
    refuse('level', 'replay', path, '--metric', 'nothing=tier', workspace=workspace, says='Line 2')
    refuse('level', 'replay', path, '--metric', 'success_stories=other', workspace=workspace, status=2, says='other')


if __name__ == '__main__':
    entente.main([one_partner, contradictions, cncf_members, cncf_history, bad_words])

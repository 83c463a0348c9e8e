#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pipeline from outside: a real export of a CRM and its totals; a registration from conflict to expiry and back."""
import csv
import datetime
import json
import os
from decimal import Decimal

import entente as e

LAST_DAY = '2017-12-31'


def import_maven(folder):
    """The deals of the public data set, with names, which it has none of."""
    workspace = e.empty(folder)
    with open(e.shared('crm', 'maven', 'sales_pipeline_half.csv'), newline='', encoding='utf-8') as file:
        rows = list(csv.DictReader(file))
    deals = e.write_csv(os.path.join(folder, 'deals.csv'), ['name', *rows[0]],
                        [[f'{row["account"] or "No account"}: {row["product"]}', *row.values()] for row in rows])
    e.run('import', 'organization', e.shared('crm', 'maven', 'accounts.csv'), '--map', 'account=title', '--map',
          'sector=industry', '--map', 'year_established=', '--map', 'revenue=', '--map', 'employees=', '--map',
          'office_location=', '--map', 'subsidiary_of=', workspace=workspace)
    e.run('import', 'person', e.shared('crm', 'maven', 'sales_teams.csv'), '--map', 'sales_agent=title', '--map',
          'manager=', '--map', 'regional_office=region', '--add-choices', workspace=workspace)
    e.run('import', 'deal', deals, '--map', 'name=title', '--map', 'opportunity_id=ref', '--map', 'sales_agent=owner',
          '--map', 'product=offering', '--map', 'account=account', '--map', 'deal_stage=stage', '--map',
          'engage_date=opened_on', '--map', 'close_date=closed_on', '--map', 'close_value=amount',
          '--create-missing', 'offering', '--add-choices', '--currency', 'USD', workspace=workspace)
    return workspace


def dollars(amounts):
    """What a list of amounts says in dollars; there is no other currency."""
    assert len(amounts) <= 1, amounts
    return Decimal(amounts[0].removesuffix(' USD')) if amounts else Decimal(0)


def assert_result(name, got, want):
    assert got['count'] == want['total'], (name, got)
    assert (got['won_count'], got['lost_count']) == (want['won'], want['lost']), (name, got)
    assert got['open_count'] == want['engaging'] + want['prospecting'], (name, got)
    assert dollars(got['won']) == Decimal(str(want['revenue_won'])), (name, got)
    if want['win_rate'] is None:
        assert 'win_rate_pct' not in got, (name, got)
        return
    assert Decimal(str(got['win_rate_pct'])) / 100 == Decimal(str(want['win_rate'])), (name, got)
    if want['avg_deal'] is not None:
        cents = abs(Decimal(got['average'].removesuffix(' USD')) - Decimal(str(want['avg_deal'])))
        days = abs(Decimal(str(got['days_to_win'])) - Decimal(str(want['avg_days_to_win'])))
        assert cents <= Decimal('0.0051') and days <= Decimal('0.0051'), (name, got, want)


def sum_results(results):
    """The counts of several results together, as the expected file has them."""
    return {'total': sum(r['count'] for r in results), 'won': sum(r['won_count'] for r in results),
            'lost': sum(r['lost_count'] for r in results), 'revenue_won': float(sum(dollars(r['won']) for r in results))}


def assert_sums(members, by_member, expected):
    """Groups of owners or accounts (manager, region, sector): @members gives the names of each."""
    for name, want in expected.items():
        got = sum_results([by_member[member] for member in members[name] if member in by_member])
        assert got == {key: want[key] for key in got}, (name, got, want)


def table(name, key, group):
    groups = {}
    with open(e.shared('crm', 'maven', name), newline='', encoding='utf-8') as file:
        for row in csv.DictReader(file):
            groups.setdefault(row[group], []).append(row[key])
    return groups


def a_real_crm_adds_up_to_the_cent(folder):
    with open(e.shared('crm', 'maven', 'expected_aggregates_half.json'), encoding='utf-8') as file:
        expected = json.load(file)
    workspace = import_maven(folder)
    assert e.count(workspace, 'deal') == expected['overall']['total']

    def results(*by):
        return {r['title']: r for r in e.run_json('deal', 'results', *by, '--date', LAST_DAY, workspace=workspace)}

    assert_result('overall', results()['All'], expected['overall'])
    owners, accounts = results('--by', 'owner'), results('--by', 'account')
    for name, by, names in (('by_agent', owners, {}), ('by_account', accounts, {'(none)': 'None'}),
                            ('by_product', results('--by', 'product'), {}),
                            ('by_close_quarter', results('--by', 'quarter'), {'(open)': 'Open'})):
        assert len(by) == len(expected[name]), (name, sorted(by))
        for key, want in expected[name].items():
            assert_result((name, key), by[names.get(key, key)], want)
    assert_sums(table('sales_teams.csv', 'sales_agent', 'manager'), owners, expected['by_manager'])
    assert_sums(table('sales_teams.csv', 'sales_agent', 'regional_office'), owners, expected['by_region'])
    sectors = table('accounts.csv', 'account', 'sector')
    assert_sums({**sectors, '(none)': ['None']}, accounts, expected['by_sector'])

    # The same through the forecast of a quarter, and the board of it.
    quarter = expected['by_close_quarter']['2017-Q2']
    forecast = e.run_json('deal', 'forecast', '--quarter', '2017-Q2', '--date', LAST_DAY, workspace=workspace)
    assert forecast['won_count'] == quarter['won']
    assert dollars(forecast['won']) == Decimal(str(quarter['revenue_won']))
    board = {c['id']: c for c in e.run_json('deal', 'board', '--quarter', '2017-Q2', '--date', LAST_DAY,
                                            workspace=workspace)}
    assert (board['won']['count'], board['lost']['count']) == (quarter['won'], quarter['lost'])
    assert dollars(board['won']['total']) == Decimal(str(quarter['revenue_won']))
    # The undo of the import leaves nothing.
    e.run('undo', workspace=workspace)
    assert e.count(workspace, 'deal') == 0
    e.check(workspace)


def day(offset):
    return (datetime.date.today() + datetime.timedelta(offset)).isoformat()


def state(workspace, code):
    return e.run_json('show', code, workspace=workspace).get('registration_state')


def a_registration_conflicts_is_resolved_expires(folder):
    workspace = os.path.join(folder, 'sample.entente')
    e.run('new', workspace, '--plain', '--sample')

    def run(*words):
        return e.run_json('deal', *words, workspace=workspace)

    run('expire', '--date', day(400))  # what the sample itself has, so that what follows is counted alone
    account = e.run('add', 'organization', 'title=Fenwick Rail', 'roles=customer', workspace=workspace).strip()
    proof = e.run('add', 'document', 'title=Minutes', 'kind=evidence', workspace=workspace).strip()
    first = run('register', account, '--partner', 'Maple Ridge Solutions', '--offering', 'ref:offer:flow', '--title',
                'Fenwick: claims', '--amount', '40000 USD', '--close', day(60))
    assert first['registration_state'] == 'submitted' and first['conflicts'] == []
    assert first['expires_on'] == day(90)
    e.run('set', first['code'], 'registration_state=active', workspace=workspace)

    # A partner of a higher level claims the same product; the conflict is told at entry, with its reason.
    second = run('register', account, '--partner', 'Kestrel & Rowe', '--offering', 'ref:offer:flow', '--title',
                 'Fenwick: permits', '--amount', '60000 USD')
    conflict, = second['conflicts']
    assert conflict['stands'] == second['code'] and conflict['yields'] == first['code']
    assert 'Strategic' in conflict['reason'] and 'Select' in conflict['reason']
    e.refuse('set', second['code'], 'registration_state=active', says=('Maple Ridge Solutions', 'End that registration'),
             workspace=workspace)
    # Another product is no conflict.
    third = run('register', account, '--partner', 'Kestrel & Rowe', '--offering', 'ref:offer:vault', '--title',
                'Fenwick: vault')
    assert third['conflicts'] == []
    e.run('set', third['code'], 'registration_state=withdrawn', workspace=workspace)

    run('settle', second['code'])
    assert state(workspace, first['code']) == 'withdrawn'
    e.run('set', second['code'], 'registration_state=active', workspace=workspace)
    assert run('conflicts', second['code']) == []

    # Renewal needs proof; what ends is expired by a rule, and comes back by approval only.
    e.refuse('deal', 'renew', second['code'], says='proof of work', workspace=workspace)
    renewed = run('renew', second['code'], '--proof', proof)
    assert renewed['registration_state'] == 'renewed' and renewed['expires_on'] == day(180)
    assert run('expire', '--date', day(180)) == {'expired': 0}
    assert run('expire', '--date', day(181)) == {'expired': 1} and state(workspace, second['code']) == 'expired'
    e.refuse('deal', 'renew', second['code'], '--proof', proof, says='only be reopened', workspace=workspace)
    e.refuse('deal', 'reopen', second['code'], says='name who approved', workspace=workspace)
    e.refuse('deal', 'reopen', second['code'], '--approved-by', 'ref:team:marcus', says='Vice president',
             workspace=workspace)
    reopened = run('reopen', second['code'], '--approved-by', 'ref:team:ana')
    assert reopened['registration_state'] == 'active' and reopened['expires_on'] == day(90)

    # All of it stands in history, and undoes step by step.
    labels = [line['label'] for line in e.run_json('history', second['code'], workspace=workspace)]
    assert [label.split()[0] for label in labels] == ['Reopen', 'Expire', 'Renew', 'Edit', 'Register'], labels
    for before in ('expired', 'renewed', 'active', 'submitted'):
        e.run('undo', workspace=workspace)
        assert state(workspace, second['code']) == before
    e.run('undo', workspace=workspace)
    assert state(workspace, first['code']) == 'active'
    assert run('conflicts', first['code'])[0]['stands'] == second['code']
    e.check(workspace)


def moves_and_bad_input(folder):
    workspace = e.small(folder)
    code = e.run('add', 'deal', 'title=Claims', 'account=Globex', 'stage=qualified', 'amount=1000 EUR',
                 f'opened_on={day(-5)}', f'expected_close={day(20)}', workspace=workspace).strip()
    e.run('add', 'deal_party', f'parent={code}', 'org=Acme', 'role=source', 'share_pct=70', workspace=workspace)
    moved = e.run_json('deal', 'move', code, 'Committed', workspace=workspace)
    assert moved['stage'] == 'committed'
    e.refuse('deal', 'move', code, 'lost', says='choose a loss reason', workspace=workspace)
    e.refuse('deal', 'move', code, 'elsewhere', says='there is no stage', status=2, workspace=workspace)
    e.refuse('set', code, f'expected_close={day(-9)}', says='before it was opened', workspace=workspace)
    issues = {i['issue']: i['advice'] for i in e.run_json('deal', 'check', code, workspace=workspace)}
    assert '70 %' in issues['shares'] and 'exchange rates' in issues['rate'] and 'Owner' in issues['incomplete'], issues
    quarter = f'{datetime.date.fromisoformat(day(20)).year}-Q{(datetime.date.fromisoformat(day(20)).month + 2) // 3}'
    forecast = e.run_json('deal', 'forecast', '--quarter', quarter, workspace=workspace)
    assert forecast['weighted'] == ['900.00 EUR'] and forecast['without_rate'] == ['900.00 EUR'], forecast
    assert forecast['target'] == '250000.00 USD' and forecast['weighted_counted'] == '0.00 USD', forecast
    e.refuse('deal', 'forecast', '--quarter', '2026-Q7', says='no quarter', status=2, workspace=workspace)
    e.refuse('deal', 'board', '--by', 'color', says='color', status=2, workspace=workspace)
    e.refuse('deal', 'register', code, says='--partner', status=2, workspace=workspace)
    lost = e.run_json('deal', 'move', code, 'lost', '--reason', 'price', workspace=workspace)
    assert lost['stage'] == 'lost'
    e.run('undo', workspace=workspace)
    assert e.run_json('show', code, workspace=workspace)['stage'] == 'committed'


if __name__ == '__main__':
    e.main([a_real_crm_adds_up_to_the_cent, a_registration_conflicts_is_resolved_expires, moves_and_bad_input])

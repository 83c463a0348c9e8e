#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A request for funds goes from idea to paid claim with a measured return and is undone step by step; figures of real and
synthetic campaigns are right."""
import csv
import json
import os
from decimal import Decimal, ROUND_HALF_EVEN

import entente
from entente import check, count, empty, refuse, run, run_json, shared, write_csv


def money(text, currency='USD'):
    amount, code = text.split()
    assert code == currency, text
    return Decimal(amount)


def cents(value):
    return Decimal(value).quantize(Decimal('0.01'), ROUND_HALF_EVEN)


def same(got, want, tolerance=1e-6):
    return abs(float(got) - float(want)) <= tolerance * max(1, abs(float(want)))


# --- A request, from idea to payment -----------------------------------------------------------------------------------

def sample(folder):
    workspace = os.path.join(folder, 'w.entente')
    run('new', workspace, '--plain', '--sample')
    return workspace


def balance(workspace):
    rows = run_json('fund', 'balance', 'Kestrel & Rowe', '--program', 'ref:fund:mdf', workspace=workspace)
    assert len(rows) == 1 and rows[0]['why']['lines'], rows
    left = money(rows[0]['available'])
    assert left == money(rows[0]['allocated']) - money(rows[0]['approved']) - money(rows[0]['spent'])
    return rows[0], left


def idea_to_payment(folder):
    w = sample(folder)
    first, left = balance(w)
    seqs = []

    def change(*words):
        out = run_json(*words, workspace=w)
        seqs.append(run_json('history', '--limit', '1', workspace=w)[0])
        return out

    def state():
        return run_json('show', code, workspace=w).get('state')

    campaign = change('add', 'campaign', 'title=Roundtable Denver', 'kind=event', 'partners=Kestrel & Rowe',
                      'channels=event', 'budget_total=4000 USD', 'hours=20', 'start=today+20d', 'end=today+21d')['code']
    request = change('fund', 'request', 'Kestrel & Rowe', 'ref:fund:mdf', '2000 USD', '--cost', '4000 USD', '--campaign',
                     campaign, '--by', 'ref:team:marcus', '--title', 'Roundtable Denver', '--start', 'today+20d',
                     '--end', 'today+21d')
    code = request['code']
    assert request['state'] == 'draft' and request['kind'] == 'mdf' and request['total_cost'] == '4000.00 USD'
    refuse('fund', 'move', code, 'paid', says=['is Draft and cannot become Paid', 'next can be: Ready'], workspace=w)
    change('fund', 'move', code, 'ready')
    # The program asks for a desired outcome: eligibility says so, and submitting is refused with the rule's text.
    verdict = run_json('fund', 'eligibility', 'Kestrel & Rowe', 'ref:fund:mdf', '--request', code, workspace=w)[0]
    assert verdict['verdict'] == 'not_eligible', verdict
    assert [r['rule'] for r in verdict['rules'] if r['verdict'] == 'not_met'] == [
        'The request names its desired outcome']
    refuse('fund', 'move', code, 'submitted', says='The request names its desired outcome', workspace=w)
    change('set', code, 'desired_outcome=Ten meetings with heads of lending')
    change('fund', 'move', code, 'submitted')
    refuse('fund', 'move', code, 'approved', says='Nobody is named who approved', workspace=w)
    refuse('fund', 'move', code, 'approved', '--by', 'ref:team:ana', '--amount', '40000 USD',
           says='more than the activity costs', workspace=w)
    approved = change('fund', 'move', code, 'approved', '--by', 'ref:team:marcus')
    assert approved['self_approved'] is True and 'asked for it' in approved['flag'], approved
    assert approved['due'] == approved['claim_by'] > approved['activity_end'], approved
    assert balance(w)[1] == left - 2000
    change('fund', 'move', code, 'running')

    # What the campaign brought, from a file.
    table = write_csv(os.path.join(folder, 'weeks.csv'),
                      ('Week', 'Channel', 'Cost', 'Paid by', 'Impressions', 'Clicks', 'Leads', 'Qualified', 'Pipeline',
                       'Revenue'),
                      [('2026-10-05', 'Events', '1500.00', 'own', '900', '60', '24', '9', '90000', ''),
                       ('2026-10-14', 'Events', '1900.00', 'mdf', '400', '20', '11', '4', '40000', '15000')])
    imported = change('campaign', 'import', campaign, table)
    assert (imported['read'], imported['created'], imported['refused']) == (2, 2, 0), imported

    # Proof comes before the claim, and the claim before its day is over.
    refuse('fund', 'claim', code, '1900 USD', says='Proof comes before the claim', workspace=w)
    proof = change('add', 'document', 'title=Roundtable Denver: invoice, proof of performance', 'kind=evidence')['code']
    refuse('fund', 'claim', code, '2100 USD', '--proof', proof, says='more than the approved', workspace=w)
    refuse('fund', 'claim', code, '1900 USD', '--proof', proof, '--on', 'today+200d',
           says=['had to be claimed by', 'record the extension'], workspace=w)
    change('fund', 'claim', code, '1900 USD', '--proof', proof)
    refuse('fund', 'move', code, 'proof_ok', says='also needs: Lead list', workspace=w)
    leads = change('add', 'document', 'title=Roundtable Denver: lead list', 'kind=evidence')['code']
    change('fund', 'move', code, 'proof_ok', '--proof', leads)
    refuse('set', code, 'state=paid', 'paid=1900 USD', says='A payment is a row of the ledger', workspace=w)
    change('fund', 'move', code, 'paid')
    rows = run_json('list', 'ledger', '--where', f'funding = {code}', '--fields', 'kind,amount,program,campaign',
                    workspace=w)['records']
    assert [(row['kind'], row['amount']) for row in rows] == [('mdf_spend', '1900.00 USD')], rows
    after, left_after = balance(w)
    assert left_after == left - 1900 and money(after['spent']) == money(first['spent']) + 1900
    refuse('fund', 'move', code, 'draft', says='is Paid, which is final', workspace=w)

    # The return: revenue 15,000; media 1,500, 20 hours at $85, funds 1,900 (the line and the claim are the same money).
    report = run_json('campaign', 'show', campaign, workspace=w)
    assert report['cost'] == {'media': '1500.00 USD', 'hours': 20, 'hour_rate': '85.00 USD', 'hours_cost': '1700.00 USD',
                              'partner': '0.00 USD', 'funds': '1900.00 USD', 'total': '5100.00 USD'}, report['cost']
    assert same(report['roi_percent'], (15000 - 5100) / 5100 * 100), report['roi_percent']
    assert '(revenue won − cost, complete) ÷ cost, complete' == report['why_roi']['formula']
    assert [week['name'] for week in report['weeks']] == ['2026-10-05', '2026-10-12']

    # All of it stands in history and is undone, one step at a time.
    assert state() == 'paid'
    for step in reversed(seqs):
        assert run_json('history', '--limit', '1', workspace=w)[0]['label'] is not None
        run('undo', workspace=w)
    assert count(w, 'campaign', '--where', 'title = "Roundtable Denver"') == 0
    assert count(w, 'funding', '--where', 'title = "Roundtable Denver"') == 0
    assert balance(w)[1] == left
    check(w)


def late_claims(folder):
    w = sample(folder)
    out = run_json('fund', 'expire', '--on', 'today+30d', workspace=w)
    expired = run_json('list', 'funding', '--where', 'state = expired', '--fields', 'title',
                       workspace=w)['records']
    assert out['expired'] == len(expired) - 1 and 'Council roadshow' in [row['title'] for row in expired], expired
    late = [row['code'] for row in expired if row['title'] == 'Council roadshow'][0]
    refuse('fund', 'move', late, 'running', says='has expired; record the extension', workspace=w)
    moved = run_json('fund', 'move', late, 'running', '--extend', 'today+90d', '--note', 'Agreed with Ana', workspace=w)
    assert moved['state'] == 'running' and moved['note'].endswith('Agreed with Ana')
    run('undo', workspace=w)
    run('undo', workspace=w)
    assert count(w, 'funding', '--where', 'state = expired') == 1
    check(w)


def thresholds_are_data(folder):
    w = sample(folder)
    rules = [r for p in run_json('fund', 'programs', workspace=w) if p.get('ref') == 'fund:poa' for r in p['rules']]
    cloud = [r['code'] for r in rules if r.get('metric') == 'cloud_platforms'][0]

    def verdict():
        checks = run_json('fund', 'eligibility', 'ref:org:brightwater', 'ref:fund:poa', workspace=w)[0]['rules']
        return {c['rule']: c['verdict'] for c in checks}['The partner builds on AWS']
    assert verdict() == 'met'
    run('set', cloud, 'threshold_text=gcp', workspace=w)
    assert verdict() == 'not_met'
    rate = run_json('list', 'program_rule', '--where', 'metric = internal_hour_rate', workspace=w)['records'][0]['code']
    before = run_json('campaign', 'show', 'ref:campaign:claims-forum', workspace=w)['cost']
    run('set', rate, 'threshold_amount=100 USD', workspace=w)
    after = run_json('campaign', 'show', 'ref:campaign:claims-forum', workspace=w)['cost']
    assert money(after['total']) - money(before['total']) == before['hours'] * 15
    # The level's grant is data as well: an approval beyond it is refused until the line is changed.
    for year, allocated in ((2031, '15000.00 USD'),):
        row = run_json('fund', 'balance', 'ref:org:northbeam', '--program', 'ref:fund:mdf', '--year', str(year),
                       workspace=w)[0]
        assert row['allocated'] == allocated and row['allocated_by'] == 'level', row


def bad_input(folder):
    w = empty(folder)
    run('add', 'campaign', 'title=Ads', 'ref=ads', 'channels=digital', 'budget_total=100 USD', workspace=w)
    refuse('add', 'campaign_line', 'parent=ref:ads', 'channel=digital', 'impressions=10', 'clicks=20',
           says='20 clicks on 10 impressions cannot be', workspace=w)
    table = write_csv(os.path.join(folder, 'a.csv'), ('Week', 'Spent', 'Impressions', 'Clicks'),
                      [('2026-03-04', '12.50', '10', '20'), ('soon', '1', '1', '1'), ('2026-03-05', '7.50 EUR', '9', '1')])
    out = run_json('campaign', 'import', 'ref:ads', table, workspace=w)
    assert (out['read'], out['created'], out['refused']) == (3, 2, 1), out
    assert 'more clicks than impressions' in out['problems'][0] and 'line 3' in out['problems'][1], out
    report = run_json('campaign', 'show', 'ref:ads', workspace=w)
    assert report['roi_percent'] is None and report['roi'] == 'No results yet'
    assert report['cost']['total'] == '12.50 USD'
    assert any('EUR' in problem and 'exchange rate' in problem for problem in report['problems']), report['problems']
    # With a rate it counts: 7.50 EUR at 1.1 are 8.25 USD.
    run('add', 'program_rule', 'parent=ref:rates:exchange', 'metric=exchange_rate', 'threshold_text=EUR',
        'threshold_pct=110', workspace=w)
    report = run_json('campaign', 'show', 'ref:ads', workspace=w)
    assert report['cost']['total'] == '20.75 USD', report['cost']
    assert not any('exchange rate' in problem for problem in report['problems'])
    refuse('fund', 'eligibility', 'nobody', workspace=w)
    refuse('fund', 'dance', status=2, workspace=w)
    refuse('campaign', 'import', 'ref:ads', table, '--map', 'Cost=spent', says='names no column', workspace=w)
    calendar = os.path.join(folder, 'c.ics')
    run('set', 'ref:ads', 'start=2026-03-02', 'end=2026-03-08', workspace=w)
    run('campaign', 'calendar', calendar, '--from', '2026-01-01', '--to', '2026-12-31', workspace=w)
    run('campaign', 'milestone', 'Ads', 'Creatives approved', '--due', '2026-02-20', workspace=w)
    refuse('campaign', 'milestone', 'Ads', '', '--due', '2026-02-20', says='a name and a day', workspace=w)
    run_json('campaign', 'calendar', calendar, '--from', '2026-01-01', '--to', '2026-12-31', workspace=w)
    with open(calendar, encoding='utf-8', newline='') as file:
        text = file.read()
    assert 'DTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260309\r\nSUMMARY:Ads\r\n' in text, text
    assert 'DTSTART;VALUE=DATE:20260220\r\nDTEND;VALUE=DATE:20260221\r\nSUMMARY:Creatives approved\r\n' in text, text


# --- Public data ---------------------------------------------------------------------------------------------------------

GROUPS = ('xyz_campaign_id', 'age', 'gender', 'interest')


def facebook_ads(folder):
    """Real ads: figures by campaign, age, gender and interest equal the expected ones."""
    path = shared('campaigns', 'facebook_ads_half.csv')
    with open(shared('campaigns', 'facebook_ads_half_expected.json'), encoding='utf-8') as file:
        expected = json.load(file)
    w = empty(folder)
    compared = 0
    for group in GROUPS:
        run('add', 'campaign', f'title={group}', f'ref={group}', 'budget_total=30000 USD', workspace=w)
        out = run_json('campaign', 'import', f'ref:{group}', path, '--map', f'{group}=channel',
                       *[f'--map={column}=' for column in GROUPS if column != group], workspace=w)
        assert (out['read'], out['created'], out['refused']) == (581, 581, 0), out
        report = run_json('campaign', 'show', f'ref:{group}', workspace=w)
        channels = {channel['label']: channel for channel in report['channels']}
        assert set(channels) == set(expected[group]), (group, set(channels) ^ set(expected[group]))
        for name, want in expected[group].items():
            got = channels[name]
            assert (got['lines'], got['impressions'], got['clicks'], got['leads'], got['won']) == (
                want['ads'], want['impressions'], want['clicks'], want['leads'], want['conversions']), (name, got)
            assert money(got['spent']) == cents(str(want['spent'])), (name, got['spent'], want['spent'])
            for ours, theirs, scale in (('click_rate', 'ctr', 100), ('cost_per_click', 'cpc', 1),
                                        ('cost_per_lead', 'cost_per_lead', 1),
                                        ('cost_per_customer', 'cost_per_conversion', 1)):
                if want[theirs] is None:
                    assert got[ours] is None, (name, ours, got[ours])
                else:
                    assert same(got[ours], want[theirs] * scale, 1e-4), (group, name, ours, got[ours], want[theirs])
                    compared += 1
    assert compared > 150, compared
    check(w)


def synthetic_campaigns(folder):
    """2,200 campaigns as rows by channel: the return of each channel is that of its rows."""
    with open(shared('campaigns', 'synthetic_campaigns_roi_2200.csv'), newline='', encoding='utf-8') as file:
        rows = list(csv.DictReader(file))
    sums = {}
    table = []
    for row in rows:
        cost = cents(row['Acquisition_Cost'])
        revenue = cents(cost * (1 + Decimal(row['ROI'])))
        total = sums.setdefault(row['Channel_Used'], [Decimal(0), Decimal(0), 0, 0, 0])
        for i, value in enumerate((cost, revenue, int(row['Clicks']), int(row['Impressions']), 1)):
            total[i] += value
        table.append([row['Campaign_ID'], row['Channel_Used'], row['Dates'], cost, revenue, row['Clicks'],
                      row['Impressions']])
    path = write_csv(os.path.join(folder, 's.csv'),
                     ('ref', 'Channel_Used', 'Dates', 'Acquisition_Cost', 'Revenue', 'Clicks', 'Impressions'), table)
    w = empty(folder)
    run('add', 'campaign', 'title=Synthetic', 'ref=synthetic', workspace=w)
    out = run_json('campaign', 'import', 'ref:synthetic', path, '--map', 'Dates=week', workspace=w)
    assert (out['created'], out['refused'], out['rounded']) == (2200, 0, 0), out
    report = run_json('campaign', 'show', 'ref:synthetic', workspace=w)
    assert len(report['channels']) == len(sums)
    for channel in report['channels']:
        cost, revenue, clicks, impressions, n = sums[channel['label']]
        assert (money(channel['spent']), money(channel['revenue'])) == (cost, revenue), channel['label']
        assert (channel['clicks'], channel['impressions'], channel['lines']) == (clicks, impressions, n)
        assert same(channel['roi_percent'], (revenue - cost) / cost * 100), channel
    cost, revenue = (sum(total[i] for total in sums.values()) for i in (0, 1))
    assert same(report['roi_percent'], (revenue - cost) / cost * 100)
    # Again the same file: the rows are known by their reference.
    again = run_json('campaign', 'import', 'ref:synthetic', path, '--map', 'Dates=week', workspace=w)
    assert (again['created'], again['updated'], again['seq']) == (0, 0, 0), again
    run('undo', workspace=w)
    assert count(w, 'campaign_line') == 0
    check(w)


entente.main([idea_to_payment, late_claims, thresholds_are_data, bad_input, facebook_ads, synthetic_campaigns])

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A business review from the template to the signature, by the command line, in the sample workspace; its files; and all
of it taken back step by step."""
import datetime
import os
import re
import subprocess

import entente
from entente import check, count, refuse, run, run_json


def meeting(days):
    day = datetime.date.today() + datetime.timedelta(days)
    return f'{day} 10:00'


def review(workspace, *words):
    return run('review', *words, workspace=workspace).strip()


def block(workspace, ref, metric):
    shown = run_json('review', 'show', ref, workspace=workspace)
    return next(b for b in shown['blocks'] if b['metric'] == metric)


def sections(shown):
    names = []
    for one in shown['blocks']:
        if one['section'] not in names:
            names.append(one['section'])
    return names


def from_plan_to_signature(folder):
    path = os.path.join(folder, 'sample.entente')
    run('new', path, '--plain', '--sample')
    before = count(path, 'task')
    template = [t['ref'] for t in run_json('review', 'templates', workspace=path)]
    assert template == ['review:qbr', 'review:abr'], template

    ref = review(path, 'plan', 'ref:org:asahi-mirai', '--template', 'ref:review:abr', '--meeting', meeting(400),
                 '--zone', 'Asia/Tokyo', '--signer', 'ref:team:yuki', '--signer', 'ref:team:ana')
    shown = run_json('review', 'show', ref, workspace=path)
    assert shown['timezone'] == 'Asia/Tokyo' and shown['status'] == 'draft'
    due = datetime.datetime.fromisoformat(shown['preread_due'].replace('Z', '+00:00'))
    at = datetime.datetime.fromisoformat(shown['meeting_at'].replace('Z', '+00:00'))
    assert at.hour == 1 and at - due == datetime.timedelta(hours=72), (at, due)
    assert count(path, 'task') == before + 1
    refuse('review', 'plan', 'ref:org:asahi-mirai', '--template', 'ref:review:abr', '--meeting', meeting(401),
           says='planned already', workspace=path)

    pipeline = next(b for b in run_json('review', 'fill', ref, workspace=path)['blocks']
                    if b['metric'] == 'pipeline_value')
    assert pipeline['why']['lines'] and all(line['record'].startswith('D-') for line in pipeline['why']['lines'])
    review(path, 'ask', ref, 'A speaker for our spring conference')

    refuse('review', 'send', ref, says='Freeze the numbers', workspace=path)
    review(path, 'freeze', ref)
    frozen = run_json('review', 'show', ref, workspace=path)['blocks']
    deal = pipeline['why']['lines'][0]['record']
    run('set', deal, 'amount=77777777 USD', workspace=path)
    assert run_json('review', 'show', ref, workspace=path)['blocks'] == frozen
    refuse('set', ref, 'frozen_at=2030-01-01T00:00:00Z', says='frozen', workspace=path)
    refuse('review', 'hold', ref, says='cannot go from Draft to Held', workspace=path)
    refuse('review', 'ask', ref, 'One more', says='frozen', workspace=path)
    run('undo', workspace=path)  # the deal's amount
    review(path, 'send', ref)
    refuse('review', 'decide', ref, 'Too early', says='begin it first', workspace=path)
    review(path, 'hold', ref)
    review(path, 'decide', ref, 'We enter Kyushu together')
    task = review(path, 'act', ref, 'Book the venue', '--owner', 'ref:team:yuki', '--due',
                  str(datetime.date.today() + datetime.timedelta(30)))
    assert task.startswith('T-')
    refuse('review', 'sign', ref, '--by', 'ref:team:leila', says=['not named', '田中 由紀'], workspace=path)
    review(path, 'sign', ref, '--by', 'ref:team:yuki')
    assert run_json('show', ref, workspace=path)['status'] == 'held'
    review(path, 'sign', ref, '--by', 'ref:team:ana')
    assert run_json('show', ref, workspace=path)['status'] == 'signed'
    refuse('review', 'decide', ref, 'Too late', says='next review', workspace=path)

    following = review(path, 'plan', 'ref:org:asahi-mirai', '--template', 'ref:review:abr', '--meeting', meeting(765))
    carried = block(path, following, 'last_actions')['rows']
    assert ['Book the venue'] == [row['cells'][0] for row in carried if row['record'] == task], carried
    check(path)

    # The next review, two signatures, action, decision, meeting, sending, freeze, ask, plan.
    for expected in ('signed', 'signed', 'held', 'held', 'held', 'held', 'sent', 'draft', 'draft', 'draft'):
        assert run_json('show', ref, workspace=path)['status'] == expected, expected
        run('undo', workspace=path)
    refuse('review', 'show', ref, workspace=path)
    assert count(path, 'task') == before
    check(path)


def sections_and_files(folder):
    path = os.path.join(folder, 'files.entente')
    run('new', path, '--plain', '--sample')
    rows = run_json('review', 'list', workspace=path)
    ref = next(r['code'] for r in rows if 'Docusphere' in r['title'] and r['readiness'] in ('Held', 'Signed'))
    shown = run_json('review', 'show', ref, workspace=path)
    assert sections(shown) == ['Summary', 'Last review’s actions', 'Pipeline', 'Installs', 'Retention', 'Incidents and NPS',
                               'Joint roadmap', 'Goals', 'Risks', 'Asks'], sections(shown)
    pdf, html, md, ics = (os.path.join(folder, 'review.' + ending) for ending in ('pdf', 'html', 'md', 'ics'))
    for file in (pdf, html, md):
        review(path, 'print', ref, file)
    refuse('review', 'print', ref, os.path.join(folder, 'review.doc'), says='.pdf', status=2, workspace=path)
    review(path, 'calendar', ref, ics)

    fonts = subprocess.run(['pdffonts', pdf], capture_output=True, encoding='utf-8', check=True).stdout.splitlines()[2:]
    assert fonts and all(re.search(r' yes yes yes +\d+ +\d+$', line) for line in fonts), fonts
    info = subprocess.run(['pdfinfo', pdf], capture_output=True, encoding='utf-8', check=True).stdout
    assert re.search(r'Title: +Docusphere', info) and 'Quarterly business review' in info, info
    text = subprocess.run(['pdftotext', '-layout', pdf, '-'], capture_output=True, encoding='utf-8', check=True).stdout
    for words in sections(shown) + ['Decisions and actions', '2 of ']:
        assert words in text, words
    page = open(html, encoding='utf-8').read()
    assert 'http' not in page.replace('http-equiv', '') and 'data:image/svg+xml' in page
    assert '## Pipeline\n' in open(md, encoding='utf-8').read()
    calendar = open(ics, encoding='utf-8').read()
    assert 'BEGIN:VTIMEZONE' in calendar and re.search(r'DTSTART;TZID=Europe/Berlin:\d{8}T\d{6}\r?\n', calendar), calendar
    assert 'TRIGGER:-P3D' in calendar


if __name__ == '__main__':
    entente.main([from_plan_to_signature, sections_and_files])

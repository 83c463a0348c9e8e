#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command of entente-cli: what it prints, and how it refuses."""
import json
import os
import pty
import re
import stat
import subprocess

import entente
from entente import CLI, check, count, empty, execute, refuse, run, run_json, small, write_csv

UUID = re.compile(r'^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$')


def with_terminal(*words, **environment):
    """What a command prints on a terminal."""
    leader, follower = pty.openpty()
    process = subprocess.Popen([CLI, *words], stdout=follower, env={**os.environ, **environment})
    os.close(follower)
    output = b''
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:
            break
        if not piece:
            break
        output += piece
    os.close(leader)
    assert process.wait() == 0
    return output.decode().replace('\r\n', '\n')


def rows(text):
    return [line.split('\t') for line in text.splitlines()]


# --- Words -------------------------------------------------------------------------------------------------

USAGE = [
    (['nonsense'], 'there is no command “nonsense”'),
    (['help', 'nonsense'], 'there is no command “nonsense”'),
    (['--nonsense', 'list'], 'Unknown option --nonsense'),
    (['new'], 'usage: entente-cli new FILE'),
    (['new', 'a', 'b'], 'a word too many'),
    (['list'], 'usage: entente-cli list TYPE'),
    (['list', 'organization', '--nonsense'], 'Unknown option --nonsense'),
    (['list', 'organization', '--limit', 'x'], '“x” for --limit'),
    (['list', 'organization', '--limit', '-1'], '--limit must be at least 0'),
    (['list', 'nonsense'], 'no record type “nonsense”; “entente-cli schema”'),
    (['list', 'organization', '--where', 'arr >'], '(column 6)'),
    (['list', 'organization', '--where', 'nonsense = 1'], '“nonsense”'),
    (['list', 'organization', '--where', 'title = "Acme" and and'], '(column 20)'),
    (['list', 'organization', '--where', 'title ~ "Müller" ) or'], '(column 18)'),
    (['list', 'organization', '--sort', 'nonsense'], '“nonsense”'),
    (['list', 'organization', '--fields', 'title,nonsense'], 'organization has no field “nonsense”'),
    (['list', 'organization', '--after', 'nonsense'], '“nonsense” is no place in this list'),
    (['list', 'organization', '--after', 'P-9999'], '“P-9999” is not in this list'),
    (['list', 'organization', '--after', 'P-0001@x'], '“P-0001@x” is no place in this list'),
    (['count', 'nonsense'], 'no record type “nonsense”'),
    (['count', 'organization', '--where', 'arr in ('], 'column'),
    (['show'], 'usage: entente-cli show REF'),
    (['show', 'P-0001', '--at', 'nonsense'], '“nonsense”'),
    (['search', 'acme', '--type', 'nonsense'], 'no record type “nonsense”'),
    (['search', 'acme', '--limit', '0'], '--limit must be at least 1'),
    (['add', 'nonsense', 'title=A'], 'no record type “nonsense”'),
    (['add', 'organization', 'title'], '“title” sets nothing; write FIELD=VALUE'),
    (['add', 'organization', 'nonsense=1'], 'organization has no field “nonsense”'),
    (['add', 'organization', 'rev=1'], '“rev” is kept by the program'),
    (['add', 'organization', 'id=1'], '“id” is kept by the program'),
    (['set', 'P-0001'], 'usage: entente-cli set REF FIELD=VALUE'),
    (['link', 'P-0001', 'resells'], 'usage: entente-cli link REF KIND REF'),
    (['delete'], 'usage: entente-cli delete REF'),
    (['history', '--limit', '0'], '--limit must be at least 1'),
    (['undo', 'x'], '“x” is no number of a change'),
    (['undo', '-1'], 'Unknown option -1'),
    (['redo', '1'], 'a word too many'),
    (['schema', 'nonsense'], 'no record type “nonsense”'),
    (['import', 'organization'], 'usage: entente-cli import TYPE FILE'),
    (['import', 'nonsense', 'FILE'], 'no record type “nonsense”'),
    (['import', 'organization', 'FILE', '--map', 'x=title'], '“x”'),
    (['import', 'organization', 'FILE', '--map', 'b=nonsense'], '“nonsense”'),
    (['import', 'organization', 'FILE', '--map', 'nonsense'], 'nonsense'),
    (['import', 'organization', 'FILE', '--key', 'nonsense'], 'nonsense'),
    (['import', 'organization', 'FILE', '--create-missing', 'nonsense'], 'nonsense'),
    (['import', 'organization', 'FILE', '--encoding', 'nonsense'], 'nonsense'),
    (['import', 'organization', 'FILE', '--delimiter', 'nonsense'], 'nonsense'),
    (['import', 'organization', 'FILE', '--date-order', 'nonsense'], 'nonsense'),
    (['import', 'organization', 'FILE', '--currency', 'nonsense'], 'nonsense'),
    (['export', 'organization', 'x.pdf'], '“x.pdf” must end in .csv, .json or .xlsx'),
    (['export', 'organization', 'x.csv', '--fields', 'nonsense'], 'no field “nonsense”'),
    (['export', 'organization', 'x.csv', '--where', '('], 'column'),
    (['map', 'x.bmp'], '“x.bmp” must end in .png, .svg or .pdf'),
    (['map', 'x.png', '--size', '10x10'], '“10x10” is no size'),
    (['map', 'x.png', '--size', '1600x1000x'], 'is no size'),
    (['map', 'x.png', '--color', 'nonsense'], 'not by “nonsense”'),
    (['map', 'x.png', '--at', 'nonsense'], '“nonsense”'),
    (['map', 'x.png', '--where', 'nonsense = 1'], '“nonsense”'),
    (['graph'], 'usage: entente-cli graph'),
    (['graph', 'nonsense'], 'usage: entente-cli graph'),
    (['graph', 'path', 'P-0001'], 'usage: entente-cli graph'),
    (['graph', 'path', 'P-0001', 'P-0002', '--k', '0'], '--k must be at least 1'),
    (['graph', 'path', 'P-0001', 'P-0002', '--goal', 'nonsense'], '“nonsense” is no goal'),
    (['graph', 'coverage', 'region', 'nonsense'], '“nonsense”'),
    (['graph', 'stats', '--where', 'arr >'], 'column'),
]


def wrong_usage_is_told(folder):
    workspace = small(folder)
    table = write_csv(os.path.join(folder, 'a.csv'), ['title', 'b'], [['A', '1']])
    for words, says in USAGE:
        refuse(*[table if word == 'FILE' else word for word in words], says=says, status=2, workspace=workspace)
    refuse('list', 'organization', says='name the workspace: entente-cli --workspace FILE list', status=2)
    refuse('recover', 'x', says='name the damaged workspace', status=2)
    refuse('new', workspace + '2', '--plain', '--key-file', 'k', says='leave out --key-file', status=2)
    assert not os.path.exists(workspace + '2')
    check(workspace)


REFUSALS = [
    (['show', 'P-9999'], ['P-9999', 'check the name']),
    (['show', 'ref:nonsense'], 'ref:nonsense'),
    (['show', '018f0000-0000-7000-8000-000000000000'], '018f0000'),
    (['show', 'P-0001', '--at', '2001-01-01'], 'P-0001'),
    (['set', 'P-0001', 'arr=12x'], ['arr', '“12x”', '1234.50 USD']),
    (['set', 'P-0001', 'region=mars', 'partner_since=soon'], ['partner_since', '“soon”']),
    (['set', 'P-0001', 'partner_type=nonsense'], ['partner_type', '“nonsense”']),
    (['set', 'P-0001', 'title='], 'Name'),
    (['set', 'P-0001', 'owner=Nobody'], ['owner', '“Nobody”']),
    (['add', 'organization'], 'Name'),
    (['add', 'agreement', 'title=X'], 'Counterparty'),
    (['link', 'P-0001', 'nonsense kind', 'P-9999'], 'P-9999'),
    (['link', 'P-0001', 'resells', 'P-0002', 'strength=101'], ['strength', '101']),
    (['delete', 'P-9999'], 'P-9999'),
    (['restore', 'P-9999'], 'P-9999'),
    (['restore', 'ref:no"\\such'], 'such'),
    (['history', 'P-9999'], 'P-9999'),
    (['undo', '999'], 'undone already, or there is no such change'),
    (['redo'], 'nothing to redo'),
    (['import', 'organization', '/nonexistent/a.csv'], '/nonexistent/a.csv'),
    (['import', 'organization', '/'], '“/”'),
    (['export', 'organization', '/nonexistent/a.csv'], '/nonexistent/a.csv'),
    (['export', 'organization', '/nonexistent/a.xlsx'], '/nonexistent/a.xlsx'),
    (['backup', '/proc/nonexistent/b.entente'], '/proc/nonexistent'),
    (['map', '/nonexistent/m.png'], '/nonexistent/m.png'),
    (['map', '/nonexistent/m.svg'], '/nonexistent/m.svg'),
    (['map', '/nonexistent/m.pdf'], '/nonexistent/m.pdf'),
    (['graph', 'path', 'P-0001', 'P-9999'], 'P-9999'),
    (['graph', 'path', 'P-0001', 'P-0005'], 'has no links'),
]


def refusals_are_one_sentence_and_change_nothing(folder):
    workspace = small(folder)
    before = run('history', workspace=workspace)
    listed = run('list', 'organization', '--json', workspace=workspace)
    for words, says in REFUSALS:
        refuse(*words, says=says, workspace=workspace)
    refuse('backup', workspace, says=workspace, workspace=workspace)
    assert run('history', workspace=workspace) == before
    assert run('list', 'organization', '--json', workspace=workspace) == listed
    check(workspace)


def help_is_there(folder):
    general = run('--help')
    assert general == run('help') == run('-h')
    commands = re.findall(r'^  ([a-z]+)(?: |$)', general, re.MULTILINE)
    assert len(commands) == 30, commands
    for command in commands:
        text = run('help', command)
        assert text.startswith(f'Usage: entente-cli {command}'), text
        assert len(text.splitlines()) >= 3
    assert run('list', 'organization', '--help') == run('help', 'list')
    assert '--where EXPR' in run('help', 'list')
    assert run('--version').startswith('entente-cli ')
    nothing = execute()
    assert nothing.returncode == 2 and nothing.stdout == '' and 'Commands:' in nothing.stderr


def options_go_anywhere(folder):
    workspace = small(folder)
    for words in (['-w', workspace, '--json', 'count', 'organization'],
                  ['count', '--json', 'organization', '--workspace', workspace],
                  ['--workspace=/nonexistent', 'count', 'organization', '-j', '-w', workspace]):
        assert json.loads(run(*words)) == 5
    done = execute('count', 'organization', env={**os.environ, 'ENTENTE_WORKSPACE': workspace})
    assert done.stdout == '5\n', done
    assert run('search', '--', '-nonsense', workspace=workspace) == ''


# --- Making and keeping workspaces -------------------------------------------------------------------------


def new_makes_an_encrypted_workspace(folder):
    workspace, key_file = os.path.join(folder, 'deep', 'w.entente'), os.path.join(folder, 'key')
    done = execute('new', workspace, '--key-file', key_file)
    assert done.returncode == 0 and done.stdout == f'Made {workspace}\n', done
    assert key_file in done.stderr and 'keep a copy' in done.stderr
    assert stat.S_IMODE(os.stat(workspace).st_mode) == stat.S_IMODE(os.stat(key_file).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(os.path.dirname(workspace)).st_mode) == 0o700
    with open(workspace, 'rb') as file:
        assert not file.read().startswith(b'SQLite')
    with open(key_file, encoding='utf-8') as file:
        recovery = file.read()
    with open(key_file, 'w', encoding='utf-8') as file:
        file.write('  ' + recovery.lower().replace('-', ' ') + '\n')
    assert run('add', 'organization', 'title=A', '-k', key_file, workspace=workspace) == 'P-0001\n'
    assert run_json('new', workspace + '2', '-k', key_file) == {'workspace': workspace + '2'}
    assert run('count', 'program', '-k', key_file, workspace=workspace + '2') != '0\n'
    refuse('new', workspace, '-k', key_file, says=[workspace, 'exists already'])
    refuse('new', workspace, '--plain', says=[workspace, 'exists already'])
    refuse('new', workspace + '3', '-k', os.path.join(folder, 'deep'), says='deep')
    refuse('new', '/proc/nonexistent/w.entente', '-k', key_file + '2', says='/proc/nonexistent')
    assert not os.path.exists(key_file + '2') and not os.path.exists(workspace + '3')


def new_without_a_keyring_says_what_to_do(folder):
    workspace = os.path.join(folder, 'w.entente')
    environment = {**os.environ, 'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent'}
    refuse('new', workspace, says=['--key-file FILE', '--plain'], env=environment)
    assert os.listdir(folder) == []


KEYRING_SCRIPT = '''
printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
"$1" new "$2" && "$1" -w "$2" add organization title=A && mv "$2" "$2.moved" &&
"$1" -w "$2.moved" count organization
'''


def new_keeps_the_key_in_the_keyring(folder):
    workspace = os.path.join(folder, 'w.entente')
    environment = {**os.environ, 'HOME': folder, 'XDG_DATA_HOME': folder, 'XDG_RUNTIME_DIR': folder,
                   'XDG_CACHE_HOME': folder, 'XDG_CONFIG_HOME': folder}
    try:
        subprocess.run(['gnome-keyring-daemon', '--version'], capture_output=True, check=True)
        done = subprocess.run(['dbus-run-session', '--', 'sh', '-c', KEYRING_SCRIPT, 'sh', CLI, workspace],
                              env=environment, capture_output=True, encoding='utf-8', timeout=60, check=False)
    except (OSError, subprocess.CalledProcessError) as error:
        raise entente.Skip('there is no keyring to test with') from error
    assert done.stdout.splitlines() == [f'Made {workspace}', 'P-0001', '1'], (done.stdout, done.stderr)
    recovery = re.search(r'Recovery key, to print and keep: (\S+)', done.stderr).group(1)
    key_file = os.path.join(folder, 'key')
    with open(key_file, 'w', encoding='utf-8') as file:
        file.write(recovery)
    assert run('count', 'organization', '-k', key_file, workspace=workspace + '.moved') == '1\n'


def sample_fills_a_workspace(folder):
    workspace = os.path.join(folder, 's.entente')
    run('new', workspace, '--plain', '--sample')
    assert count(workspace) > 100 and count(workspace, 'deal') > 100
    assert 'Sample workspace' in run('history', '--limit', '1', workspace=workspace)
    refuse('undo', says='nothing to undo', workspace=workspace)


def schema_tells_types_and_fields(folder):
    types = run_json('schema')
    assert len(types) >= 15 and {'name', 'prefix', 'label', 'label_plural', 'fields'} <= types[0].keys()
    organization = run_json('schema', 'organization')
    assert [one['name'] for one in organization] == ['organization']
    fields = {field['name']: field for field in organization[0]['fields']}
    assert fields['title']['required'] and fields['arr']['type'] == 'money' and fields['level']['target'] == 'program'
    assert {'value': 'emea', 'label': 'EMEA'} in fields['region']['choices']
    assert 'Annual recurring revenue' in run('schema', 'organization')
    workspace = small(folder)
    table = write_csv(os.path.join(folder, 'a.csv'), ['title', 'region'], [['A', 'Benelux']])
    assert run_json('import', 'organization', table, '--add-choices', workspace=workspace)['added_choices'] == 1
    region = [field for field in run_json('schema', 'organization', workspace=workspace)[0]['fields']
              if field['name'] == 'region'][0]
    assert 'Benelux' in [choice['label'] for choice in region['choices']]


def backup_is_a_workspace(folder):
    workspace, copy = small(folder), os.path.join(folder, 'b.entente')
    assert run('backup', copy, workspace=workspace) == f'Backed up to {copy}\n'
    assert run('list', 'organization', '--json', workspace=copy) == run('list', 'organization', '--json',
                                                                        workspace=workspace)
    check(copy)
    refuse('backup', copy, says=[copy, 'exists'], workspace=workspace)
    assert run_json('backup', copy + '2', workspace=workspace) == {'backup': copy + '2'}


# --- Records -----------------------------------------------------------------------------------------------


def records_are_added_changed_and_shown(folder):
    workspace = small(folder)
    record = run_json('add', 'organization', 'title=Ünïcøde “Łódź” 株式会社', 'roles=partner; customer', 'arr=1.5M EUR',
                      'tags=a;b', 'size_employees=5200', 'country=Germany', 'owner=ref:ada', 'note=one\ntwo',
                      workspace=workspace)
    assert UUID.match(record['id']) and record['code'] == 'P-0006' and record['record_type'] == 'organization'
    assert record['title'] == 'Ünïcøde “Łódź” 株式会社' and record['roles'] == ['partner', 'customer']
    assert record['arr'] == '1500000.00 EUR' and record['size_employees'] == 5200 and record['country'] == 'DE'
    assert record['owner'] == 'ref:ada' and record['sensitivity'] == 'internal' and record['rev'] == 1
    assert run_json('show', 'P-0006', workspace=workspace) == record
    assert run('set', 'P-0006', 'arr=', 'title=Plain', 'region=emea', workspace=workspace) == 'P-0006\n'
    shown = run_json('show', 'P-0006', workspace=workspace)
    assert 'arr' not in shown and shown['title'] == 'Plain' and shown['rev'] > 1
    text = run('show', 'P-0006', workspace=workspace)
    assert text.startswith('P-0006  Plain  (Organization)\n') and 'Region\tEMEA\n' in text, text
    assert run('set', 'P-0006', 'title=Plain', workspace=workspace) == 'P-0006\n'
    assert run_json('show', 'P-0006', workspace=workspace)['rev'] == shown['rev']


def children_are_shown(folder):
    workspace = small(folder)
    deal = run('add', 'deal', 'title=Big', 'account=Acme', 'amount=1000 USD', workspace=workspace).strip()
    run('add', 'deal_party', f'parent={deal}', 'org=ref:globex', workspace=workspace)
    party = run_json('show', deal, workspace=workspace)['children']['deal_party']
    assert len(party) == 1 and party[0]['parent'] == deal and party[0]['org'] == 'ref:globex', party
    assert 'Deal parties' in run('show', deal, workspace=workspace)


def references_have_several_forms(folder):
    workspace = small(folder)
    record = run_json('show', 'P-0003', workspace=workspace)
    for ref in ('p-0003', 'P-3', record['id'], record['id'].upper(), 'ref:cb:müller', 'Müller & Söhne',
                'muller & sohne'):
        assert run_json('show', ref, workspace=workspace)['code'] == 'P-0003', ref
    run('add', 'organization', 'title=Acme', workspace=workspace)
    refuse('show', 'Acme', says=['Several', '“Acme”', 'P-0042'], workspace=workspace)
    assert run_json('show', 'ref:acme', workspace=workspace)['code'] == 'P-0001'


def the_bin_gives_back(folder):
    workspace = small(folder)
    record = run_json('show', 'P-0004', workspace=workspace)
    assert run('delete', 'ref:initech', workspace=workspace) == 'P-0004\n'
    assert count(workspace) == 4 and count(workspace, 'link') == 2
    for words in (['set', 'P-0004', 'title=X'], ['delete', 'P-0004'], ['link', 'P-0004', 'resells', 'P-0001']):
        refuse(*words, says='P-0004', workspace=workspace)
    assert ', in the bin' in run('show', 'P-0004', workspace=workspace)
    assert 'delete P-0004' in run('history', 'P-0004', workspace=workspace)
    for ref in ('P-0004', record['id'], 'ref:initech'):
        assert run_json('restore', ref, workspace=workspace)['title'] == 'Initech'
        assert count(workspace) == 5 and count(workspace, 'link') == 3
        run('delete', 'P-0004', workspace=workspace)
    check(workspace)


def links_join_records(folder):
    workspace = small(folder)
    link = run_json('link', 'ref:acme', 'Integrates with', 'ref:asahi', 'strength=70', 'note=since the summit',
                    workspace=workspace)
    assert (link['from'], link['type'], link['to'], link['strength']) == ('ref:acme', 'integrates', 'ref:asahi', 70)
    assert count(workspace, 'link', '--where', 'from = ref:acme and strength >= 70') == 2
    run('delete', link['code'], workspace=workspace)
    assert count(workspace, 'link') == 3


# --- Lists -------------------------------------------------------------------------------------------------

FILTERS = [
    ('', 5), ('country = DE', 2), ('country in (DE, JP)', 3), ('arr > 100000', 2), ('arr > 100000 EUR', 1),
    ('name ~ "MULLER"', 1), ('roles has customer', 1), ('arr is empty', 2), ('not (region = emea)', 3),
    ('partner_since < 2024-01-01 or title = 朝日ミライ', 2), ('code = P-0002', 1), ('region != emea', 3),
]


def lists_filter_sort_and_page(folder):
    workspace = small(folder)
    for where, wanted in FILTERS:
        assert count(workspace, 'organization', '--where', where) == wanted, where
    page = run_json('list', 'organization', '--where', 'region = emea', '--sort', '-title', workspace=workspace)
    assert [record['title'] for record in page['records']] == ['Müller & Söhne', 'Acme']
    assert page['total'] == 2 and page['next'] is None
    page = run_json('list', 'organization', '--fields', 'arr', '--limit', '2', workspace=workspace)
    assert page['total'] == 5 and page['next'] and page['records'][0].keys() == {'id', 'code', 'record_type', 'arr'}
    text = run('list', 'organization', '--fields', 'code,name,arr', workspace=workspace)
    assert rows(text)[0] == ['Code', 'Name', 'ARR'] and rows(text)[1] == ['P-0001', 'Acme', '€125,000.00'], text
    assert len(rows(run('list', 'organization', '--limit', '0', workspace=workspace))) == 6
    assert rows(run('list', 'case', workspace=workspace))[0][0] == 'Code'


def pages_follow_each_other(folder):
    workspace = small(folder)
    everything = [record['code'] for record in run_json('list', 'organization', workspace=workspace)['records']]
    pages, after = [], []
    while True:
        page = run_json('list', 'organization', '--limit', '2', *after, workspace=workspace)
        pages += [record['code'] for record in page['records']]
        if page['next'] is None:
            break
        after = ['--after', page['next']]
    assert pages == everything
    first = execute('list', 'organization', '--limit', '2', workspace=workspace)
    cursor = re.search(r'2 of 5 are shown; go on with --after (\S+)', first.stderr).group(1)
    run('delete', cursor.split('@')[0], workspace=workspace)
    page = run_json('list', 'organization', '--after', cursor, workspace=workspace)
    assert [record['code'] for record in page['records']] == everything[2:]
    run('add', 'organization', 'title=AAA', workspace=workspace)
    page = run_json('list', 'organization', '--after', everything[2], workspace=workspace)
    assert [record['code'] for record in page['records']] == everything[3:]


def search_finds(folder):
    workspace = small(folder)
    hits = run_json('search', 'muller', workspace=workspace)
    assert hits[0].keys() == {'code', 'record_type', 'title', 'snippet', 'score'} and hits[0]['code'] == 'P-0003'
    assert rows(run('search', 'ada', workspace=workspace))[0][:2] == ['C-0001', 'Ada Ahrens']
    assert run_json('search', 'ada', '--type', 'organization', workspace=workspace) == []
    assert len(run_json('search', 'a', '--limit', '1', workspace=workspace)) == 1


# --- Time --------------------------------------------------------------------------------------------------


def history_undo_and_redo(folder):
    workspace = small(folder)
    run('set', 'P-0001', 'arr=200000 EUR', 'owner=ref:ada', workspace=workspace)
    last = run_json('history', '--limit', '1', workspace=workspace)[0]
    assert last['label'] == 'Edit Acme' and last['origin'] == 'user' and last['n_changes'] == 2 and not last['undone']
    assert {'op': 'set', 'record': 'P-0001', 'field': 'arr', 'old': '125000.00 EUR', 'new': '200000.00 EUR'} in \
        last['changes']
    assert {'op': 'set', 'record': 'P-0001', 'field': 'owner', 'old': None, 'new': 'ref:ada'} in last['changes']
    assert '“€125,000.00” → “€200,000.00”' in run('history', 'P-0001', '--limit', '1', workspace=workspace)
    assert run_json('undo', workspace=workspace) == {'seq': last['seq'], 'label': 'Edit Acme'}
    assert run_json('show', 'P-0001', workspace=workspace)['arr'] == '125000.00 EUR'
    assert run('redo', workspace=workspace) == 'Redid: Edit Acme\n'
    assert run_json('show', 'P-0001', workspace=workspace)['arr'] == '200000.00 EUR'
    kinds = [one['kind'] for one in run_json('history', '--limit', '3', workspace=workspace)]
    assert kinds == ['redo', 'undo', 'do']
    details = run_json('history', '--limit', '5', '--details', '2', workspace=workspace)
    assert all(len(one['changes']) <= 2 for one in details)
    check(workspace)


def undo_of_an_old_change(folder):
    workspace = small(folder)
    run('set', 'P-0001', 'region=apac', workspace=workspace)
    first = run_json('history', '--limit', '1', workspace=workspace)[0]['seq']
    run('set', 'P-0002', 'region=apac', workspace=workspace)
    assert run('undo', str(first), workspace=workspace) == 'Undid: Edit Acme\n'
    assert run_json('show', 'P-0001', workspace=workspace)['region'] == 'emea'
    run('set', 'P-0001', 'region=latin_america', workspace=workspace)
    second = run_json('history', '--limit', '1', workspace=workspace)[0]['seq']
    run('set', 'P-0001', 'region=global', workspace=workspace)
    refuse('undo', str(first), says='undone already', workspace=workspace)
    refuse('undo', str(second), says=['“Edit Acme” cannot be undone', 'Acme', 'undo that first'], workspace=workspace)
    assert run_json('show', 'P-0001', workspace=workspace)['region'] == 'global'
    check(workspace)


def the_past_is_shown(folder):
    workspace = small(folder)
    made = run_json('show', 'P-0001', workspace=workspace)['created_at']
    before = run_json('show', 'P-0001', workspace=workspace)
    run('set', 'P-0001', 'title=Later', workspace=workspace)
    past = run_json('show', 'P-0001', '--at', made, workspace=workspace)
    assert past['title'] == 'Acme' and past['arr'] == before['arr']
    assert run_json('show', 'P-0001', '--at', 'today', workspace=workspace)['title'] == 'Later'
    refuse('show', 'P-0001', '--at', '2001-01-01T00:00:00Z', says='P-0001', workspace=workspace)


# --- Files -------------------------------------------------------------------------------------------------


def import_options(folder):
    workspace = small(folder)
    table = os.path.join(folder, 'a.csv')
    with open(table, 'wb') as file:
        file.write('Kürzel|Firma|Wert|Seit\nacme|Acme AG|1.234,50|03/04/2026\nneu|Neu|2|05/04/2026\n'
                   .encode('windows-1252'))
    options = ['--encoding', 'windows-1252', '--delimiter', '|', '--map', 'Kürzel=ref', '--map', 'Firma=title',
               '--map', 'Wert=arr', '--map', 'Seit=partner_since', '--currency', 'CHF', '--date-order', 'dmy']
    report = run_json('import', 'organization', table, *options, '--dry-run', workspace=workspace)
    assert report['dry_run'] and report['created'] == report['updated'] == 1 and report['seq'] == 0
    assert count(workspace) == 5
    report = run_json('import', 'organization', table, *options, workspace=workspace)
    assert (report['read'], report['created'], report['updated'], report['refused']) == (2, 1, 1, 0), report
    assert report['problems'] == [] and report['seq'] > 0
    shown = run_json('show', 'ref:acme', workspace=workspace)
    assert (shown['title'], shown['arr'], shown['partner_since']) == ('Acme AG', '1234.50 CHF', '2026-04-03'), shown
    again = run_json('import', 'organization', table, *options, workspace=workspace)
    assert again['unchanged'] == 2 and again['seq'] == 0
    run('undo', workspace=workspace)
    assert run_json('show', 'ref:acme', workspace=workspace)['title'] == 'Acme' and count(workspace) == 5


def import_reports_what_it_refuses(folder):
    workspace = small(folder)
    report_file = os.path.join(folder, 'r.csv')
    table = write_csv(os.path.join(folder, 'a.csv'), ['title', 'arr'], [['A', '1 USD'], ['', '2 USD'], ['C', 'x'], ['D', '4 USD']])
    done = execute('import', 'organization', table, '--report', report_file, workspace=workspace)
    assert done.returncode == 0 and done.stdout == '4 read: 2 created, 0 updated, 0 unchanged, 2 refused.\n', done
    assert 'line 3, refused' in done.stderr and 'line 4, refused, arr: “x”' in done.stderr, done.stderr
    with open(report_file, encoding='utf-8-sig') as file:
        assert len(file.readlines()) == 3
    table = write_csv(os.path.join(folder, 'b.csv'), ['title', 'arr'], [['', '1 USD'], ['', '2 USD']])
    done = execute('import', 'organization', table, workspace=workspace)
    assert done.returncode == 1 and 'All 2 rows were refused' in done.stderr, done
    table = write_csv(os.path.join(folder, 'c.csv'), ['zzz', 'qqq'], [['', '1']])
    refuse('import', 'organization', table, says=['c.csv', 'COLUMN=FIELD'], workspace=workspace)
    assert count(workspace) == 7


def import_links_to_what_is_missing(folder):
    workspace = small(folder)
    table = write_csv(os.path.join(folder, 'a.csv'), ['from', 'type', 'to'], [['acme', 'resells', 'newcomer']])
    words = ['import', 'link', table]
    done = execute(*words, workspace=workspace)
    assert done.returncode == 1 and '“newcomer”' in done.stderr, done
    report = run_json(*words, '--create-missing', 'organization', workspace=workspace)
    assert report['created'] == 1 and report['created_ends'] == 1
    assert run_json('show', 'ref:newcomer', workspace=workspace)['record_type'] == 'organization'


def exports_come_back_equal(folder):
    workspace = small(folder)
    run('set', 'P-0001', 'note== not a formula, "quoted", and\ntwo lines', 'tags=x; y', workspace=workspace)
    fields = 'ref,title,roles,region,country,arr,partner_since,note,tags'
    wanted = run_json('list', 'organization', '--fields', fields, workspace=workspace)['records']
    for ending in ('csv', 'json'):
        file = os.path.join(folder, 'o.' + ending)
        text = run('export', 'organization', file, workspace=workspace)
        assert text == f'5 records written to {file}\n', text
        other = empty(folder, ending + '.entente')
        run('import', 'organization', file, workspace=other)
        got = run_json('list', 'organization', '--fields', fields, workspace=other)['records']
        assert [{**one, 'id': '', 'code': ''} for one in got] == [{**one, 'id': '', 'code': ''} for one in wanted]
    file = os.path.join(folder, 'o.xlsx')
    assert run_json('export', 'organization', file, '--where', 'region = emea', workspace=workspace) == {'exported': 2}
    with open(file, 'rb') as workbook:
        assert workbook.read(2) == b'PK'
    file = os.path.join(folder, 'f.csv')
    run('export', 'organization', file, '--fields', 'code, title', '--where', 'code = P-0001', workspace=workspace)
    with open(file, encoding='utf-8') as table:
        assert table.read().splitlines() == ['code,title', 'P-0001,Acme']


# --- The ecosystem -----------------------------------------------------------------------------------------


def maps_are_drawn(folder):
    workspace = small(folder)
    for ending, magic in (('png', b'\x89PNG'), ('svg', b'<?xml'), ('pdf', b'%PDF')):
        file = os.path.join(folder, 'm.' + ending)
        text = run('map', file, '--size', '400x300', '--color', 'region', workspace=workspace)
        assert text == f'Map of 4 records and 3 connections written to {file}\n', text
        with open(file, 'rb') as picture:
            data = picture.read()
        assert data.startswith(magic), data[:10]
        if ending == 'png':
            assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (400, 300)
    file = os.path.join(folder, 'm.png')
    assert run_json('map', file, '--where', 'region = emea', workspace=workspace) == {'nodes': 2, 'edges': 0}
    assert run_json('map', file, '--at', '2001-01-01', workspace=workspace) == {'nodes': 0, 'edges': 0}
    assert run_json('map', file, workspace=empty(folder)) == {'nodes': 0, 'edges': 0}


def the_graph_is_analyzed(folder):
    workspace = small(folder)
    stats = run_json('graph', 'stats', workspace=workspace)
    assert (stats['nodes'], stats['edges'], stats['bridges'], stats['cut_vertices']) == (4, 3, 3, 2), stats
    assert run_json('graph', 'stats', '--at', '2001-01-01', workspace=workspace)['nodes'] == 0
    influence = run_json('graph', 'influence', workspace=workspace)
    assert len(influence) == 4 and influence[0]['ref'] in ('globex', 'cb:müller') and influence[0]['cut_vertex'] == 1
    assert len(run_json('graph', 'influence', '--limit', '2', workspace=workspace)) == 2
    path = run_json('graph', 'path', 'ref:acme', 'ref:initech', workspace=workspace)[0]
    assert path['hops'] == 3 and [node['ref'] for node in path['nodes']] == ['acme', 'globex', 'cb:müller', 'initech']
    run('link', 'ref:acme', 'knows', 'ref:initech', 'strength=1', workspace=workspace)
    ways = run_json('graph', 'path', 'ref:acme', 'ref:initech', '--k', '3', workspace=workspace)
    assert [way['hops'] for way in ways] == [1, 3]
    best = run_json('graph', 'path', 'ref:acme', 'ref:initech', '--goal', 'strongest', workspace=workspace)
    assert best[0]['hops'] == 3
    communities = run_json('graph', 'communities', workspace=workspace)
    assert sum(one['nodes'] for one in communities['communities']) == 4
    run('undo', workspace=workspace)
    bridges = run_json('graph', 'bridges', workspace=workspace)
    assert len(bridges['bridges']) == 3 and len(bridges['cut_vertices']) == 2
    assert {'code', 'title', 'ref'} == bridges['bridges'][0]['a'].keys()
    coverage = run_json('graph', 'coverage', 'region', 'country', workspace=workspace)
    cell = coverage['cells'][coverage['rows'].index('emea')][coverage['columns'].index('DE')]
    assert cell['partners'] == 2 and not cell['gap'], coverage
    for words in (['stats'], ['influence'], ['path', 'P-0001', 'P-0004'], ['communities'], ['bridges'],
                  ['coverage', 'region', 'country']):
        assert run('graph', *words, workspace=workspace) != ''
    run('add', 'organization', 'title=Alone', workspace=workspace)
    refuse('graph', 'path', 'P-0001', 'Alone', says='has no links', workspace=workspace)


# --- Streams -----------------------------------------------------------------------------------------------


def tables_fit_the_reader(folder):
    workspace = small(folder)
    words = ['-w', workspace, 'list', 'organization', '--fields', 'code,title,arr']
    assert with_terminal(*words).splitlines()[:3] == [
        'Code    Name              ARR',
        'P-0001  Acme            €125K',
        'P-0002  Globex           $98K'], with_terminal(*words)
    assert with_terminal(*words).splitlines()[5] == 'P-0005  朝日ミライ        ¥7M'
    assert rows(run(*words))[1] == ['P-0001', 'Acme', '€125,000.00']
    run('set', 'P-0001', 'title=\x1b[31mred\x1b[0m' + 'x' * 100, workspace=workspace)
    assert '\x1b' not in with_terminal(*words) + run(*words) + run('show', 'P-0001', '--json', workspace=workspace)
    assert 'xxx…' in with_terminal(*words) and 'x' * 100 in run(*words)
    assert '"title": "\\u001b[31mred' in run('show', 'P-0001', '--json', workspace=workspace)


def any_locale_will_do(folder):
    workspace = small(folder)
    for locale in ('C', 'POSIX'):
        environment = {**os.environ, 'LC_ALL': locale}
        assert execute('set', 'P-0001', 'title=Größe 株', workspace=workspace, env=environment).returncode == 0
        assert 'Größe 株' in execute('list', 'organization', workspace=workspace, env=environment).stdout
    done = subprocess.run([CLI, '-w', workspace, 'set', 'P-0001', b'title=\xff'], capture_output=True, check=False)
    assert done.returncode == 2 and 'UTF-8' in done.stderr.decode()


def a_reader_may_go_away(folder):
    workspace = small(folder)
    done = subprocess.run(['bash', '-c', 'set -o pipefail; for i in {1..50}; do echo; done >/dev/null; '
                           f'"{CLI}" schema | head -n 1'], capture_output=True, encoding='utf-8', check=False)
    assert done.stderr == '' and done.stdout.startswith('organization'), done
    with open('/dev/full', 'w', encoding='utf-8') as full:
        done = subprocess.run([CLI, '-w', workspace, 'list', 'organization'], stdout=full, stderr=subprocess.PIPE,
                              encoding='utf-8', check=False)
    assert done.returncode == 1 and 'could not be written' in done.stderr, done


if __name__ == '__main__':
    entente.main([
        wrong_usage_is_told, refusals_are_one_sentence_and_change_nothing, help_is_there, options_go_anywhere,
        new_makes_an_encrypted_workspace, new_without_a_keyring_says_what_to_do, new_keeps_the_key_in_the_keyring,
        sample_fills_a_workspace, schema_tells_types_and_fields, backup_is_a_workspace,
        records_are_added_changed_and_shown, children_are_shown, references_have_several_forms, the_bin_gives_back,
        links_join_records, lists_filter_sort_and_page, pages_follow_each_other, search_finds, history_undo_and_redo,
        undo_of_an_old_change, the_past_is_shown, import_options, import_reports_what_it_refuses,
        import_links_to_what_is_missing, exports_come_back_equal, maps_are_drawn, the_graph_is_analyzed,
        tables_fit_the_reader, any_locale_will_do, a_reader_may_go_away,
    ])

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real partner program goes in, is analyzed, and each import is taken back and brought again."""
import csv
import json
import os

import entente
from entente import check, empty, refuse, run, run_json, shared

CNCF_IMPORTS = [
    ('organization', 'partners.csv', '--map', 'org_id=ref', '--map', 'name=title'),
    ('offering', 'products.csv', '--map', 'item_id=ref', '--map', 'name=title'),
    ('link', 'relations.csv', '--map', 'src=from', '--map', 'dst=to', '--map', 'kind=type', '--map', 'detail=note',
     '--create-missing', 'organization', '--add-choices'),
]
COUNTS = ('organization', 'offering', 'link')
# Columns of the expected files, and the figure of ours that each must equal.
FIGURES = {
    'degree_or_in_degree': 'degree', 'betweenness_raw': 'betweenness', 'closeness_wf': 'closeness',
    'pagerank_0.85': 'pagerank', 'core_number': 'core',
}


def import_cncf(workspace):
    for record_type, name, *options in CNCF_IMPORTS:
        run('import', record_type, shared('ecosystem', name), *options, workspace=workspace)


def compare_nodes(workspace, expected_file):
    """Every expected node's figures, by ref, within 1e-6 (betweenness relative to its size)."""
    nodes = {node['ref']: node for node in run_json('graph', 'influence', workspace=workspace)}
    with open(expected_file, newline='', encoding='utf-8') as file:
        expected = list(csv.DictReader(file))
    assert len(expected) == len(nodes), (len(expected), len(nodes))
    for row in expected:
        node = nodes[row['node']]
        for column, name in FIGURES.items():
            want = float(row[column])
            assert abs(node[name] - want) <= 1e-6 * max(1, abs(want)), (row['node'], name, node[name], want)
        assert bool(node['cut_vertex']) == (row['articulation_point'] == 'yes'), row['node']


def cncf_ecosystem(folder):
    workspace = empty(folder)
    import_cncf(workspace)
    stats = run_json('graph', 'stats', workspace=workspace)
    wanted = {'nodes': 2691, 'edges': 4185, 'components': 14, 'cut_vertices': 465, 'bridges': 1319}
    assert {key: stats[key] for key in wanted} == wanted, stats
    compare_nodes(workspace, shared('graph', 'cncf_relations_node_expected.csv'))
    compare_paths(workspace, shared('graph', 'cncf_relations_paths_expected.csv'))
    check(workspace)


def small_networks(folder):
    for name in ('karate', 'flo_marriage', 'southern_women'):
        workspace = empty(folder, name + '.entente')
        run('import', 'link', shared('graph', name + '_edges.csv'), '--map', 'src=from', '--map', 'dst=to',
            '--create-missing', 'organization', workspace=workspace)
        compare_nodes(workspace, shared('graph', name + '_node_expected.csv'))
        with open(shared('graph', name + '_summary_expected.json'), encoding='utf-8') as file:
            expected = json.load(file)
        stats = run_json('graph', 'stats', workspace=workspace)
        assert (stats['nodes'], stats['edges'], stats['components'], stats['cut_vertices'], stats['bridges']) == (
            expected['nodes'], expected['edges'], expected['components'], expected['articulation_points'],
            expected['bridges']), stats
        compare_paths(workspace, shared('graph', name + '_paths_expected.csv'))


def compare_paths(workspace, expected_file):
    """The first few of the expected paths; where there is none, that is said."""
    with open(expected_file, newline='', encoding='utf-8') as file:
        rows = list(csv.DictReader(file))[:8]
    for row in rows:
        words = ['graph', 'path', 'ref:' + row['from'], 'ref:' + row['to']]
        if row['hops']:
            assert run_json(*words, workspace=workspace)[0]['hops'] == int(row['hops']), row
        else:
            refuse(*words, workspace=workspace, says='No chain of links leads from')


def counts(workspace):
    return [int(run('count', record_type, workspace=workspace)) for record_type in COUNTS]


def imports_undo_and_redo(folder):
    workspace = empty(folder)
    steps = [counts(workspace)]
    for record_type, name, *options in CNCF_IMPORTS:
        run('import', record_type, shared('ecosystem', name), *options, workspace=workspace)
        steps.append(counts(workspace))
    for before in reversed(steps[:-1]):
        run('undo', workspace=workspace)
        assert counts(workspace) == before
        check(workspace)
    for after in steps[1:]:
        run('redo', workspace=workspace)
        assert counts(workspace) == after
    check(workspace)
    assert run_json('graph', 'stats', workspace=workspace)['edges'] == 4185


if __name__ == '__main__':
    entente.main([cncf_ecosystem, small_networks, imports_undo_and_redo])

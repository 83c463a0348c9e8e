#!/usr/bin/python3
"""count-tests.py BUILD_DIR STATUS - tell how a run of `meson test` went.

Counts test cases from meson's JUnit file (a program that speaks TAP is one suite of it), prints what
failing programs said, and ends with the counted line. Exit status 1 when anything failed."""
import json
import os
import sys
import xml.etree.ElementTree as ElementTree


def programs(path):
    with open(path, encoding='utf-8') as lines:
        return [json.loads(line) for line in lines if line.strip()]


def main(build_dir, status):
    logs = os.path.join(build_dir, 'meson-logs')
    output = os.path.join(build_dir, 'meson-test.out')
    try:
        ran = programs(os.path.join(logs, 'testlog.json'))
        tree = ElementTree.parse(os.path.join(logs, 'testlog.junit.xml'))
    except (OSError, ElementTree.ParseError, ValueError):
        ran, tree = [], None
    if os.path.getmtime(output) > 0 and not ran:
        sys.stdout.write(open(output, encoding='utf-8', errors='replace').read())

    passed = failed = skipped = 0
    for case in tree.iter('testcase') if tree else []:
        if case.find('failure') is not None or case.find('error') is not None:
            failed += 1
        elif case.find('skipped') is not None:
            skipped += 1
        else:
            passed += 1

    broken = [p for p in ran if p['result'] in ('FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS')]
    for program in broken:
        print(f"---- {program['name']}: {program['result'].lower()} after {program['duration']:.1f} s")
        for stream in ('stdout', 'stderr'):
            text = program.get(stream, '').strip()
            if text:
                print('\n'.join(text.splitlines()[-200:]))
    # a program that crashed, leaked or ran out of time need not have a failing case
    failed = max(failed, len(broken), 1 if status else 0)
    print(f'{passed} passed, {failed} failed, {skipped} skipped')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], int(sys.argv[2])))

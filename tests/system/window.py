# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window, driven as by somebody who has no pointer: keys go through the X server, and what is on screen is
read from the accessibility bus, as a screen reader reads it. What has no name there does not exist here.

A script that uses it calls run_in_display() first: it then runs in a private desktop (build-aux/headless)."""
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
HEADLESS = os.path.join(HERE, '..', '..', 'build-aux', 'headless')
PATIENCE = float(os.environ.get('PATIENCE', 30))  # seconds; only a test that fails waits so long
POLL = 0.05

# org.a11y.atspi.Role, as far as anybody asks for it
ROLES = {2: 'alert', 7: 'check box', 8: 'check menu item', 11: 'combo box', 16: 'dialog', 23: 'window', 27: 'image',
         29: 'label', 31: 'list', 32: 'list item', 33: 'menu', 35: 'menu item', 37: 'tab', 39: 'panel', 43: 'button',
         44: 'radio button', 45: 'menu item', 49: 'scroll pane', 52: 'spin button', 61: 'text', 62: 'toggle button',
         64: 'tool tip', 75: 'application', 79: 'entry', 83: 'heading', 98: 'list box', 99: 'group', 130: 'switch'}
# bits of org.a11y.atspi.StateType
CHECKED, EXPANDED, FOCUSED, FOCUSABLE, SELECTED, SENSITIVE, SHOWING = 4, 10, 12, 11, 23, 24, 25

# Characters that xdotool wants by the names of their keys.
KEY_NAMES = {' ': 'space', '\n': 'Return', '-': 'minus', '.': 'period', ',': 'comma', ':': 'colon', '/': 'slash', '%': 'percent',
             '@': 'at', '(': 'parenleft', ')': 'parenright', '&': 'ampersand', '+': 'plus', '_': 'underscore',
             "'": 'apostrophe', '$': 'dollar', '#': 'numbersign', '!': 'exclam', '?': 'question', ';': 'semicolon'}


def run_in_display():
    """Starts this script again in a display of its own, unless it is there."""
    if 'ENTENTE_DRIVEN' in os.environ:
        return
    # nobody takes notifications there, which is a warning of GIO's, in hours that are not quiet
    os.environ.update(ENTENTE_DRIVEN='1', GTK_A11Y='atspi', GSETTINGS_BACKEND='keyfile', HEADLESS_SIZE='1280x860',
                      HEADLESS_NOTIFICATIONS='0')
    os.execv(HEADLESS, [HEADLESS, sys.executable] + sys.argv)


class Node:
    """Something on screen. Two are equal when they are the same thing, whatever it says by now."""

    def __init__(self, item):
        (_bus, self.path), _application, (_same_bus, self.parent_path), self.index, self.n_children, _interfaces, \
            self.name, role, self.description, states = item
        self.role = ROLES.get(role, str(role))
        self.states = states[0] | states[1] << 32
        self.parent = None
        self.children = []

    @classmethod
    def alone(cls, path, name, description, role):
        return cls((('', path), None, ('', ''), 0, 0, [], name, role, description, (0, 0)))

    def __eq__(self, other):
        return isinstance(other, Node) and self.path == other.path

    def __hash__(self):
        return hash(self.path)

    def has(self, state):
        return bool(self.states >> state & 1)

    def within(self, *roles):
        """The nearest thing around it of these roles, or None."""
        node = self.parent
        while node is not None and node.role not in roles:
            node = node.parent
        return node

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def texts(self):
        return [node.name for node in self.walk() if node.name]

    def __str__(self):
        return f'{self.role} “{self.name}”' + (f' ({self.description})' if self.description else '')


class Window:
    """The program with a workspace. To be closed by close(), or stop() when the test failed."""

    def __init__(self, workspace):
        from gi.repository import Gio, GLib  # pylint: disable=import-outside-toplevel
        self.gio, self.glib, self.context = Gio, GLib, GLib.MainContext.default()
        self.bus = self._connect()
        self.keyboard = subprocess.Popen(['xdotool', '-'], stdin=subprocess.PIPE, encoding='utf-8')
        self._start(workspace)

    def _start(self, workspace):
        self.address = None
        self.focused = None  # the path of what has the keyboard
        self.asked = {}  # how many children of a thing were known when they were asked for, and when that was
        # Sanitizers on, but nothing that makes it too slow to type into; other tests look for leaks.
        self.process = subprocess.Popen([os.environ['ENTENTE'], workspace],
                                        env=dict(os.environ, ASAN_OPTIONS='detect_leaks=0', G_DEBUG='fatal-warnings'))
        self.wait(self._find_application, 'the application on the accessibility bus')
        self._follow_focus()
        self.wait(lambda: any(node.role == 'window' for node in self._items()), 'a window')
        # there is no window manager, so nobody else gives the keyboard to it
        self._xdotool(f'search --sync --onlyvisible --all --pid {self.process.pid} --name . windowfocus --sync')
        self.wait(self.focus, 'the keyboard in the window')

    def restart(self, workspace):
        self._quit()
        self._start(workspace)

    # --- The bus ------------------------------------------------------------------------------------------

    def _connect(self):
        session = self.gio.bus_get_sync(self.gio.BusType.SESSION)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0,
                                    10000).unpack()[0]
        flags = self.gio.DBusConnectionFlags
        return self.gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)

    def _call(self, name, path, interface, method, signature=None, *parameters):
        words = self.glib.Variant(signature, parameters) if signature else None
        return self.bus.call_sync(name, path, interface, method, words, None, 0, 60000, None).unpack()

    def _ask(self, path, interface, method, signature=None, *parameters):
        return self._call(self.address, path, 'org.a11y.atspi.' + interface, method, signature, *parameters)

    def _get(self, path, name, interface='Accessible'):
        return self._call(self.address, path, 'org.freedesktop.DBus.Properties', 'Get', '(ss)',
                          'org.a11y.atspi.' + interface, name)[0]

    def _find_application(self):
        assert self.process.poll() is None, f'the program ended: {self.process.returncode}'
        for name, _path in self._call('org.a11y.atspi.Registry', '/org/a11y/atspi/accessible/root',
                                      'org.a11y.atspi.Accessible', 'GetChildren')[0]:
            try:
                pid = self._call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                                 'GetConnectionUnixProcessID', '(s)', name)[0]
            except self.glib.Error:
                continue
            if pid == self.process.pid:
                self.address = name
        return self.address

    def _follow_focus(self):
        """Focus is told by the program; all else is asked for, as it may change at any time."""
        def changed(_bus, _sender, path, _interface, _signal, parameters):
            kind, on = parameters.get_child_value(0).get_string(), parameters.get_child_value(1).get_int32()
            if kind == 'focused' and on:
                self.focused = path
            elif kind == 'focused' and path == self.focused:
                self.focused = None

        self.bus.signal_subscribe(self.address, 'org.a11y.atspi.Event.Object', 'StateChanged', None, None, 0, changed)
        self._call('org.a11y.atspi.Registry', '/org/a11y/atspi/registry', 'org.a11y.atspi.Registry', 'RegisterEvent',
                   '(sass)', 'object:state-changed:focused', [], '')

    def _raw_items(self):
        return self.bus.call_sync(self.address, '/org/a11y/atspi/cache', 'org.a11y.atspi.Cache', 'GetItems', None, None, 0,
                                  60000, None)

    def _items(self):
        return [Node(item) for item in self._raw_items().unpack()[0]]

    def screen(self):
        """What shows now, as nodes, parents first. GTK tells at once only what was asked for before, so what is still
        unknown is asked for, floor by floor."""
        while True:
            nodes = {node.path: node for node in self._items()}
            for node in nodes.values():
                node.parent = nodes.get(node.parent_path)
                if node.parent is not None:
                    node.parent.children.append(node)
            todo = [node for node in nodes.values()
                    if node.has(SHOWING) and len(node.children) < node.n_children and
                    self._is_worth_asking(node)]
            if not todo:
                break
            for node in todo:
                try:
                    self._ask(node.path, 'Accessible', 'GetChildren')
                except self.glib.Error:
                    pass  # gone meanwhile
        return self._in_order(nodes)

    def _is_worth_asking(self, node):
        """Some children are never told, such as those of rows out of sight: they are asked for now and then."""
        state, now = (node.n_children, len(node.children)), time.monotonic()
        before, at = self.asked.get(node.path, (None, 0))
        if state == before and now - at < 0.5:
            return False
        self.asked[node.path] = state, now
        return True

    @staticmethod
    def _in_order(nodes):
        shown = []

        def add(node):
            if node.has(SHOWING):
                shown.append(node)
                node.children.sort(key=lambda child: child.index)
                for child in node.children:
                    add(child)

        for node in nodes.values():
            if node.role == 'application':
                for child in sorted(node.children, key=lambda child: child.index):
                    add(child)
        return shown

    # --- Looking ------------------------------------------------------------------------------------------

    def wait(self, condition, what, patience=PATIENCE):
        """Gives what `condition` gives as soon as that is true."""
        deadline = time.monotonic() + patience
        while True:
            try:
                result = condition()
            except self.glib.Error:
                result = None  # what it asked about went away, or is not there yet
            if result:
                return result
            if time.monotonic() > deadline:
                raise AssertionError(f'no {what}\n' + self.describe())
            time.sleep(POLL)

    def describe(self):
        if self.address is None:
            return ''
        lines = []
        for node in self.screen():
            if node.within('list') is not None and node.within('list').name == 'Pages':
                continue
            if node.name and (node.role != 'label' or node.parent is None or node.parent.name != node.name):
                lines.append(('→ ' if node.has(FOCUSED) else '  ') + str(node))
        if 'PICTURES' in os.environ:
            subprocess.run(['import', '-window', 'root', os.path.join(os.environ['PICTURES'], 'screen.png')], check=False)
        return '\n'.join(lines)

    def focus(self):
        """What has the keyboard, or None."""
        while self.context.pending():
            self.context.iteration(False)
        if self.focused is None:
            self.focused = next((node.path for node in self._items() if node.has(FOCUSED) and node.role != 'window'), None)
        if self.focused is None:
            return None
        try:
            return Node.alone(self.focused, self._get(self.focused, 'Name'), self._get(self.focused, 'Description'),
                              self._ask(self.focused, 'Accessible', 'GetRole')[0])
        except self.glib.Error:
            self.focused = None  # it just went away
            return None

    def find(self, name, role=None):
        """The first thing on screen that is called so, or whose name has it between asterisks: “*late*”. Or None."""
        for node in self.screen():
            if (role is None or node.role == role) and matches(node.name, name):
                return node
        return None

    def see(self, name, role=None):
        return self.wait(self._at_times(name, lambda: self.find(name, role)), f'{role or "thing"} “{name}” on screen')

    def _at_times(self, name, look):
        """`look` is dear: between looks it is enough that the words are nowhere in what the program tells of."""
        words, turn = name.strip('*').encode(), [-1]

        def glance():
            turn[0] += 1
            return (turn[0] % 5 == 0 or words in self._raw_items().get_data_as_bytes().get_data()) and look()
        return glance

    def miss(self, name, role=None):
        """Waits until it is not there any more."""
        self.wait(lambda: self.find(name, role) is None, f'end of {role or "thing"} “{name}”')

    def text(self, node):
        n = self._get(node.path, 'CharacterCount', 'Text')
        return self._ask(node.path, 'Text', 'GetText', '(ii)', 0, n)[0]

    def wait_focus(self, name, role=None):
        """Waits until the keyboard is on what is called so."""
        def there():
            node = self.focus()
            return node if node is not None and matches(node.name, name) and role in (None, node.role) else None
        return self.wait(there, f'keyboard on {role or "thing"} “{name}”')

    # --- Typing -------------------------------------------------------------------------------------------

    def _xdotool(self, words):
        subprocess.run(['xdotool'] + words.split(), check=True, stdout=subprocess.DEVNULL)

    def press(self, *keys):
        self.keyboard.stdin.write(''.join(f'key --delay 0 {key}\n' for key in keys))
        self.keyboard.stdin.flush()

    def type(self, text):
        self.press(*[KEY_NAMES.get(letter, letter) for letter in text])

    def write(self, text):
        """Types into the entry that has the keyboard, in place of what it holds; waits until it is there."""
        at = self.focus()
        self.press('ctrl+a')
        self.type(text)
        self.wait(lambda: self.text(self.focus() or at) == text, f'text “{text}” in {at}')

    def _moved(self, before):
        now = self.focus()
        return now if now is not None and now != before else None

    def tab(self, back=False):
        """One step with Tab; gives where the keyboard is then. It must never be nowhere, nor on what has no name."""
        before = self.focus()
        self.press('shift+Tab' if back else 'Tab')
        node = self.wait(lambda: self._moved(before), f'place after {before}', 5)
        assert self.label(node), f'Tab leads from {before} to a {node.role} without a name\n' + self.describe()
        return node

    def label(self, node):
        return node.name or node.description

    def go(self, name, role=None, back=False, steps=40):
        """Tab until the keyboard is on what is called so."""
        node = self.focus()
        passed = [str(node)]
        for _step in range(steps):
            if node is not None and (role is None or node.role == role) and matches(node.name, name):
                return node
            node = self.tab(back)
            passed.append(str(node))
        raise AssertionError(f'Tab does not lead to {role or ""} “{name}”, but to ' + ', '.join(passed) + '\n' + self.describe())

    def push(self, name, role=None, back=False):
        """Goes there by Tab and presses Return."""
        node = self.go(name, role, back)
        self.press('Return')
        return node

    def pick(self, words):
        """Opens the picker of records that has the keyboard and takes the first that fits."""
        self.press('Return')
        self.wait_focus('Search', 'entry')
        self.write(words)
        self.press('Return')
        self.wait(lambda: (self.focus() or Nobody).name != 'Search', 'end of the picker')

    def command(self, words, title=None):
        """Does what the palette finds first for `words`; `title` is what it must be called, if not that."""
        self.press('ctrl+k')
        self.wait(lambda: matches((self.focus() or Nobody).name, 'Find Anything'), 'palette')
        self.write(words)
        self.wait(lambda: self._found(title or words), f'“{title or words}” on top of the palette')
        self.press('Return')
        self.wait(lambda: not matches((self.focus() or Nobody).name, 'Find Anything'), 'end of the palette')

    def _found(self, title):
        for node in self.screen():
            if node.role == 'list item' and node.has(SELECTED) and node.within('list') is not None and \
                    node.within('dialog') is not None:
                return matches(node.name.rstrip('…'), title)
        return False

    # --- The end ------------------------------------------------------------------------------------------

    def _quit(self):
        self.press('ctrl+q')
        assert self.process.wait(120) == 0, self.process.returncode

    def close(self):
        self._quit()
        self.stop()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)
        self.keyboard.stdin.close()
        self.keyboard.wait(10)


class Nobody:
    name = ''


def matches(text, pattern):
    """Whether they are equal; an asterisk at an end of `pattern` stands for anything."""
    words = pattern.strip('*')
    return {(False, False): text == words, (False, True): text.startswith(words), (True, False): text.endswith(words),
            (True, True): words in text}[pattern.startswith('*'), pattern.endswith('*')]

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The working week by keyboard alone, in the real window on the sample workspace: a partner becomes active, a review is
held, funds are spent and claimed, a registration is fought over. All of it stands in the history and is taken back."""
import datetime
import os
import shutil
import tempfile

import window

window.run_in_display()

# pylint: disable=wrong-import-position
import entente  # noqa: E402
from entente import run, run_json  # noqa: E402

_sample = {}


def sample(folder):
    """A workspace of its own with the sample, which is made once."""
    if not _sample:
        _sample['folder'] = tempfile.mkdtemp(prefix='entente-')
        _sample['path'] = os.path.join(_sample['folder'], 'sample.entente')
        run('new', _sample['path'], '--plain', '--sample')
    return shutil.copy(_sample['path'], os.path.join(folder, 'week.entente'))


def drive(test):
    """A test that is given a window on a sample, what is in it, and the number of its latest change."""
    def driven(folder):
        path = sample(folder)
        latest = run_json('history', '--limit', '1', workspace=path)[0]['seq']
        shown = window.Window(path)
        try:
            test(shown, path)
            undo_all(shown, path, latest)
            shown.close()
        finally:
            shown.stop()
    driven.__name__ = test.__name__
    return driven


def changes(path, since):
    """Labels of what was done since, oldest first, without what was taken back."""
    history = run_json('history', '--limit', '60', workspace=path)
    return [change for change in reversed(history) if change['seq'] > since and change['kind'] == 'do']


def undo_all(shown, path, since):
    """Takes back each change, the latest first, by Ctrl+Z."""
    done = changes(path, since)
    assert done and not any(change['undone'] for change in done)
    for change in reversed(done):
        shown.press('ctrl+z')
        shown.see('*' + change['label'] + '*')
    assert all(change['undone'] for change in changes(path, since))
    entente.check(path)


def show(path, reference):
    return run_json('show', reference, workspace=path)


# --- A partner ----------------------------------------------------------------------------------------------

PARTNER = 'Stonebridge Public Sector Advisors International Partnership'


@drive
def a_partner_becomes_active(shown, path):
    partner = run_json('list', 'organization', '--where', f'title = "{PARTNER}"', workspace=path)['records'][0]['code']
    assert show(path, partner)['lifecycle'] == 'identified'
    shown.command('Onboarding', 'Go to Onboarding')
    shown.wait(lambda: 'column Foundation' in shown.focus().name, 'the first card')

    # a run is started
    shown.press('ctrl+n')
    shown.wait_focus('Partner')
    shown.pick('Stonebridge')
    shown.see(PARTNER)
    shown.press('ctrl+Return')
    shown.wait_focus('Mutual NDA executed, Gate, Open, *')

    # the first gate refuses, and says what is missing
    shown.press('space')
    shown.see('*has no NDA in force*')
    shown.wait_focus('Add NDA…', 'button')
    shown.press('Return')
    shown.wait_focus('Title', 'text')
    shown.write('NDA, Stonebridge')
    shown.press('Return')
    shown.see('NDA, Stonebridge', 'group')
    shown.press('alt+Left')
    shown.wait_focus('Mutual NDA executed, Gate, Open, *')
    shown.press('space')
    shown.wait_focus('Mutual NDA executed, Gate, Done')

    # active needs an agreement, then a level
    shown.command('Make Partner Active')
    shown.wait_focus('Add Agreement…', 'button')
    shown.press('Return')
    shown.wait_focus('Title', 'text')
    shown.write('Program agreement, Stonebridge')
    shown.press('Return')
    shown.see('Program agreement, Stonebridge', 'group')
    shown.press('alt+Left')
    shown.wait_focus('Mutual NDA executed, Gate, Done')
    shown.command('Make Partner Active')
    shown.wait_focus('Choose Level…', 'button')
    shown.press('Return')
    shown.wait_focus('Level', 'combo box')
    shown.pick('Registered')
    shown.see('Registered', 'label')
    shown.press('ctrl+Return')
    shown.wait_focus('Mutual NDA executed, Gate, Done')
    shown.command('Make Partner Active')
    shown.wait(lambda: show(path, partner)['lifecycle'] == 'active', 'an active partner')



# --- A review -----------------------------------------------------------------------------------------------

def plan_review(shown, partner, date=None):
    """From the list of reviews; ends on the page of the new one."""
    shown.command('Reviews', 'Go to Reviews')
    shown.see('*review, *', 'list item')
    shown.press('ctrl+n')
    shown.wait_focus('Partner')
    shown.pick(partner)
    shown.see(partner + '*', 'label')
    if date is not None:
        shown.go('Date of the meeting')
        shown.write(date)
    shown.press('ctrl+Return')
    shown.wait_focus('Meeting')


@drive
def a_review_is_held_and_signed(shown, path):
    def status():
        found = run_json('list', 'plan', '--where', 'title = "' + title + '"', '--fields', 'status', workspace=path)
        return found['records'][0]['status']

    plan_review(shown, 'Atlas Identity')
    title = shown.see('*review, Atlas Identity', 'group').name

    # filled: numbers from the records, words by hand
    shown.see('Open pipeline', 'list item')
    shown.push('What this quarter meant for both sides')
    shown.wait_focus('Text')
    shown.write('A good quarter.')
    shown.press('ctrl+Return')
    shown.wait_focus('What this quarter meant for both sides')
    shown.see('A good quarter.')
    shown.command('Add an Ask')
    shown.wait_focus('Add an ask', 'text')
    shown.write('One more introduction')
    shown.press('Return')
    shown.see('1 entry · Typed here')

    # a second person signs
    shown.command('Choose Who Signs')
    shown.wait_focus('Sign-off needed from')
    shown.pick('Marcus Okafor')
    shown.press('ctrl+Return')
    shown.see('Marcus Okafor', 'list item')

    # frozen, sent, held
    for button in 'Freeze', 'Mark as Sent', 'Begin Meeting':
        shown.see(button, 'button')
        shown.press('ctrl+Return')
        shown.miss(button, 'button')
    shown.see('*, frozen')
    shown.command('Note a Decision')
    shown.wait_focus('Decision', 'text')
    shown.write('Go on with the pilot')
    shown.press('Return')
    shown.see('Go on with the pilot', 'list item')
    shown.command('Agree on an Action')
    shown.wait_focus('Action', 'text')
    shown.write('Send the price list')
    shown.press('Return')
    shown.see('Send the price list', 'list item')

    # signed by one after the other; the keyboard stays at what is left to sign
    assert status() == 'held'
    shown.push('Sign', 'button')
    shown.see('Signed', 'label')
    shown.push('Sign', 'button')
    shown.miss('Sign', 'button')
    assert status() == 'signed'

    # what was agreed comes up in the next one
    plan_review(shown, 'Atlas Identity', (datetime.date.today() + datetime.timedelta(130)).isoformat())
    shown.see('1 entry · Actions of earlier reviews and their tasks')



# --- Money ---------------------------------------------------------------------------------------------------

@drive
def funds_are_spent_claimed_and_measured(shown, path):
    title = 'Webinar with Docusphere'

    def state():
        return run_json('list', 'funding', '--where', f'title = "{title}"', '--fields', 'state',
                        workspace=path)['records'][0]['state']

    shown.command('Funding', 'Go to Funding')
    shown.wait(lambda: 'column Draft' in shown.focus().name, 'the first request')
    shown.command('New Campaign')
    shown.wait_focus('Name')
    shown.write('Autumn webinar')
    shown.go('Partners')
    shown.pick('Docusphere')
    shown.press('ctrl+Return')
    shown.see('Autumn webinar', 'group')

    # an idea
    shown.command('Funding', 'Go to Funding')
    shown.wait(lambda: 'column Draft' in shown.focus().name, 'the first request')
    shown.press('ctrl+n')
    shown.wait_focus('Title')
    shown.write(title)
    shown.go('Partner')
    shown.pick('Docusphere')
    for field, text in ('Requested', '2000'), ('Total cost', '4000'), ('Desired outcome', '30 leads'):
        shown.go(field, 'text')
        shown.write(text)
    shown.go('Campaign')
    shown.pick('Autumn webinar')
    shown.press('ctrl+Return')
    shown.wait_focus('Mark as Ready', 'button')

    # ready, submitted, approved by somebody, running
    shown.press('ctrl+Return')
    shown.wait_focus('Submit', 'button')
    shown.press('ctrl+Return')
    shown.wait_focus('Approve', 'button')
    shown.press('ctrl+Return')
    shown.wait_focus('Approved', 'text')
    shown.go('Approved by')
    shown.pick('Marcus Okafor')
    shown.press('ctrl+Return')
    shown.wait_focus('Start Activity', 'button')
    shown.press('ctrl+Return')
    shown.wait_focus('Claim', 'button')

    # no claim without proof
    shown.press('ctrl+Return')
    shown.wait_focus('Claimed', 'text')
    shown.press('ctrl+Return')
    shown.see('Proof comes before the claim*')
    shown.wait_focus('Proofs of performance')
    for proof in 'Invoice', 'Proof of performance', 'Lead list':
        shown.pick(proof + ', Docusphere')
        shown.see(f'Create {proof}, Docusphere')
    shown.press('ctrl+Return')
    shown.wait_focus('Accept Proof', 'button')
    shown.press('ctrl+Return')
    shown.wait_focus('Pay', 'button')
    shown.press('ctrl+Return')
    shown.wait(lambda: state() == 'paid', 'a paid claim')

    # what came of it
    shown.command('Autumn webinar')
    shown.see('Autumn webinar', 'group')
    shown.push('Add Campaign line', 'button')
    shown.wait_focus('Title')
    shown.write('Webinar, week 1')
    shown.go('Channel')
    shown.pick('Webinar')
    shown.go('Week', 'text')
    shown.write(datetime.date.today().isoformat())
    for field, text in ('Spent', '4000'), ('Revenue won', '10000'):
        shown.go(field, 'text')
        shown.write(text)
    shown.press('ctrl+Return')
    shown.see('Webinar, week 1*')
    shown.command('Funding', 'Go to Funding')
    shown.see(title, 'group')
    shown.push('Campaign', 'list item')
    shown.see('Return on investment')
    # 10,000 won for what was spent, and for what the fund paid
    shown.see('*66 %*', 'button')



# --- A registration -------------------------------------------------------------------------------------------

def register(shown, account, partner, offering):
    shown.press('ctrl+n')
    shown.wait_focus('Account')
    shown.pick(account)
    shown.go('Registered by')
    shown.pick(partner)
    shown.go('Offerings')
    shown.pick(offering)


@drive
def a_registration_is_fought_over_and_expires(shown, path):
    def states():
        found = run_json('list', 'deal', '--where', 'title = "Alpenbank: Halden Vault"', '--fields',
                         'registration_state', '--sort', 'registered_at', workspace=path)
        return [record.get('registration_state') for record in found['records']]

    today = datetime.date.today()
    shown.command('Pipeline', 'Go to Pipeline')
    shown.wait(lambda: '; column' in shown.focus().name, 'the first deal')
    register(shown, 'Alpenbank', 'Docusphere', 'Halden Vault')
    shown.press('ctrl+Return')
    shown.see('Register Alpenbank')
    shown.wait(lambda: '; column' in shown.focus().name, 'the deals again')

    # the second claim on the account is told of the first, before it is made
    register(shown, 'Alpenbank', 'Signal Harbor', 'Halden Vault')
    shown.see('Docusphere, D-*', 'list item')
    shown.press('ctrl+Return')
    shown.wait(lambda: len(states()) == 2, 'two claims')
    shown.wait(lambda: '; column' in shown.focus().name, 'the deals again')

    # it is settled
    shown.press('ctrl+f')
    shown.wait_focus('Search Deals')
    shown.write('Alpenbank')
    shown.see('Alpenbank, Halden Vault, Docusphere*', 'list item')
    shown.go('Alpenbank, Halden Vault, Docusphere*')
    shown.command('Accept Registration')
    shown.wait(lambda: states() == ['active', 'submitted'], 'an accepted claim')
    shown.wait_focus('Alpenbank, Halden Vault, Docusphere*')
    shown.command('Resolve Conflict')
    shown.wait(lambda: states()[1] == 'rejected', 'an end of the conflict')

    # its days run out: from then on it is nobody's, as soon as the workspace opens
    shown.wait_focus('Alpenbank, Halden Vault, Docusphere*')
    shown.press('Return')
    shown.see('Alpenbank: Halden Vault', 'group')
    deal = run_json('list', 'deal', '--where', 'title = "Alpenbank: Halden Vault"', '--sort', 'registered_at',
                    workspace=path)['records'][0]['code']
    shown.go('Registration ends', 'text', steps=90)
    shown.write((today - datetime.timedelta(1)).isoformat())
    shown.press('Return')
    shown.wait(lambda: show(path, deal)['expires_on'] < today.isoformat(), 'a day that is over')
    shown.restart(path)
    shown.wait(lambda: states()[0] == 'expired', 'an expired claim')


if __name__ == '__main__':
    entente.main([a_partner_becomes_active, a_review_is_held_and_signed, funds_are_spent_claimed_and_measured,
                  a_registration_is_fought_over_and_expires])

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"
#include "rules/ent-onboard.h"

G_BEGIN_DECLS

/* Shared by the files of the family `onboard`. */

void  cli_onboard_print_templates (Cli       *cli,
                                   GPtrArray *templates);
void  cli_onboard_print_list      (Cli       *cli,
                                   GPtrArray *runs);
void  cli_onboard_print_run       (Cli                 *cli,
                                   const EntOnboardRun *run,
                                   GPtrArray           *differences);
void  cli_onboard_print_gates     (Cli                 *cli,
                                   const EntOnboardRun *run,
                                   GPtrArray           *gates);
void  cli_onboard_print_checks    (Cli                 *cli,
                                   GPtrArray           *checks,
                                   EntFirstSuccess     *success); /* (nullable) */

G_END_DECLS

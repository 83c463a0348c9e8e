/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-store.h"

G_BEGIN_DECLS

/**
 * EntProgram:
 *
 * The definitions that levels come from, as they stand in a workspace: the ladders (a program with its levels), the
 * rules of each level, the benefits. Definitions that are not in force are in it too, with the days they hold: the
 * questions below are asked for a day. Immutable, any thread.
 */
typedef struct _EntProgram EntProgram;

/** A definition (row of `program`). */
typedef struct
{
  EntKey      key;
  EntKey      parent;   /* the program it is part of */
  char       *title;
  char       *ref;      /* (nullable) */
  const char *kind;     /* interned */
  const char *status;   /* interned (nullable) */
  gint64      rank;
  gint64      from, to; /* days, inclusive; G_MININT64, G_MAXINT64: open */
} EntDefinition;

typedef enum
{
  ENT_OPERATOR_AT_LEAST,
  ENT_OPERATOR_MORE_THAN,
  ENT_OPERATOR_AT_MOST,
  ENT_OPERATOR_LESS_THAN,
  ENT_OPERATOR_EQUALS,
  ENT_OPERATOR_NOT_EQUALS,
  ENT_OPERATOR_ONE_OF,
  ENT_OPERATOR_IS_SET,
} EntOperator;

typedef enum
{
  ENT_UNIT_COUNT,     /* 1/100 */
  ENT_UNIT_MONEY,     /* minor units and a currency */
  ENT_UNIT_PERCENT,   /* 1/10,000 point */
  ENT_UNIT_HOURS,     /* these and the next: 1/100 */
  ENT_UNIT_DAYS,
  ENT_UNIT_MINUTES,
  ENT_UNIT_MONTHS,
  ENT_UNIT_POINTS,
  ENT_UNIT_MULTIPLE,
  ENT_UNIT_UNLIMITED, /* no number */
  ENT_UNIT_TEXT,
} EntUnit;

/** One line of a definition (row of `program_rule`). */
typedef struct
{
  EntKey               key;
  const EntDefinition *definition;
  const char          *metric;       /* interned (nullable) */
  EntOperator          operator;
  EntUnit              unit;
  gboolean             has_number;
  gint64               number;       /* in the unit; of money minor units */
  gboolean             has_max;
  gint64               max;          /* upper end of a range */
  char                 currency[4];
  char                *words;        /* threshold of texts (nullable) */
  int                  window_months; /* 0: as the metric has it */
  gboolean             mandatory;
  char                *text;         /* (nullable) */
  gint64               position;
  guint                types;        /* bit per choice of organization.partner_type; 0: all */
  EntKey              *levels;       /* (nullable) all */
  gsize                n_levels;
} EntProgramRule;

/** A program with levels. */
typedef struct
{
  EntKey     program;
  char      *title;
  char      *ref;    /* (nullable) */
  gint64     rank;
  GPtrArray *levels; /* of EntDefinition, the highest first */
} EntLadder;

/** Setting of the workspace: the program (as ent_store_resolve() reads it) of partners that have no level yet.
 * Without it the program of the first rank counts. */
#define ENT_SETTING_LEVEL_PROGRAM "level-program"

EntProgram *ent_program_load  (EntStore      *store,
                               GCancellable  *cancellable,
                               GError       **error);
EntProgram *ent_program_ref   (EntProgram *self);
void        ent_program_unref (EntProgram *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntProgram, ent_program_unref)

/** Element-type EntLadder, by rank of their programs. */
GPtrArray           *ent_program_get_ladders    (EntProgram *self);
/** Element-type EntProgramRule; all of them, of definitions of every kind. */
GPtrArray           *ent_program_get_rules      (EntProgram *self);
/** (nullable) */
const EntDefinition *ent_program_get_definition (EntProgram *self,
                                                 EntKey      key);
/** The ladder of partners without a level: by the setting, else the first. (nullable) */
const EntLadder     *ent_program_get_usual_ladder (EntProgram *self);
/** The ladder a level is on. (nullable) */
const EntLadder     *ent_program_find_ladder    (EntProgram *self,
                                                 EntKey      level);
/** The ladder of a program. (nullable) */
const EntLadder     *ent_program_get_ladder     (EntProgram *self,
                                                 EntKey      program);

/** Whether a definition is active and in force on @day. */
gboolean             ent_definition_is_in_force (const EntDefinition *self,
                                                 gint64               day);
/** Whether a rule asks something of partners of the type (index of the choice; -1 not known) at the level. */
gboolean             ent_program_rule_applies   (const EntProgramRule *self,
                                                 EntKey                level,
                                                 int                   type);
/** The rules that decide on a level on @day for a partner of @type: its own, and those of the requirements of its
 * program. In order of the requirements. Element-type EntProgramRule. (transfer container) */
GPtrArray           *ent_program_get_level_rules (EntProgram *self,
                                                  EntKey      level,
                                                  int         type,
                                                  gint64      day);
/** The lines of the benefits of a level on @day. Element-type EntProgramRule. (transfer container) */
GPtrArray           *ent_program_get_benefits   (EntProgram *self,
                                                 EntKey      level,
                                                 int         type,
                                                 gint64      day);
/** The least that a partner of @type has to invest a year, whatever its level: the line `minimum_investment` of the
 * type. (nullable) */
const EntProgramRule *ent_program_get_type_minimum (EntProgram *self,
                                                    EntKey      program,
                                                    int         type,
                                                    gint64      day);

/** Index of a value of organization.partner_type, -1 when there is none. */
int                  ent_program_read_type      (const char *value);
/** "At least 5", "Less than $20,000": what a rule asks, without the metric. @number: the threshold that counts (the
 * rule's, or a greater one of the type). (transfer full) */
char                *ent_program_rule_describe  (const EntProgramRule *self,
                                                 gint64                number);
/** A number in a unit, for people: "4.67", "$15,000", "8.5 %", "100 hours". (transfer full) */
char                *ent_unit_display           (EntUnit     unit,
                                                 gint64      number,
                                                 const char *currency);

/** What contradicts itself in the definitions. */
typedef struct
{
  EntKey first, second; /* lines, or definitions; `second` may be 0 */
  EntKey level;         /* 0: all */
  char  *what;          /* one sentence that says what is wrong */
  char  *next_step;     /* one sentence that says what to do */
} EntContradiction;
void       ent_contradiction_free (EntContradiction *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntContradiction, ent_contradiction_free)

/** Element-type EntContradiction. (transfer full) */
GPtrArray *ent_program_check      (EntProgram *self);

G_END_DECLS

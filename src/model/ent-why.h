/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "model/ent-key.h"

G_BEGIN_DECLS

/**
 * EntWhy:
 *
 * The explanation of a derived number, as a builder: title, value, formula in words, the inputs with their
 * weights, the records behind them, a closing note (date, version of the rule). All texts are translated.
 * Rules return it along with what they compute; `EntWhyLabel` shows it.
 */
typedef struct _EntWhy EntWhy;

/** One input. */
typedef struct
{
  char  *label;
  char  *value;  /* (nullable) */
  char  *weight; /* (nullable) */
  EntKey key;    /* the record behind the line, 0 none */
} EntWhyLine;

EntWhy *ent_why_new         (const char *title,
                             const char *value);
EntWhy *ent_why_ref         (EntWhy *self);
void    ent_why_unref       (EntWhy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntWhy, ent_why_unref)

#define ENT_TYPE_WHY (ent_why_get_type ())
GType   ent_why_get_type    (void);

/** For a value that is known only after its lines. */
void    ent_why_set_value   (EntWhy     *self,
                             const char *value);
void    ent_why_set_formula (EntWhy     *self,
                             const char *formula);
/** @weight (nullable): "× 0.25", "45 %"; @key: the record behind the line, 0 none. */
void    ent_why_add         (EntWhy     *self,
                             const char *label,
                             const char *value,
                             const char *weight,
                             EntKey      key);
void    ent_why_set_note    (EntWhy     *self,
                             const char *note);

const char       *ent_why_get_title   (EntWhy *self);
const char       *ent_why_get_value   (EntWhy *self);
/** (nullable) */
const char       *ent_why_get_formula (EntWhy *self);
/** (nullable) */
const char       *ent_why_get_note    (EntWhy *self);
guint             ent_why_get_n_lines (EntWhy *self);
const EntWhyLine *ent_why_get_line    (EntWhy *self,
                                       guint   nth);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "model/ent-why.h"

struct _EntWhy
{
  char      *title;
  char      *value;
  char      *formula;
  char      *note;
  GPtrArray *lines; /* of EntWhyLine */
};

G_DEFINE_BOXED_TYPE (EntWhy, ent_why, ent_why_ref, ent_why_unref)

static void
line_free (gpointer data)
{
  EntWhyLine *line = data;

  g_free (line->label);
  g_free (line->value);
  g_free (line->weight);
  g_free (line);
}

EntWhy *
ent_why_new (const char *title,
             const char *value)
{
  EntWhy *self = g_atomic_rc_box_new0 (EntWhy);

  self->title = g_strdup (title);
  self->value = g_strdup (value);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  return self;
}

EntWhy *
ent_why_ref (EntWhy *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_why (gpointer data)
{
  EntWhy *self = data;

  g_free (self->title);
  g_free (self->value);
  g_free (self->formula);
  g_free (self->note);
  g_ptr_array_unref (self->lines);
}

void
ent_why_unref (EntWhy *self)
{
  g_atomic_rc_box_release_full (self, clear_why);
}

void
ent_why_set_value (EntWhy     *self,
                   const char *value)
{
  g_set_str (&self->value, value);
}

void
ent_why_set_formula (EntWhy     *self,
                     const char *formula)
{
  g_return_if_fail (self != NULL);
  g_set_str (&self->formula, formula);
}

void
ent_why_add (EntWhy     *self,
             const char *label,
             const char *value,
             const char *weight,
             EntKey      key)
{
  EntWhyLine *line;

  g_return_if_fail (self != NULL);
  g_return_if_fail (label != NULL);

  line = g_new0 (EntWhyLine, 1);
  line->label = g_strdup (label);
  line->value = g_strdup (value);
  line->weight = g_strdup (weight);
  line->key = key;
  g_ptr_array_add (self->lines, line);
}

void
ent_why_set_note (EntWhy     *self,
                  const char *note)
{
  g_return_if_fail (self != NULL);
  g_set_str (&self->note, note);
}

/* --- Reading -------------------------------------------------------------------------------------- */

const char *
ent_why_get_title (EntWhy *self)
{
  return self->title;
}

const char *
ent_why_get_value (EntWhy *self)
{
  return self->value;
}

const char *
ent_why_get_formula (EntWhy *self)
{
  return self->formula;
}

const char *
ent_why_get_note (EntWhy *self)
{
  return self->note;
}

guint
ent_why_get_n_lines (EntWhy *self)
{
  return self->lines->len;
}

const EntWhyLine *
ent_why_get_line (EntWhy *self,
                  guint   nth)
{
  g_return_val_if_fail (nth < self->lines->len, NULL);

  return g_ptr_array_index (self->lines, nth);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-filter-private.h"

G_DEFINE_QUARK (ent-filter-error-quark, ent_filter_error)

/* --- Nodes ---------------------------------------------------------------------------------------- */

EntNode *
ent_node_new (EntNodeKind kind)
{
  EntNode *self = g_new0 (EntNode, 1);

  self->kind = kind;
  if (kind != ENT_NODE_TERM)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_node_free);
  return self;
}

/* Recursion is bounded by ENT_FILTER_MAX_DEPTH. */
void
ent_node_free (EntNode *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->term, ent_term_free);
  g_free (self);
}

void
ent_operand_clear (EntOperand *self)
{
  ent_value_clear (&self->value);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->key, g_free);
}

EntTerm *
ent_term_new (void)
{
  EntTerm *self = g_new0 (EntTerm, 1);

  self->operands = g_array_new (FALSE, TRUE, sizeof (EntOperand));
  g_array_set_clear_func (self->operands, (GDestroyNotify) ent_operand_clear);
  return self;
}

void
ent_term_free (EntTerm *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->operands);
  g_free (self);
}

const EntField *
ent_term_get_field (const EntTerm *self)
{
  return self->subject == ENT_SUBJECT_FIELD ? self->path[self->n_path - 1] : NULL;
}

/* --- Filters -------------------------------------------------------------------------------------- */

EntFilter *
ent_filter_ref (EntFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ent_filter_unref (EntFilter *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  ent_node_free (self->root);
  ent_schema_unref (self->schema);
  g_free (self);
}

gboolean
ent_filter_is_all (const EntFilter *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->root == NULL;
}

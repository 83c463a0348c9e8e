/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/ent-page.h"

typedef struct
{
  EntContext *context;
  char       *page_id;
  char       *icon_name;
  GHashTable *disabled; /* names of actions */
  gboolean    ready;
  gboolean    wants_focus;  /* when it is ready, unless somebody has moved the keyboard from … */
  gpointer    focus_before; /* (unowned): only compared */
} EntPagePrivate;

typedef enum
{
  PROP_CONTEXT = 1,
  PROP_PAGE_ID,
  PROP_ICON_NAME,
  PROP_READY,
} EntPageProperty;

static GParamSpec *properties[PROP_READY + 1];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (EntPage, ent_page, ADW_TYPE_NAVIGATION_PAGE)

static EntPagePrivate *
get_private (EntPage *self)
{
  return ent_page_get_instance_private (self);
}

static void
ent_page_dispose (GObject *object)
{
  EntPagePrivate *priv = get_private (ENT_PAGE (object));

  g_clear_object (&priv->context);

  G_OBJECT_CLASS (ent_page_parent_class)->dispose (object);
}

static void
ent_page_finalize (GObject *object)
{
  EntPagePrivate *priv = get_private (ENT_PAGE (object));

  g_hash_table_unref (priv->disabled);
  g_free (priv->page_id);
  g_free (priv->icon_name);

  G_OBJECT_CLASS (ent_page_parent_class)->finalize (object);
}

static void
ent_page_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  EntPagePrivate *priv = get_private (ENT_PAGE (object));

  switch ((EntPageProperty) prop_id)
    {
    case PROP_CONTEXT:
      g_value_set_object (value, priv->context);
      break;
    case PROP_PAGE_ID:
      g_value_set_string (value, priv->page_id);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, priv->icon_name);
      break;
    case PROP_READY:
      g_value_set_boolean (value, priv->ready);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_page_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  EntPagePrivate *priv = get_private (ENT_PAGE (object));

  switch ((EntPageProperty) prop_id)
    {
    case PROP_CONTEXT:
      priv->context = g_value_dup_object (value);
      break;
    case PROP_PAGE_ID:
      priv->page_id = g_value_dup_string (value);
      break;
    case PROP_ICON_NAME:
      priv->icon_name = g_value_dup_string (value);
      break;
    case PROP_READY:
      ent_page_set_ready (ENT_PAGE (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_page_class_init (EntPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = ent_page_dispose;
  object_class->finalize = ent_page_finalize;
  object_class->get_property = ent_page_get_property;
  object_class->set_property = ent_page_set_property;

  properties[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, ENT_TYPE_CONTEXT,
                                                  flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_PAGE_ID] = g_param_spec_string ("page-id", NULL, NULL, NULL,
                                                  flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL,
                                                    flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE,
                                                 flags | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ent_page_init (EntPage *self)
{
  get_private (self)->disabled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

EntContext *
ent_page_get_context (EntPage *self)
{
  g_return_val_if_fail (ENT_IS_PAGE (self), NULL);
  return get_private (self)->context;
}

EntStore *
ent_page_get_store (EntPage *self)
{
  g_return_val_if_fail (ENT_IS_PAGE (self), NULL);
  return ent_context_get_store (get_private (self)->context);
}

const char *
ent_page_get_id (EntPage *self)
{
  g_return_val_if_fail (ENT_IS_PAGE (self), NULL);
  return get_private (self)->page_id;
}

const char *
ent_page_get_icon_name (EntPage *self)
{
  g_return_val_if_fail (ENT_IS_PAGE (self), NULL);
  return get_private (self)->icon_name;
}

gboolean
ent_page_is_ready (EntPage *self)
{
  g_return_val_if_fail (ENT_IS_PAGE (self), FALSE);
  return get_private (self)->ready;
}

/* The toolbar view in sight: a page may have a navigation view of its own inside. (nullable) */
static GtkWidget *
find_content (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (ADW_IS_TOOLBAR_VIEW (widget))
    return adw_toolbar_view_get_content (ADW_TOOLBAR_VIEW (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child) && gtk_widget_get_visible (child))
      found = find_content (child);
  return found;
}

static gpointer
get_focus (EntPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

static void
take_focus (EntPage *self)
{
  GtkWidget *content = find_content (GTK_WIDGET (self)), *focus = get_focus (self);

  get_private (self)->wants_focus = FALSE;
  if (focus != NULL && content != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_ancestor (focus, content))
    return;
  if (ENT_PAGE_GET_CLASS (self)->focus_content != NULL && ENT_PAGE_GET_CLASS (self)->focus_content (self))
    return;
  if (content == NULL || !gtk_widget_child_focus (content, GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/* Whether somebody has put the keyboard elsewhere meanwhile: into a dialog, into the content, into a list beside the
 * page. On a button beside it, it is by GTK, which puts it there when what had it is gone. */
static gboolean
was_moved (EntPage *self)
{
  GtkWidget *focus = get_focus (self), *content = find_content (GTK_WIDGET (self));

  if (focus == NULL || focus == get_private (self)->focus_before || !gtk_widget_get_mapped (focus))
    return FALSE;
  if (gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return content != NULL && gtk_widget_is_ancestor (focus, content);
  return gtk_widget_get_ancestor (focus, ADW_TYPE_DIALOG) != NULL || gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX) != NULL;
}

void
ent_page_focus_content (EntPage *self)
{
  EntPagePrivate *priv;

  g_return_if_fail (ENT_IS_PAGE (self));

  priv = get_private (self);
  priv->wants_focus = !priv->ready;
  priv->focus_before = get_focus (self);
  if (priv->ready)
    take_focus (self);
}

void
ent_page_set_ready (EntPage *self,
                    gboolean ready)
{
  EntPagePrivate *priv;

  g_return_if_fail (ENT_IS_PAGE (self));

  priv = get_private (self);
  if (priv->ready == ready)
    return;
  priv->ready = ready;
  if (ready && priv->wants_focus && !was_moved (self))
    take_focus (self);
  if (ready)
    priv->wants_focus = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
}

static gboolean
has_action (EntPage    *self,
            const char *action)
{
  GtkWidgetClass *klass = GTK_WIDGET_GET_CLASS (self);
  const char *name, *property;
  const GVariantType *parameter;
  GType owner;

  for (guint i = 0; gtk_widget_class_query_action (klass, i, &owner, &name, &parameter, &property); i++)
    if (g_str_equal (name, action))
      return TRUE;
  return FALSE;
}

void
ent_page_action_set_enabled (EntPage    *self,
                             const char *action,
                             gboolean    enabled)
{
  EntPagePrivate *priv;

  g_return_if_fail (ENT_IS_PAGE (self));
  g_return_if_fail (action != NULL);

  priv = get_private (self);
  if (enabled)
    g_hash_table_remove (priv->disabled, action);
  else
    g_hash_table_add (priv->disabled, g_strdup (action));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, enabled);
}

gboolean
ent_page_action_is_enabled (EntPage    *self,
                            const char *action)
{
  g_return_val_if_fail (ENT_IS_PAGE (self), FALSE);
  g_return_val_if_fail (action != NULL, FALSE);

  return has_action (self, action) && !g_hash_table_contains (get_private (self)->disabled, action);
}

gboolean
ent_page_can_search (EntPage *self)
{
  g_return_val_if_fail (ENT_IS_PAGE (self), FALSE);
  return ENT_PAGE_GET_CLASS (self)->focus_search != NULL;
}

void
ent_page_focus_search (EntPage *self)
{
  g_return_if_fail (ENT_IS_PAGE (self));

  if (ENT_PAGE_GET_CLASS (self)->focus_search != NULL)
    ENT_PAGE_GET_CLASS (self)->focus_search (self);
}

GVariant *
ent_page_save_state (EntPage *self)
{
  GVariant *state = NULL;

  g_return_val_if_fail (ENT_IS_PAGE (self), NULL);

  if (ENT_PAGE_GET_CLASS (self)->save_state != NULL)
    state = ENT_PAGE_GET_CLASS (self)->save_state (self);
  return state != NULL ? g_variant_take_ref (state) : NULL;
}

void
ent_page_restore_state (EntPage  *self,
                        GVariant *state)
{
  g_autoptr (GVariant) sunk = state != NULL ? g_variant_ref_sink (state) : NULL;

  g_return_if_fail (ENT_IS_PAGE (self));

  if (sunk != NULL && ENT_PAGE_GET_CLASS (self)->restore_state != NULL &&
      g_variant_is_of_type (sunk, G_VARIANT_TYPE_VARDICT))
    ENT_PAGE_GET_CLASS (self)->restore_state (self, sunk);
}

void
ent_page_refresh (EntPage *self)
{
  g_return_if_fail (ENT_IS_PAGE (self));

  if (ENT_PAGE_GET_CLASS (self)->refresh != NULL)
    ENT_PAGE_GET_CLASS (self)->refresh (self);
}

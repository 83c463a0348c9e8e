/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-profile-level.h"

#include <glib/gi18n.h>

#include "pages/partners/ent-level-approve.h"
#include "pages/partners/ent-level-data.h"
#include "widgets/ent-level-badge.h"
#include "widgets/ent-pill.h"
#include "widgets/ent-why-label.h"

/* A burst of commits is one refresh; later than the store tells its levels. */
#define REFRESH_MILLISECONDS 120
/* Less than that for the words, and what stands beside them goes below. */
#define MIN_WORDS 200

struct _EntProfileLevel
{
  GtkBox parent_instance;

  EntContext   *context;
  EntKey        partner;
  EntLevelData *data;        /* (nullable): what is shown */
  GCancellable *cancellable; /* of the load that runs */
  guint         generation;
  guint         refresh_id;
};

G_DEFINE_FINAL_TYPE (EntProfileLevel, ent_profile_level, GTK_TYPE_BOX)

/* --- Rows ------------------------------------------------------------------------------------------------------------- */

static GtkWidget *
words_new (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
why_new (EntProfileLevel *self,
         const char      *text,
         EntWhy          *why)
{
  GtkWidget *label = ent_why_label_new (self->context);

  ent_why_label_set_label (ENT_WHY_LABEL (label), text);
  ent_why_label_set_why (ENT_WHY_LABEL (label), why);
  g_object_set (label, "xalign", 0.0f, NULL);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "dimmed");
  return label;
}

/* A row of a boxed list: @start (nullable), words below each other, and @end (nullable), which moves below them where
 * there is no room beside. */
static GtkWidget *
row_new (const char *title,
         GtkWidget  *start,
         GtkWidget  *words,
         GtkWidget  *end)
{
  GtkWidget *row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "use-markup", FALSE, "title", title, "activatable", FALSE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *wrap = adw_wrap_box_new ();

  g_object_set (box, "margin-top", 9, "margin-bottom", 9, "margin-start", 12, "margin-end", 12, NULL);
  if (start != NULL)
    gtk_box_append (GTK_BOX (box), start);
  adw_wrap_box_set_wrap_policy (ADW_WRAP_BOX (wrap), ADW_WRAP_MINIMUM);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (wrap), 12);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (wrap), 6);
  gtk_widget_set_hexpand (wrap, TRUE);
  gtk_widget_set_size_request (words, MIN_WORDS, -1);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  adw_wrap_box_append (ADW_WRAP_BOX (wrap), words);
  if (end != NULL)
    {
      gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
      gtk_widget_set_halign (end, GTK_ALIGN_START);
      adw_wrap_box_append (ADW_WRAP_BOX (wrap), end);
    }
  gtk_box_append (GTK_BOX (box), wrap);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static GtkWidget *
met_pill_new (EntMet met)
{
  static const struct { EntTone tone; const char *icon; } looks[] =
  {
    [ENT_MET_UNKNOWN] = { ENT_TONE_MUTED, "dialog-question-symbolic" },
    [ENT_MET_NOT] = { ENT_TONE_BAD, "window-close-symbolic" },
    [ENT_MET_YES] = { ENT_TONE_GOOD, "object-select-symbolic" },
  };
  GtkWidget *pill = ent_pill_new (ent_met_label (met), looks[met].tone);

  ent_pill_set_icon_name (ENT_PILL (pill), looks[met].icon);
  return pill;
}

static GtkWidget *
rule_row_new (EntProfileLevel    *self,
              const EntLevelRule *rule)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (words), words_new (rule->label, "title"));
  gtk_box_append (GTK_BOX (words), why_new (self, rule->value, rule->why));
  if (rule->gap != NULL)
    gtk_box_append (GTK_BOX (words), words_new (rule->gap, "caption"));
  if (!rule->mandatory)
    gtk_box_append (GTK_BOX (words), words_new (_("Not mandatory"), "caption"));
  return row_new (rule->label, NULL, words, met_pill_new (rule->met));
}

static GtkWidget *
group_new (const char *title,
           const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  if (description != NULL)
    {
      g_autofree char *text = g_markup_escape_text (description, -1);

      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), text);
    }
  return group;
}

/* --- Groups ------------------------------------------------------------------------------------------------------------- */

static void
approve_cb (EntProfileLevel *self)
{
  ent_level_approve (self->context, &self->partner, 1);
}

static GtkWidget *
approve_button_new (EntProfileLevel *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Approve"));

  gtk_widget_add_css_class (button, "suggested-action");
  /* Translators: %s is a proposal, such as “Upgrade to Premier”. */
  g_autofree char *tooltip = g_strdup_printf (_("Approve: %s"), self->data->proposal);

  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect_object (button, "clicked", G_CALLBACK (approve_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
choose_cb (EntProfileLevel *self)
{
  ent_level_choose (GTK_WIDGET (self), self->context, self->partner, self->data->title, self->data->levels, self->data->level);
}

static GtkWidget *
choose_button_new (EntProfileLevel *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("Another _Level…"));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Approve a level other than the proposed one"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
show_level (EntProfileLevel *self)
{
  const EntLevelData *data = self->data;
  GtkWidget *group = group_new (_("Level"), data->program);
  GtkWidget *badge = ent_level_badge_new ();
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *value = why_new (self, data->level_title, data->why);

  ent_level_badge_set (ENT_LEVEL_BADGE (badge), data->level != 0
                         ? ent_level_from_name (data->level_title, data->level_rank) : ENT_LEVEL_NONE,
                       data->level != 0 ? data->level_title : NULL);
  ent_level_badge_set_compact (ENT_LEVEL_BADGE (badge), TRUE);
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_remove_css_class (value, "dimmed");
  gtk_widget_add_css_class (value, "heading");
  gtk_box_append (GTK_BOX (words), value);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row_new (data->level_title, badge, words, choose_button_new (self)));

  words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_box_append (GTK_BOX (words), words_new (data->proposal, "title"));
  gtk_box_append (GTK_BOX (words), words_new (data->reason, "subtitle"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             row_new (data->proposal, NULL, words,
                                      data->kind > ENT_PROPOSAL_KEEP ? approve_button_new (self) : NULL));
  gtk_box_append (GTK_BOX (self), group);
}

static void
show_rules (EntProfileLevel *self,
            const char      *format,
            const char      *level,
            GPtrArray       *rules)
{
  g_autofree char *title = g_strdup_printf (format, level);
  GtkWidget *group = group_new (title, NULL);

  for (guint i = 0; i < rules->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), rule_row_new (self, g_ptr_array_index (rules, i)));
  if (rules->len == 0)
    {
      GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
      /* Translators: %s is a level. */
      g_autofree char *text = g_strdup_printf (_("%s asks for nothing"), level);

      gtk_box_append (GTK_BOX (words), words_new (text, "title"));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row_new (text, NULL, words, NULL));
    }
  gtk_box_append (GTK_BOX (self), group);
}

static GtkWidget *
benefit_row_new (EntProfileLevel      *self,
                 const EntBenefitLine *line)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (words), words_new (line->title, "title"));
  gtk_box_append (GTK_BOX (words), why_new (self, line->text, line->why));
  if (line->share >= 0)
    {
      GtkWidget *bar = gtk_progress_bar_new ();
      g_autofree char *name = g_strdup_printf ("%s: %s", line->title, line->text);

      gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar), line->share);
      gtk_widget_set_margin_top (bar, 3);
      gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      if (line->is_low)
        gtk_widget_add_css_class (bar, "low");
      gtk_box_append (GTK_BOX (words), bar);
    }
  return row_new (line->title, NULL, words, NULL);
}

static void
show_benefits (EntProfileLevel *self)
{
  /* Translators: %d is a year. */
  g_autofree char *title = g_strdup_printf (_("Benefits in %d"), self->data->year);
  GtkWidget *group = group_new (title, NULL);

  for (guint i = 0; i < self->data->benefits->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               benefit_row_new (self, g_ptr_array_index (self->data->benefits, i)));
  gtk_box_append (GTK_BOX (self), group);
}

/* Not what a level asks for, but what the program hopes for in partners of the type. */
static void
show_expected (EntProfileLevel *self)
{
  /* Translators: %s is a type of partners, such as “Technology”. */
  g_autofree char *title = g_strdup_printf (_("Success of Partners of Type %s"), self->data->type);
  GtkWidget *group = group_new (title, _("What the program expects of such partners; it does not decide on the level."));

  for (guint i = 0; i < self->data->expected->len; i++)
    {
      const EntLevelExpected *expected = g_ptr_array_index (self->data->expected, i);
      GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

      gtk_box_append (GTK_BOX (words), words_new (expected->text, "title"));
      if (expected->detail != NULL)
        gtk_box_append (GTK_BOX (words), words_new (expected->detail, "subtitle"));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row_new (expected->text, NULL, words, NULL));
    }
  gtk_box_append (GTK_BOX (self), group);
}

/* --- Loading -------------------------------------------------------------------------------------------------------------- */

static void
show (EntProfileLevel *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  gtk_widget_set_visible (GTK_WIDGET (self), self->data->partner != 0);
  if (self->data->partner == 0)
    return;
  show_level (self);
  if (self->data->level != 0)
    show_rules (self, _("Requirements of %s"), self->data->level_title, self->data->rules);
  if (self->data->next != 0)
    show_rules (self, _("To Reach %s"), self->data->next_title, self->data->next_rules);
  if (self->data->benefits->len > 0)
    show_benefits (self);
  if (self->data->expected->len > 0)
    show_expected (self);
}

typedef struct
{
  EntProfileLevel *widget; /* (owned): main thread only */
  guint            generation;
} Load;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Load *load = user_data;
  g_autoptr (EntProfileLevel) self = load->widget;
  g_autoptr (GError) error = NULL;
  EntLevelData *data = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (load->generation != self->generation || self->context == NULL)
    {
      g_clear_pointer (&data, ent_level_data_free);
      return;
    }
  if (data == NULL)
    {
      ent_context_error (self->context, _("The level could not be computed"), error);
      return;
    }
  g_clear_pointer (&self->data, ent_level_data_free);
  self->data = data;
  show (self);
}

static void
load (EntProfileLevel *self)
{
  EntStore *store = ent_context_get_store (self->context);
  EntLevelWish *wish;
  Load *state;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (store == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  wish = g_new0 (EntLevelWish, 1);
  wish->partner = self->partner;
  wish->today = ent_context_get_today (self->context);
  state = g_new0 (Load, 1);
  state->widget = g_object_ref (self);
  state->generation = ++self->generation;
  ent_store_run_async (store, ent_level_data_job, wish, (GDestroyNotify) ent_level_wish_free,
                       (GDestroyNotify) ent_level_data_free, self->cancellable, loaded_cb, state);
}

static gboolean
refresh_cb (gpointer user_data)
{
  EntProfileLevel *self = user_data;

  self->refresh_id = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (EntProfileLevel *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (REFRESH_MILLISECONDS, refresh_cb, self);
}

/* --- The widget ---------------------------------------------------------------------------------------------------------------- */

static void
ent_profile_level_dispose (GObject *object)
{
  EntProfileLevel *self = ENT_PROFILE_LEVEL (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  self->generation++;
  g_clear_pointer (&self->data, ent_level_data_free);
  G_OBJECT_CLASS (ent_profile_level_parent_class)->dispose (object);
}

static void
ent_profile_level_class_init (EntProfileLevelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_profile_level_dispose;
}

static void
ent_profile_level_init (EntProfileLevel *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 24);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
ent_profile_level_new (EntContext *context,
                       EntKey      partner)
{
  EntProfileLevel *self = g_object_new (ENT_TYPE_PROFILE_LEVEL, NULL);

  self->context = g_object_ref (context);
  self->partner = partner;
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/ent-pictures-private.h"

#include "store/ent-query.h"
#include "widgets/ent-why-label.h"

/* Scenes of one record: a profile, a plan, a review, a campaign; and of parts of a page. */

typedef struct
{
  const char *type;
  char       *filter;
} Wanted;

static void
wanted_free (gpointer data)
{
  g_free (((Wanted *) data)->filter);
  g_free (data);
}

static gpointer
find_job (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Wanted *wanted = data;
  EntQuery query = { .type = ent_store_get_record_type (store, wanted->type) };
  g_autoptr (EntFilter) filter = ent_filter_parse (query.type, wanted->filter, NULL, NULL);
  g_autoptr (EntResult) result = NULL;
  EntKey *key = g_new0 (EntKey, 1);

  query.filter = filter;
  result = ent_store_query_first (store, &query, 1, cancellable, NULL);
  if (result != NULL && ent_result_get_n (result) > 0)
    *key = ent_key_make (query.type->info->number, ent_result_get_rows (result)[0]);
  return key;
}

static void
find (EntPictures         *self,
      const char          *type,
      char                *filter,
      GAsyncReadyCallback  callback)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->type = type;
  wanted->filter = filter;
  ent_store_run_async (ent_context_get_store (ent_window_get_context (self->window)), find_job, wanted, wanted_free, g_free, NULL,
                       callback, g_object_ref (self->window));
}

void
_ent_pictures_record_found_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (EntWindow) window = user_data;
  g_autofree EntKey *key = ent_store_run_finish (ENT_STORE (source), result, NULL);

  if (key != NULL && *key != 0)
    ent_window_open_record (window, *key);
}

/* --- Profiles ---------------------------------------------------------------------------------------------------------- */

static gpointer
find_profile_job (EntStore      *store,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  EntQuery query = { .type = ent_store_get_record_type (store, "organization") };
  g_autoptr (EntFilter) filter = NULL;
  g_autoptr (EntResult) result = NULL;
  EntKey *key = g_new0 (EntKey, 1);

  filter = ent_filter_parse (query.type, "level is not empty", NULL, NULL);
  query.filter = filter;
  result = ent_store_query_first (store, &query, 1, cancellable, NULL);
  if (result == NULL || ent_result_get_n (result) == 0)
    {
      g_clear_pointer (&result, ent_result_unref);
      query.filter = NULL;
      result = ent_store_query_first (store, &query, 1, cancellable, NULL);
    }
  if (result != NULL && ent_result_get_n (result) > 0)
    *key = ent_key_make (query.type->info->number, ent_result_get_rows (result)[0]);
  return key;
}

void
_ent_pictures_open_profile (EntPictures *self)
{
  ent_store_run_async (ent_context_get_store (ent_window_get_context (self->window)), find_profile_job, NULL, NULL, g_free, NULL,
                       _ent_pictures_record_found_cb, g_object_ref (self->window));
}

static GtkWidget *
find_views (EntPictures *self)
{
  return _ent_pictures_find (GTK_WIDGET (_ent_pictures_get_page (self)), _ent_pictures_has_type, "AdwViewStack");
}

/* profile-TAB */
void
_ent_pictures_show_tab (EntPictures *self)
{
  GtkWidget *views = find_views (self);

  if (views != NULL)
    adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (views), self->scene->name + strlen ("profile-"));
}

gboolean
_ent_pictures_is_tab_there (EntPictures *self)
{
  GtkWidget *views = find_views (self);

  return views != NULL && g_strcmp0 (adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (views)),
                                     self->scene->name + strlen ("profile-")) == 0;
}

/* Another tab may be there from the scene before. */
void
_ent_pictures_show_overview (EntPictures *self)
{
  GtkWidget *views = find_views (self);

  if (views != NULL)
    adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (views), "overview");
}

static gboolean
is_why (GtkWidget  *widget,
        const char *what)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_sensitive (widget) && ENT_IS_WHY_LABEL (gtk_widget_get_parent (widget));
}

/* Asks the first number that can be asked. */
gboolean
_ent_pictures_is_why_there (EntPictures *self)
{
  GtkWidget *number;

  if (_ent_pictures_is_popover_there (self) || _ent_pictures_is_dialog_there (self))
    return TRUE;
  number = _ent_pictures_find (GTK_WIDGET (_ent_pictures_get_page (self)), is_why, NULL);
  if (number != NULL)
    gtk_widget_activate (number);
  return FALSE;
}

/* --- Onboarding --------------------------------------------------------------------------------------------------------- */

/* Shows @page with the record that was found, which its state calls @name. */
static void
show_found (EntWindow    *window,
            GObject      *source,
            GAsyncResult *result,
            const char   *page,
            const char   *name)
{
  g_autofree EntKey *key = ent_store_run_finish (ENT_STORE (source), result, NULL);
  GVariantDict state;

  if (key == NULL || *key == 0)
    return;
  g_variant_dict_init (&state, NULL);
  g_variant_dict_insert (&state, name, "x", *key);
  ent_window_show_page (window, page, g_variant_dict_end (&state));
}

static void
plan_found_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (EntWindow) window = user_data;

  show_found (window, source, result, "onboarding", "plan");
}

/* One that is late and that a gate blocks. */
void
_ent_pictures_open_plan (EntPictures *self)
{
  find (self, "plan", g_strdup ("kind = onboarding and title ~ telluric"), plan_found_cb);
}

/* onboarding-VIEW: where the plan is narrow, only one is shown. */
gboolean
_ent_pictures_is_plan_there (EntPictures *self)
{
  GtkWidget *page = _ent_pictures_find (GTK_WIDGET (_ent_pictures_get_page (self)), _ent_pictures_has_type, "EntPlanPage");
  GtkWidget *views;

  if (page == NULL || _ent_pictures_find (page, _ent_pictures_has_type, "EntTimeline") == NULL)
    {
      views = page != NULL ? _ent_pictures_find (page, _ent_pictures_has_id, "views") : NULL;
      if (views == NULL || !g_str_has_suffix (self->scene->name, "-timeline"))
        return views != NULL;
      adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (views), "timeline");
      return FALSE;
    }
  return TRUE;
}

/* --- Reviews ------------------------------------------------------------------------------------------------------------ */

/* review-STATUS: the first business review that is in this state. */
void
_ent_pictures_open_review (EntPictures *self)
{
  find (self, "plan", g_strdup_printf ("kind = qbr and status = %s", self->scene->name + strlen ("review-")), _ent_pictures_record_found_cb);
}

gboolean
_ent_pictures_is_review_there (EntPictures *self)
{
  EntPage *page = _ent_pictures_get_page (self);

  return page != NULL && _ent_pictures_has_type (GTK_WIDGET (page), "EntReviewPage") && ent_page_is_ready (page);
}

/* --- Funding ------------------------------------------------------------------------------------------------------------ */

/* funding-VIEW */
void
_ent_pictures_show_funding (EntPictures *self)
{
  GtkWidget *views = _ent_pictures_find (GTK_WIDGET (_ent_pictures_get_page (self)), _ent_pictures_has_type, "AdwViewStack");

  if (views != NULL)
    adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (views), self->scene->name + strlen ("funding-"));
}

static void
campaign_found_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (EntWindow) window = user_data;

  show_found (window, source, result, "funds", "open");
}

void
_ent_pictures_open_campaign (EntPictures *self)
{
  find (self, "campaign", g_strdup ("status = done"), campaign_found_cb);
}

static GtkWidget *
find_chart (EntPictures *self)
{
  return _ent_pictures_find (GTK_WIDGET (_ent_pictures_get_page (self)), _ent_pictures_has_type, "EntChart");
}

gboolean
_ent_pictures_is_campaign_there (EntPictures *self)
{
  return ent_page_is_ready (_ent_pictures_get_page (self)) && find_chart (self) != NULL;
}

/* As far down as a chart. */
gboolean
_ent_pictures_is_campaign_scrolled (EntPictures *self)
{
  GtkWidget *chart = _ent_pictures_is_campaign_there (self) ? find_chart (self) : NULL, *scrolled;
  GtkAdjustment *place;
  graphene_point_t at;

  if (chart == NULL || (scrolled = gtk_widget_get_ancestor (chart, GTK_TYPE_SCROLLED_WINDOW)) == NULL)
    return FALSE;
  place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  if (gtk_adjustment_get_value (place) > 0)
    return TRUE;
  if (gtk_widget_get_height (chart) > 0 && gtk_widget_compute_point (chart, scrolled, &GRAPHENE_POINT_INIT (0, 0), &at))
    gtk_adjustment_set_value (place, MAX (at.y - 60, 1));
  return FALSE;
}

/* The rows behind the first point of the first chart. */
gboolean
_ent_pictures_is_rows_there (EntPictures *self)
{
  if (_ent_pictures_get_dialog (self) != NULL)
    return TRUE;
  if (_ent_pictures_is_campaign_there (self))
    g_signal_emit_by_name (find_chart (self), "activated", 1, 0);
  return FALSE;
}

/* --- Preferences ---------------------------------------------------------------------------------------------------------- */

/* With quiet hours open. */
gboolean
_ent_pictures_is_notifications_there (EntPictures *self)
{
  AdwDialog *dialog = _ent_pictures_get_dialog (self);
  GtkWidget *row = dialog != NULL ? _ent_pictures_find (GTK_WIDGET (dialog), _ent_pictures_has_type, "AdwExpanderRow") : NULL;

  if (row == NULL)
    return FALSE;
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
    return TRUE;
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  return FALSE;
}

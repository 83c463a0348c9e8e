/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-campaign-calendar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define HEAD 30
#define LANE 34
#define LEAST 28 /* of a bar, so that it can be hit */

typedef struct
{
  GtkWidget *child;
  gint64     start, end; /* inclusive, within the strip */
  int        lane;
  int        width;      /* wanted by a dot for its text; 0: a bar */
  gboolean   is_before;  /* the text stands before its dot */
} Item;

struct _EntCampaignCalendar
{
  GtkWidget parent_instance;

  gint64  from, to, today;
  GArray *items;  /* of Item */
  GArray *months; /* of Item: headings */
  int     n_lanes;
};

enum { ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntCampaignCalendar, ent_campaign_calendar, GTK_TYPE_WIDGET)

static int
x_of (EntCampaignCalendar *self,
      gint64               day,
      int                  width)
{
  return (int) ((day - self->from) * width / (self->to + 1 - self->from));
}

static void
clicked_cb (GtkWidget           *button,
            EntCampaignCalendar *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0, *(gint64 *) g_object_get_data (G_OBJECT (button), "key"));
}

/* --- Making ------------------------------------------------------------------------------------------------------------ */

static char *
describe (const EntCampaignDate *date)
{
  g_autofree char *start = ent_date_display (date->start, ENT_DISPLAY_SHORT);
  g_autofree char *end = ent_date_display (date->end, ENT_DISPLAY_SHORT);
  g_autofree char *when = date->start == date->end ? g_strdup (start) : g_strdup_printf ("%s – %s", start, end);

  return date->detail != NULL ? g_strdup_printf ("%s\n%s\n%s", date->title, when, date->detail)
                              : g_strdup_printf ("%s\n%s", date->title, when);
}

static GtkWidget *
make_button (EntCampaignCalendar   *self,
             const EntCampaignDate *date,
             gboolean               is_before)
{
  g_autofree char *tooltip = describe (date);
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (date->title), *dot = gtk_image_new_from_icon_name ("media-record-symbolic");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), is_before ? 1 : 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_insert_child_after (GTK_BOX (box), dot, is_before ? label : NULL);
  gtk_widget_set_visible (dot, date->is_milestone);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, date->is_milestone ? "flat" : "campaign");
  gtk_widget_add_css_class (button, "caption");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  g_object_set_data_full (G_OBJECT (button), "key", g_memdup2 (&date->key, sizeof date->key), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, 0);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

static void
add_months (EntCampaignCalendar *self)
{
  for (gint64 day = self->from; day <= self->to;)
    {
      int year, month, date;
      Item item = { .start = day };
      g_autoptr (GDateTime) moment = NULL;
      g_autofree char *text = NULL;

      ent_date_to_ymd (day, &year, &month, &date);
      moment = g_date_time_new_utc (year, month, 1, 0, 0, 0);
      text = g_date_time_format (moment, "%B");
      item.end = MIN (self->to, ent_date_from_ymd (month == 12 ? year + 1 : year, month % 12 + 1, 1) - 1);
      item.child = gtk_label_new (text);
      gtk_widget_add_css_class (item.child, "caption-heading");
      gtk_label_set_ellipsize (GTK_LABEL (item.child), PANGO_ELLIPSIZE_END);
      gtk_widget_set_parent (item.child, GTK_WIDGET (self));
      g_array_append_val (self->months, item);
      day = item.end + 1;
    }
}

/* --- Layout ------------------------------------------------------------------------------------------------------------ */

/* Where an item stands, in pixels from the leading edge. A dot stays on its day, whatever room its text has. */
static void
span_of (EntCampaignCalendar *self,
         const Item          *item,
         int                  width,
         int                 *x,
         int                 *w)
{
  *x = x_of (self, item->start, width);
  if (item->width == 0)
    {
      *w = MIN (MAX (x_of (self, item->end + 1, width) - *x - 2, LEAST), width);
      *x = MIN (*x, width - *w);
    }
  else if (item->is_before)
    {
      int end = MIN (*x + LEAST, width);

      *w = MIN (item->width, end);
      *x = end - *w;
    }
  else
    *w = MIN (item->width, width - *x);
}

/* The first lane that is free from where the item begins. */
static int
place_items (EntCampaignCalendar *self,
             int                  width)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, TRUE, sizeof (int));

  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = &g_array_index (self->items, Item, i);
      int x, w, end;
      guint lane = 0;

      span_of (self, item, width, &x, &w);
      while (lane < ends->len && g_array_index (ends, int, lane) > x)
        lane++;
      end = x + w + 4;
      if (lane == ends->len)
        g_array_append_val (ends, end);
      else
        g_array_index (ends, int, lane) = end;
      item->lane = (int) lane;
    }
  return (int) ends->len;
}

static void
ent_campaign_calendar_measure (GtkWidget      *widget,
                               GtkOrientation  orientation,
                               int             for_size,
                               int            *minimum,
                               int            *natural,
                               int            *minimum_baseline,
                               int            *natural_baseline)
{
  EntCampaignCalendar *self = ENT_CAMPAIGN_CALENDAR (widget);

  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = &g_array_index (self->items, Item, i);
      int natural_width;

      gtk_widget_measure (item->child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural_width, NULL, NULL);
      if (item->width > 0)
        item->width = MIN (natural_width, 260);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 240;
      *natural = 700;
      return;
    }
  *minimum = *natural = HEAD + LANE * MAX (place_items (self, for_size > 0 ? for_size : 700), 1);
}

static void
allocate (GtkWidget *widget,
          GtkWidget *child,
          int        x,
          int        y,
          int        w,
          int        h)
{
  int width = gtk_widget_get_width (widget);

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = width - x - w;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &(int) { 0 }, NULL, NULL, NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation) { x, y, w, h }, -1);
}

static void
ent_campaign_calendar_size_allocate (GtkWidget *widget,
                                     int        width,
                                     int        height,
                                     int        baseline)
{
  EntCampaignCalendar *self = ENT_CAMPAIGN_CALENDAR (widget);
  int x, w;

  self->n_lanes = place_items (self, width);
  for (guint i = 0; i < self->months->len; i++)
    {
      const Item *item = &g_array_index (self->months, Item, i);

      span_of (self, item, width, &x, &w);
      allocate (widget, item->child, x, 0, w, HEAD);
    }
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);

      span_of (self, item, width, &x, &w);
      allocate (widget, item->child, x, HEAD + item->lane * LANE + 2, w, LANE - 4);
    }
}

static void
draw_line (EntCampaignCalendar *self,
           GtkSnapshot         *snapshot,
           gint64               day,
           const GdkRGBA       *color)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), x = x_of (self, day, width);

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = width - x - 1;
  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT ((float) x, 4, 1, (float) gtk_widget_get_height (GTK_WIDGET (self)) - 4));
}

static void
ent_campaign_calendar_snapshot (GtkWidget   *widget,
                                GtkSnapshot *snapshot)
{
  EntCampaignCalendar *self = ENT_CAMPAIGN_CALENDAR (widget);
  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (style);
  GdkRGBA faint;

  gtk_widget_get_color (widget, &faint);
  faint.alpha = 0.15f;
  for (guint i = 1; i < self->months->len; i++)
    draw_line (self, snapshot, g_array_index (self->months, Item, i).start, &faint);
  if (self->today >= self->from && self->today <= self->to)
    draw_line (self, snapshot, self->today, accent);
  GTK_WIDGET_CLASS (ent_campaign_calendar_parent_class)->snapshot (widget, snapshot);
}

static GtkSizeRequestMode
ent_campaign_calendar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* --- Class ---------------------------------------------------------------------------------------------------------------- */

static void
ent_campaign_calendar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_array_set_size (ENT_CAMPAIGN_CALENDAR (object)->items, 0);
  g_array_set_size (ENT_CAMPAIGN_CALENDAR (object)->months, 0);

  G_OBJECT_CLASS (ent_campaign_calendar_parent_class)->dispose (object);
}

static void
ent_campaign_calendar_finalize (GObject *object)
{
  g_array_unref (ENT_CAMPAIGN_CALENDAR (object)->items);
  g_array_unref (ENT_CAMPAIGN_CALENDAR (object)->months);

  G_OBJECT_CLASS (ent_campaign_calendar_parent_class)->finalize (object);
}

static void
ent_campaign_calendar_class_init (EntCampaignCalendarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ent_campaign_calendar_dispose;
  object_class->finalize = ent_campaign_calendar_finalize;
  widget_class->measure = ent_campaign_calendar_measure;
  widget_class->size_allocate = ent_campaign_calendar_size_allocate;
  widget_class->snapshot = ent_campaign_calendar_snapshot;
  widget_class->get_request_mode = ent_campaign_calendar_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "campaigncalendar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
ent_campaign_calendar_init (EntCampaignCalendar *self)
{
  self->items = g_array_new (FALSE, TRUE, sizeof (Item));
  self->months = g_array_new (FALSE, TRUE, sizeof (Item));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
ent_campaign_calendar_new (GPtrArray *dates,
                           gint64     from,
                           gint64     to,
                           gint64     today)
{
  EntCampaignCalendar *self = g_object_new (ENT_TYPE_CAMPAIGN_CALENDAR, NULL);

  self->from = from;
  self->to = to;
  self->today = today;
  add_months (self);
  for (guint i = 0; i < dates->len; i++)
    {
      const EntCampaignDate *date = g_ptr_array_index (dates, i);
      Item item = { .start = MAX (date->start, from), .end = MIN (date->end, to), .width = date->is_milestone ? 1 : 0 };

      item.is_before = date->is_milestone && item.start - from > to - item.start;

      if (date->start > to || date->end < from)
        continue;
      item.child = make_button (self, date, item.is_before);
      g_array_append_val (self->items, item);
    }
  return GTK_WIDGET (self);
}

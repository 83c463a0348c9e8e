/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-profile-header.h"

#include <adwaita.h>

#include "widgets/ent-level-badge.h"
#include "widgets/ent-pill.h"
#include "widgets/ent-record-picker.h"

#define IMAGE_SIZE 64
#define NARROW_IMAGE_SIZE 48

struct _EntProfileHeader
{
  GtkWidget parent_instance;

  const EntRecordType *type;
  gboolean             narrow;

  GtkBox        *box;
  AdwBin        *image_bin;
  GtkLabel      *title;
  EntLevelBadge *badge;
  EntPill       *state;
  GtkLabel      *line;
};

enum { PROP_NARROW = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];
G_DEFINE_FINAL_TYPE (EntProfileHeader, ent_profile_header, GTK_TYPE_WIDGET)

static void
update_image (EntProfileHeader *self)
{
  if (self->type != NULL)
    adw_bin_set_child (self->image_bin, ent_record_picker_image_new (self->type, gtk_label_get_label (self->title),
                                                                     self->narrow ? NARROW_IMAGE_SIZE : IMAGE_SIZE));
}

static void
set_narrow (EntProfileHeader *self,
            gboolean          narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  gtk_box_set_spacing (self->box, narrow ? 12 : 18);
  gtk_widget_remove_css_class (GTK_WIDGET (self->title), narrow ? "title-1" : "title-2");
  gtk_widget_add_css_class (GTK_WIDGET (self->title), narrow ? "title-2" : "title-1");
  update_image (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
ent_profile_header_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ENT_TYPE_PROFILE_HEADER);
  G_OBJECT_CLASS (ent_profile_header_parent_class)->dispose (object);
}

static void
ent_profile_header_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  g_value_set_boolean (value, ENT_PROFILE_HEADER (object)->narrow);
}

static void
ent_profile_header_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  set_narrow (ENT_PROFILE_HEADER (object), g_value_get_boolean (value));
}

static void
ent_profile_header_class_init (EntProfileHeaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ent_profile_header_dispose;
  object_class->get_property = ent_profile_header_get_property;
  object_class->set_property = ent_profile_header_set_property;
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_type_ensure (ENT_TYPE_LEVEL_BADGE);
  g_type_ensure (ENT_TYPE_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/pages/partners/ent-profile-header.ui");
  gtk_widget_class_bind_template_child (widget_class, EntProfileHeader, box);
  gtk_widget_class_bind_template_child (widget_class, EntProfileHeader, image_bin);
  gtk_widget_class_bind_template_child (widget_class, EntProfileHeader, title);
  gtk_widget_class_bind_template_child (widget_class, EntProfileHeader, badge);
  gtk_widget_class_bind_template_child (widget_class, EntProfileHeader, state);
  gtk_widget_class_bind_template_child (widget_class, EntProfileHeader, line);
  gtk_widget_class_set_css_name (widget_class, "profileheader");
}

static void
ent_profile_header_init (EntProfileHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ent_profile_header_show (EntProfileHeader     *self,
                         const EntProfileData *data)
{
  const EntRecordType *type = ent_record_get_record_type (data->record);
  const char *state = type->info->state_field != NULL ? ent_record_get_text (data->record, type->info->state_field) : NULL;
  const EntField *field = type->info->state_field != NULL ? ent_record_type_lookup (type, type->info->state_field) : NULL;

  g_return_if_fail (ENT_IS_PROFILE_HEADER (self));

  self->type = type;
  gtk_label_set_label (self->title, ent_record_get_title (data->record));
  ent_level_badge_set (self->badge, data->level != NULL ? ent_level_from_name (data->level, data->level_rank)
                                                        : ENT_LEVEL_NONE, data->level);
  ent_pill_set_choice (self->state, state != NULL ? ent_field_lookup_choice (field, state) : NULL);
  gtk_label_set_label (self->line, data->line);
  gtk_widget_set_visible (GTK_WIDGET (self->line), *data->line != '\0');
  update_image (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntFieldRowEditor:
 *
 * For ent-field-row*.c only: the part of a field row that shows and edits the value. One subclass a manner of
 * editing; ent_field_row_editor_new() picks it by the field's type.
 *
 * Signals: `typing` while text changes; `commit` when the user has finished (Enter, focus left, a choice made);
 * `restore` when they gave up (Escape); `occupied` when it starts or stops having something to show.
 */
#define ENT_TYPE_FIELD_ROW_EDITOR (ent_field_row_editor_get_type ())
G_DECLARE_DERIVABLE_TYPE (EntFieldRowEditor, ent_field_row_editor, ENT, FIELD_ROW_EDITOR, GtkWidget)

struct _EntFieldRowEditorClass
{
  GtkWidgetClass parent_class;

  /** Once, when context and field are known. */
  void      (*setup)        (EntFieldRowEditor *self);
  void      (*show)         (EntFieldRowEditor *self,
                             const EntValue    *value);
  /** The value as it stands now. */
  gboolean  (*read)         (EntFieldRowEditor *self,
                             EntValue          *value,
                             GError           **error);
  /** Text that is no value yet; NULL when there is none. (transfer full) */
  char     *(*dup_typed)    (EntFieldRowEditor *self);
  void      (*set_typed)    (EntFieldRowEditor *self,
                             const char        *text);
  /** The row was clicked or Enter pressed on it. */
  void      (*activate)     (EntFieldRowEditor *self);
  void      (*set_editable) (EntFieldRowEditor *self,
                             gboolean           editable);
  /** Whether the title stays above: there is a value, text, or the keyboard is in it. */
  gboolean  (*is_occupied)  (EntFieldRowEditor *self);
};

/** (transfer floating) */
EntFieldRowEditor *ent_field_row_editor_new              (EntContext     *context,
                                                          const EntField *field);
EntContext        *ent_field_row_editor_get_context      (EntFieldRowEditor *self);
/** The field as the workspace knows it now, with choices that were added since. */
const EntField    *ent_field_row_editor_get_field        (EntFieldRowEditor *self);
/** What stands at the end of the row, in its middle height. */
GtkWidget         *ent_field_row_editor_get_suffixes     (EntFieldRowEditor *self);
void               ent_field_row_editor_add_suffix       (EntFieldRowEditor *self,
                                                          GtkWidget         *widget);
/** The widget that has the keyboard and carries name and description for screen readers. */
GtkWidget         *ent_field_row_editor_get_focus_widget (EntFieldRowEditor *self);
void               ent_field_row_editor_set_focus_widget (EntFieldRowEditor *self,
                                                          GtkWidget         *widget);
gboolean           ent_field_row_editor_get_editable     (EntFieldRowEditor *self);
void               ent_field_row_editor_set_editable     (EntFieldRowEditor *self,
                                                          gboolean           editable);

void               ent_field_row_editor_typing           (EntFieldRowEditor *self);
void               ent_field_row_editor_commit           (EntFieldRowEditor *self);
void               ent_field_row_editor_restore          (EntFieldRowEditor *self);
void               ent_field_row_editor_occupied         (EntFieldRowEditor *self);

/** How the user writes dates and numbers. @zone: freed by the caller after use. */
void               ent_field_row_read_context            (EntContext     *context,
                                                          EntReadContext *read,
                                                          GTimeZone     **zone);
/** The text to edit for a value: as shown, but what can be read back. (transfer full) */
char              *ent_field_row_edit_text               (const EntField *field,
                                                          const EntValue *value);
/** Whether records may name others of a type by making one with a title alone. */
gboolean           ent_field_row_can_create              (const EntRecordType *type);

/** Web, mail, telephone: the address to open for a text of a field; NULL when it has none. (transfer full) */
char              *ent_field_row_address                 (const EntField *field,
                                                          const char     *text);
/** "Write Email"; NULL when the field holds no addresses. */
const char        *ent_field_row_address_label           (const EntField *field);
const char        *ent_field_row_address_icon            (const EntField *field);
void               ent_field_row_open_address            (GtkWidget  *widget,
                                                          const char *address);

#define ENT_TYPE_FIELD_ROW_ENTRY (ent_field_row_entry_get_type ())
G_DECLARE_FINAL_TYPE (EntFieldRowEntry, ent_field_row_entry, ENT, FIELD_ROW_ENTRY, EntFieldRowEditor)
#define ENT_TYPE_FIELD_ROW_TEXT (ent_field_row_text_get_type ())
G_DECLARE_FINAL_TYPE (EntFieldRowText, ent_field_row_text, ENT, FIELD_ROW_TEXT, EntFieldRowEditor)
#define ENT_TYPE_FIELD_ROW_SWITCH (ent_field_row_switch_get_type ())
G_DECLARE_FINAL_TYPE (EntFieldRowSwitch, ent_field_row_switch, ENT, FIELD_ROW_SWITCH, EntFieldRowEditor)
#define ENT_TYPE_FIELD_ROW_CHOICE (ent_field_row_choice_get_type ())
G_DECLARE_FINAL_TYPE (EntFieldRowChoice, ent_field_row_choice, ENT, FIELD_ROW_CHOICE, EntFieldRowEditor)
#define ENT_TYPE_FIELD_ROW_CHIPS (ent_field_row_chips_get_type ())
G_DECLARE_FINAL_TYPE (EntFieldRowChips, ent_field_row_chips, ENT, FIELD_ROW_CHIPS, EntFieldRowEditor)
#define ENT_TYPE_FIELD_ROW_REF (ent_field_row_ref_get_type ())
G_DECLARE_FINAL_TYPE (EntFieldRowRef, ent_field_row_ref, ENT, FIELD_ROW_REF, EntFieldRowEditor)

G_END_DECLS

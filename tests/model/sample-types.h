/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-schema-private.h"
#include "model/ent-value.h"

/* Two record types with a field of every kind, so that tests do not depend on the real ones. */

static const EntChoice sample_stages[] = {
  { "new", "New", ENT_TONE_ACCENT },
  { "in_progress", "Under way", ENT_TONE_NEUTRAL },
  { "closed_lost", "Closed, lost", ENT_TONE_BAD },
  { NULL },
};

static const EntFieldInfo sample_fields[] = {
  { "kind", ENT_FIELD_ENUM, .label = "Kind", .choices = sample_stages },
  { "line", ENT_FIELD_TEXT, .label = "Line", .max = 10 },
  { "body", ENT_FIELD_MARKDOWN, .label = "Body" },
  { "serial", ENT_FIELD_CODE, .label = "Serial", .flags = ENT_FIELD_UNIQUE },
  { "count", ENT_FIELD_INT, .label = "Count", .unit = "days" },
  { "amount", ENT_FIELD_MONEY, .label = "Amount" },
  { "budget", ENT_FIELD_MONEY, .label = "Budget", .max = 100000 },
  { "share", ENT_FIELD_PERCENT, .label = "Share", .max = 1000000 },
  { "rate", ENT_FIELD_PERCENT, .label = "Rate" },
  { "grade", ENT_FIELD_SCORE, .label = "Grade" },
  { "done", ENT_FIELD_BOOL, .label = "Done" },
  { "due", ENT_FIELD_DATE, .label = "Due", .default_value = "today" },
  { "at", ENT_FIELD_DATETIME, .label = "At" },
  { "effort", ENT_FIELD_DURATION, .label = "Effort" },
  { "stage", ENT_FIELD_ENUM, .label = "Stage", .choices = sample_stages, .default_value = "new",
    .flags = ENT_FIELD_COLUMN, .kinds = "new|in_progress" },
  { "field_of_work", ENT_FIELD_ENUM, .label = "Field of work", .choices = sample_stages,
    .flags = ENT_FIELD_OPEN },
  { "stages", ENT_FIELD_ENUM, .label = "Stages", .choices = sample_stages,
    .flags = ENT_FIELD_MANY },
  { "peer", ENT_FIELD_REF, .label = "Peer", .target = "sample" },
  { "about", ENT_FIELD_REF, .label = "About", .target = "*", .flags = ENT_FIELD_MANY },
  { "country", ENT_FIELD_COUNTRY, .label = "Country" },
  { "countries", ENT_FIELD_COUNTRY, .label = "Countries", .flags = ENT_FIELD_MANY },
  { "currency", ENT_FIELD_CURRENCY, .label = "Currency" },
  { "timezone", ENT_FIELD_TIMEZONE, .label = "Time zone" },
  { "url", ENT_FIELD_URL, .label = "Web page" },
  { "email", ENT_FIELD_EMAIL, .label = "Email", .aliases = "mail|e-mail" },
  { "phone", ENT_FIELD_PHONE, .label = "Phone" },
  { "domain", ENT_FIELD_DOMAIN, .label = "Domain" },
  { "hash", ENT_FIELD_HASH, .label = "Hash" },
  { "data", ENT_FIELD_JSON, .label = "Data" },
  { NULL },
};

static const EntRecordTypeInfo sample_type = {
  .name = "sample", .number = 5, .prefix = "S", .label = "Sample", .label_plural = "Samples",
  .kind_field = "kind", .state_field = "stage", .fields = sample_fields,
};

static const EntFieldInfo sample_person_fields[] = {
  { "title", ENT_FIELD_TEXT, .label = "Name", .aliases = "contact" },
  { "roles", ENT_FIELD_ENUM, .label = "Roles", .choices = sample_stages,
    .flags = ENT_FIELD_MANY },
  { "subject", ENT_FIELD_TEXT, .label = "Subject" },
  { NULL },
};

static const EntRecordTypeInfo sample_person_type = {
  .name = "person", .number = 2, .prefix = "C", .label = "Person", .label_plural = "People",
  .kind_field = "roles", .fields = sample_person_fields,
};

static const EntFieldInfo sample_line_fields[] = {
  { "parent", ENT_FIELD_REF, .label = "Sample", .target = "sample" },
  { "position", ENT_FIELD_INT, .label = "Position" },
  { NULL },
};

static const EntRecordTypeInfo sample_line_type = {
  .name = "sample_line", .number = 63, .prefix = "SL", .flags = ENT_RECORD_TYPE_CHILD,
  .parent = "sample", .label = "Line", .label_plural = "Lines", .fields = sample_line_fields,
};

static const EntRecordTypeInfo * const sample_infos[] = {
  &sample_type, &sample_person_type, &sample_line_type, NULL,
};

static inline EntSchema *
sample_schema_new (void)
{
  g_autoptr (GError) error = NULL;
  EntSchema *schema = ent_schema_new_from_infos (sample_infos, NULL, 0, NULL, 0, &error);

  g_assert_no_error (error);

  return schema;
}

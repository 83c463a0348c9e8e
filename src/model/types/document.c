/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice kinds[] =
{
  { "template",    N_("Template"), ENT_TONE_ACCENT },
  { "filled",      N_("Filled template") },
  { "contract",    N_("Contract") },
  { "clause",      N_("Clause") },
  { "battlecard",  N_("Battle card") },
  { "case_study",  N_("Case study") },
  { "asset",       N_("Marketing asset") },
  { "certificate", N_("Certificate") },
  { "evidence",    N_("Evidence") },
  { "statement",   N_("Statement") },
  { "report",      N_("Report") },
  { "policy",      N_("Policy") },
  { "attachment",  N_("Attachment"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice statuses[] =
{
  { "draft",     N_("Draft"), ENT_TONE_MUTED },
  { "in_review", N_("In review"), ENT_TONE_ACCENT },
  { "approved",  N_("Approved"), ENT_TONE_GOOD },
  { "retired",   N_("Retired"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice audiences[] =
{
  { "internal", N_("Internal"), ENT_TONE_MUTED },
  { "partner",  N_("Partners") },
  { "public",   N_("Public") },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN,
    .label = N_("Title"), .width = 34,
    .aliases = "name|document|document name|asset" },
  { .name = "kind", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Kind"),
    .choices = kinds, .default_value = "attachment", .width = 14,
    .aliases = "type|document type" },
  { .name = "status", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Status"), .choices = statuses, .default_value = "draft", .merge = ENT_MERGE_ASK,
    .merge_group = "status", .width = 10,
    .aliases = "state" },
  { .name = "about", .type = ENT_FIELD_REF,
    .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("About"),
    .target = "*", .merge = ENT_MERGE_UNION, .width = 22,
    .help = N_("The records it belongs to."),
    .aliases = "partner|related to|company|account" },
  { .name = "version", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_COLUMN | ENT_FIELD_LISTED,
    .label = N_("Version"), .width = 8,
    .aliases = "revision" },
  { .name = "review_by", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Review by"), .merge = ENT_MERGE_ASK, .width = 12,
    .aliases = "review date|next review|due for review" },
  { .name = "template", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Template"), .target = "document" },
  { .name = "body", .type = ENT_FIELD_MARKDOWN, .flags = ENT_FIELD_SEARCHED, .label = N_("Text"),
    .aliases = "text|content|body" },
  { .name = "data", .type = ENT_FIELD_JSON, .label = N_("Fields"),
    .help = N_("Values of the fields of a template.") },

  { .name = "approvers", .type = ENT_FIELD_REF, .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED,
    .label = N_("Approvers"), .target = "person", .group = N_("Approval"),
    .merge = ENT_MERGE_UNION,
    .aliases = "approver|reviewers|approved by" },
  { .name = "approved_at", .type = ENT_FIELD_DATETIME, .label = N_("Approved"),
    .group = N_("Approval"), .merge = ENT_MERGE_ASK, .merge_group = "status" },
  { .name = "expires_on", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Expires"), .group = N_("Approval"), .merge = ENT_MERGE_ASK,
    .aliases = "expiry date|valid until|expiration date" },
  { .name = "audience", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Audience"), .choices = audiences, .default_value = "internal",
    .group = N_("Approval"), .merge = ENT_MERGE_ASK,
    .aliases = "visibility|distribution" },
  { .name = "language", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED,
    .label = N_("Language"), .group = N_("Approval"),
    .aliases = "lang|locale" },
  { .name = "claim_proof", .type = ENT_FIELD_LONGTEXT, .label = N_("Proof of claims"),
    .group = N_("Approval"),
    .help = N_("Where each claim in the text is proven.") },

  { .name = "file_name", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("File name"), .group = N_("File"),
    .aliases = "filename|file" },
  { .name = "file_type", .type = ENT_FIELD_CODE, .label = N_("File type"), .group = N_("File"),
    .aliases = "mime type|content type|format" },
  { .name = "file_size", .type = ENT_FIELD_INT, .label = N_("File size"), .unit = N_("bytes"),
    .group = N_("File"),
    .aliases = "size|bytes" },
  { .name = "file_hash", .type = ENT_FIELD_HASH, .flags = ENT_FIELD_INDEXED,
    .label = N_("Fingerprint"), .group = N_("File"), .merge = ENT_MERGE_ASK,
    .help = N_("SHA-256 of the file’s content."),
    .aliases = "sha256|checksum" },
  { .name = "url", .type = ENT_FIELD_URL, .label = N_("Address"), .group = N_("File"),
    .help = N_("Where the document is kept when it is not in the workspace."),
    .aliases = "link|url|location" },
  { NULL },
};

const EntRecordTypeInfo ent_type_document =
{
  .name         = "document",
  .number       = 15,
  .prefix       = "DOC",
  .label        = N_("Document"),
  .label_plural = N_("Documents"),
  .help         = N_("A template, filled copy, contract, clause, battle card, case study, "
                     "certificate, report, or file."),
  .icon_name    = "text-x-generic-symbolic",
  .kind_field   = "kind",
  .state_field  = "status",
  .fields       = fields,
};

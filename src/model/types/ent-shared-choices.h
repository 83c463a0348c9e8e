/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-field.h"

/* Choices that more than one record type offers. */

G_GNUC_UNUSED static const EntChoice ent_region_choices[] =
{
  { "north_america", N_("North America") },
  { "latin_america", N_("Latin America") },
  { "emea",          N_("EMEA") },
  { "apac",          N_("Asia-Pacific") },
  { "global",        N_("Global") },
  { NULL },
};

G_GNUC_UNUSED static const EntChoice ent_marketplace_choices[] =
{
  { "aws",       N_("AWS Marketplace") },
  { "gcp",       N_("Google Cloud Marketplace") },
  { "azure",     N_("Microsoft Azure Marketplace") },
  { "snowflake", N_("Snowflake Marketplace") },
  { "other",     N_("Other") },
  { NULL },
};

G_GNUC_UNUSED static const EntChoice ent_partner_type_choices[] =
{
  { "technology", N_("Technology"), ENT_TONE_ACCENT },
  { "channel",    N_("Channel") },
  { "solution",   N_("Solution") },
  { NULL },
};

G_GNUC_UNUSED static const EntChoice ent_channel_choices[] =
{
  { "email",   N_("Email") },
  { "social",  N_("Social media") },
  { "event",   N_("Events") },
  { "digital", N_("Digital ads") },
  { "content", N_("Content") },
  { "other",   N_("Other") },
  { NULL },
};

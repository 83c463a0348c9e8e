/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Golden: the onboarding checklist (D9) with its phases, blocks, items and target days, and the enablement roadmap
 * (D10), as shipped. */
#include "config.h"

#include <string.h>

#include "rules/ent-data-set.h"

static JsonNode *file;

static JsonArray *
lines_of (const char *ref)
{
  JsonArray *records = json_node_get_array (file);

  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonObject *record = json_array_get_object_element (records, i);

      if (g_str_equal (json_object_get_string_member (record, "ref"), ref))
        return json_object_get_array_member (record, "program_rule");
    }
  g_error ("there is no template %s", ref);
}

static const char *
word (JsonObject *line,
      const char *member)
{
  return json_object_get_string_member_with_default (line, member, "");
}

/* Phases, then blocks with their days, in order: "Legal and contracting 1-7 (Foundation)". */
static char *
write_blocks (JsonArray *lines)
{
  GString *text = g_string_new (NULL);
  const char *last = "";

  for (guint i = 0; i < json_array_get_length (lines); i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);
      gint64 from = json_object_get_int_member_with_default (line, "day_from", 0);
      gint64 to = json_object_get_int_member (line, "day_to");

      if (g_str_equal (word (line, "item_type"), "phase"))
        g_string_append_printf (text, "%s %d-%d\n", word (line, "text"), (int) from, (int) to);
      if (!json_object_has_member (line, "section") || g_str_equal (word (line, "section"), last))
        continue;
      last = word (line, "section");
      g_string_append_printf (text, "%s: %s %d-%d\n", word (line, "phase"), last, (int) from, (int) to);
    }
  return g_string_free (text, FALSE);
}

static void
test_blocks_of_onboarding (void)
{
  g_autofree char *text = write_blocks (lines_of ("checklist:onboarding"));

  g_assert_cmpstr (text, ==,
                   "Foundation 0-30\n"
                   "Activation 30-60\n"
                   "Execution 60-90\n"
                   "Foundation: Legal and contracting 1-7\n"
                   "Foundation: Portal and tools 1-7\n"
                   "Foundation: Initial enablement 7-21\n"
                   "Activation: Go-to-market alignment 21-45\n"
                   "Activation: Communications 1-15\n"
                   "Activation: Marketing setup 30-60\n"
                   "Execution: First opportunity 60-90\n"
                   "Execution: Review 90-90\n");
}

static void
test_blocks_of_enablement (void)
{
  g_autofree char *text = write_blocks (lines_of ("checklist:enablement"));

  g_assert_cmpstr (text, ==,
                   "Foundation 0-30\n"
                   "Role paths 30-90\n"
                   "Activation 30-180\n"
                   "Ongoing 180-365\n"
                   "Foundation: Welcome and access 0-7\n"
                   "Foundation: Program and product fundamentals 1-14\n"
                   "Foundation: Sales and technical orientation 15-28\n"
                   "Role paths: Sales path 1-60\n"
                   "Role paths: Technical path 1-90\n"
                   "Role paths: Marketing path 1-60\n"
                   "Role paths: Delivery path 1-90\n"
                   "Role paths: By the end of month 3 61-90\n"
                   "Activation: Pipeline and co-selling 31-120\n"
                   "Activation: Marketing and joint solution 61-180\n"
                   "Ongoing: Quarterly product updates 181-270\n"
                   "Ongoing: Workshops and specializations 181-365\n"
                   "Ongoing: Annual business review 330-365\n"
                   "Ongoing: Continuous learning 181-365\n");
}

/* Each line stands in the template exactly once: block, day it is due, type, text. */
typedef struct
{
  const char *section;
  int         day;
  const char *type;
  const char *text;
} Golden;

static void
assert_lines (const char   *ref,
              const Golden *golden,
              gsize         n_golden)
{
  JsonArray *lines = lines_of (ref);

  for (gsize g = 0; g < n_golden; g++)
    {
      guint n = 0;

      for (guint i = 0; i < json_array_get_length (lines); i++)
        {
          JsonObject *line = json_array_get_object_element (lines, i);

          if (!g_str_equal (word (line, "text"), golden[g].text))
            continue;
          n++;
          g_assert_cmpstr (word (line, "section"), ==, golden[g].section);
          g_assert_cmpstr (word (line, "item_type"), ==, golden[g].type);
          g_assert_cmpint (json_object_get_int_member (line, "day_to"), ==, golden[g].day);
        }
      if (n != 1)
        g_error ("%s has %u lines “%s”", ref, n, golden[g].text);
    }
}

static void
test_items_of_onboarding (void)
{
  static const Golden golden[] = {
    { "Legal and contracting", 7, "gate", "Mutual NDA executed" },
    { "Legal and contracting", 7, "task", "Program agreement reviewed and negotiated" },
    { "Legal and contracting", 7, "gate", "Program agreement signed by both sides" },
    { "Legal and contracting", 7, "task", "Partner profile complete, with legal entity" },
    { "Legal and contracting", 7, "task", "Compliance needs understood: privacy, security" },
    { "Portal and tools", 7, "task", "Portal login provisioned and tested" },
    { "Portal and tools", 7, "task", "Demo or sandbox provisioned and verified" },
    { "Portal and tools", 7, "task", "Access to shared repositories" },
    { "Portal and tools", 7, "task", "Introduction to deal registration, MDF, and support tools" },
    { "Initial enablement", 21, "milestone", "Welcome session scheduled and attended" },
    { "Initial enablement", 21, "task", "First product training scheduled" },
    { "Initial enablement", 21, "task", "Key resources shared and reviewed" },
    { "Go-to-market alignment", 45, "task", "Ideal customer profile and target list exchanged and reviewed" },
    { "Go-to-market alignment", 45, "task", "Joint planning session held" },
    { "Go-to-market alignment", 45, "task", "Internal sales and customer success teams introduced" },
    { "Communications", 15, "task", "Welcome email from the sponsor" },
    { "Communications", 15, "task", "Partner manager introduced" },
    { "Communications", 15, "task", "Added to channels and lists" },
    { "Communications", 15, "task", "Internal announcement" },
    { "Marketing setup", 60, "task", "Starter kit delivered and reviewed" },
    { "Marketing setup", 60, "task", "Logo and profile in the directory" },
    { "Marketing setup", 60, "task", "First co-marketing brainstorm" },
    { "First opportunity", 90, "milestone", "First deal or co-sell identified and registered" },
    { "First opportunity", 90, "task", "First joint customer meeting supported" },
    { "First opportunity", 90, "task", "Pipeline review cadence set" },
    { "Review", 90, "task", "First business review or check-in scheduled" },
    { "Review", 90, "task", "Onboarding feedback gathered" },
    /* The gates of the onboarding factory. */
    { "Legal and contracting", 7, "gate", "Intake complete" },
    { "Legal and contracting", 7, "gate", "Security questionnaire passed" },
    { "Legal and contracting", 7, "gate", "Security questionnaire passed, short form" },
    { "Portal and tools", 7, "gate", "Technical contact named" },
    { "Portal and tools", 7, "gate", "Technical checklist passed: sandbox, keys, scopes, rate limits, webhooks" },
    { "Portal and tools", 7, "gate", "Technical checklist passed: sandbox and access" },
    { "", 30, "check", "30-day check" },
    { "", 60, "check", "60-day check" },
    { "", 90, "check", "90-day check" },
  };

  assert_lines ("checklist:onboarding", golden, G_N_ELEMENTS (golden));
}

static void
test_items_of_enablement (void)
{
  static const Golden golden[] = {
    { "Welcome and access", 7, "gate", "Partnership agreement signed" },
    { "Welcome and access", 7, "task", "Welcome from the sponsor and the partner manager sent" },
    { "Welcome and access", 7, "task", "Access to portal and tools provisioned" },
    { "Welcome and access", 7, "milestone", "Access confirmed and profile complete" },
    { "Program and product fundamentals", 14, "task", "Program overview attended" },
    { "Program and product fundamentals", 14, "task", "Product overview reviewed" },
    { "Program and product fundamentals", 14, "task", "Call about the goals for 30, 60, and 90 days" },
    { "Program and product fundamentals", 14, "milestone",
      "Partner can state the value proposition and the structure of the program" },
    { "Sales and technical orientation", 28, "task", "Sales 101 completed" },
    { "Sales and technical orientation", 28, "task", "Technical 101 completed" },
    { "Sales and technical orientation", 28, "task", "Sandbox explored" },
    { "Sales and technical orientation", 28, "milestone", "Sales and technical contacts identified" },
    { "Sales path", 60, "task", "Sales training: product, competition, objections, deal registration" },
    { "Sales path", 60, "task", "Battlecards, presentations, and proposal tools in use" },
    { "Sales path", 60, "task", "Sales call shadowed" },
    { "Sales path", 60, "milestone", "Exam and mock pitch passed: Certified Sales Professional" },
    { "Technical path", 90, "task", "Deep-dive training with hands-on labs" },
    { "Technical path", 90, "task", "Documentation, SDK, and demo scripts in use" },
    { "Technical path", 90, "task", "Sample integration or complex demo built" },
    { "Technical path", 90, "milestone", "Exam and lab passed: Certified Technical Professional" },
    { "Marketing path", 60, "task", "Brand, messaging, co-marketing, and lead management training" },
    { "Marketing path", 60, "task", "Asset library, campaign kits, and MDF process introduced" },
    { "Marketing path", 60, "task", "Joint marketing plan for the first campaign drafted" },
    { "Marketing path", 60, "milestone", "Certified Marketing Advocate" },
    { "Delivery path", 90, "task", "Delivery training: standards, milestones, acceptance criteria" },
    { "By the end of month 3", 90, "gate", "Two sales leads certified" },
    { "By the end of month 3", 90, "gate", "One sales lead certified" },
    { "By the end of month 3", 90, "gate", "Two technical leads certified" },
    { "By the end of month 3", 90, "gate", "One technical lead certified" },
    { "By the end of month 3", 90, "milestone", "First demo given to the partner manager" },
    { "By the end of month 3", 90, "milestone", "Joint business plan for 6 to 12 months drafted and reviewed" },
    { "Pipeline and co-selling", 120, "task", "First qualified opportunity registered" },
    { "Pipeline and co-selling", 120, "task", "First joint discovery call held" },
    { "Pipeline and co-selling", 120, "task", "Joint pipeline reviews joined" },
    { "Pipeline and co-selling", 120, "milestone", "First deal closed, sourced or influenced by the partner" },
    { "Marketing and joint solution", 180, "task", "First joint marketing activity launched" },
    { "Marketing and joint solution", 180, "task", "First joint solution scoped and begun" },
    { "Marketing and joint solution", 180, "milestone", "Measurable return of the first marketing activities" },
    { "Marketing and joint solution", 180, "milestone", "Beta of the joint solution demonstrated" },
    { "Quarterly product updates", 270, "task", "Quarterly product update and roadmap session attended" },
    { "Quarterly product updates", 270, "milestone", "Team can present what is new" },
    { "Workshops and specializations", 365, "task", "Advanced workshops attended" },
    { "Workshops and specializations", 365, "task", "Advanced certification or specialization begun" },
    { "Workshops and specializations", 365, "milestone", "Specialist in one area" },
    { "Annual business review", 365, "task", "Annual business review held" },
    { "Annual business review", 365, "milestone", "Joint goals and investment for the next year agreed" },
    { "Continuous learning", 365, "task", "Learning library, guides, and community in use" },
  };

  assert_lines ("checklist:enablement", golden, G_N_ELEMENTS (golden));
}

/* What the legal item reminds of, and the milestones to celebrate. */
static void
test_prompts (void)
{
  static const char * const topics[] = { "intellectual property", "GDPR", "CCPA", "HIPAA", "confidentiality",
                                         "termination", "liability", "indemnity", "exclusivity", "non-compete",
                                         "anti-bribery" };
  JsonArray *lines = lines_of ("checklist:onboarding");
  const char *note = word (json_array_get_object_element (lines, 7), "note");

  g_assert_cmpstr (word (json_array_get_object_element (lines, 7), "text"), ==,
                   "Program agreement reviewed and negotiated");
  for (gsize i = 0; i < G_N_ELEMENTS (topics); i++)
    if (strstr (note, topics[i]) == NULL)
      g_error ("nothing about “%s”", topics[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  file = ent_data_set_read ("program/60-onboarding.json", &error);
  g_assert_no_error (error);
  g_test_add_func ("/onboard-data/blocks-of-onboarding", test_blocks_of_onboarding);
  g_test_add_func ("/onboard-data/blocks-of-enablement", test_blocks_of_enablement);
  g_test_add_func ("/onboard-data/items-of-onboarding", test_items_of_onboarding);
  g_test_add_func ("/onboard-data/items-of-enablement", test_items_of_enablement);
  g_test_add_func ("/onboard-data/legal-prompts", test_prompts);
  status = g_test_run ();
  json_node_unref (file);
  return status;
}

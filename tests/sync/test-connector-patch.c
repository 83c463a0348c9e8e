/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an update sends, in each write style, of the same edit: what is omitted, fixed or in a list. */
#include "config.h"

#include "sync/connector-fixture.h"

static const char portal[] =
  "{'id':'acme','name':'Acme','version':'1','home':'https://x.example/','base':'https://x.example/',"
  " 'auth':{'kind':'bearer','enter':{'token':{'label':'Token'}}},"
  " 'objects':{'deal':{'type':'deal','id':'/id','write':'STYLE','clear':'CLEAR',"
  "  'operations':{'create':{'path':'/'},'update':{'path':'/{id}','omit':['/id','/log','/lines/*/made','/a/fixed']}},"
  "  'fields':[{'field':'title','path':'/a/name'},{'field':'next_step','path':'/a/fixed'},"
  "   {'field':'pain','path':'/kept','fixed':true},{'field':'need','path':'/lines/1/text'},"
  "   {'field':'industry','path':'/new/deep/er'},{'field':'postal_code','path':'/new/zip'},"
  "   {'field':'blockers','path':'/gone/now'}]}}}";

static const char before[] =
  "{'id':'7','log':[1],'a':{'name':'x','fixed':'f','more':1},'kept':'k','gone':{'now':'g'},"
  " 'lines':[{'made':1,'text':'one'},{'made':2,'text':'two','by':'us'}]}";

typedef struct
{
  const char *style, *clear;
  const char *sent;
} Style;

static const Style styles[] =
{
  { "full-replace", "null",
    "{'a':{'name':'y','more':1},'kept':'k','lines':[{'text':'one'},{'text':'2','by':'us'}],"
    " 'new':{'deep':{'er':'i'},'zip':'z'}}" },
  { "merge-patch", "omit",
    "{'a':{'name':'y'},'lines':[{'made':1,'text':'one'},{'made':2,'text':'2','by':'us'}],"
    " 'new':{'deep':{'er':'i'},'zip':'z'},'gone':{'now':null}}" },
  { "changed-properties", "empty-text",
    "{'a':{'name':'y'},'lines':[{'made':1,'text':'one'},{'made':2,'text':'2','by':'us'}],"
    " 'new':{'deep':{'er':'i'},'zip':'z'},'gone':{'now':''}}" },
  { "changed-properties", "omit",
    "{'a':{'name':'y'},'lines':[{'made':1,'text':'one'},{'made':2,'text':'2','by':'us'}],"
    " 'new':{'deep':{'er':'i'},'zip':'z'}}" },
  { "json-patch", "omit",
    "[{'op':'replace','path':'/a/name','value':'y'},"
    " {'op':'replace','path':'/lines','value':[{'made':1,'text':'one'},{'made':2,'text':'2','by':'us'}]},"
    " {'op':'add','path':'/new','value':{'deep':{'er':'i'},'zip':'z'}},{'op':'remove','path':'/gone/now'}]" },
  { "json-patch", "null",
    "[{'op':'replace','path':'/a/name','value':'y'},"
    " {'op':'replace','path':'/lines','value':[{'made':1,'text':'one'},{'made':2,'text':'2','by':'us'}]},"
    " {'op':'add','path':'/new','value':{'deep':{'er':'i'},'zip':'z'}},{'op':'replace','path':'/gone/now','value':null}]" },
};

static EntConnector *
parse (const Style *style)
{
  g_autoptr (GString) text = g_string_new (portal);
  g_autoptr (GError) error = NULL;
  EntConnector *connector;

  g_string_replace (text, "STYLE", style->style, 1);
  g_string_replace (text, "CLEAR", style->clear, 1);
  g_string_replace (text, "'", "\"", 0);
  connector = ent_connector_parse (text->str, -1, "acme.json", NULL, &error);
  g_assert_no_error (error);
  return connector;
}

static void
test_style (gconstpointer data)
{
  const Style *style = data;
  g_autoptr (EntConnector) connector = parse (style);
  const EntConnectorObject *object = ent_connector_lookup (connector, "deal");
  g_autoptr (JsonNode) base = fixture_json (before);
  g_autoptr (EntRecord) deal = fixture_record ("deal", "title=y", "next_step=other", "pain=other", "need=2", "industry=i",
                                               "postal_code=z", NULL);
  g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (object, deal, base, NULL, NULL);
  g_autoptr (JsonNode) sent = ent_connector_draft_make_body (draft, object, ent_connector_object_lookup (object, "update"),
                                                             base);
  g_autoptr (JsonNode) untouched = fixture_json (before);

  assert_json (sent, style->sent);
  g_assert_true (json_node_equal (base, untouched));
}

/* A new one is sent whole in every style. */
static void
test_create (gconstpointer data)
{
  g_autoptr (EntConnector) connector = parse (data);
  const EntConnectorObject *object = ent_connector_lookup (connector, "deal");
  g_autoptr (EntRecord) deal = fixture_record ("deal", "title=y", "pain=p", NULL);
  g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (object, deal, NULL, NULL, NULL);
  g_autoptr (JsonNode) sent = ent_connector_draft_make_body (draft, object, ent_connector_object_lookup (object, "create"),
                                                             NULL);

  assert_json (sent, "{'a':{'name':'y'},'kept':'p'}");
}

/* Constants say what the settings say, only where they should, and go when what they belong to goes. */
static void
test_constants (void)
{
  g_autoptr (GString) text = g_string_new (portal);
  g_autoptr (EntConnector) connector = NULL;
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) usual = NULL, ours = NULL;
  g_autoptr (EntRecord) deal = fixture_record ("deal", "title=y", NULL);
  g_autoptr (EntRecord) empty = fixture_record ("deal", "pain=p", NULL);
  g_autoptr (EntConnectorDraft) first = NULL, second = NULL, gone = NULL;

  g_string_replace (text, "STYLE", "full-replace", 1);
  g_string_replace (text, "CLEAR", "null", 1);
  g_string_replace (text, "'objects':", "'settings':{'who':{'label':'Who','value':'us'}},'objects':", 1);
  g_string_replace (text, "'fields':[", "'fields':[{'kind':'constant','path':'/by','value':['{who}',7]},"
                                        "{'kind':'constant','path':'/a/sort','value':'own','with':'/a/name'},", 1);
  g_string_replace (text, "'", "\"", 0);
  connector = ent_connector_parse (text->str, -1, "acme.json", NULL, NULL);
  g_assert_nonnull (connector);
  usual = ent_connector_dup_settings (connector, NULL);
  g_hash_table_insert (values, (char *) "who", (char *) "them");
  ours = ent_connector_dup_settings (connector, values);
  first = ent_connector_map_write (connector->objects->pdata[0], deal, NULL, usual, NULL);
  assert_json (first->body, "{'a':{'name':'y','sort':'own'},'by':['us',7]}");
  second = ent_connector_map_write (connector->objects->pdata[0], deal, first->body, ours, NULL);
  assert_json (second->body, "{'a':{'name':'y','sort':'own'},'by':['them',7]}");
  gone = ent_connector_map_write (connector->objects->pdata[0], empty, first->body, usual, NULL);
  assert_json (gone->body, "{'by':['us',7]}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      g_autofree char *update = g_strdup_printf ("/patch/%s/%s", styles[i].style, styles[i].clear);
      g_autofree char *create = g_strdup_printf ("/create/%s/%s", styles[i].style, styles[i].clear);

      g_test_add_data_func (update, &styles[i], test_style);
      g_test_add_data_func (create, &styles[i], test_create);
    }
  g_test_add_func ("/patch/constants", test_constants);
  return g_test_run ();
}

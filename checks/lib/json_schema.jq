# Schemas of JSON, as charts describe their values with them.

# schema → whether it refers to others, or says in another way than by properties what is allowed
def is_involved:
  has("$ref") or has("$dynamicRef") or has("allOf") or has("anyOf") or has("oneOf") or has("if") or has("not")
  or has("patternProperties") or has("enum") or has("const") or has("dependentSchemas");

# The schema of the value at a path below what a schema describes: null where there is none, "involved" where it is not followed.
def schema_at(schema; path):
  reduce path[] as $key (schema;
    if type != "object" then .
    elif is_involved then "involved"
    elif .properties[$key]? != null then .properties[$key]
    elif ($key | type) == "number" then .items
    else .additionalProperties
    end);

# Whether a schema takes anything for the value at a path.
def is_left_open(schema; path):
  schema_at(schema; path)
  | . == null or . == true or (type == "object" and (is_involved or has("type") | not));

# Database instances of Cloud SQL.

# instance → the instance, if it runs this kind of database (`POSTGRES`, `MYSQL`, `SQLSERVER`)
def runs($engine): select(.database_version | . != null and startswith($engine));

# instance → the flag of this name, if it is set
def database_flag($name): .settings[]?.database_flags[]? | select(.name == $name);

# instance → where a flag is to be changed that must have one of these values: its value, or the settings where it is not
# set
def flag_without($name; $values):
  if any(database_flag($name); true) then
    database_flag($name) | .value
    | select((tostring | ascii_downcase) as $value | any($values[]; . == $value) | not)
  else .settings | if . == null then . else .[0] end end;

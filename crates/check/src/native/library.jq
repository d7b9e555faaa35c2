# Definitions of jq that the engine does not have, or that need its value type.
def tonumber: if isnumber then . else fromjson | if isnumber then . else error("cannot parse as number") end end;
def toboolean: if isboolean then . else fromjson | if isboolean then . else error("cannot parse as boolean") end end;
def transpose: [range([.[] | length] | max) as $i | [.[][$i]]];
def in(xs): . as $x | xs | has($x);
def inside(xs): . as $x | xs | contains($x);
def index($i): indices($i)[0];
def rindex($i): indices($i)[-1];
def @json: tojson;
def IN(xs): . as $x | any(xs; . == $x);
def IN(ys; xs): any(ys; IN(xs));
def INDEX(xs; f): reduce xs as $x ({}; .[$x | f | tostring] = $x);
def INDEX(f): INDEX(.[]; f);
def ascii: [.] | implode;
def toarray: if isarray then . else [.] end;
def trimstr($text): ltrimstr($text) | rtrimstr($text);
def bsearch($x): . as $list | first((range(length) | select($list[.] == $x)), -1 - ([$list[] | select(. < $x)] | length));
def tostream:
  def events($path):
    if (isarray or isobject) and length > 0
    then (keys[] as $key | .[$key] | events($path + [$key])), [$path + [keys[-1]]]
    else [$path, .] end;
  events([]);
def fromstream(events):
  foreach events as $event ({};
    if has("whole") then {} else . end
    | if $event | length == 2 then
        if $event[0] == [] then { whole: $event[1] } else .value |= setpath($event[0]; $event[1]) end
      elif $event[0] | length == 1 then { whole: .value }
      else . end;
    if has("whole") then .whole else empty end);
def truncate_stream(events): . as $depth | events | select(.[0] | length > $depth) | .[0] |= .[$depth:];
def @csv: map(if isstring then "\"" + gsub("\""; "\"\"") + "\"" elif . == null then "" else tostring end) | join(",");
def @tsv:
  map(if isstring then gsub("\\\\"; "\\\\") | gsub("\t"; "\\t") | gsub("\n"; "\\n") | gsub("\r"; "\\r")
      elif . == null then "" else tostring end)
  | join("\t");

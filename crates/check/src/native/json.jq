# Definitions of jq that its value type supplies.
def tonumber: if isnumber then . else fromjson | if isnumber then . else error("cannot parse as number") end end;
def toboolean: if isboolean then . else fromjson | if isboolean then . else error("cannot parse as boolean") end end;
def transpose: [range([.[] | length] | max) as $i | [.[][$i]]];
def in(xs): . as $x | xs | has($x);
def inside(xs): . as $x | xs | contains($x);
def index($i): indices($i)[0];
def rindex($i): indices($i)[-1];
def @json: tojson;

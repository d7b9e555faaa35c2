# Rules of Azure's network security groups, in all forms in which they are written.

# network security group or rule → the rules that let traffic in: blocks of the group, or the resource itself.
def inbound_rules:
  ((.security_rule | arrays | .[]), select(.security_rule == null and .direction != null))
  | select((.direction // "" | ascii_downcase) == "inbound" and (.access // "" | ascii_downcase) == "allow");

# rule → each text that names ports it lets through: a number, a range or all.
def destination_ports:
  .destination_port_range, (.destination_port_ranges | arrays | .[]) | select(. != null) | tostring;

# rule → whether it lets a protocol through.
def carries($protocol): (.protocol // "" | ascii_downcase) as $name | $name == "*" or $name == $protocol;

# rule → whether it lets traffic to a port through. A list of ports in one text is taken as Azure's portal takes it.
def reaches_port($port):
  any(
    destination_ports | split(",")[] | gsub(" "; "");
    . == "*"
      or (split("-") | (.[0] | tonumber? // infinite) <= $port and (.[-1] | tonumber? // -1) >= $port)
  );

# rule → the places that name the whole internet as the source.
def from_internet:
  .source_address_prefix, (.source_address_prefixes | arrays | .[])
  | select(. != null)
  | select(ascii_downcase | . == "*" or . == "internet" or . == "any" or . == "0.0.0.0" or endswith("/0"));

# IPv4 address → its number, by which ranges can be measured.
def address_number: split(".") | reduce .[] as $part (0; . * 256 + ($part | tonumber? // 0));

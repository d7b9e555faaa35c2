# Firewall rules of Google Cloud.

# firewall → the firewall, if it lets traffic in. Without a direction, a rule is for traffic that comes in.
def ingress_firewall:
  select((.disabled | is_on | not) and (.direction == null or (.direction | ascii_upcase) == "INGRESS"));

# text of a port or a range → whether a port is in it
def port_within($port):
  tostring | split("-")
  | (.[0] | tonumber? // infinite) <= $port and (.[-1] | tonumber? // -1) >= $port;

# block of a firewall → whether it is for all ports of a protocol
def for_all_ports:
  (.protocol // "" | ascii_downcase) as $protocol
  | $protocol == "all"
    or ((.ports == null or .ports == [] or any(.ports[]; tostring | . == "0-65535" or . == "1-65535"))
      and any(("tcp", "6", "udp", "17"); . == $protocol));

# block of a firewall → whether it lets TCP through to a port
def opens_port($port):
  (.protocol // "" | ascii_downcase) as $protocol
  | $protocol == "all"
    or (($protocol == "tcp" or $protocol == "6")
      and (.ports == null or .ports == [] or any(.ports[]; port_within($port))));

# firewall → the places that name the whole internet as the source
def from_any_source:
  .source_ranges[]? | select(. == "0.0.0.0/0" or . == "::/0" or . == "0.0.0.0" or . == "::" or . == "::0");

# Rules of security groups, in all forms in which they are written.

# The rules for traffic that comes in: blocks of a group, and resources of their own.
def ingress_rules:
  (.ingress | arrays | .[]),
  select(.ingress == null and (.type == "ingress" or .ip_protocol != null));

# Whether a rule lets TCP traffic to a port through.
def lets_through($port):
  ((.protocol, .ip_protocol) | select(. != null) | tostring | ascii_downcase) as $protocol
  | $protocol == "-1" or $protocol == "all"
    or (($protocol == "tcp" or $protocol == "6")
      and (.from_port | as_number) <= $port and (.to_port | as_number) >= $port);

# The places of a rule that name the whole internet.
def open_to_internet:
  (.cidr_blocks, .ipv6_cidr_blocks | arrays | .[]), .cidr_ipv4, .cidr_ipv6
  | select(. == "0.0.0.0/0" or . == "::/0");

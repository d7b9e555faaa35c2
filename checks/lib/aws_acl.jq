# Rules of network ACLs, and rules that let everything through.

# rule of a security group or a network ACL → whether it is for every protocol, or for every port of TCP.
def lets_everything_through:
  ((.protocol, .ip_protocol) | select(. != null) | tostring | ascii_downcase) as $protocol
  | $protocol == "-1" or $protocol == "all"
    or (($protocol == "tcp" or $protocol == "6")
      and (.from_port | as_number) <= 1 and (.to_port | as_number | . >= 65535 or . == -1));

# network ACL or rule of one → the rules that let something in.
def incoming_acl_rules:
  (.ingress | arrays | .[] | select(.action | ascii_downcase == "allow")),
  select(.rule_action != null)
  | select(.rule_action == null
    or ((.rule_action | ascii_downcase) == "allow" and (.egress | is_on | not)));

# rule in a network ACL → the rules of the same ACL that deny something to everybody before it counts.
def earlier_denials:
  (.rule_no | as_number) as $number
  | select(.rule_no != null)
  | root
  | .ingress[]?
  | select((.action | ascii_downcase) == "deny" and (.rule_no | as_number) < $number)
  | select(.cidr_block == "0.0.0.0/0" or .ipv6_cidr_block == "::/0");

# rule of a network ACL → the places that name the whole internet.
def acl_open_to_internet:
  (.cidr_block, .ipv6_cidr_block) | select(. == "0.0.0.0/0" or . == "::/0");

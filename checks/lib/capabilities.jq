# Definitions for checks that judge Linux capabilities.

# text → the capability's name as people write it in the kernel's documentation, without the prefix
def capability_name: ascii_upcase | ltrimstr("CAP_");

# text → whether the Pod Security Standard "baseline" lets a container add the capability. It compares letter for letter.
def is_baseline_capability:
  . as $name
  | any(
      ("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID",
        "SETPCAP", "SETUID", "SYS_CHROOT");
      . == $name);

# text → whether the capability is a known way out of the container or into the kernel, other than SYS_ADMIN, SYS_MODULE and ALL
def is_escape_capability:
  capability_name as $name
  | any(
      ("BPF", "CHECKPOINT_RESTORE", "DAC_READ_SEARCH", "MAC_ADMIN", "MAC_OVERRIDE", "NET_ADMIN", "PERFMON", "SYS_BOOT",
        "SYS_PTRACE", "SYS_RAWIO");
      . == $name);

# text → whether a check of its own judges the capability
def is_named_capability:
  is_escape_capability
  or (capability_name | . == "ALL" or . == "NET_RAW" or . == "SYS_ADMIN" or . == "SYS_MODULE");

# container → whether it drops a capability, or all of them
def drops($name): any(.securityContext.capabilities.drop[]?; ascii_upcase == $name or ascii_upcase == "ALL");

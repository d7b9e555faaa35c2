# Definitions for checks that judge the labels by which a Namespace asks for a level of the Pod Security Standards.

# → what the keys of these labels begin with
def pod_security_prefix: "pod-security.kubernetes.io/";

# anything → whether it is a version as these labels name it
def is_pod_security_version: type == "string" and test("^(latest|v1\\.(0|[1-9][0-9]{0,8}))$");

# Namespace → the level and version that it asks for in a mode (`enforce`, `warn` or `audit`). A level that is none is enforced
# as restricted, but neither warned of nor audited; a version that is none is the newest.
def namespace_pod_security($mode):
  .metadata.labels as $labels
  | $labels[pod_security_prefix + $mode] as $level
  | $labels[pod_security_prefix + $mode + "-version"] as $version
  | {
      level: (
        if $level == null or $level == "privileged" then "privileged"
        elif $level == "baseline" then "baseline"
        elif $level == "restricted" or $mode == "enforce" then "restricted"
        else "privileged" end),
      version: (if $version | is_pod_security_version then $version else "latest" end)
    };

# workload → the level above privileged and the version that its namespace asks for in a mode; nothing where it asks for none
# or is not in the graph. Of several Namespaces of the name (variants for different clusters) the weakest counts.
def pod_security($mode):
  [namespace_object | namespace_pod_security($mode)]
  | select(length > 0)
  | if length == 1 then .[0] else
      min_by([
        .level == "restricted", .level == "baseline",
        if .version == "latest" then infinite else (.version | ltrimstr("v1.") | tonumber) end
      ])
    end
  | select(.level != "privileged");

# level and version → how a message names them
def pod_security_text: .level + (if .version == "latest" then "" else " of " + .version end);

# label → what it must hold: a `level` or a `version`; null where Kubernetes knows no such label
def pod_security_label:
  key | ltrimstr(pod_security_prefix) as $word
  | if any(("enforce", "warn", "audit"); . == $word) then "level"
    elif any(("enforce-version", "warn-version", "audit-version"); . == $word) then "version"
    else null end;

# label → whether Kubernetes knows it and understands its value
def is_valid_pod_security_label:
  pod_security_label as $holds
  | if $holds == "level" then . == "privileged" or . == "baseline" or . == "restricted"
    elif $holds == "version" then is_pod_security_version
    else false end;

# Definitions for checks that judge paths on the node.

# text → the path with single slashes and none at its end
def clean_path:
  (if contains("//") then gsub("/+"; "/") else . end) | if . == "/" then . else rtrimstr("/") end;

# text → whether the path is the socket of a container runtime, or a directory that exists for such a socket
def is_runtime_socket:
  if . == null then false else
    clean_path as $path
    | any(
        ("/docker.sock", "/containerd.sock", "/crio.sock", "/cri-dockerd.sock", "/dockershim.sock", "/podman.sock",
          "/isulad.sock", "\\pipe\\docker_engine", "\\pipe\\containerd-containerd");
        . as $name | $path | endswith($name))
      or any(
        ("/run/containerd", "/var/run/containerd", "/run/crio", "/var/run/crio", "/run/docker", "/var/run/docker",
          "/run/podman", "/var/run/podman", "/run/k3s/containerd");
        . == $path)
  end;

# text → whether it is one of these paths or lies below one
def is_at_or_below($trees):
  . as $path | any($trees[]; . as $tree | $path == $tree or ($path | startswith($tree + "/")));

# clean path → whether it lies in a sensitive directory and gives nothing away: what every program reads of a node, public
# certificates, and where device plugins and storage drivers put their sockets
def is_harmless_path:
  is_at_or_below([
    "/etc/ca-certificates", "/etc/ca-certificates.conf", "/etc/host.conf", "/etc/hostname", "/etc/hosts", "/etc/issue",
    "/etc/locale.conf", "/etc/localtime", "/etc/lsb-release", "/etc/machine-id", "/etc/mime.types",
    "/etc/nsswitch.conf", "/etc/os-release", "/etc/pki/ca-trust", "/etc/pki/tls/certs", "/etc/pki/tls/cert.pem",
    "/etc/protocols", "/etc/redhat-release", "/etc/resolv.conf", "/etc/services", "/etc/ssl/cert.pem", "/etc/ssl/certs",
    "/etc/system-release", "/etc/timezone",
    "/var/lib/kubelet/device-plugins", "/var/lib/kubelet/plugins", "/var/lib/kubelet/plugins_registry",
    "/var/lib/kubelet/pod-resources"
  ]);

# clean path → whether it is a device that is the node: its memory, disks, buses, consoles, keyboard
def is_sensitive_device:
  startswith("/dev/")
  and (is_at_or_below(["/dev/block", "/dev/bsg", "/dev/bus", "/dev/console", "/dev/cpu", "/dev/disk", "/dev/input", "/dev/kmem",
      "/dev/kmsg", "/dev/mapper", "/dev/mem", "/dev/port", "/dev/pts", "/dev/uinput", "/dev/vfio"])
    or test("^/dev/(dm-|hd[a-z]|loop|md[0-9]|mmcblk|nbd[0-9]|nvme|pmem|rbd|sd[a-z]|sg[0-9]|tty[0-9]|vcs|vd[a-z]|xvd|zd[0-9])"));

# text → whether whoever reaches the path has the node: its root, programs, configuration, devices, credentials or the files of
# its other pods. Some directories count by themselves only (much below /usr and /var is harmless), others with all below.
def is_sensitive_path:
  if . == null then false else
    clean_path
    | (. as $path
      | any(
        ("/", "/bin", "/dev", "/home", "/lib", "/lib64", "/run", "/sbin", "/sys", "/usr", "/usr/bin", "/usr/local",
          "/usr/local/bin", "/usr/sbin", "/var", "/var/lib", "/var/log", "/var/run", "C:", "C:\\", "C:\\Windows");
        . == $path))
      or is_at_or_below(["/boot", "/etc", "/proc", "/root", "/var/lib/containerd", "/var/lib/containers", "/var/lib/docker",
          "/var/lib/etcd", "/var/lib/kubelet", "/var/lib/rancher", "/var/log/containers", "/var/log/pods"])
        and (is_harmless_path | not)
      or is_sensitive_device
  end;

# PersistentVolume → the path of a node that it is. A disk of its own, handed on as one, is not the node's.
def node_path: .spec | .hostPath.path, (select(.volumeMode != "Block") | .local.path) | select(. != null);

# PersistentVolumeClaim → the PersistentVolumes that it is bound to, whichever of the two names the other
def bound_volumes: refs("PersistentVolume"), backrefs("PersistentVolume");

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

# whether the path is where device plugins and storage drivers put their sockets: near the kubelet's secrets, but without them
def is_plugin_path($path):
  any(
    ("/var/lib/kubelet/device-plugins", "/var/lib/kubelet/plugins", "/var/lib/kubelet/plugins_registry",
      "/var/lib/kubelet/pod-resources");
    . as $tree | $path == $tree or ($path | startswith($tree + "/")));

# text → whether whoever reaches the path has the node: its root, programs, configuration, devices, credentials or the files of
# its other pods. Some directories count by themselves only (many harmless files lie in /etc), others with all below.
def is_sensitive_path:
  if . == null then false else
    clean_path as $path
    | any(
        ("/", "/bin", "/dev", "/dev/kmem", "/dev/kmsg", "/dev/mem", "/dev/port", "/etc", "/home", "/lib", "/lib64", "/run",
          "/sbin", "/sys", "/usr", "/usr/bin", "/usr/local", "/usr/local/bin", "/usr/sbin", "/var", "/var/lib", "/var/log",
          "/var/run", "C:", "C:\\", "C:\\Windows");
        . == $path)
      or any(
        ("/boot", "/etc/cron.d", "/etc/crontab", "/etc/kubernetes", "/etc/passwd", "/etc/shadow", "/etc/ssh",
          "/etc/sudoers", "/etc/sudoers.d", "/etc/systemd", "/proc", "/root", "/var/lib/containerd", "/var/lib/containers",
          "/var/lib/docker", "/var/lib/etcd", "/var/lib/kubelet", "/var/lib/rancher", "/var/log/containers", "/var/log/pods");
        . as $tree | $path == $tree or ($path | startswith($tree + "/")))
        and (is_plugin_path($path) | not)
      or any(
        ("/dev/disk/", "/dev/dm-", "/dev/mapper/", "/dev/nvme", "/dev/sd", "/dev/vd", "/dev/xvd");
        . as $device | $path | startswith($device))
  end;

# PersistentVolumeClaim → the PersistentVolumes that it is bound to, whichever of the two names the other
def bound_volumes: refs("PersistentVolume"), backrefs("PersistentVolume");

# Versions of Kubernetes, and what each of them no longer has.

# version such as `v1.37.2` → its number after `1.`; nothing where it is none.
def minor_version: select(type == "string" and test("^v?1\\.[0-9]+")) | split(".")[1] | sub("[^0-9].*"; "") | tonumber;

# number after `1.` → the day on which the project of Kubernetes gives the version its last patch, as of November 2026; null for
# newer versions.
def end_of_support:
  {"24": "2023-07-28", "25": "2023-10-28", "26": "2024-02-28", "27": "2024-06-28", "28": "2024-10-28", "29": "2025-02-28",
    "30": "2025-06-28", "31": "2025-10-28", "32": "2026-02-28", "33": "2026-06-28", "34": "2026-10-27", "35": "2027-02-28",
    "36": "2027-06-28", "37": "2027-10-28"} as $days
  | if . < 24 then "2023-02-28" else $days[tostring] end;

# kind → the versions of APIs in which servers once had it, each with the number after `1.` of the version that has it no more.
def removed_versions:
  {
    "extensions/v1beta1": (if . == "Ingress" then 22 else 16 end),
    "apps/v1beta1": 16,
    "apps/v1beta2": 16,
    "scheduling.k8s.io/v1alpha1": 17,
    "scheduling.k8s.io/v1beta1": 22,
    "apiextensions.k8s.io/v1beta1": 22,
    "apiregistration.k8s.io/v1beta1": 22,
    "coordination.k8s.io/v1beta1": 22,
    "rbac.authorization.k8s.io/v1alpha1": 22,
    "rbac.authorization.k8s.io/v1beta1": 22,
    "batch/v1beta1": 25,
    "discovery.k8s.io/v1beta1": 25,
    "events.k8s.io/v1beta1": 25,
    "node.k8s.io/v1beta1": 25,
    "policy/v1beta1": 25,
    "autoscaling/v2beta1": 25,
    "autoscaling/v2beta2": 26,
    "flowcontrol.apiserver.k8s.io/v1beta1": 26,
    "flowcontrol.apiserver.k8s.io/v1beta2": 29,
    "flowcontrol.apiserver.k8s.io/v1beta3": 32
  }
  + (if endswith("WebhookConfiguration") then {"admissionregistration.k8s.io/v1beta1": 22} else {} end)
  + (if . == "CertificateSigningRequest" then {"certificates.k8s.io/v1beta1": 22} else {} end)
  + (if . == "Ingress" or . == "IngressClass" then {"networking.k8s.io/v1beta1": 22} else {} end)
  + (if . == "CSIStorageCapacity" then {"storage.k8s.io/v1beta1": 27}
      elif . == "VolumeAttributesClass" then {}
      else {"storage.k8s.io/v1beta1": 22} end);

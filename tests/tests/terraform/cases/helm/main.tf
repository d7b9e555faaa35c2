# What a chart installs is not judged, which must be told; what stands beside it is judged.
resource "helm_release" "ingress" {
  name       = "ingress"
  repository = "https://charts.example.org"
  chart      = "ingress-nginx"
  set {
    name  = "controller.privileged"
    value = "true"
  }
}

variable "charts" {}

resource "helm_release" "all" {
  for_each = var.charts
  name     = each.key
  chart    = each.value
}

data "kubectl_path_documents" "own" {
  pattern = "${path.module}/k8s/*.txt"
  vars    = { host = "true" } # finding host-pid
}

resource "kubectl_manifest" "own" {
  for_each  = data.kubectl_path_documents.own.manifests
  yaml_body = each.value
}

resource "kubernetes_deployment_v1" "web" {
  metadata {
    name = "web"
  }
  spec {
    template {
      spec {
        container {
          name = "web"
        }
      }
    }
  }
}

resource "kubernetes_env" "web" {
  api_version = "apps/v1"
  kind        = "Deployment"
  container   = "web"
  metadata {
    name = "web"
  }
  env {
    name  = "DB_PASSWORD"
    value = "tr0ub4dor-and-3" # finding credential-in-environment
  }
}

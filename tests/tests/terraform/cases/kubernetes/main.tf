# The same pod in all forms that the providers have; Kubernetes checks judge them alike.
variable "name" {}

locals {
  privileged = true # finding privileged-container
}

resource "kubernetes_namespace" "shop" {
  metadata {
    name = "shop"
    labels = {
      "pod-security.kubernetes.io/enforce" = "restricted"
    }
  }
}

resource "kubernetes_deployment_v1" "typed" {
  metadata {
    name      = "typed-${var.name}"
    namespace = kubernetes_namespace.shop.metadata[0].name
  }
  spec {
    replicas = "2"
    selector {
      match_labels = { app = "typed" }
    }
    template {
      metadata {
        labels = { app = "typed" }
      }
      spec {
        host_pid = "true" # finding host-pid
        container {
          name  = "web"
          image = "example.org/web:1.0"
          security_context {
            privileged = local.privileged # via privileged-container
            run_as_user = "0"             # finding runs-as-root
          }
        }
      }
    }
  }
}

resource "kubernetes_manifest" "object" {
  manifest = {
    apiVersion = "v1"
    kind       = "Pod"
    metadata   = { name = "object", namespace = "shop" }
    spec = {
      hostPID = true # finding host-pid
      containers = [{
        name            = "web"
        image           = "example.org/web:1.0"
        securityContext = { privileged = true } # finding privileged-container
      }]
    }
  }
}

resource "kubectl_manifest" "text" {
  yaml_body = <<-EOT
    apiVersion: v1
    kind: Pod
    metadata:
      name: text
      namespace: ${var.name}
    spec:
      hostPID: true # finding host-pid
      containers:
      - name: web
        image: example.org/web:1.0
        securityContext: { privileged: true } # finding privileged-container
    EOT
}

resource "kubectl_manifest" "file" {
  yaml_body = file("${path.module}/forms/pod.txt")
}

resource "kubectl_manifest" "encoded" {
  yaml_body = yamlencode({
    apiVersion = "v1"
    kind       = "Pod"
    metadata   = { name = "encoded" }
    spec = {
      hostPID    = true # finding host-pid
      containers = []
    }
  })
}

resource "kubernetes_secret" "password" {
  metadata {
    name = "password"
  }
  data = {
    password = "hunter2"
  }
}

resource "kubernetes_service" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    selector = { app = "typed" }
    port {
      port        = 22 # finding ssh-service
      target_port = "80"
    }
  }
}

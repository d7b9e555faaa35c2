# https://github.com/bridgecrewio/checkov/issues/2004
# https://github.com/bridgecrewio/checkov/issues/91
variable "history" {
  type    = map(string)
  default = { enabled = true }
}

variable "log_to" {
  default = null
}

variable "existing" {
  default = null
}

resource "aws_s3_bucket" "files" { # pass bucket-without-versioning
  count  = var.existing == null ? 1 : 0
  bucket = "files"

  dynamic "versioning" {
    for_each = length(keys(var.history)) == 0 ? [] : [var.history]
    content {
      enabled = lookup(versioning.value, "enabled", null)
    }
  }
}

resource "aws_s3_bucket" "drafts" { # finding bucket-without-versioning: resource "aws_s3_bucket" "drafts"
  bucket = "drafts"

  dynamic "versioning" {
    for_each = var.log_to != null ? [var.log_to] : []
    content {
      enabled = true
    }
  }
}

# https://github.com/bridgecrewio/checkov/issues/3777
# https://github.com/bridgecrewio/checkov/issues/3779
variable "firewall" {
  type = object({ enabled = bool, mode = optional(string, "Prevention"), sets = map(string) })
  default = {
    enabled = true
    sets    = { OWASP = "3.2" }
  }
}

resource "azurerm_web_application_firewall_policy" "edge" { # pass firewall-policy-off
  name = "edge"

  dynamic "policy_settings" {
    for_each = var.firewall != null ? { settings = var.firewall } : {}
    content {
      enabled = policy_settings.value.enabled
      mode    = policy_settings.value.mode
    }
  }

  managed_rules {
    dynamic "managed_rule_set" {
      for_each = var.firewall.sets
      content {
        type    = managed_rule_set.key
        version = managed_rule_set.value
      }
    }
  }
}

resource "azurerm_web_application_firewall_policy" "idle" { # finding firewall-policy-off: resource "azurerm_web_application_firewall_policy" "idle"
  name = "idle"

  managed_rules {
    dynamic "managed_rule_set" {
      for_each = {}
      content {
        type    = managed_rule_set.key
        version = managed_rule_set.value
      }
    }
  }
}

# https://github.com/bridgecrewio/checkov/issues/4740
variable "rules" {
  type = list(object({ action = string, ranges = optional(list(string)), expression = optional(string) }))
  default = [
    { action = "allow", ranges = ["192.0.2.0/24"] },
    { action = "deny(403)", expression = "evaluatePreconfiguredExpr('cve-canary')" },
  ]
}

resource "google_compute_security_policy" "edge" { # pass policy-without-canary
  name = "edge"

  rule {
    action = "allow"
    match {
      versioned_expr = "SRC_IPS_V1"
    }
  }

  dynamic "rule" {
    for_each = var.rules
    content {
      action = rule.value.action
      match {
        dynamic "config" {
          for_each = rule.value.ranges != null ? [1] : []
          content {
            src_ip_ranges = rule.value.ranges
          }
        }
        dynamic "expr" {
          for_each = rule.value.expression != null ? [1] : []
          content {
            expression = rule.value.expression
          }
        }
      }
    }
  }
}

# https://github.com/bridgecrewio/checkov/issues/6028
# https://github.com/bridgecrewio/checkov/issues/6526
variable "more" {
  default = []
}

variable "unset" {}

resource "aws_s3_bucket_lifecycle_configuration" "files" { # pass uploads-never-end
  bucket = "files"

  rule {
    id     = "uploads"
    status = "Enabled"
    abort_incomplete_multipart_upload {
      days_after_initiation = 3
    }
  }

  dynamic "rule" {
    for_each = var.more
    content {
      id     = rule.value
      status = "Disabled"
    }
  }
}

# There may be no rule at all.
resource "aws_s3_bucket_lifecycle_configuration" "drafts" { # unknown uploads-never-end
  bucket = "drafts"

  dynamic "rule" {
    for_each = var.unset
    content {
      id     = rule.value
      status = "Enabled"
      abort_incomplete_multipart_upload {
        days_after_initiation = 3
      }
    }
  }
}

# What a block says that may be there is known: a fault in it is one.
resource "aws_s3_bucket_lifecycle_configuration" "both" { # pass uploads-never-end
  bucket = "both"

  rule {
    id     = "uploads"
    status = "Enabled"
    abort_incomplete_multipart_upload {
      days_after_initiation = 3
    }
  }

  dynamic "rule" {
    for_each = var.unset
    content {
      id     = rule.value
      status = "Enabled"
    }
  }

  dynamic "rule" {
    for_each = toset(var.unset)
    content {
      id     = rule.key
      status = "Disabled"
    }
  }
}

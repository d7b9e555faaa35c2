variable "name" {
  type    = string
  default = "named"
}

variable "size" {
  default = 3
}

variable "enabled" {
  type     = bool
  default  = true
  nullable = false
}

variable "items" {
  type    = list(string)
  default = ["i", "j"]
}

variable "labels" {
  type    = map(string)
  default = { a = "la", b = "lb" }
}

variable "password" {
  type      = string
  default   = "secret"
  sensitive = true
}

variable "options" {
  type = object({
    first  = optional(string, "one")
    second = optional(number)
    tags   = optional(map(string), { t = "tag" })
  })
  default = {}

  validation {
    condition     = var.options.first != "bad"
    error_message = "The first option is bad."
  }
}

locals {
  l1 = var.password
  l2 = (coalesce(local.l1, "none") != null ? (startswith(var.name, "p") ? (7 + var.size) : var.size) : (0 * 2 + var.size % 3))
}

resource "terraform_data" "r3" {
  count = var.enabled ? 1 : 0
  input = zipmap(["a", "d"], [element(concat(["z"], split("-", var.name)), 1), jsonencode({ name = try(var.labels["zz"], var.options.first), size = var.size % 3 })])
}

resource "terraform_data" "r4" {
  input = tomap({ a = coalesce("Grüße", "none"), c = var.name })

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r5" {
  input = local.l2 > 2
  triggers_replace = [jsonencode({ name = local.l1, size = var.size }), 1]
}

locals {
  l6 = terraform_data.r3[*].id
  l7 = jsonencode({ name = var.password, size = var.size })
}

resource "terraform_data" "r8" {
  input = element(concat(["z"], terraform_data.r3[*].id), 1)
}

locals {
  l9 = local.l2
}

output "o10" {
  value = coalesce(coalesce("beta", "none"), "none")
}

output "o11" {
  value = sum([local.l9, 1])
  sensitive = true
}

output "o12" {
  value = startswith("%{ for x in local.l6 }<${x}>%{ endfor }", "p")
}

output "o13" {
  value = local.l6
}

output "o14" {
  value = { for k, v in { a = terraform_data.r8.id } : k => upper(v) }
}


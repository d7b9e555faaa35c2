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
  l1 = max(max(var.size, var.size), var.size)
  l2 = compact([var.password, ""])
  l3 = (var.enabled || var.enabled)
  l4 = local.l2
}

resource "terraform_data" "r5" {
  for_each = toset(formatlist("%s!", ["x", "y"]))
  input = var.labels
}

resource "terraform_data" "r6" {
  count = var.enabled ? 1 : 0
  input = { a = jsonencode(var.items), b = var.name }
}

resource "terraform_data" "r7" {
  count = var.enabled ? 1 : 0
  input = length({ for k, r in terraform_data.r5 : k => r.id })
}

locals {
  l8 = coalesce(element(concat(["z"], terraform_data.r6[*].id), 1), "none")
  l9 = upper(jsonencode(local.l2))
  l10 = reverse(terraform_data.r7[*].id)
  l11 = terraform_data.r6[*].id
}

module "m12" {
  source = "./a"
  count = 3
  enabled = var.enabled
  password = lookup({ for k, r in terraform_data.r5 : k => r.id }, "a", var.options.first)
}

resource "terraform_data" "r13" {
  input = var.name
}

locals {
  l14 = []
}

output "o15" {
  value = substr("${jsonencode({ name = "${terraform_data.r13.output}-${length(terraform_data.r7)}", size = length(local.l11) })}-long", 0, 3)
}

output "o16" {
  value = max(length({ for k, r in terraform_data.r5 : k => r.id }), local.l1)
}

output "o17" {
  value = (var.enabled || local.l3)
}

output "o18" {
  value = [for x in local.l14 : x if x != terraform_data.r13.id]
}

output "o19" {
  value = zipmap(["a", "d"], [tostring(length(terraform_data.r6)), var.options.first])
}

